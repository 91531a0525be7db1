# SPDX-License-Identifier: Apache-2.0
"""The column names known from tables of patents (`headers.csv`), and how names are compared."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class Known(NamedTuple):
    """What a known column name means.

    `rank` orders columns of one field, the lowest goes first; `values` says "one" where a cell is never a list,
    "more" where its values follow those of other columns.
    """

    rank: int
    field: str
    values: str


@lru_cache(maxsize=1)
def header_fields() -> Mapping[str, Known]:
    """Return the known column names, folded."""
    text = files("zhihang.ingestion").joinpath("headers.csv").read_text("utf-8")
    found: dict[str, Known] = {}
    for rank, row in enumerate(csv.DictReader(text.splitlines())):
        found.setdefault(fold_header(row["header"]), Known(rank, row["field"], row["values"]))
    return found


@lru_cache(maxsize=32_768)  # twice the columns of the widest workbook
def fold_header(cell: str) -> str:
    """Return a column name for comparison: half width, lower case, no blanks, no BOM.

    >>> fold_header(" 公开（公告）号 ")
    '公开(公告)号'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).strip("\ufeff\"'").lower()
