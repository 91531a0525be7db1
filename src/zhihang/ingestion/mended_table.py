# SPDX-License-Identifier: Apache-2.0
"""Tables of vendors: laid out by their own words, spoilt characters restored, cells put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.layout import Layout
from zhihang.ingestion.sample import Sample, fold_header
from zhihang.ingestion.sheet import Row, body
from zhihang.ingestion.source import Source
from zhihang.terms.text_repair import undo_mac_roman, undo_utf8_as_latin1

Rewrite: TypeAlias = Callable[[list[str]], list[str]]
"""Takes the cells of a row, as many as the header has, and returns those the layout expects."""

_WORD = re.compile(r"[^\s;,]+")


Repair: TypeAlias = Callable[[Sequence[str]], Iterable[tuple[int, str, str]]]
"""Looks at the cells of a row and gives back place, mended value and reason for what is wrong in it."""


def mended_drafts(
    source: Source,
    sample: Sample,
    header: int,
    layout: Layout,
    rewrite: Rewrite | None = None,
    *,
    repairs: Sequence[Repair] = (),
) -> Iterator[Draft]:
    """Read the rows below `header`, repair them, let `rewrite` put each row right, and lay them out.

    The layout may have more columns than the header; `rewrite` then gives their cells behind the others. What
    `repairs` change is told as alteration; a text saved on a Macintosh is repaired without being asked for.
    """
    sample = as_saved(sample)
    found: Iterable[Row] = body(source, sample, header)
    if sample.encoding == "mac_roman":
        repairs = (undo_saving_on_a_macintosh, *repairs)
    mender = _Mender(layout, repairs) if repairs else None
    if mender:
        found = mender.mended(found)
    if rewrite:
        found = _rewritten(found, list(sample.rows[header]), len(layout.columns), rewrite)
    for draft in layout.drafts(found):
        if mender:
            mender.report(draft)
        yield draft


def vendor_layout(
    header: Sequence[str],
    fields: Mapping[str, str],
    *,
    separators: Mapping[str, tuple[str, ...]] | None = None,
    patterns: Mapping[str, str] | None = None,
    language: str | None = None,
) -> Layout:
    """Lay out a vendor's columns by `fields` (header -> field) alone; what it does not name stays an attribute.

    The headers known from tables of all kinds are left aside: a vendor's words mean what the vendor means.
    """
    own = {fold_header(name): place for name, place in fields.items()}
    stated = {
        name: own.get(fold_header(name), f"attribute.{name.strip() or f'column {place}'}")
        for place, name in enumerate(header, start=1)
    }
    return Layout.from_header(header, stated, separators=separators, patterns=patterns, language=language)


def as_saved(sample: Sample) -> Sample:
    """Return the sample with the encoding Mac Roman where that leads back to UTF-8.

    UTF-8 taken for Windows text and saved by a Macintosh program looks like Windows or Chinese text at first.
    """
    if sample.encoding not in ("cp1252", "gb18030"):
        return sample
    text = sample.text.encode(sample.encoding, "replace").decode("mac_roman")
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    undone = sum(undo_mac_roman(word) is not None for word in words)
    return replace(sample, encoding="mac_roman") if undone * 2 > len(words) else sample


def undo_saving_on_a_macintosh(cells: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Repair UTF-8 that was taken for Windows text and saved as Mac Roman."""
    reason = "UTF-8 that was taken for Windows text and saved as Mac Roman; restored"
    return _undone(cells, undo_mac_roman, reason)


def undo_double_encoding(cells: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Repair UTF-8 that was taken for Latin-1 and encoded a second time."""
    return _undone(cells, undo_utf8_as_latin1, "UTF-8 that was taken for Latin-1 and encoded again; restored")


def _undone(
    cells: Sequence[str], undo: Callable[[str], str | None], reason: str
) -> Iterator[tuple[int, str, str]]:
    for place, cell in enumerate(cells):
        restored = cell if cell.isascii() else _restored(cell, undo)
        if restored != cell:
            yield place, restored, reason


def _restored(cell: str, undo: Callable[[str], str | None]) -> str:
    """Undo mojibake in a cell: as a whole or, where parts of it are lost for good, word by word."""
    whole = undo(cell)
    if whole is not None:
        return whole
    return _WORD.sub(lambda word: word[0] if word[0].isascii() else undo(word[0]) or word[0], cell)


def positions(header: Sequence[str]) -> dict[str, int]:
    """Place of each column, by its folded name (see `fold_header`); the first of equal names."""
    return {fold_header(name): place for place, name in reversed(list(enumerate(header)))}


def _rewritten(rows: Iterable[Row], header: list[str], width: int, rewrite: Rewrite) -> Iterator[Row]:
    """Rewrite rows of the header's width; longer ones stay too long, so that they are rejected."""
    for line, cells in rows:
        if cells == header:
            continue
        missing = len(header) - len(cells)
        if missing >= 0:
            yield line, rewrite(cells + [""] * missing)
        else:
            yield line, cells[: len(header)] + [""] * (width - len(header)) + cells[len(header) :]


@dataclass
class _Mender:
    """Repairs rows and remembers what it changed, by line: place, value before and after, reason."""

    layout: Layout
    repairs: Sequence[Repair]
    changed: dict[int, list[tuple[int, str, str, str]]] = field(default_factory=dict)

    def mended(self, rows: Iterable[Row]) -> Iterator[Row]:
        for line, cells in rows:
            for repair in self.repairs:
                for place, value, reason in list(repair(cells)):
                    self.changed.setdefault(line, []).append((place, cells[place], value, reason))
                    cells[place] = value
            yield line, cells

    def report(self, draft: Draft) -> None:
        """Tell a draft what was changed in its records."""
        for record, line in enumerate(draft.lines):
            for place, raw, value, reason in self.changed.pop(line, ()):
                column = self.layout.columns[min(place, len(self.layout.columns) - 1)]
                name = column.header if column.field.table == "attribute" else column.field.column
                draft.alter(record, column.field.table, name, raw, value, reason)
