# SPDX-License-Identifier: Apache-2.0
"""Under which key each name stands, once other names, codes and the office have been heard."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhihang.derivation.organisation_names.columns import Columns
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.vocabulary import Vocabulary

_BODY = re.compile("(?:会|团|协会|董事)$")
"""Boards and the like, which stand for the whole university abroad."""
PERSON, ALONE, SPLIT = "person:", "none:", "split:"
"""Beginnings of keys: of persons, of names that say too little, of names the office took out."""


@dataclass(frozen=True)
class Aliases:
    """Known other names: the key each leads to, and the present name of that key."""

    leads: Mapping[str, str]
    shown: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=4)
    def of(cls, words: Vocabulary) -> Aliases:
        """Read the names of list `organisation_alias`; those that say too little, or name a department, lead nowhere."""
        read = read_names(
            [text for written, means, _ in words.other_names for text in (written, means)], words
        )
        keys = [
            "" if thin or (department and not _BODY.search(department)) else key
            for key, thin, department in zip(
                read["key"].to_pylist(), read["thin"].to_pylist(), read["department"].to_pylist(), strict=True
            )
        ]
        leads: dict[str, str] = {}
        shown: dict[str, str] = {}
        for (_, means, _), one, other in zip(words.other_names, keys[::2], keys[1::2], strict=True):
            if one and other:
                shown[other] = means
                if one != other:
                    leads[one] = other
        return cls({key: _followed(key, leads) for key in leads}, shown)

    def mapped(self, key: str) -> str:
        """Return the key another one leads to, through its head for a branch; itself where it leads nowhere."""
        if key in self.leads:
            return self.leads[key]
        head, mark, tail = key.partition(">")
        return f"{self.leads[head]}>{tail}" if mark and head in self.leads else key


def keys_of(columns: Columns, aliases: Aliases, evidence: Evidence) -> list[str]:
    """Return the key of each name."""
    keys = [aliases.mapped(_plain(columns, row, key)) for row, key in enumerate(columns.key)]
    _apart_by_form(keys, columns, evidence)
    _apart_by_code(keys, columns, evidence)
    for decision in evidence.decisions:
        if decision.action == "split" and (rows := columns.rows(decision.name)):
            keys[rows[0]] = f"{SPLIT}{decision.target or decision.name}"
    return keys


def _plain(columns: Columns, row: int, key: str) -> str:
    if columns.type[row] == "individual":
        return key if key.startswith(PERSON) else f"{PERSON}{columns.folded[row]}"
    if columns.thin[row]:
        return f"{ALONE}{columns.names[row]}"
    return key.removeprefix(PERSON)


def _apart_by_form(keys: list[str], columns: Columns, evidence: Evidence) -> None:
    """Keep names of one key apart by legal form where two of them applied together: they are two firms."""
    several = set()
    for pair in evidence.together:
        rows = columns.rows(*pair)
        if rows is None or keys[rows[0]] != keys[rows[1]]:
            continue
        unlike = columns.form_kind[rows[0]] != columns.form_kind[rows[1]]
        if unlike and not any(columns.department[row] for row in rows):
            several.add(keys[rows[0]])
    if several:
        for row, key in enumerate(keys):
            if key in several and not columns.department[row]:
                keys[row] = f"{key}|{columns.form_kind[row]}"


def _apart_by_code(keys: list[str], columns: Columns, evidence: Evidence) -> None:
    """Keep names of one key apart where they bear different credit codes."""
    codes: dict[str, set[str]] = defaultdict(set)
    for name, code in evidence.codes.items():
        if rows := columns.rows(name):
            codes[keys[rows[0]]].add(code)
    several = {key for key, found in codes.items() if len(found) > 1}
    for name, code in evidence.codes.items():
        if (rows := columns.rows(name)) and keys[rows[0]] in several:
            keys[rows[0]] = f"{keys[rows[0]]}|{code}"


def _followed(key: str, leads: Mapping[str, str]) -> str:
    seen = {key}
    while leads[key] in leads and leads[key] not in seen:
        key = leads[key]
        seen.add(key)
    return leads[key]
