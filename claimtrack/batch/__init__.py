"""Many articles: in parts that outlive a stop, by this process, by several, or by many machines."""

from claimtrack.batch.engines import Engine
from claimtrack.batch.joining import join_batch
from claimtrack.batch.running import Batch, Progress, extract_batch

__all__ = ["Batch", "Engine", "Progress", "extract_batch", "join_batch"]
