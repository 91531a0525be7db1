# SPDX-License-Identifier: Apache-2.0
"""PDF documents that carry text; one that is only pictures of pages is refused with the reason."""

from __future__ import annotations

import re
from typing import Any

from zhihang.errors import NotInstalled, SourceError
from zhihang.planning.reading.document import Document, finding

_MOST_PAGES = 2000
_FEWEST = 12
"""A page with fewer characters has no text worth the name."""
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}(?:\s*/\s*\d{1,4})?)\s*"
)


def read_pdf_file(name: str, data: bytes) -> Document:
    """Read the text of a PDF, page by page, without page numbers."""
    pages = _pages(name, data)
    empty = [number for number, text in enumerate(pages, 1) if len("".join(text.split())) < _FEWEST]
    if len(empty) == len(pages):
        raise SourceError(
            "The PDF holds pictures of pages and no text.",
            {"file": name, "pages": len(pages), "can be read": "a PDF with text, docx, txt, html"},
            todo="Run it through text recognition first, or get the document as docx or from the issuer's site.",
        )
    findings = []
    if empty:
        told = "、".join(map(str, empty[:20]))
        findings.append(
            finding(
                "warning", "pages_without_text", f"Pages without text were not read: {told}.", pages=empty
            )
        )
    return Document(name, "\n".join(map(_body, pages)), "pdf", findings=tuple(findings))


def _pages(name: str, data: bytes) -> list[str]:
    try:
        import pypdfium2
    except ImportError as error:
        raise NotInstalled(
            "Reading PDF needs an optional part.", {"file": name}, todo="pip install 'zhihang[reports]'"
        ) from error
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(name, error) from error
    try:
        if len(opened) > _MOST_PAGES:
            raise SourceError(
                "The PDF has too many pages.",
                {"file": name, "pages": len(opened), "most": _MOST_PAGES},
                todo="Split it.",
            )
        return [_page(opened, number) for number in range(len(opened))]
    finally:
        opened.close()


def _page(opened: Any, number: int) -> str:
    page = opened[number]
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")
    finally:
        text.close()
        page.close()


def _refused(name: str, error: Exception) -> SourceError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return SourceError(
            "The PDF is locked with a password.", {"file": name}, todo="Save it without the password."
        )
    return SourceError(
        "The PDF is damaged.", {"file": name, "reason": str(error)[:120]}, todo="Get the file once more."
    )


def _body(page: str) -> str:
    lines = page.split("\n")
    return "\n".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line) or len(lines) < 3)
