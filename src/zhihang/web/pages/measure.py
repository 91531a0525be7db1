# SPDX-License-Identifier: Apache-2.0
"""Indicators measured: over years, split by divisions, as chart and table, to take away; the address is the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from zhihang.errors import NotAllowed, NotFound
from zhihang.reporting.chart import Bars, Chart, Lines, Series
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.figure_text import short
from zhihang.web.measured import BASES, EVERY, listed, measured
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.table_file import as_file

SOURCE = Label("本库按指标定义统计", "counted here by the definitions of the indicators")
SPLITS = ("", "county", "city", "kind", "applicant_type", "field", "emerging")
YEARS_BACK = 8


@page("indicators/measure/", room="indicators", title=Label("指标数值", "Measure"), scoped=True, keeps=True)
def measure(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the values that the address asks for; as a file where it asks for one."""
    view, asked = request.view, request.GET
    known = {one["indicator"]: one for one in listed(ask)}
    codes = [code for each in asked.getlist("indicator") for code in each.split(",") if code]
    for code in codes:
        if code not in known:
            raise NotFound.named("indicator", code, known, see="/indicators/")
    question: dict[str, Any] = {
        "first": asked.get("from") or str(view.day.year - YEARS_BACK),
        "last": asked.get("to") or str(view.day.year),
        "every": asked.get("every") or "year",
        "by": asked.get("by") or "",
        "basis": asked.get("basis") or "computed",
    }
    rows = measured(ask, codes, view.region, **question) if codes else []
    if asked.get("form") and rows:
        if not request.person.may("export"):
            raise NotAllowed(
                "Your role may not download. 您的角色无权下载。", {"role": request.person.says.label}
            )
        return as_file(
            rows, asked["form"], stem="-".join(codes[:3]) + f"-{view.region}", title=known[codes[0]]["zh"]
        )
    chosen = [known[code] for code in codes]
    return {
        "chosen": chosen,
        "codes": codes,
        "rows": rows,
        "question": question,
        "every_kind": EVERY,
        "bases": BASES,
        "splits": SPLITS,
        "charts": [_chart(request, one, rows, question["by"]) for one in chosen if rows],
        "newest": None
        if question["by"]
        else next((row for row in reversed(rows) if row["value"] is not None), None),
    }


def _chart(
    request: PageRequest, one: dict[str, Any], rows: Sequence[dict[str, Any]], by: str
) -> Chart | None:
    view = request.view
    mine = [row for row in rows if row["indicator"] == one["indicator"]]
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
