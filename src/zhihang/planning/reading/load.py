# SPDX-License-Identifier: Apache-2.0
"""Open a policy document, whatever it is saved as; what it is told by its content, not by its name."""

from __future__ import annotations

from pathlib import Path

from zhihang.errors import SourceError
from zhihang.planning.reading.document import Document
from zhihang.planning.reading.plain_text import read_plain_text

LARGEST = 64 << 20
"""Most bytes of a file."""


def load(path: Path) -> Document:
    """Read the text and the tables of a file."""
    data = _bytes(path)
    if data.startswith(b"PK\x03\x04"):
        from zhihang.planning.reading.word_file import read_word_file

        return read_word_file(path.name, data)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from zhihang.planning.reading.pdf_file import read_pdf_file

        return read_pdf_file(path.name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            "This is a document of Word 97-2003 (.doc), or one locked with a password.",
            {"file": path.name, "can be read": "txt, docx, pdf with text, html"},
            todo="Open it in a word processor and save it as docx, without a password.",
        )
    document = read_plain_text(path.name, data)
    if _is_html(document.text):
        from zhihang.planning.reading.html_page import read_html_page

        document = read_html_page(document)
    if not document.text.strip():
        raise SourceError(
            "The file has no text.", {"file": path.name}, todo="Check that the right file was named."
        )
    return document


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(
                "The file is too large for a policy document.",
                {"file": path.name, "size": f"{size >> 20} MiB", "most": f"{LARGEST >> 20} MiB"},
                todo="Split it, or export its text.",
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            "The file cannot be opened.",
            {"file": path, "reason": error.strerror or error},
            todo="Check the name and the rights of the file.",
        ) from error


def _is_html(text: str) -> bool:
    head = text[:4096].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        head.startswith("<")
        and any(tag in head for tag in ("<html", "<body", "<table", "<p>", "<p ", "<div"))
    )
