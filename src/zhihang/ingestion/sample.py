# SPDX-License-Identifier: Apache-2.0
"""The beginning of a source, looked at once so that every reader can say whether it knows the format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Shape = Literal["sheet", "xml", "json", "text", "binary"]

HEAD_BYTES = 65_536
SAMPLE_ROWS = 30


@dataclass(frozen=True)
class Sample:
    """What can be said of a source before reading it.

    `shape` is the outer form. For a sheet (CSV, TSV, XLSX, XLS) `rows` holds its first rows as text and `sheet`
    the worksheet's name; for the others `text` holds the decoded beginning.
    """

    name: str
    shape: Shape
    encoding: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    delimiter: str | None = None
    sheet: str | None = None

    @cached_property
    def root(self) -> str:
        """Name of the first XML element with its prefix, blank when there is none."""
        found = re.search(
            r"<([A-Za-z_][\w.:-]*)",
            re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(\[.*?\])?[^>]*>", "", self.text, flags=re.S),
        )
        return found.group(1) if found else ""

    def header_row(self, needed: frozenset[str] | set[str]) -> int | None:
        """Index of the first sampled row that holds all the `needed` column names (case and blanks aside)."""
        wanted = {fold_header(name) for name in needed}
        for index, row in enumerate(self.rows):
            if wanted <= {fold_header(cell) for cell in row}:
                return index
        return None


def fold_header(cell: str) -> str:
    """Return a column name for comparison: half width, lower case, no blanks, no BOM.

    >>> fold_header(" 公开（公告）号 ")
    '公开(公告)号'
    """
    import unicodedata

    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).strip("\ufeff\"'").lower()
