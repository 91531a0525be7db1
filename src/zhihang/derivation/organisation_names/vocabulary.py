# SPDX-License-Identifier: Apache-2.0
"""The words that names of organisations are made of, from code lists an office can change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhihang.derivation.organisation_names.places import Places
from zhihang.facts.codelist import CodeLists

LISTS = (
    "applicant_type",
    "organisation_abbreviation",
    "organisation_alias",
    "organisation_evidence",
    "organisation_form",
    "organisation_word",
    "look_alike",
    "surname",
    "region",
    "region_alias",
    "region_change",
)
"""Code lists that the reading of names depends on."""


@dataclass(frozen=True)
class Form:
    """An ending that tells what kind of body bears the name: legal form or kind of institution."""

    kind: str
    type: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Legal forms, words of trade, surnames, look-alike characters, places and known other names."""

    forms: Mapping[str, Form]
    foreign_forms: Mapping[str, Form]
    latin_words: Mapping[str, str]
    words: Mapping[str, str]
    abbreviations: Mapping[str, str]
    surnames: frozenset[str]
    alike: frozenset[tuple[str, str]]
    beginnings: Mapping[str, str]
    beginning: re.Pattern[str]
    other_names: tuple[tuple[str, str, str], ...]
    confidence: Mapping[str, float]
    places: Places

    @property
    def longest_word(self) -> int:
        """Characters of the longest word of trade."""
        return 6


@lru_cache(maxsize=4)
def vocabulary(codes: CodeLists) -> Vocabulary:
    """Read the vocabulary from a shelf of code lists."""
    forms = codes.rows("organisation_form")
    aliases = codes.rows("organisation_alias")
    beginnings = {row["written"]: row["means"] for row in aliases if row["kind"] == "beginning"}
    pairs = [(row["one"], row["other"]) for row in codes.rows("look_alike")]
    return Vocabulary(
        forms={row["form"]: Form(row["kind"], row["type"]) for row in forms if row["script"] == "han"},
        foreign_forms={
            row["form"]: Form(row["kind"], row["type"])
            for row in forms
            if row["script"] in ("latin", "kana", "hangul")
        },
        latin_words={row["form"]: row["type"] for row in forms if row["script"] == "latin_word"},
        words={row["word"]: row["en"] for row in codes.rows("organisation_word")},
        abbreviations={row["short"]: row["full"] for row in codes.rows("organisation_abbreviation")},
        surnames=frozenset(row["surname"] for row in codes.rows("surname")),
        alike=frozenset(pairs) | frozenset((other, one) for one, other in pairs),
        beginnings=beginnings,
        beginning=re.compile("|".join(sorted(map(re.escape, beginnings), key=len, reverse=True)) or "(?!)"),
        other_names=tuple(
            (row["written"], row["means"], row["kind"]) for row in aliases if row["kind"] != "beginning"
        ),
        confidence={row["code"]: float(row["confidence"]) for row in codes.rows("organisation_evidence")},
        places=Places.of(codes),
    )
