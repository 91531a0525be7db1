# SPDX-License-Identifier: Apache-2.0
"""Section: charts on progress: heat table of divisions, target path, what changed, fan of the forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihang.planning.assess import AssessedTarget
from zhihang.planning.forecast import TargetForecast
from zhihang.reporting.chart import Band, Chart, Fan, HeatTable, TargetPath, Values, Waterfall
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.target_wording import chance, needed
from zhihang.reporting.wording import listed

MOST_STEPS = 7


def heat(facts: PlanFacts) -> Iterator[Block]:
    """Yield the heat table: value over what was expected, by division and split target."""
    if not facts.split or not facts.divisions:
        return
    by_cell = {(row.region, row.target): row for row in facts.assessment.rows}
    values = tuple(
        tuple(_share(by_cell.get((region, row.target))) for row in facts.split) for region in facts.divisions
    )
    if not any(value is not None for line in values for value in line):
        return
    yield Chart(
        facts.pick(f"各{facts.kind}完成应达进度", "Value over what was expected, by county"),
        "%",
        facts.pick(f"截至{facts.day(facts.at)}", f"until {facts.day(facts.at)}"),
        facts.source_of(facts.assessment.rows),
        HeatTable(
            tuple(facts.divisions.values()),
            tuple(facts.label(row) for row in facts.split),
            values,
            centre=1.0,
        ),
        "percent",
        0,
    )


def path_chart(facts: PlanFacts, row: AssessedTarget) -> Iterator[Block]:
    """Yield the target path of a row with what was reached each year."""
    path = facts.path(row)
    years = sorted(path.years)
    if len(years) < 2:
        return
    reached = facts.reached_by_year(row)
    yield Chart(
        facts.pick(f"{facts.label(row)}：目标与实际", f"{facts.label(row)}: target and actual"),
        facts.unit(row.unit),
        f"{years[0]}—{years[-1]}年" if facts.language == "zh" else f"{years[0]}–{years[-1]}",
        facts.source_of([row]),
        TargetPath(
            tuple(map(str, years)),
            tuple(path.at_end(year) for year in years),
            tuple(reached.get(year) for year in years),
        ),
        "integer" if _whole(row) else "number",
        notes=(facts.pick(f"逐年目标{path.rule.zh}。", f"Yearly values {path.rule.en}."),),
    )


def changes(facts: PlanFacts, row: AssessedTarget) -> Iterator[Block]:
    """Yield the waterfall from the year before to now, by division, with its sentence."""
    whole = facts.year_so_far(row)
    parts = {facts.divisions[p.region]: facts.year_so_far(p) for p in facts.parts(row.target)}
    known = {
        name: y.now - y.before for name, y in parts.items() if y.now is not None and y.before is not None
    }
    if whole.now is None or whole.before is None or len(known) < len(parts) or not known:
        return
    ranked = sorted(known.items(), key=lambda one: (-abs(one[1]), one[0]))
    steps = [one for one in ranked[:MOST_STEPS] if one[1]]
    rest = whole.now - whole.before - sum(step for _, step in steps)
    if rest:
        steps.append((facts.pick("其他及未落到县", "Others, not placed"), rest))
    if not steps:
        return
    yield Prose(_changed(facts, row, whole.now - whole.before, ranked))
    year = facts.month[0]
    yield Chart(
        facts.pick(f"{facts.label(row)}变化的来源", f"{facts.label(row)}: what changed"),
        facts.unit(row.unit),
        facts.pick(f"{year - 1}年同期至{facts.when}", f"from {year - 1} to {facts.when}"),
        facts.source_of([row, *facts.parts(row.target)]),
        Waterfall(
            (facts.pick("上年同期", "Year before"), whole.before), tuple(steps), facts.pick("本期", "Now")
        ),
    )


def outlooks(
    facts: PlanFacts, rows: Sequence[AssessedTarget], drawn: Sequence[AssessedTarget]
) -> Iterator[Block]:
    """Yield the forecasts of some rows, some of them drawn; those that cannot be forecast are named together."""
    without: dict[str, list[str]] = {}
    for row in rows:
        made = facts.forecasts.get((row.target, row.region))
        if made is not None and made.fan:
            yield from outlook(facts, row, drawn=row in drawn)
        elif made is not None:
            without.setdefault(facts.pick(made.note, made.note_en), []).append(facts.label(row))
    for why, names in without.items():
        told = listed(names, most=len(names), language=facts.language)
        yield Prose(
            facts.pick(f"以下{len(names)}项不作预测（{why}）：{told}。", f"Not forecast ({why}): {told}.")
        )


def outlook(facts: PlanFacts, row: AssessedTarget, *, drawn: bool) -> Iterator[Block]:
    """Yield the forecast of a row: its sentence and, if asked for, its fan; nothing where no forecast was made."""
    made = facts.forecasts.get((row.target, row.region))
    if made is None or not made.fan:
        return
    last = made.years[-1]
    low, mid, high = (
        facts.amount(float(round(made.fan[q][-1])) if _whole(row) else made.fan[q][-1], row.unit)
        for q in ("q05", "q50", "q95")
    )
    rests = facts.pick(made.note, made.note_en)
    more = [text for text in (chance(row, facts), needed(row, facts)) if text]
    if facts.language == "zh":
        yield Prose(
            f"{facts.label(row)}：{last}年末预测中位为{mid}，90%区间为{low}至{high}（{rests}）；{'；'.join(more)}。"
        )
    else:
        yield Prose(
            f"{facts.label(row)}: median {mid} at the end of {last}, 90% between {low} and {high} ({rests}); "
            + f"{'; '.join(more)}."
        )
    if drawn:
        yield _fan(facts, row, made)


def _fan(facts: PlanFacts, row: AssessedTarget, made: TargetForecast) -> Chart:
    path, reached = facts.path(row), facts.reached_by_year(row)
    past = [int(item["period"]) for item in made.known if made.course != "cumulative"]
    observed = {int(item["period"]): float(item["value"]) for item in made.known} if past else dict(reached)
    years = sorted({*list(observed)[-6:], *made.years})
    last = max((year for year in years if year in observed), default=None)

    def line(quantile: str) -> Values:
        ahead = dict(zip(made.years, made.fan[quantile], strict=True))
        start = {last: observed[last]} if last is not None else {}
        return tuple((start | ahead).get(year) for year in years)

    return Chart(
        facts.pick(f"{facts.label(row)}预测", f"{facts.label(row)}: forecast"),
        facts.unit(row.unit),
        f"{years[0]}—{years[-1]}年" if facts.language == "zh" else f"{years[0]}–{years[-1]}",
        facts.source_of([row]),
        Fan(
            tuple(map(str, years)),
            tuple(observed.get(year) for year in years),
            line("q50"),
            (Band(0.9, line("q05"), line("q95")), Band(0.5, line("q25"), line("q75"))),
            tuple(path.at_end(year) if year in path.years else None for year in years),
        ),
        "integer" if _whole(row) else "number",
        notes=(facts.pick(f"模型：{made.model_zh}。{made.note}。", f"Model: {made.model}. {made.note_en}."),),
    )


def _changed(facts: PlanFacts, row: AssessedTarget, change: float, ranked: list[tuple[str, float]]) -> str:
    up = [name for name, step in ranked if step > 0][:3]
    down = [name for name, step in ranked if step < 0]
    label = facts.label(row)
    sign = facts.pick("增加" if change >= 0 else "减少", "up" if change >= 0 else "down")
    amount = facts.amount(abs(change), row.unit)
    if facts.language == "zh":
        text = f"{label}比上年同期{sign}{amount}"
        text += f"，增加较多的为{listed(up)}" if up else ""
        return text + (f"；减少的有{listed(down, most=len(down))}" if down else "") + "。"
    text = f"{label}: {sign} by {amount} on the year before"
    text += f", most of it in {listed(up, language='en')}" if up else ""
    return text + (f"; down in {listed(down, most=len(down), language='en')}" if down else "") + "."


def _share(row: AssessedTarget | None) -> float | None:
    if row is None or row.value is None or not row.expected:
        return None
    return row.value / row.expected


def _whole(row: AssessedTarget) -> bool:
    return "/" not in row.unit and row.unit not in ("%", "倍")
