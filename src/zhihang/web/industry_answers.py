# SPDX-License-Identifier: Apache-2.0
"""Answers on industries, firms and parks for pages and the interface: what each page shows, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zhihang.errors import DefinitionError, NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import PATIENCE, Answers
from zhihang.web.plain_value import plain

SUBJECTS: Mapping[str, Label] = {
    "industry": Label("产业", "Industries"),
    "enterprise": Label("企业", "Firms"),
    "park": Label("园区", "Parks"),
}
USUAL: Mapping[str, str] = {
    "industry": "generic",
    "enterprise": "intensive_enterprise",
    "park": "experimental_zone",
}
"""The scheme that is tried where the address names none."""
YEARS = (1985, 2100)


def year_of(given: str | None, usual: int | None) -> int | None:
    """Read the year of an address."""
    if not given:
        return usual
    if not given.isdecimal() or not YEARS[0] <= int(given[:6]) <= YEARS[1]:
        raise DefinitionError(
            "This is not a year. 年份无效。",
            {"year": given[:20]},
            todo="Give a year such as 2018. 请填写如 2018。",
        )
    return int(given)


def usual_year(ask: Answers, subject: str, day: date) -> int:
    """Return the newest year up to that of a day of which something is known, else the first after it."""
    found: int | None = ask("intensity.newest_year", subject, date(day.year, 12, 31), patience=30)
    return found or day.year


def schemes(ask: Answers, subject: str) -> list[dict[str, Any]]:
    """Return the schemes for a subject."""
    rows: list[dict[str, Any]] = ask("intensity.listed", subject, patience=30)
    return rows


def catalogue(ask: Answers, region: str, year: int, scheme: str) -> dict[str, Any]:
    """Return the industries of a region and year: `summary`, `rows` by rank, `conditions`, `simulated`."""

    def compute() -> dict[str, Any]:
        desk = ask.workspace.intensity
        made = desk.industries(region, year, scheme)
        return {"summary": made.summary(), **_apart(made.rows()), "simulated": desk.simulated()}

    found: dict[str, Any] = ask.work("catalogue", [region, year, scheme], compute)
    return found


def firms(ask: Answers, region: str, year: int | None, scheme: str) -> dict[str, Any]:
    """Return the firms of a region and year tried by a scheme, in the same form."""

    def compute() -> dict[str, Any]:
        desk = ask.workspace.intensity
        made = desk.enterprises(region, year, scheme)
        told = {"summary": made.summary(), **_apart(made.rows()), "simulated": desk.simulated()}
        return {**told, "unlinked": len(made.unlinked())}

    found: dict[str, Any] = ask.work("firms", [region, year, scheme], compute)
    return found


def industry_sheet(ask: Answers, code: str, region: str, year: int, scheme: str) -> dict[str, Any]:
    """Return what the sheet of one industry tells."""

    def compute() -> dict[str, Any]:
        told = ask.workspace.intensity_papers.industry_told(code, region, year, scheme=scheme)
        row = next(one for one in told.answer.rows() if one["industry"] == code)
        return {
            "row": row,
            "of": len(told.answer.rows()),
            "summary": told.answer.summary(),
            "holders": told.holders,
            "divisions": told.divisions,
            "simulated": told.simulated,
        }

    known = [row["industry"] for row in catalogue(ask, region, year, scheme)["rows"]]
    if code not in known:
        raise NotFound.named("industry", code[:40], known, see="/industries/")
    found: dict[str, Any] = ask.work("industry_sheet", [code, region, year, scheme], compute)
    return found


def firm_sheet(ask: Answers, name: str, year: int | None, *, patience: float = PATIENCE) -> dict[str, Any]:
    """Return what the sheet of one firm tells."""

    def compute() -> dict[str, Any]:
        told = ask.workspace.intensity_papers.enterprise_told(name, year)
        names = (
            "register",
            "region",
            "industry",
            "link",
            "year",
            "figures",
            "patents",
            "titles",
            "fees",
            "simulated",
        )
        shown = {each: plain(getattr(told, each), ask.workspace) for each in names}
        return {**shown, "schemes": [{"label": label.zh, "row": row} for label, row in told.schemes]}

    found: dict[str, Any] = ask.work("firm_sheet", [name, year], compute, patience=patience)
    return found


def watched(ask: Answers, region: str, day: date, months: int) -> list[dict[str, Any]]:
    """Return the holders about to cross a number of inventions in force; fees are summed, not listed."""

    def compute() -> list[dict[str, Any]]:
        names = ("organisation", "name", "type", "held", "pending", "threshold", "direction", "apart", "ending", "fees",
                 "to_pay", "decisive_on", "pay_until")  # fmt: skip
        found = ask.workspace.intensity.watch(region, day, months=months)
        return [{name: getattr(one, name) for name in names} for one in found]

    rows: list[dict[str, Any]] = ask.work("watched", [region, day, months], compute)
    return rows


def parks(ask: Answers, region: str, year: int | None, scheme: str) -> dict[str, Any]:
    """Return the readiness of all parks of a region."""
    found: dict[str, Any] = ask("parks.readiness", region=region, year=year, scheme=scheme)
    return found


def park_profile(ask: Answers, park: str, region: str, year: int | None) -> dict[str, Any]:
    """Return everything told of one park."""

    def compute() -> Any:
        desk = ask.workspace.parks
        return desk.profile(park, desk.question(), region=region, year=year)

    found: dict[str, Any] = ask.work("park_profile", [park, region, year], compute)
    return found


def parks_compared(ask: Answers, names: Sequence[str], region: str, year: int | None) -> dict[str, Any]:
    """Return figures of some parks (none named: all) beside each other."""

    def compute() -> Any:
        desk = ask.workspace.parks
        return desk.compare(names, desk.question(), region=region, year=year)

    found: dict[str, Any] = ask.work("parks_compared", [list(names), region, year], compute)
    return found


def _apart(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Tell each condition once, and of each row only its values and whether they pass."""
    fixed = ("value", "passed")
    first = rows[0]["conditions"] if rows else []
    return {
        "conditions": [{k: v for k, v in one.items() if k not in fixed} for one in first],
        "rows": [
            {
                **{k: v for k, v in row.items() if k != "conditions"},
                "values": [one["value"] for one in row["conditions"]],
                "passed": [one["passed"] for one in row["conditions"]],
            }
            for row in rows
        ],
    }
