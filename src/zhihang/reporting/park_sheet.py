# SPDX-License-Identifier: Apache-2.0
"""The fact sheet of a park (园区概况): patents, specialisation, complexity, partners, economy, readiness. Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zhihang.reporting.document import Block, Document, Heading, Note
from zhihang.reporting.sections.park.readiness import eligibility, targets_reached
from zhihang.reporting.sections.park.standing import economy, holders, overview, partners
from zhihang.reporting.sections.park.structure import changes, complexity, output, specialisation

_METHODS = (
    "园区成员按企业名录所列园区、园区边界、地址关键词依次认定；名录外机构按其多数专利所填地址认定，不含自然人。专利计入第一申请人。",
    "区位商为园区某领域专利占比与所比较范围同领域占比之比，大于或等于1且窗口期专利数达到下限的为优势领域；对称区位商为（区位商−1）÷（区位商+1）。",
    "关联密度为与某领域相关的领域中园区已具优势的比重；相关性按同一专利同时涉及的领域计算。复杂度指数（ECI、PCI）按特征向量法计算，只在各园区间可比。",
    "赫芬达尔指数（HHI）为各部分占比的平方和，1为完全集中。一件专利涉及多个领域的按份计数。",
)


def park_sheet(profile: Mapping[str, Any], targets: Mapping[str, Any], *, dated: date) -> Document:
    """Return the fact sheet: `profile` and how far the `targets` are reached, as the desk for parks tells them."""
    return Document(
        title=f"{profile['park']}专利导航概况",
        date=dated,
        blocks=tuple(_blocks(profile, targets)),
        simulated=bool(profile["simulated"]),
        subject=f"{profile['park']}：{profile['year']}年",
    )


def _blocks(profile: Mapping[str, Any], targets: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("基本情况")
    yield from overview(profile)
    yield Heading("专利产出")
    yield from output(profile)
    yield Heading("专业化")
    yield from specialisation(profile)
    yield Heading("复杂度与可进入领域")
    yield from complexity(profile)
    yield Heading("进入与退出")
    yield from changes(profile)
    yield Heading("创新主体")
    yield from holders(profile)
    yield Heading("合作申请")
    yield from partners(profile)
    yield Heading("经济指标")
    yield from economy(profile)
    yield Heading("专利导航产业发展实验区条件对照")
    yield from eligibility(profile["readiness"])
    yield from targets_reached(targets)
    yield Heading("方法与数据说明")
    for text in (*_METHODS, *profile["notes_zh"]):
        yield Note(text)
