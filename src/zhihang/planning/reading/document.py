# SPDX-License-Identifier: Apache-2.0
"""What reading works on: the text of a document, the tables it has with a grid, and what was noticed on opening it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One cell of a table and where it stands in the text of the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Grid:
    """A table as rows of cells; `start` and `end` are the stretch of text it takes up."""

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int

    @property
    def width(self) -> int:
        """Number of cells of the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class Document:
    """The text of a file as it was opened. Every position told of later counts characters of `text`."""

    name: str
    text: str
    form: str
    encoding: str = ""
    grids: tuple[Grid, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    breaks: frozenset[int] = field(default_factory=frozenset)
    """Starts of lines known to begin a paragraph (docx, html); empty where only the text can tell."""


def finding(severity: str, code: str, message: str, **details: Any) -> dict[str, Any]:
    """Something the reader of a document should know of: `severity` is info, warning or error."""
    return {"severity": severity, "code": code, "message": message, **details}
