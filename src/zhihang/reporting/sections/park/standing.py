# SPDX-License-Identifier: Apache-2.0
"""Sections: what a park is, who patents in it, who files together with whom, its economy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihang.reporting.chart import Bars, Chart, Series
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.sections.park.source import SOURCE, figure, share, span, window
from zhihang.reporting.wording import large, listed

_LEVELS: Mapping[str, str] = {"national": "国家级", "provincial": "省级", "city": "市级", "county": "县级"}
_TYPES: Mapping[str, str] = {
    "enterprise": "企业", "university": "高校", "research_institute": "科研机构", "public_institution": "机关团体",
    "hospital": "医院", "government": "机关", "other": "其他", "unknown": "未知",
}  # fmt: skip
_WHERE: Mapping[str, str] = {"inside": "园区内", "other_park": "其他园区", "outside": "园区外"}
_SHOWN = 12
_HUNDRED_MILLION = 1e8


def overview(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield where the park lies and its leading figures."""
    year, level = profile["year"], _LEVELS.get(profile["level"] or "", "")
    placed = f"位于{profile['region_name']}" if profile["region_name"] else ""
    text = "，".join(
        part for part in (f"{profile['park']}{placed}", f"为{level}园区" if level else "") if part
    )
    text += (
        f"。{year}年末，"
        if profile["enterprises"] is None
        else f"。{year}年入驻企业{figure(profile['enterprises'], 0)}家，"
    )
    text += f"有效发明专利{figure(profile['valid_inventions'], 0)}件"
    if profile["invention_holders"] is not None:
        text += f"，有有效发明专利的企业{figure(profile['invention_holders'], 0)}家"
    if profile["gross_output"] is not None:
        text += f"，总产值{large(profile['gross_output'], '元')}"
    yield Prose(text + "。")
    rows = [
        {"name": label, "value": figure(profile[key], digits) + (unit if profile[key] is not None else "")}
        for key, label, digits, unit in (
            ("enterprises", "入驻企业", 0, "家"),
            ("organisations", "认定在园的专利申请机构", 0, "家"),
            ("employment", "从业人员平均人数", 0, "人"),
            ("valid_inventions", "有效发明专利", 0, "件"),
            ("invention_holders", "有有效发明专利的企业", 0, "家"),
            ("intensity", "发明专利密集度", 2, "件/千人"),
            ("inventions_per_10k", "每万人发明专利拥有量", 2, "件/万人"),
        )
    ]
    yield DataTable.of(
        rows,
        columns=[Column("name", "指标"), Column("value", "数值")],
        title="主要指标",
        unit="见各行",
        period=f"{year}年",
        source=SOURCE,
    )


def holders(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield who patents in the park and how concentrated that is."""
    rows, last = profile["holders"], profile["years"][-1]
    if not rows:
        yield Prose(f"{window(profile)}没有计入园区机构的专利。")
        return
    names = listed([row["name"] for row in rows[:3]])
    yield Prose(
        f"{window(profile)}有专利的主体{last['holders']}家，居前的为{names}；第一位占{share(last['cr1_holders'])}，"
        f"前四位占{share(last['cr4_holders'])}，赫芬达尔指数为{figure(last['hhi_holders'], 3)}。"
    )
    yield DataTable.of(
        [{"name": row["name"], "patents": row["patents"], "share": row["share"]} for row in rows[:_SHOWN]],
        columns=[
            Column("name", "主体"),
            Column("patents", "专利", "integer", "件"),
            Column("share", "占园区", "percent"),
        ],
        title="主要创新主体",
        unit="件",
        period=window(profile),
        source=SOURCE,
    )


def partners(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield co-applications: how many, with whom, where."""
    net = profile["network"]
    if not net["joint"]:
        yield Prose(f"{span(profile)}园区机构的{net['applications']}件申请中没有多个申请人的申请。")
        return
    yield Prose(
        f"{span(profile)}园区机构的{net['applications']}件申请中，{net['joint']}件有多个申请人，占{share(net['joint_share'])}；"
        f"合作关系{net['ties_inside'] + net['ties_other_parks'] + net['ties_outside']}对，"
        f"其中园区内{net['ties_inside']}对，与其他园区{net['ties_other_parks']}对，与园区外{net['ties_outside']}对。"
    )
    if net["partner_types"]:
        types = {_TYPES.get(kind, kind): count for kind, count in net["partner_types"].items()}
        yield Chart(
            "与园区外机构的合作申请，按对方类型",
            "件",
            span(profile),
            SOURCE,
            Bars(tuple(types), (Series("合作申请", tuple(types.values())),)),
        )
    if net["ties"]:
        yield DataTable.of(
            [
                {
                    "one": tie["organisation"],
                    "other": tie["partner"],
                    "where": tie["park"] or _WHERE[tie["where"]],
                    "n": tie["applications"],
                    "last": tie["last_year"],
                }
                for tie in net["ties"][:_SHOWN]
            ],
            columns=[
                Column("one", "园区机构"),
                Column("other", "合作方"),
                Column("where", "所在"),
                Column("n", "合作申请", "integer", "件"),
                Column("last", "最近一年"),
            ],
            title="主要合作关系",
            unit="件",
            period=span(profile),
            source=SOURCE,
        )


def economy(profile: Mapping[str, Any]) -> Iterator[Block]:
    """Yield output, revenue, R&D over years."""
    rows = profile["economy"]
    if not rows:
        yield Prose("入库数据中没有园区企业的年度经济数据。")
        return
    last = rows[-1]
    yield Prose(
        f"{last['year']}年有数据的企业{last['enterprises']}家，营业收入{large(last['revenue'], '元')}，"
        f"研发费用{large(last['rd'], '元')}。各年均为目前在园企业之和，已迁出的企业不计。"
    )
    yield DataTable.of(
        [
            {
                "year": f"{row['year']}年",
                "firms": row["enterprises"],
                "staff": row["employees"],
                **{key: _hundred_millions(row[key]) for key in ("output", "revenue", "profit_tax", "rd")},
            }
            for row in rows
        ],
        columns=[
            Column("year", "年份"),
            Column("firms", "企业", "integer", "家"),
            Column("staff", "从业人员", "integer", "人"),
            Column("output", "总产值", "number", "亿元", 2),
            Column("revenue", "营业收入", "number", "亿元", 2),
            Column("profit_tax", "利税", "number", "亿元", 2),
            Column("rd", "研发费用", "number", "亿元", 2),
        ],
        title="园区企业经济指标",
        unit="亿元",
        period=f"{rows[0]['year']}—{last['year']}年",
        source="企业名录，知航汇总",
    )


def _hundred_millions(yuan: float | None) -> float | None:
    return None if yuan is None else yuan / _HUNDRED_MILLION
