# SPDX-License-Identifier: Apache-2.0
"""One running text made of paragraphs and tables, each cell's place kept."""

from __future__ import annotations

from collections.abc import Sequence

from zhihang.planning.reading.document import Cell, Grid


class TextBuilder:
    """Collects the lines and tables of a document that is not plain text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.grids: list[Grid] = []
        self.breaks: set[int] = set()

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    def line(self, text: str) -> None:
        """Add a paragraph."""
        self.breaks.add(self._length)
        self._add(" ".join(text.splitlines()) + "\n")

    def grid(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, each row a line with a tab before every cell; one of a single column becomes paragraphs."""
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        if max(map(len, filled), default=0) < 2 or len(filled) < 2:
            for row in filled:
                for cell in row:
                    for part in cell.splitlines():
                        self.line(part)
            return
        start = self._length
        built = tuple(tuple(map(self._cell, row)) + self._row_end() for row in filled)
        self.grids.append(Grid(built, start, self._length))

    def _cell(self, text: str) -> Cell:
        self._add("\t")
        flat = " ".join(text.split())
        start = self._length
        self._add(flat)
        return Cell(flat, start, self._length)

    def _row_end(self) -> tuple[Cell, ...]:
        self._add("\n")
        return ()

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
