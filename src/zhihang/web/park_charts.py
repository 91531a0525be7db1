# SPDX-License-Identifier: Apache-2.0
"""Charts of parks: who files with whom, and how alike parks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.reporting.chart import Bars, Chart, HeatTable, Series
from zhihang.reporting.chart_plane import Member, Network
from zhihang.terms.label import Label
from zhihang.web.view import View

Row = Mapping[str, Any]
SOURCE = Label("本库统计", "counted here")
MOST_TIES = 30
MOST_PARKS = 12
MOST_ALIKE = 8
"""So many parks are compared with each other; more cannot be read on a phone."""
OTHER_PARK, OUTSIDE = 1, 2
MARKS = Label(
    "圆点为园区内单位，方块为其他园区单位，三角为区外单位；线越粗，共同申请越多。",
    "Circles are in the park, squares in other parks, triangles outside; the thicker the line, the more filed together.",
)


def ties_drawn(one: Row, view: View) -> Chart | None:
    """Draw the strongest ties of a park's co-applications; None without any."""
    ties = [tie for tie in one["network"]["ties"] if tie["organisation"] != tie["partner"]][:MOST_TIES]
    if not ties:
        return None
    sizes: dict[str, float] = {}
    groups: dict[str, int] = {}
    links: dict[tuple[str, str], float] = {}
    for tie in ties:
        pair = (tie["organisation"], tie["partner"])
        links[pair] = links.get(pair, 0.0) + tie["applications"]
        for name in pair:
            sizes[name] = sizes.get(name, 0.0) + tie["applications"]
        groups[tie["organisation"]] = 0
        groups.setdefault(tie["partner"], {"inside": 0, "other_park": OTHER_PARK}.get(tie["where"], OUTSIDE))
    members = tuple(Member(name, size, groups[name]) for name, size in sizes.items())
    first = ties[0]
    pair_name, count = f"{first['organisation']} — {first['partner']}", f"{first['applications']:,.0f}"
    title = view.say(
        Label(f"共同申请最多的是 {pair_name}，{count} 件", f"Most filed together: {pair_name}, {count}")
    )
    years = [tie[name] for tie in ties for name in ("first_year", "last_year") if tie[name]]
    span = f"{min(years)}—{max(years)}" if years else str(one["year"])
    drawn = Network(members, tuple((a, b, value) for (a, b), value in links.items()))
    return Chart(
        title, "件", span, view.say(SOURCE), drawn, form="number", digits=0, notes=(view.say(MARKS),)
    )


def most_inventions(found: Row, view: View) -> Chart | None:
    """Draw the parks by inventions in force."""
    rows = [
        (one["park"], one["figures"]["valid_inventions"])
        for one in found["parks"]
        if one["figures"].get("valid_inventions") is not None
    ]
    rows = sorted(rows, key=lambda row: -row[1])[:MOST_PARKS]
    if not rows:
        return None
    first, count = rows[0][0], f"{rows[0][1]:,.0f}"
    title = view.say(
        Label(f"{first}有效发明最多，{count} 件", f"{first} holds most inventions in force: {count}")
    )
    bars = Bars(
        tuple(name for name, _ in rows),
        (Series(view.say(Label("有效发明", "Inventions in force")), tuple(value for _, value in rows)),),
    )
    return Chart(title, "件", str(found["year"]), view.say(SOURCE), bars, form="number", digits=0)


def likeness(found: Row, view: View) -> Chart | None:
    """Draw how alike the patents of the first parks are by class; None for one park."""
    names = [one["park"] for one in found["parks"]][:MOST_ALIKE]
    values = [list(row[: len(names)]) for row in found["alike"][: len(names)]]
    pairs = [
        (values[i][j] or 0.0, names[i], names[j])
        for i in range(len(names))
        for j in range(i)
        if values[i][j] is not None
    ]
    if not pairs:
        return None
    most, one, other = max(pairs)
    title = view.say(
        Label(
            f"{one}与{other}的技术结构最接近，相似度 {most:.2f}",
            f"{one} and {other} are most alike by technology: {most:.2f}",
        )
    )
    drawn = HeatTable(tuple(names), tuple(names), tuple(_off_diagonal(values)))
    unit = view.say(Label("相似度", "likeness"))
    return Chart(title, unit, str(found["year"]), view.say(SOURCE), drawn, form="number", digits=2)


def _off_diagonal(values: Sequence[Sequence[float | None]]) -> list[tuple[float | None, ...]]:
    """Return the rows without the ones that compare a park with itself."""
    return [tuple(None if i == j else value for j, value in enumerate(row)) for i, row in enumerate(values)]
