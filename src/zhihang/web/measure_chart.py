# SPDX-License-Identifier: Apache-2.0
"""A question on indicators as an address asks it, and the charts of its answer; for the page and for what is embedded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.errors import NotFound
from zhihang.reporting.chart import Bars, Chart, Lines, Series
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.figure_text import short
from zhihang.web.measured import listed
from zhihang.web.request import PageRequest

SOURCE = Label("本库按指标定义统计", "counted here by the definitions of the indicators")
YEARS_BACK = 8


def asked_for(request: PageRequest, ask: Answers) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the indicators that the address names, and periods, split and basis."""
    asked, year = request.GET, request.view.day.year
    known = {one["indicator"]: one for one in listed(ask)}
    codes = [code for each in asked.getlist("indicator") for code in each.split(",") if code]
    for code in codes:
        if code not in known:
            raise NotFound.named("indicator", code, known, see="/indicators/")
    question = {
        "first": asked.get("from") or str(year - YEARS_BACK),
        "last": asked.get("to") or str(year),
        "every": asked.get("every") or "year",
        "by": asked.get("by") or "",
        "basis": asked.get("basis") or "computed",
    }
    return [known[code] for code in codes], question


def chart_of(
    request: PageRequest, one: Mapping[str, Any], rows: Sequence[dict[str, Any]], by: str
) -> Chart | None:
    """Return the chart of one indicator; None where nothing is known."""
    view = request.view
    mine = [row for row in rows if row["indicator"] == one["indicator"]]
    if view.language != "zh":
        mine = _places_in(view.language, mine)
    periods = list(dict.fromkeys(str(row["period"]) for row in mine))
    names = list(dict.fromkeys(_part(row, by) for row in mine))
    values = {(_part(row, by), str(row["period"])): row["value"] for row in mine}
    if not any(value is not None for value in values.values()):
        return None
    label = one["zh"] if view.language == "zh" else one["en"]
    title = _finding(label, mine, view.language) if len(names) == 1 else label
    form = {"form": "number", "digits": one["decimals"]}
    span = f"{periods[0]}—{periods[-1]}"
    if len(periods) == 1 and len(names) > 1:
        ordered = sorted(names, key=lambda name: -(values[name, periods[0]] or 0))
        series = (Series(periods[0], tuple(values[name, periods[0]] for name in ordered)),)
        return Chart(title, one["unit"], span, view.say(SOURCE), Bars(tuple(ordered), series), **form)
    names.sort(key=lambda name: -(values.get((name, periods[-1])) or 0))
    lines = tuple(Series(name, tuple(values.get((name, period)) for period in periods)) for name in names)
    return Chart(title, one["unit"], span, view.say(SOURCE), Lines(tuple(periods), lines), **form)


def _places_in(language: Any, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the names of their divisions in a language, unless two of them have the same one."""
    from zhihang.web.frame import divisions

    known = divisions()
    codes = {row["region"] for row in rows}
    names = {code: known.name(code).in_language(language) for code in codes if code in known}
    if len(set(names.values())) < len(codes):
        return list(rows)
    return [{**row, "region_name": names[row["region"]]} for row in rows]


def _part(row: dict[str, Any], by: str) -> str:
    if by in ("", "county", "city", "province"):
        return str(row["region_name"])
    return str(row.get(by) or "—")


def _finding(label: str, rows: Sequence[dict[str, Any]], language: Any) -> str:
    """Say from what to what an indicator went."""
    known = [row for row in rows if row["value"] is not None]
    first, last = known[0], known[-1]
    begun, ended = short(first["value"], language), short(last["value"], language)
    if first is last:
        return (
            f"{label} {last['period']}：{ended}" if language == "zh" else f"{label} {last['period']}: {ended}"
        )
    if language == "zh":
        return f"{label}从{first['period']}年的 {begun} 到{last['period']}年的 {ended}"
    return f"{label} from {begun} in {first['period']} to {ended} in {last['period']}"
