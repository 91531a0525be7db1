# SPDX-License-Identifier: Apache-2.0
"""Score divisions by a scheme (M-TGT-07): points with their arithmetic, totals, classes, ranks in peer groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from zhihang.errors import NotFound
from zhihang.planning.assess import Assessment
from zhihang.planning.check import shown
from zhihang.planning.known import KnownFigures
from zhihang.planning.scheme import AsIs, Banded, Each, Fulfilled, Item, Linear, Mix, Rank, Scheme, band_of
from zhihang.terms.label import Label


@dataclass(frozen=True)
class Entry:
    """What a division brings to an item: value, target and value of the year before, as far as they are known."""

    region: str
    indicator: str
    value: float | None
    target: float | None = None
    before: float | None = None
    source: str = ""


@dataclass(frozen=True)
class ScoredItem:
    """The points of one division for one item; `points` is blank where a number they need is not known."""

    region: str
    item: str
    label: str
    label_en: str
    points: float | None
    bonus: float
    full: float
    value: float | None
    target: float | None
    arithmetic: str
    source: str
    note: str
    note_en: str


@dataclass(frozen=True)
class Total:
    """The sum of a division; `full` is what its known items could give without bonus."""

    region: str
    points: float | None
    full: float
    rank: int | None
    ranked: int
    peer_group: str
    band: str
    band_en: str
    arithmetic: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ScoreSheet:
    """A scheme applied to divisions."""

    scheme: Scheme
    items: tuple[ScoredItem, ...]
    totals: tuple[Total, ...]

    def of(self, region: str) -> tuple[Total, list[ScoredItem]]:
        """Return the total of one division and every number it was worked out from: what an appeal asks for."""
        for total in self.totals:
            if total.region == region:
                return total, [item for item in self.items if item.region == region]
        raise NotFound.named("division", region, [total.region for total in self.totals])

    def document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "scheme": self.scheme.name,
            "label": self.scheme.label.zh,
            "reference": self.scheme.reference.zh,
            "totals": [asdict(total) for total in self.totals],
            "items": [asdict(item) for item in self.items],
        }


def score(scheme: Scheme, entries: Iterable[Entry], peers: Mapping[str, str] | None = None) -> ScoreSheet:
    """Score every division that has an entry.

    >>> from zhihang.planning.scheme import Schemes
    >>> sheet = score(Schemes()["luan-2017"], [Entry("341502", "invention_filings", 215, 200)])
    >>> item = next(item for item in sheet.items if item.item == "filings")
    >>> item.points, item.bonus, item.arithmetic
    (16.5, 1.5, '215 ÷ 200 = 1.075 ≥ 1: 15 × 1; (215 − 200) ÷ 1 × 0.1 = 1.5')
    """
    known: dict[tuple[str, str], Entry] = {(entry.region, entry.indicator): entry for entry in entries}
    regions = list(dict.fromkeys(region for region, _ in known))
    groups = {region: (peers or {}).get(region, "") for region in regions}
    items, totals = [], []
    for region in regions:
        mine = [_scored(item, region, known, regions, groups) for item in scheme.items]
        items.extend(mine)
        totals.append(_total(scheme, region, groups[region], mine))
    return ScoreSheet(scheme, tuple(items), tuple(_ranked(totals)))


def entries_of(assessment: Assessment, scheme: Scheme, figures: KnownFigures | None = None) -> list[Entry]:
    """Return what the divisions of an assessment bring to a scheme: values, targets of the year, values a year before."""
    wanted = {indicator for item in scheme.items for indicator in item.indicators}
    found: dict[tuple[str, str], Entry] = {}
    for row in assessment.rows:
        if row.indicator not in wanted or not row.region:
            continue
        read = assessment.workings[row.target, row.region].read
        before = None
        if read is not None and figures is not None:
            before = _year_before(figures, row.indicator, row.region, read.year, read.month, read.course)
        entry = Entry(row.region, row.indicator, row.value, row.target_value, before, row.source)
        found.setdefault((row.region, row.indicator), entry)
    return list(found.values())


def _year_before(
    figures: KnownFigures, indicator: str, region: str, year: int, month: int, course: str
) -> float | None:
    known = figures.of(indicator, region)
    if course == "level":
        level = known.level((year - 1, month))
        return level[1].value if level and level[0] == (year - 1, month) else None
    flow = known.within_year(year - 1, (year - 1, month))
    return flow[1] if flow and flow[0] == month and course == "annual" else None


def _scored(
    item: Item,
    region: str,
    known: Mapping[tuple[str, str], Entry],
    regions: list[str],
    groups: Mapping[str, str],
) -> ScoredItem:
    mine = [known.get((region, indicator)) for indicator in item.indicators]
    entry = next((one for one in mine if one), Entry(region, item.indicator, None))
    points, counted, why = _points(item, mine, entry, known, regions, groups)
    bonus, added = _bonus(item, entry) if points is not None else (0.0, "")
    arithmetic = "; ".join(part for part in (counted, added) if part)
    source = "; ".join(dict.fromkeys(one.source for one in mine if one and one.source))
    note = item.bonus.note if item.bonus and bonus else None
    return ScoredItem(
        region, item.id, item.label.zh, item.label.label.en, None if points is None else points + bonus, bonus,
        item.points, entry.value, entry.target, arithmetic, source,
        why.zh if why else note.zh if note else "", why.en if why else note.label.en if note else "",
    )  # fmt: skip


Points = tuple["float | None", str, "Label | None"]


def _points(
    item: Item,
    mine: list[Entry | None],
    entry: Entry,
    known: Mapping[tuple[str, str], Entry],
    regions: list[str],
    groups: Mapping[str, str],
) -> Points:
    form = item.form
    if isinstance(form, Each):
        return _each(item, form, mine)
    if entry.value is None:
        return None, "", Label("没有数据", "no figure is known")
    if isinstance(form, AsIs):
        return entry.value, shown(entry.value), None
    if isinstance(form, Fulfilled):
        return (item.points if entry.value > 0 else 0.0), "", None
    if isinstance(form, Rank):
        return _by_rank(item, form, entry, known, regions, groups)
    if not entry.target:
        return None, "", Label("没有目标值", "no target is known")
    if isinstance(form, Mix):
        return _mixed(item, form, entry)
    ratio = entry.value / entry.target
    counted = f"{shown(entry.value)} ÷ {shown(entry.target)} = {ratio:.4g}"
    if isinstance(form, Linear):
        share = min(max(ratio, form.floor), form.cap)
        return item.points * share, f"{counted}: {shown(item.points)} × {share:.4g}", None
    return _in_band(item, form, ratio, counted)


def _in_band(item: Item, form: Banded, ratio: float, counted: str) -> Points:
    band = form.band(ratio)
    if band is None:
        lowest = min(each.edge for each in form.bands)
        return 0.0, f"{counted} {'<' if form.closed == 'lower' else '≤'} {lowest:g}: 0", None
    sign = "≥" if form.closed == "lower" else ">"
    return (
        item.points * band.share,
        f"{counted} {sign} {band.edge:g}: {shown(item.points)} × {band.share:g}",
        None,
    )


def _mixed(item: Item, form: Mix, entry: Entry) -> Points:
    assert entry.value is not None
    assert entry.target
    if not entry.before:
        return (
            None,
            "",
            Label("没有上年同期数，无法计算增幅", "without the value of the year before there is no growth"),
        )
    growth = entry.value / entry.before - 1
    share = form.level * entry.value / entry.target + form.growth * growth / form.growth_target
    held = min(max(share, form.floor), form.cap)
    counted = (
        f"{form.level:g} × {shown(entry.value)} ÷ {shown(entry.target)} + "
        f"{form.growth:g} × {growth:.4g} ÷ {form.growth_target:g} = {share:.4g}: {shown(item.points)} × {held:.4g}"
    )
    return item.points * held, counted, None


def _each(item: Item, form: Each, mine: list[Entry | None]) -> Points:
    found = [(entry, per) for entry, per in zip(mine, form.of.values(), strict=True) if entry]
    if len(found) < len(form.of) or any(entry.value is None for entry, _ in found):
        return None, "", Label("没有数据", "no figure is known")
    total = sum((entry.value or 0.0) * per for entry, per in found)
    counted = " + ".join(f"{shown(entry.value or 0)} × {per:g}" for entry, per in found)
    held = min(total, item.points)
    limit = f", ≤ {shown(item.points)}" if total > item.points else ""
    return held, f"{counted} = {total:g}{limit}", None


def _by_rank(
    item: Item,
    form: Rank,
    entry: Entry,
    known: Mapping[tuple[str, str], Entry],
    regions: list[str],
    groups: Mapping[str, str],
) -> Points:
    peers = [region for region in regions if groups[region] == groups[entry.region]]
    values = [
        one.value
        for region in peers
        if (one := known.get((region, item.indicator))) and one.value is not None
    ]
    assert entry.value is not None
    place = 1 + sum(value > entry.value for value in values)
    steps = max(len(values) - 1, 1)
    share = form.first + (form.last - form.first) * (place - 1) / steps
    return item.points * share, f"{place} / {len(values)}: {shown(item.points)} × {share:.4g}", None


def _bonus(item: Item, entry: Entry) -> tuple[float, str]:
    rule = item.bonus
    if rule is None or entry.value is None or not entry.target or entry.value <= entry.target:
        return 0.0, ""
    extra = round((entry.value - entry.target) / rule.each * rule.points, 10)
    held = extra if rule.cap is None else min(extra, rule.cap)
    limit = f", ≤ {rule.cap:g}" if held < extra else ""
    counted = (
        f"({shown(entry.value)} − {shown(entry.target)}) ÷ {shown(rule.each)} × {rule.points:g} = {extra:g}"
    )
    return held, counted + limit


def _total(scheme: Scheme, region: str, group: str, mine: list[ScoredItem]) -> Total:
    missing = tuple(item.item for item in mine if item.points is None)
    given = [item for item in mine if item.points is not None]
    full = sum(item.full for item in given)
    everything = sum(item.full for item in mine)
    points: float | None = sum(item.points or 0.0 for item in given)
    counted = " + ".join(f"{item.points:g}" for item in given if item.points is not None)
    if missing and (scheme.missing == "none" or not given):
        points = None
    elif missing and scheme.missing == "redistribute" and points is not None:
        counted = f"({counted}) × {everything:g} ÷ {full:g}"
        points = points * everything / full
    if points is not None:
        counted = f"{counted} = {points:.6g}"
        points = points if scheme.cap is None else min(points, scheme.cap)
        points = points if scheme.floor is None else max(points, scheme.floor)
    band = (
        band_of(scheme.classes.bands, points, scheme.classes.closed)
        if scheme.classes and points is not None
        else None
    )
    label = band.label if band else None
    return Total(
        region, points, full, None, 0, group, label.zh if label else "", label.label.en if label else "", counted, missing
    )  # fmt: skip


def _ranked(totals: list[Total]) -> Iterable[Total]:
    for total in totals:
        peers = [
            one.points for one in totals if one.peer_group == total.peer_group and one.points is not None
        ]
        rank = None if total.points is None else 1 + sum(points > total.points + 1e-9 for points in peers)
        yield Total(**{**asdict(total), "rank": rank, "ranked": len(peers)})
