# SPDX-License-Identifier: Apache-2.0
"""Titles of firms by official lists with validity: who holds which on a day, and until when."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.intensity.facts_seen import Area, FactsSeen

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Recognitions:
    """Rows of the lists by firm (identity, and name without width and blanks), and the titles there are lists of."""

    by_firm: Mapping[str, Sequence[Row]]
    by_name: Mapping[str, Sequence[Row]]
    listed: frozenset[str]

    def rows_of(self, enterprise: str, name: str) -> list[Row]:
        """Rows on a firm: those of its code, and those of its name that carry no other code."""
        own = list(self.by_firm.get(enterprise, ()))
        named = [row for row in self.by_name.get(folded(name), ()) if row["credit_code"] is None]
        return own + [row for row in named if row not in own]

    def valid_on(self, enterprise: str, name: str, day: date) -> dict[str, bool]:
        """Of each title the lists speak of for a firm: whether it is held on a day."""
        found: dict[str, bool] = {}
        for row in self.rows_of(enterprise, name):
            found[row["title"]] = found.get(row["title"], False) or standing(row, day) == "in_force"
        return found


def read_recognitions(facts: FactsSeen) -> Recognitions:
    """Read all lists of recognised enterprises."""
    table = facts.table("recognition")
    names = (
        "enterprise",
        "name",
        "credit_code",
        "title",
        "valid_from",
        "valid_until",
        "revoked_on",
        "region",
    )
    more = ("batch", "certificate", "issuer", "source", "file_id", "line")
    rows = facts.collect(table.select(*names, *more).order_by("file_id", "line")).to_pylist()
    newest = {(row["enterprise"], row["title"], row["valid_from"]): row for row in rows}
    by_firm: dict[str, list[Row]] = {}
    by_name: dict[str, list[Row]] = {}
    for row in newest.values():
        by_firm.setdefault(row["enterprise"], []).append(row)
        by_name.setdefault(folded(row["name"]), []).append(row)
    return Recognitions(by_firm, by_name, frozenset(row["title"] for row in rows))


def standing(row: Row, day: date) -> str:
    """How a title stands on a day: in_force, expired, revoked or not_yet.

    >>> row = {"valid_from": date(2018, 1, 1), "valid_until": date(2020, 12, 31), "revoked_on": None}
    >>> [standing(row, day) for day in (date(2017, 12, 31), date(2020, 12, 31), date(2021, 1, 1))]
    ['not_yet', 'in_force', 'expired']
    """
    if day < row["valid_from"]:
        return "not_yet"
    if row["revoked_on"] is not None and row["revoked_on"] <= day:
        return "revoked"
    return "expired" if row["valid_until"] is not None and row["valid_until"] < day else "in_force"


def recognitions_on(
    facts: FactsSeen, area: Area, day: date, title: str | None = None
) -> list[dict[str, Any]]:
    """Every title on the lists as it stands on a day, those that end soonest first, then those that have ended."""
    known = read_recognitions(facts)
    firms = facts.collect(
        facts.table("enterprise").select("enterprise", "name", "region", "year").order_by("year")
    )
    register = {row["enterprise"]: row for row in firms.to_pylist()}
    by_name = {folded(row["name"]): row for row in register.values()}
    labels = facts.codes["enterprise_title"]
    rows = []
    for row in (row for held in known.by_firm.values() for row in held):
        firm = register.get(row["enterprise"]) or by_name.get(folded(row["name"]))
        region = row["region"] or (firm or {}).get("region")
        if (title and row["title"] != title) or not (area.everywhere or area.holds(region or "")):
            continue
        until = row["valid_until"]
        rows.append(
            {
                "name": row["name"],
                "title": labels[row["title"]].label.zh if row["title"] in labels else row["title"],
                "standing": standing(row, day),
                "valid_from": row["valid_from"],
                "valid_until": until,
                "days_left": None if until is None else (until - day).days,
                "revoked_on": row["revoked_on"],
                "certificate": row["certificate"],
                "issuer": row["issuer"],
                "region": region,
                "in_register": firm is not None,
            }
        )
    return sorted(
        rows,
        key=lambda row: (
            row["standing"] != "in_force",
            row["valid_until"] or date.max,
            row["name"],
            row["title"],
        ),
    )


def folded(name: str) -> str:
    """A name in one width, with half-width brackets and without blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())
