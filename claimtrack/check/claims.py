"""What does not add up in claims, and what can be derived from them: `check_claims`."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from claimtrack.check.contradictions import find_contradictions, find_headline_overstatements
from claimtrack.check.facts import find_facts
from claimtrack.check.findings import Check, ClaimFinding
from claimtrack.check.percents import find_change_mismatches, find_percent_overruns, find_share_mismatches
from claimtrack.check.sums import find_derived_figures, find_fate_overruns, find_sum_mismatches
from claimtrack.errors import wrong_type
from claimtrack.models import Article, Claim

__all__ = ["CHECKS", "ClaimFinding", "check_claims"]

CHECKS: tuple[Check, ...] = (
    find_sum_mismatches,
    find_fate_overruns,
    find_derived_figures,
    find_percent_overruns,
    find_change_mismatches,
    find_share_mismatches,
    find_headline_overstatements,
    find_contradictions,
)
"""The checks in the order they run; each is a function from facts to findings."""


def check_claims(claims: Iterable[Claim], *, articles: Iterable[Article] = ()) -> tuple[ClaimFinding, ...]:
    """Give what does not add up in the claims of one article or of many, and what can be derived from them.

    A finding carries the claims and figures it rests on; its message says what is wrong. A `warning` should be looked
    at; a `note` is an offer (a figure derived from others) or told apart as harmless (an update). `articles` are the
    articles of the claims; with them headlines are held to their bodies.

    >>> from claimtrack.extract import extract_claims
    >>> from claimtrack.read import read_article
    >>> article = read_article(
    ...     text="The ferry carried 60 passengers and eight crew members. There were 70 people aboard.")
    >>> for finding in check_claims(extract_claims(article, tagger="rules"), articles=[article]):
    ...     print(finding.severity, finding.code, "|", finding.message)
    warning sum-mismatch | 60 passengers + 8 crew members = 68 aboard, but 70 people are said to be aboard
    """
    if isinstance(claims, BaseModel):  # a model goes through its fields
        raise wrong_type("check_claims", "several claims", claims, hint="extract_claims gives them")
    facts = find_facts(claims, articles)
    found = [finding for check in CHECKS for finding in check(facts)]
    return tuple(sorted(found, key=lambda one: (one.claims, one.start or 0, one.code)))
