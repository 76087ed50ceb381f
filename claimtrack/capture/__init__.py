"""A URL or a file in, its bytes as evidence out."""

from claimtrack.capture.capture import MAX_BYTES, Capture, capture_file, capture_page
from claimtrack.capture.fetching import Limits
from claimtrack.capture.records import digest_of, read_record

__all__ = ["MAX_BYTES", "Capture", "Limits", "capture_file", "capture_page", "digest_of", "read_record"]
