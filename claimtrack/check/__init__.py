"""Claims in, findings out: figures compared, sums done again, contradictions, headlines held to their bodies."""

from claimtrack.check.claims import CHECKS, ClaimFinding, check_claims
from claimtrack.check.compare import Comparison, compare_figures

__all__ = ["CHECKS", "ClaimFinding", "Comparison", "check_claims", "compare_figures"]
