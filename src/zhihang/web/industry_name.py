# SPDX-License-Identifier: Apache-2.0
"""Names of industries in the language of a page: the standard has Chinese ones, sections and divisions English ones here."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from zhihang.terms.label import Label
from zhihang.web.answers import answers

ENGLISH = Path(__file__).with_name("industry_names.csv")


def industry_label(code: str, fallback: str = "") -> Label:
    """Return the name of an industry; in English that of the division it belongs to."""
    zh = _chinese().get(code) or fallback
    english = _english()
    return Label(zh or code, english.get(code) or english.get(code[:2]) or zh or code)


def in_english(text: str) -> str:
    """Return a remark that begins with the Chinese name of an industry with its English name."""
    name, colon, rest = text.partition(": ")
    code = _codes().get(name) if colon else None
    return f"{industry_label(code).en}: {rest}" if code else text


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the codes of sections and divisions by their Chinese names."""
    return {name: code for code, name in _chinese().items() if len(code) <= 2}


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    with ENGLISH.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["en"] for row in csv.DictReader(stream)}


@lru_cache(maxsize=1)
def _chinese() -> dict[str, str]:
    rows = answers().workspace.codes.rows("industries_gbt4754")
    return {row["code"]: row["zh"] for row in sorted(rows, key=lambda row: row["edition"])}
