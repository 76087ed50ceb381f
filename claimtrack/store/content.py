"""Documents as the bytes of their files and back, checked both ways."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Document, load_document
from claimtrack.models.base import findings_from_pydantic
from claimtrack.models.parse import MAX_BYTES
from claimtrack.store.paths import FOLDERS, Place, document_place, id_at


def encode_document(document: Document) -> bytes:
    """Give the bytes of a document's file: always the same for the same document.

    Raises DocumentError when the document is not valid, which its own class cannot rule out
    (`model_copy` and `model_construct` check nothing).
    """
    try:
        data = document.to_json().encode()
        type(document).model_validate_json(data)
    except ValidationError as error:
        raise DocumentError(findings_from_pydantic(error), source=str(document.id)) from None
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise DocumentError((_error("not-json", str(error)),), source=str(document.id)) from None
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES} bytes as a file; split it"
        raise DocumentError((_error("json-too-large", message),), source=document.id)
    return data


def decode_document(data: bytes, place: Place, *, is_plain: bool = False) -> Document:
    """Give the document that the bytes at a place hold; `is_plain` says that they hold no key twice.

    Raises DocumentError with every finding: on its shape, and when it does not belong at that place.
    """
    where = "/".join(place)
    model = FOLDERS[place[0]]
    try:
        document: Document = model.model_validate_json(data)
        # Pydantic lets the last of two equal keys win; no document in its canonical form holds any.
        canonical = is_plain or document.to_json().encode() == data
    except ValidationError:
        canonical = False
    if not canonical:
        try:
            document = load_document(data)
        except DocumentError as error:
            raise DocumentError(error.findings, source=where) from None
    if not isinstance(document, model):
        message = f"{document.format} does not belong in {place[0]}/; move it to the folder of its kind"
        raise DocumentError((_error("misplaced", message, "$.format"),), source=where)
    if document.id != id_at(place):
        message = f"the id is {document.id!r}, but the file's name says {id_at(place)!r}; rename the file"
        raise DocumentError((_error("misplaced", message, "$.id"),), source=where)
    return document


def check_place(document: Document, place: Place) -> tuple[Finding, ...]:
    """Give a finding when a document does not stand where its id says."""
    try:
        wanted = document_place(document)
    except StoreError as error:
        return (_error("misplaced", str(error), "$.id"),)
    if wanted == place:
        return ()
    return (_error("misplaced", f"belongs at {'/'.join(wanted)}; move it there", "$.id"),)


def _error(code: str, message: str, path: str = "$") -> Finding:
    return Finding(code=code, severity="error", message=message, path=path)
