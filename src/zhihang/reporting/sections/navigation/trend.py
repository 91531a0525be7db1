# SPDX-License-Identifier: Apache-2.0
"""Sections: patents by year as a whole and by branch; classes."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.navigation.direction import Trend
from zhihang.reporting.chart import Bars, Chart, Columns, Lines, Series
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.navigation.telling import Telling, first
from zhihang.reporting.wording import listed, percent

_DRAWN, _LISTED = 6, 15


def trend(told: Telling) -> Iterator[Block]:
    """Yield patents and applicants by year."""
    whole = next((one for one in told.result.direction.trends if not one.code), None)
    if whole is None or not whole.years:
        yield Prose("没有带申请日的专利，不能分析趋势。")
        return
    most = max(zip(whole.patents, whole.years, strict=True))
    speed = (
        "完整年份不足，不计算年均增速"
        if whole.growth is None
        else f"近六个完整年份年均{'增长' if whole.growth >= 0 else '下降'}{percent(abs(whole.growth))}"
    )
    yield Prose(
        f"{told.period}共{told.count(sum(whole.patents))}，{most[1]}年最多，为{told.count(most[0])}；{speed}。"
    )
    years = tuple(map(str, whole.years))
    yield told.chart(
        f"{told.what}与申请人年度趋势",
        Columns(
            years,
            (Series(f"{told.what}（{told.unit}）", whole.patents),),
            Series("申请人（家）", whole.applicants),
            _open(whole),
        ),
        unit=f"{told.unit}、家",
        notes=_cut_note(whole),
    )


def branches(told: Telling) -> Iterator[Block]:
    """Yield share and trend of the branches of the first level."""
    held = told.result.corpus.nodes
    tops = [one for one in held if one.depth == 0]
    if not tops:
        yield Prose("研究未设技术分解，不作分支分析。")
        return
    ranked = sorted(tops, key=lambda one: (-one.patents, one.code))
    names = [f"{one.label}（{percent(one.share)}）" for one in ranked if one.patents][:3]
    yield Prose(
        f"按技术分解表，一级分支中专利最多的为{listed(names)}；一件专利可归入多个分支，占比之和可超过100%。"
    )
    leaves = [one for one in held if one.depth > 0] if len(tops) < 3 else []
    shown = sorted([*tops, *leaves], key=lambda one: (-one.patents, one.code))[:_LISTED]
    yield told.chart(
        "各技术分支占比",
        Bars(tuple(one.label for one in shown), (Series("占比", tuple(one.share for one in shown)),)),
        unit="%",
        form="percent",
        notes=(f"占全部{told.count(len(told.result.corpus))}的比重。",),
    )
    yield from _branch_lines(told, [one.code for one in ranked])


def _branch_lines(told: Telling, codes: list[str]) -> Iterator[Chart]:
    found = {one.code: one for one in told.result.direction.trends if one.code}
    kept = [found[code] for code in codes if code in found and any(found[code].patents)][:_DRAWN]
    if not kept or len(kept[0].years) < 2:
        return
    years = kept[0].years
    yield told.chart(
        "各技术分支年度趋势",
        Lines(
            tuple(map(str, years)),
            tuple(
                Series(one.label, tuple(dict(zip(one.years, one.patents, strict=True)).get(y) for y in years))
                for one in kept
            ),
            _open(kept[0]),
        ),
        notes=_cut_note(kept[0]),
    )


def growth_table(told: Telling) -> Iterator[Block]:
    """Yield the yearly growth of all nodes."""
    rows = [one for one in told.result.direction.trends if one.code and one.years]
    if not rows:
        return
    yield told.table(
        "各技术节点的规模与增速",
        [
            Column("node", "技术节点"),
            Column("patents", told.what, "integer", told.unit),
            Column("applicants", "最近完整年申请人", "integer", "家"),
            Column("growth", "年均增速", "percent"),
        ],
        [
            {
                "node": one.label,
                "patents": sum(one.patents),
                "applicants": _last_full(one),
                "growth": one.growth,
            }
            for one in sorted(rows, key=lambda one: (-sum(one.patents), one.code))
        ],
        notes=("年均增速按最近六个完整年份前三年与后三年的均值计算；完整年份不足的不计算。",),
    )


def classes(told: Telling) -> Iterator[Block]:
    """Yield the classes that hold most patents."""
    rows = told.result.direction.classes[:_LISTED]
    if not rows:
        return
    names = tuple(f"{first(row, 'class', 'code')} {row.get('label') or ''}".strip() for row in rows)
    counts = tuple(first(row, "patents", "count") for row in rows)
    yield told.chart(
        "国际专利分类小类分布",
        Bars(names, (Series(told.what, counts),)),
        notes=("一件专利有多个分类号的，各计一次。",),
    )


def _last_full(one: Trend) -> int | None:
    full = [n for year, n in zip(one.years, one.applicants, strict=True) if year not in one.truncated]
    return full[-1] if full else None


def _open(one: Trend) -> tuple[str, ...]:
    return tuple(str(year) for year in one.truncated if year in one.years)


def _cut_note(one: Trend) -> tuple[str, ...]:
    cut = _open(one)
    return (f"{'、'.join(cut)}年数据因公布滞后不完整，以斜纹标出。",) if cut else ()
