# SPDX-License-Identifier: Apache-2.0
"""Word documents: the text as it reads with all changes accepted, tables and tables within tables, automatic numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from zhihang.errors import SourceError
from zhihang.planning.reading.document import Document, finding
from zhihang.planning.reading.text_builder import TextBuilder
from zhihang.planning.reading.word_numbering import Numbering

_MOST_BYTES = 256 << 20
_MOST_PARTS = 20_000
_DEEPEST = 6
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText"}


def read_word_file(name: str, data: bytes) -> Document:
    """Read a docx; what was deleted under tracked changes is left out, what was inserted is kept, and it is told."""
    body, numbering = _open(name, data)
    builder = TextBuilder()
    _blocks(body, builder, numbering, 0)
    if not builder.text.strip():
        raise SourceError(
            "The document has no text.", {"file": name}, todo="Check that the right file was named."
        )
    return Document(
        name,
        builder.text,
        "docx",
        grids=tuple(builder.grids),
        findings=tuple(_findings(body, numbering)),
        breaks=frozenset(builder.breaks),
    )


def _open(name: str, data: bytes) -> tuple[Any, Numbering]:
    _check_size(name, data)
    import docx

    try:
        opened = docx.Document(io.BytesIO(data))
        return opened.element.body, Numbering.of(opened)
    except (KeyError, ValueError, AttributeError, SyntaxError, OSError, zipfile.BadZipFile) as error:
        raise SourceError(
            "The file is no Word document, or a damaged one.",
            {"file": name, "reason": str(error)[:120], "can be read": "txt, docx, pdf with text, html"},
            todo="Open it in a word processor and save it again as docx.",
        ) from error


def _check_size(name: str, data: bytes) -> None:
    """Refuse an archive that unpacks to more than a document can hold, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise SourceError(
            "The file is damaged.", {"file": name, "reason": error}, todo="Save it again as docx."
        ) from error
    size = sum(part.file_size for part in parts)
    if size > _MOST_BYTES or len(parts) > _MOST_PARTS:
        raise SourceError(
            "The document unpacks to more than a policy document can hold.",
            {
                "file": name,
                "unpacked": f"{size >> 20} MiB, {len(parts)} parts",
                "most": f"{_MOST_BYTES >> 20} MiB",
            },
            todo="Save it without pictures, or export its text.",
        )


def _blocks(parent: Any, builder: TextBuilder, numbering: Numbering, depth: int) -> None:
    for child in parent:
        if child.tag == _W + "p":
            for line in (numbering.label(child) + _text(child)).splitlines() or [""]:
                builder.line(line)
            for nested in _boxes(child):
                _blocks(nested, builder, numbering, depth + 1)
        elif child.tag == _W + "tbl" and depth <= _DEEPEST:
            _table(child, builder, numbering, depth)
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"):
            _blocks(child, builder, numbering, depth)


def _boxes(paragraph: Any) -> Iterator[Any]:
    yield from paragraph.iter(_W + "txbxContent")


def _table(table: Any, builder: TextBuilder, numbering: Numbering, depth: int) -> None:
    rows: list[list[str]] = []
    nested: list[Any] = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[str] = []
        for cell in _children(row, "tc"):
            cells.append("\n".join(_text(paragraph) for paragraph in _children(cell, "p")))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells.extend([""] * (min(int(span.get(_W + "val", "1")), 64) - 1 if span is not None else 0))
            nested.extend(_children(cell, "tbl"))
        rows.append(cells)
    builder.grid(rows)
    if depth < _DEEPEST:
        for inner in nested:
            _table(inner, builder, numbering, depth + 1)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == _W + tag:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml"):
            yield from _children(child, tag)


def _text(paragraph: Any) -> str:
    pieces: list[str] = []
    for child in paragraph:
        if child.tag in _GONE or child.tag == _W + "txbxContent":
            continue
        if child.tag == _W + "t":
            pieces.append(child.text or "")
        elif child.tag == _W + "tab":
            pieces.append(" ")
        elif child.tag in (_W + "br", _W + "cr"):
            pieces.append("\n")
        elif child.tag == _W + "noBreakHyphen":
            pieces.append("-")
        elif child.tag not in (_W + "pPr", _W + "rPr", _W + "drawing", _W + "pict", _W + "object") and len(
            child
        ):
            pieces.append(_text(child))
    return "".join(pieces)


def _findings(body: Any, numbering: Numbering) -> Iterator[dict[str, Any]]:
    inserted = sum(1 for tag in ("ins", "moveTo") for _ in body.iter(_W + tag))
    deleted = sum(1 for tag in ("del", "moveFrom") for _ in body.iter(_W + tag))
    if inserted or deleted:
        yield finding(
            "warning",
            "tracked_changes",
            f"The document has tracked changes ({inserted} insertions, {deleted} deletions); "
            "it was read as if all were accepted.",
            inserted=inserted,
            deleted=deleted,
        )
    nested = sum(
        1 for table in body.iter(_W + "tbl") for inner in table.iter(_W + "tbl") if inner is not table
    )
    if nested:
        yield finding(
            "info", "nested_tables", "Tables within tables were read as tables of their own.", count=nested
        )
    if numbering.used:
        yield finding(
            "info",
            "automatic_numbers",
            "Clause numbers that Word counts by itself were written into the text.",
            count=numbering.used,
        )
