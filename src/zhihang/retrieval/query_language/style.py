# SPDX-License-Identifier: Apache-2.0
"""A style is the way one service writes queries: its field names, its operators, and what of it cannot be read."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhihang.retrieval.query_language.field import Field, fields
from zhihang.terms.label import Label

OPERATORS = ("!=", ">=", "<=", "==", "=", ":", ">", "<")
OWN = "own"


@dataclass(frozen=True)
class Use:
    """What a field name means in a style: a field of ours, or the reason why it has none.

    `exact` says that a full class symbol stands for itself only; `values` are the style's values in our words, `sign`
    that the name tells the style.
    """

    code: str
    field: Field | None
    exact: bool = False
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sign: bool = False
    note: Label | None = None
    reason: Label | None = None


@dataclass(frozen=True)
class Proximity:
    """An operator between two words: its pattern, and what it asks for or why it is refused."""

    pattern: re.Pattern[str]
    ordered: bool = False
    distance: int | None = None
    refused: str = ""


@dataclass(frozen=True)
class Style:
    """One way of writing queries.

    blank
        What stands between words with only a blank between them: "and" or "or".
    bare
        Whether a word without a field is read.
    tells
        Operators that no other style has.
    marks
        Signs in words that are written otherwise here.
    refused_marks
        Signs in words that have no counterpart, with the fault.
    """

    name: str
    zh: str
    en: str
    source: str
    uses: Mapping[str, Use]
    proximity: tuple[Proximity, ...]
    separators: tuple[str, ...] = OPERATORS
    blank: str = "and"
    bare: bool = True
    tells: re.Pattern[str] | None = None
    comments: str = ""
    single_quotes: bool = False
    marks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    refused_marks: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def field_pattern(self) -> re.Pattern[str]:
        """Pattern of a field name with the operator after it."""
        return _field_pattern(self.name)

    @property
    def name_pattern(self) -> re.Pattern[str]:
        """Pattern of a field name alone."""
        return _name_pattern(self.name)


@lru_cache(maxsize=1)
def styles() -> Mapping[str, Style]:
    """Return every style by name, our own first."""
    import yaml

    folder = Path(__file__).parent / "styles"
    stated: Mapping[str, Mapping[str, Any]] = yaml.safe_load((folder / "styles.yaml").read_text("utf-8"))
    return {name: _style(name, told, folder) for name, told in stated.items()}


def _style(name: str, told: Mapping[str, Any], folder: Path) -> Style:
    return Style(
        name=name,
        zh=told["zh"],
        en=told["en"],
        source=told["source"],
        uses=_own_uses() if name == OWN else _uses(folder / f"{name}.csv"),
        proximity=tuple(_proximity(row) for row in told.get("proximity", ())),
        separators=tuple(told.get("separators", OPERATORS)),
        blank=told.get("blank", "and"),
        bare=told.get("bare", True),
        tells=re.compile(told["tells"], re.IGNORECASE) if "tells" in told else None,
        comments=told.get("comments", ""),
        single_quotes=told.get("single_quotes", False),
        marks=told.get("marks", {}),
        refused_marks=told.get("refused_marks", {}),
    )


def _proximity(row: Mapping[str, Any]) -> Proximity:
    return Proximity(
        pattern=re.compile(row["pattern"], re.IGNORECASE),
        ordered=row.get("ordered", False),
        distance=row.get("distance"),
        refused=row.get("refused", ""),
    )


def _own_uses() -> Mapping[str, Use]:
    return {name.casefold(): Use(name, one) for one in fields().values() for name in one.names}


def _uses(path: Path) -> Mapping[str, Use]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["code"].casefold(): _use(row) for row in rows}


def _use(row: Mapping[str, str]) -> Use:
    pairs = (pair.split("=", 1) for pair in row["values"].split("|") if pair)
    return Use(
        code=row["code"],
        field=fields()[row["field"]] if row["field"] else None,
        exact=row["mode"] == "exact",
        values={theirs.casefold(): ours for theirs, ours in pairs},
        sign=row["sign"] == "1",
        note=_remarks().get(row["note"]),
        reason=_remarks().get(row["reason"]),
    )


@lru_cache(maxsize=1)
def _remarks() -> Mapping[str, Label]:
    path = Path(__file__).parent / "styles" / "remarks.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: Label(row["zh"], row["en"]) for row in csv.DictReader(stream)}


@lru_cache(maxsize=16)
def _name_pattern(name: str) -> re.Pattern[str]:
    names = sorted(styles()[name].uses, key=len, reverse=True)
    return re.compile(rf"(?P<name>{'|'.join(map(re.escape, names))})", re.IGNORECASE)


@lru_cache(maxsize=16)
def _field_pattern(name: str) -> re.Pattern[str]:
    signs = "|".join(map(re.escape, OPERATORS))
    return re.compile(rf"{_name_pattern(name).pattern}\s*(?P<operator>{signs})", re.IGNORECASE)
