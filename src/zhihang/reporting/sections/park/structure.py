# SPDX-License-Identifier: Apache-2.0
"""Sections: what a park patents, in what it is specialised, what it could enter, what it entered and left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihang.reporting.chart import Bars, Chart, HeatTable, Lines, Series
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.park.source import (
    SOURCE,
    classes,
    counted,
    figure,
    share,
    span,
    whole,
    window,
)
from zhihang.reporting.wording import change, listed

_DRAWN, _HEATED = 10, 12


def output(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield patents by year and their share of the area."""
    rows = profile["years"]
    last, before = rows[-1], rows[-2] if len(rows) > 1 else None
    text = f"{last['year']}年{counted(profile)}{figure(last['patents_in_year'], 0)}件"
    if before and before["patents_in_year"]:
        text += f"，{change(last['patents_in_year'], before['patents_in_year'])}"
    text += f"；{window(profile)}合计{figure(last['patents'], 0)}件，占{whole(profile)}的{share(last['share_of_area'])}。"
    yield Prose(text)
    years = tuple(str(row["year"]) for row in rows)
    if len(rows) > 1:
        yield Chart(
            f"{profile['park']}历年{counted(profile)}",
            "件",
            span(profile),
            SOURCE,
            Lines(years, (Series(counted(profile), tuple(row["patents_in_year"] for row in rows)),)),
        )
    yield DataTable.of(
        [
            {
                "year": f"{row['year']}年",
                "one": row["patents_in_year"],
                "window": row["patents"],
                "share": row["share_of_area"],
                "holders": row["holders"],
                "diversity": row["diversity"],
                "hhi": row["hhi_classes"],
                "eci": row["eci"],
            }
            for row in rows
        ],
        columns=[
            Column("year", "年份"),
            Column("one", "当年", "integer", "件", group="专利"),
            Column("window", "窗口期", "integer", "件", group="专利"),
            Column("share", "占比", "percent", group="专利"),
            Column("holders", "主体", "integer", "家"),
            Column("diversity", "优势领域", "integer", "个"),
            Column("hhi", "领域HHI", "number", digits=3),
            Column("eci", "ECI", "number", digits=2),
        ],
        title="历年专利产出与结构",
        unit="件",
        period=span(profile),
        source=SOURCE,
        notes=(f"窗口期为{profile['settings']['window']}年；占比以{whole(profile)}为100%。",),
    )


def specialisation(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the classes a park is specialised in, their quotients, and how these moved."""
    rows, what, course = profile["classes"], classes(profile), profile["course"]
    held = [row for row in rows if row["specialised"]]
    if not rows:
        yield Prose(f"{window(profile)}没有可归入{what}的专利，不作专业化分析。")
        return
    if held:
        names = listed([f"“{row['name']}”（{figure(row['lq'])}）" for row in held[:5]])
        yield Prose(f"{window(profile)}园区有{len(held)}个优势{what}，区位商居前的为{names}。")
    else:
        yield Prose(
            f"{window(profile)}园区没有窗口期专利数达到{profile['settings']['least']:g}件的优势{what}。"
        )
    drawn = (held or rows)[:_DRAWN]
    yield Chart(
        f"区位商居前的{what}",
        "倍",
        window(profile),
        SOURCE,
        Bars(
            tuple(row["name"] for row in drawn),
            (Series("区位商", tuple(row["lq"] for row in drawn)),),
            reference_line=1.0,
        ),
        "number",
        2,
        notes=(f"1为与{whole(profile)}相同。",),
    )
    yield _class_table(profile, rows[:20], f"各{what}专利与专业化")
    if len(course["years"]) > 1 and len(course["classes"]) > 1:
        top = slice(0, _HEATED)
        yield Chart(
            f"对称区位商的变化（居前{what}）",
            "−1至1",
            span(profile),
            SOURCE,
            HeatTable(
                tuple(course["classes"][top]),
                tuple(str(year) for year in course["years"]),
                tuple(tuple(row) for row in course["symmetric"][top]),
                centre=0.0,
            ),
            "number",
            2,
        )


def complexity(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield where the park stands by complexity, and the related classes it does not hold yet."""
    last, what = profile["years"][-1], classes(profile)
    if last["eci"] is None:
        yield Prose("可比园区不足三个，或各园区之间没有共同的优势领域，不计算复杂度指数。")
    else:
        yield Prose(
            f"{window(profile)}复杂度指数为{figure(last['eci'])}，在{last['eci_of']}个可比园区中居第{last['eci_rank']}位；"
            f"多样性为{last['diversity']}，所具优势{what}平均为{figure(last['average_ubiquity'], 1)}个园区共有。"
        )
    rows = profile["opportunities"]
    if not rows:
        yield Prose(f"没有与现有优势{what}相关而尚未具备优势的{what}。")
        return
    names = listed([f"“{row['name']}”" for row in rows[:3]])
    yield Prose(
        f"与现有优势相关而尚不具优势的{what}中，关联密度居前的为{names}，可作为延伸布局的候选，须结合产业实际判断。"
    )
    yield _class_table(profile, rows, f"可进入{what}（按关联密度）")


def changes(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the classes entered and left, year by year."""
    what, width = classes(profile), profile["settings"]["window"]
    known = [row for row in profile["years"] if row["entries"] is not None]
    if not known:
        yield Prose("此前窗口期没有专利数据，不能比较进入与退出。")
        return
    last = known[-1]
    yield Prose(
        f"与此前{width}年相比，{last['year']}年新具优势的{what}为{_joined(last['entries'])}，"
        f"不再具优势的为{_joined(last['exits'])}。"
    )
    yield DataTable.of(
        [
            {"year": f"{row['year']}年", "in": _joined(row["entries"]), "out": _joined(row["exits"])}
            for row in known
        ],
        columns=[Column("year", "年份"), Column("in", f"进入的{what}"), Column("out", f"退出的{what}")],
        title=f"优势{what}的进入与退出",
        unit="个",
        period=span(profile),
        source=SOURCE,
        notes=(f"各年窗口期（{width}年）与其前一个不重叠的窗口期相比。",),
    )


def _class_table(profile: Mapping[str, Any], rows: list[Mapping[str, Any]], title: str) -> DataTable:
    return DataTable.of(
        [
            {
                "name": row["name"],
                "patents": row["patents"],
                "share": row["share_of_area"],
                "lq": row["lq"],
                "symmetric": row["symmetric"],
                "held": "是" if row["specialised"] else "否",
                "density": row["density"],
                "pci": row["pci"],
            }
            for row in rows
        ],
        columns=[
            Column("name", classes(profile)),
            Column("patents", "专利", "number", "件"),
            Column("share", "占比较范围", "percent"),
            Column("lq", "区位商", "number", digits=2),
            Column("symmetric", "对称区位商", "number", digits=2),
            Column("held", "优势"),
            Column("density", "关联密度", "number", "%"),
            Column("pci", "PCI", "number", digits=2),
        ],
        title=title,
        unit="件",
        period=window(profile),
        source=SOURCE,
    )


def _joined(names: list[str] | None) -> str:
    return "；".join(names) if names else "无"
