# SPDX-License-Identifier: Apache-2.0
"""Sniffing: which reader knows a source, judged by its content."""

from __future__ import annotations

from dataclasses import dataclass

from zhihang.ingestion.reader import Reader
from zhihang.ingestion.sample import Sample, take_sample
from zhihang.ingestion.source import Source, UnknownKind
from zhihang.shelf import Shelf

ENOUGH = 0.05
SIMULATED = "模拟数据"
"""What a simulated register writes into each of its rows."""
_SHAPES = {
    "sheet": "a table",
    "xml": "XML",
    "json": "JSON",
    "text": "text",
    "binary": "no text and no workbook",
}


@dataclass(frozen=True)
class Sniffed:
    """A source with its sample and the reader that is surest of it; `others` come next."""

    source: Source
    sample: Sample
    reader: Reader
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether the file itself says that it was made by a simulation."""
        return any(SIMULATED in row for row in self.sample.rows) or self.source.content_name.startswith(
            "simulated-"
        )


def sniff(source: Source, readers: Shelf[Reader]) -> Sniffed:
    """Choose the reader for a source; the surest wins, among equals the one of higher precedence."""
    sample = take_sample(source)
    known = sorted(
        ((reader.recognise(sample), reader.precedence, reader) for reader in readers),
        key=lambda found: (-found[0], -found[1], found[2].name),
    )
    confidence, _, best = known[0]
    if confidence < ENOUGH:
        raise unknown_kind(source, sample)
    others = tuple((reader.name, round(sure, 2)) for sure, _, reader in known[1:4] if sure >= ENOUGH)
    return Sniffed(source, sample, best, confidence, others)


def unknown_kind(source: Source, sample: Sample) -> UnknownKind:
    """Build the error for a source that no reader knows."""
    facts = {"looks like": _SHAPES[sample.shape]}
    if sample.encoding:
        facts["encoding"] = sample.encoding
    if sample.shape == "sheet" and not any(cell.strip() for row in sample.rows for cell in row):
        return UnknownKind(
            f'"{source.name}" begins with blanks only.', facts, todo="Export or download the file again."
        )
    if sample.rows:
        facts["first row"] = _printable(" | ".join(cell for cell in sample.rows[0][:8] if cell)[:160])
    elif sample.text:
        facts["begins with"] = _printable(sample.text.lstrip()[:80])
    todo = (
        "Write a mapping file for its columns and pass it with --map (docs/how-to/map-your-own-table.md)."
        if sample.shape == "sheet"
        else "zhihang list readers shows the formats that can be read."
    )
    return UnknownKind(f'"{source.name}" is of a kind no reader knows.', facts, todo=todo)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text).strip() or "blank"
