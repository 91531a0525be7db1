# SPDX-License-Identifier: Apache-2.0
"""What the office has settled about places: rows of ``decisions/place.csv``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhihang.errors import DefinitionError

if TYPE_CHECKING:
    from zhihang.derivation.places.gazetteer import Gazetteer

COLUMNS = ("address", "name", "region", "zone", "country", "decided_on", "decided_by", "reason")
"""Columns of the file. `address` or `name` says which parties are meant; a `*` at the end means "begins with"."""


@dataclass(frozen=True)
class Decisions:
    """Decisions by address and by name; an address goes before a name, an exact text before a beginning."""

    addresses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    openings: Sequence[tuple[str, str, Mapping[str, str]]] = ()

    @classmethod
    def read(
        cls, rows: Iterable[Mapping[str, str]], gazetteer: Gazetteer, states: Iterable[str] = ()
    ) -> Decisions:
        """Read the rows of the file; later rows replace earlier ones on the same text."""
        addresses: dict[str, Mapping[str, str]] = {}
        names: dict[str, Mapping[str, str]] = {}
        openings: list[tuple[str, str, Mapping[str, str]]] = []
        known = set(states)
        for number, row in enumerate(rows, start=2):
            _check(number, row, gazetteer, known)
            for column, exact in (("address", addresses), ("name", names)):
                text = fold(row.get(column, ""))
                if text.endswith("*"):
                    openings.insert(0, (column, text[:-1], row))
                elif text:
                    exact[text] = row
        return cls(addresses, names, tuple(openings))

    def on(self, address: str, name: str) -> Mapping[str, str] | None:
        """Return the decision on a party, if there is one."""
        if not (self.addresses or self.names or self.openings):
            return None
        folded = {"address": fold(address), "name": fold(name)}
        exact = self.addresses.get(folded["address"]) or self.names.get(folded["name"])
        if exact:
            return exact
        return next((row for column, start, row in self.openings if folded[column].startswith(start)), None)


def fold(text: str) -> str:
    """Return a text for comparison: half width, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _check(number: int, row: Mapping[str, str], gazetteer: Gazetteer, states: set[str]) -> None:
    fault = _fault(row, gazetteer, states)
    if fault:
        raise DefinitionError(
            "A decision on a place cannot be used.",
            {"file": "decisions/place.csv", "line": number, "fault": fault},
            todo=f"Mend the line; the columns are {', '.join(COLUMNS)}.",
        )


def _fault(row: Mapping[str, str], gazetteer: Gazetteer, states: set[str]) -> str:
    missing = [
        column for column in COLUMNS if column not in row and column not in ("zone", "country", "name")
    ]
    if missing:
        return f"no column {missing[0]}"
    if not (row["address"] or row.get("name")):
        return "neither address nor name is given"
    if row["address"].strip() == "*" or row.get("name", "").strip() == "*":
        return "a lone * would mean every party"
    if row["region"] and row["region"] not in gazetteer and row["region"] not in states:
        return f'region "{row["region"]}" is no code of a division, present or former'
    if not (row["region"] or row.get("country")):
        return "neither region nor country is given"
    return next((f"{c} is blank" for c in ("decided_on", "decided_by", "reason") if not row[c]), "")
