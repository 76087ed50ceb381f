"""An Article document, read back as it is."""

from __future__ import annotations

from claimtrack.errors import ReadError
from claimtrack.models import Article, load_document
from claimtrack.models.parse import parse_json
from claimtrack.models.schemas import FORMATS

_FORMAT = Article.model_fields["format"].default


def read_saved(text: str) -> Article:
    """Give the Article that a JSON text holds.

    Raises ReadError where it is no JSON or some other, and DocumentError with every finding where it is an article
    that does not fit its schema.
    """
    value, findings = parse_json(text)
    if value is None and findings:
        raise ReadError(f"{findings[0].message}; JSON is read as an Article document")
    written = value.get("format") if isinstance(value, dict) else None
    if written != _FORMAT:
        model = FORMATS.get(written) if isinstance(written, str) else None
        what = f"a {model.__name__} document" if model else "JSON, but no document of claimtrack's"
        raise ReadError(f'this is {what}; what can be read is an Article document, with "format": "{_FORMAT}"')
    document = load_document(text)
    assert isinstance(document, Article)
    return document
