"""Files as evidence: pages, PDFs, pictures, and what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claimtrack.capture import capture_file, read_record
from claimtrack.errors import CaptureError, FileMissingError

pytest.importorskip("warcio")
pytest.importorskip("pypdf")
NOW = "2025-11-19T08:30:00Z"


def make_pdf(words: str) -> bytes:
    """Give the bytes of a PDF with one page of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Title (Report on the ferry) >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + table
    return data + f"trailer\n<< /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def test_a_pdf_gives_its_text_and_title(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf("All 62 passengers were safe."))
    captured = capture_file(path, retrieved=NOW)
    assert captured.contents.text == "All 62 passengers were safe."
    assert captured.contents.title == "Report on the ferry"
    assert captured.contents.extracted_by.startswith("pypdf ")
    assert read_record(captured.record, max_bytes=100_000) == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.pdf", b"%PDF-1.4\nno more"),
        ("empty-page.pdf", make_pdf("")),
        ("photo.jpg", b"\xff\xd8\xff\xe0 not a real picture"),
        ("program.bin", b"\x7fELF" + bytes(range(256))),
        ("page.html", b"<html><body></body></html>"),
    ],
)
def test_what_has_no_text_is_kept_all_the_same(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    captured = capture_file(path, retrieved=NOW)
    assert captured.contents.text is None
    assert [finding.code for finding in captured.findings] == ["capture-no-text"]
    assert read_record(captured.record, max_bytes=100_000) == data


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError, match="no such file"):
        capture_file(tmp_path / "gone.pdf", retrieved=NOW)
    with pytest.raises(CaptureError, match="not a file"):
        capture_file(tmp_path, retrieved=NOW)
    (tmp_path / "nothing.txt").touch()
    with pytest.raises(CaptureError, match="the file is empty"):
        capture_file(tmp_path / "nothing.txt", retrieved=NOW)
    (tmp_path / "long.txt").write_text("The ferry sank.")
    with pytest.raises(CaptureError, match="larger than 10 bytes"):
        capture_file(tmp_path / "long.txt", retrieved=NOW, max_bytes=10)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(CaptureError, match="not a file"):
            capture_file(tmp_path / "pipe", retrieved=NOW)
