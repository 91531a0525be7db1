# SPDX-License-Identifier: Apache-2.0
"""Annexes: the breakdown, the search log, the methods, the evidence; and the list of all patents for the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihang.methods.patent_quality import SIX
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Annex, Note
from zhihang.reporting.sections.navigation.path import ordered
from zhihang.reporting.sections.navigation.telling import STATES, Telling, figure_text, word

METHODS = (
    "检索与去噪：以检索式或种子专利取得范围，按研究文件所列的分类、引证、相似文本、共同申请人扩展，再按规则和（有标注时）分类器去噪；每一步的增减见正文“数据集的形成”。",
    "标引：按技术分解表各节点的检索式、关键词、分类和示例归入，有标注时辅以分类器；一件专利可归入多个节点。抽样估计的区间为Wilson区间。",
    "截断：发明专利18个月公布，国际申请进入国家阶段可达30个月以上，最近年份不完整；这些年份在图中以斜纹标出，不参与计算。",
    "生命周期：以三年平滑的专利数和申请人数的增减判断阶段。成长曲线：以逻辑斯蒂或龚珀茨函数拟合累计数，数据未过拐点或上限不可识别的不采用。",
    "主路径：引证网络由在先指向在后，计各条引证的穿行数（SPC、SPLC、SPNP），按局部、全局、关键路线检索；循环引证先行归并。",
    "技术功效矩阵：期望数为行和乘列和除以总数，标准化残差小于−2、期望数不少于下限并经多重检验校正的为空白点。",
    "核心专利：引证数按技术领域和年份归一，与同族、权利要求、主路径等的标准分加权；权重没有统一标准，列为参数。",
    "专业化与关联：区位商为本地某环节占比与语料库占比之比；关联密度为与该环节相关的环节中本地已具优势的比重。短板检验用标准化残差。",
    "集中与依赖：CR4为前四家占比之和，HHI为占比平方和；国外占比按申请人国别计。",
    "建议：由上述指标按研究文件所列门槛计算，门槛不是标准，可调整；每条列出依据、证据专利、未采用的方案和把握程度。",
)
WORKBOOK_LIMIT = 100_000
"""So many patents the workbook lists; what is beyond is told."""


def breakdown(told: Telling) -> Annex:
    """Return the technology breakdown with what each node is told by."""
    rules = {str(node.get("code")): node for node in told.result.study.get("breakdown") or ()}
    table = told.table(
        "技术分解表",
        [
            Column("node", "技术节点"),
            Column("code", "编码"),
            Column("rule", "检索要素"),
            Column("patents", told.what, "integer", told.unit),
            Column("share", "占比", "percent"),
        ],
        [
            {
                "node": "\u3000" * one.depth + one.label,
                "code": one.code,
                "rule": _rule(rules.get(one.code, {})),
                "patents": one.patents,
                "share": one.share,
            }
            for one in told.result.corpus.nodes
        ],
    )
    effects = told.result.corpus.effects
    return Annex("技术分解表", (table, *([_effects(told)] if effects else [])))


def _effects(told: Telling) -> DataTable:
    rules = {str(node.get("code")): node for node in told.result.study.get("effects") or ()}
    return told.table(
        "功效分解表",
        [
            Column("node", "功效"),
            Column("rule", "检索要素"),
            Column("patents", told.what, "integer", told.unit),
            Column("share", "占比", "percent"),
        ],
        [
            {
                "node": one.label,
                "rule": _rule(rules.get(one.code, {})),
                "patents": one.patents,
                "share": one.share,
            }
            for one in told.result.corpus.effects
        ],
    )


def _rule(node: Mapping[str, Any]) -> str:
    def several(key: str) -> list[str]:
        return [str(one) for one in node.get(key) or ()]

    parts = []
    if str(node.get("query") or "").strip():
        parts.append(f"检索式：{str(node['query']).strip()}")
    for key, name in (("keywords", "关键词"), ("classes", "分类"), ("examples", "示例")):
        if several(key):
            parts.append(f"{name}：{'、'.join(several(key))}")
    return "；".join(parts)


def search_log(told: Telling) -> Annex:
    """Return every query with what it found."""
    table = told.table(
        "检索日志",
        [
            Column("of", "对象"),
            Column("query", "检索式"),
            Column("found", "结果", "integer", "件"),
            Column("note", "说明"),
        ],
        [
            {
                "of": told.node_names.get(one.of, one.of),
                "query": one.query,
                "found": one.found,
                "note": one.note,
            }
            for one in told.result.corpus.log
        ],
        unit="件",
    )
    return Annex("检索日志", (table,))


def methods(told: Telling) -> Annex:
    """Return how the figures come about."""
    quoted = f"数据库版本{told.result.store_version}，计算日期{told.result.made_on}，数据截至{told.result.cutoff}。"
    rows = [dict(zip(("what", "how"), told.words(text).split("：", 1), strict=True)) for text in METHODS]
    columns = [Column("what", "事项"), Column("how", "方法")]
    return Annex("方法说明", (told.table("方法说明", columns, rows, unit="项"), Note(quoted)))


def evidence(told: Telling) -> Annex | None:
    """Return the patents that findings and recommendations rest on; None where there are none."""
    uses: dict[str, list[str]] = {}
    for place, one in enumerate(told.result.findings, 1):
        for number in one.evidence:
            uses.setdefault(number, []).append(f"判断{place}")
    for place, made in enumerate(ordered(told.result.path.recommendations), 1):
        for number in made.evidence:
            uses.setdefault(number, []).append(f"建议{place}")
    if not uses:
        return None
    rows = [
        {"uses": "、".join(dict.fromkeys(named)), **_patent(told, number)} for number, named in uses.items()
    ]
    columns = [
        Column("number", "公开（公告）号"),
        Column("title", "名称"),
        Column("holder", "申请人"),
        Column("year", "申请年"),
        Column("state", "状态"),
        Column("uses", "用于"),
    ]
    return Annex("证据专利清单", (told.table("证据专利清单", columns, rows, unit="件"),))


def all_findings(told: Telling) -> Annex | None:
    """Return every finding with its figures and patents; None where there are none."""
    found = told.result.findings
    if not found:
        return None
    columns = [
        Column("place", "编号"),
        Column("module", "模块"),
        Column("text", "判断"),
        Column("figures", "依据"),
        Column("evidence", "证据专利"),
    ]
    rows = [
        {
            "place": str(place),
            "module": told.sections[one.section],
            "text": one.text,
            "figures": "；".join(map(figure_text, one.figures)),
            "evidence": "、".join(one.evidence[:4])
            + (f"等{len(one.evidence)}件" if len(one.evidence) > 4 else ""),
        }
        for place, one in enumerate(found, 1)
    ]
    return Annex("全部判断及依据", (told.table("全部判断及依据", columns, rows, unit="项"),))


def _patent(told: Telling, number: str) -> dict[str, str]:
    found = told.by_number.get(number)
    known = {"number": number, "title": "", "holder": "", "year": "—", "state": ""}
    if found is None:
        outside = next(
            (spot for road in told.result.direction.roadmaps for spot in road.spots if spot.number == number),
            None,
        )
        return known if outside is None else {**known, "title": outside.title, "holder": outside.holder}
    return {
        "number": number,
        "title": found.title,
        "holder": "、".join(found.holders[:3]),
        "year": str(found.year or "—"),
        "state": STATES.get(found.state, found.state),
    }


def signs_of_core(told: Telling) -> Annex:
    """Return every sign of the core patents, for the workbook."""
    rows = told.result.direction.core
    keys = list(dict.fromkeys(key for one in rows for key in (*one.values, *one.signs)))
    columns = [
        Column("number", "公开（公告）号"),
        Column("title", "名称"),
        Column("score", "得分", "number", digits=3),
        Column("known", "特征已知", "percent", digits=0),
        *(
            Column(f"q_{key}", word("quality", key), "number", digits=3, group="OECD原值")
            for key in SIX
            if any(o.quality for o in rows)
        ),
        *(
            Column(f"p_{key}", word("quality", key), "number", digits=3, group="OECD归一")
            for key in SIX
            if any(o.quality for o in rows)
        ),
        *(
            Column(f"v_{key}", word("sign", key), "number", digits=3, group="数值")
            for key in keys
            if any(key in o.values for o in rows)
        ),
        *(
            Column(f"s_{key}", word("sign", key), "number", digits=3, group="标准分")
            for key in keys
            if any(key in o.signs for o in rows)
        ),
    ]
    table = told.table(
        "核心专利各项特征",
        columns,
        [
            {
                "number": one.number,
                "title": one.title,
                "score": one.score,
                "known": one.known,
                **({f"q_{key}": value for key, value in one.quality.raw.items()} if one.quality else {}),
                **({f"p_{key}": value for key, value in one.quality.parts.items()} if one.quality else {}),
                **{f"v_{key}": _plain(value) for key, value in one.values.items()},
                **{f"s_{key}": value for key, value in one.signs.items()},
            }
            for one in rows
        ],
        unit="见各列",
    )
    return Annex("核心专利各项特征", (table,))


def all_patents(told: Telling) -> Annex:
    """Return the list of all patents of the corpus, for the workbook."""
    held = told.result.corpus.patents
    columns = [
        Column("number", "公开（公告）号"),
        Column("title", "名称"),
        Column("holder", "申请人"),
        Column("country", "国别"),
        Column("filed", "申请日"),
        Column("offices", "受理局"),
        Column("state", "状态"),
        Column("nodes", "技术节点"),
        Column("effects", "功效"),
        Column("cited", "被引", "integer", "次"),
        Column("members", "成员", "integer", "件"),
        Column("found_by", "来源"),
    ]
    states = {**STATES}
    rows = (
        (
            one.number,
            one.title,
            "；".join(one.holders),
            one.country,
            one.filed or "",
            "；".join(one.offices),
            states.get(one.state, one.state),
            "；".join(one.nodes),
            "；".join(one.effects),
            one.cited,
            one.members,
            _FOUND.get(one.found_by, one.found_by),
        )
        for one in held[:WORKBOOK_LIMIT]
    )
    rest = len(held) - WORKBOOK_LIMIT
    notes = (f"另有{rest}{told.unit}超出电子表格篇幅，见数据文件。",) if rest > 0 else ()
    table = DataTable(
        "全部专利", told.unit, told.period, told.source, tuple(columns), tuple(rows), notes=notes
    )
    return Annex("全部专利", (table,))


_FOUND = {
    "query": "检索",
    "class": "分类扩展",
    "citation": "引证扩展",
    "similar": "相似文本",
    "co_applicant": "共同申请人",
}


def _plain(value: float | int | bool | None) -> float | int | None:
    return int(value) if isinstance(value, bool) else value
