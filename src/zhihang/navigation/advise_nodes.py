# SPDX-License-Identifier: Apache-2.0
"""Which branches to strengthen, to enter, to keep out of; where to protect inventions abroad, until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from zhihang.methods.fees_due import add_months
from zhihang.navigation.advice import Advice, cited_first
from zhihang.navigation.outlook import whole_is_local
from zhihang.navigation.patents import Patent
from zhihang.navigation.result import Figure, Kind, NodeOutlook, Recommendation, Rejected
from zhihang.navigation.sentences import number, patents, rate, share, statement

PRIORITY, NATIONAL = 12, 30
"""Months for a later filing that claims priority (Paris Convention, art. 4), and for entering national phases (PCT)."""
VERBS: dict[str, str] = {"strengthen": "强化", "enter": "进入", "avoid": "暂不进入"}


def advise_nodes(advice: Advice) -> list[Recommendation]:
    """Recommend on branches, the best three of each kind."""
    if sum(one.local for one in advice.outlook) < advice.standing.made.study.says.thresholds.least_patents:
        advice.limit(
            "nodes",
            f"{advice.place}在本语料库中的已标引专利过少，不对强化、进入哪些分支下结论。",
            patents("本地已标引专利", sum(one.local for one in advice.outlook)),
        )
        return []
    if whole_is_local(advice.standing):
        advice.limit(
            "nodes",
            f"语料库中的专利全部属于{advice.place}，没有可比较的外部，不对强化、进入、回避哪些分支下结论。",
            patents("语料库", len(advice.standing.made.patents)),
        )
        return []
    found: list[Recommendation] = []
    for kind, key in (("strengthen", _by_quotient), ("enter", _by_promise), ("avoid", _by_closure)):
        chosen = sorted(advice.nodes(kind), key=key)
        found += [_node(advice, kind, one, chosen[advice.top :]) for one in chosen[: advice.top]]
    return found


def _by_quotient(one: NodeOutlook) -> tuple[float, str]:
    return -(one.quotient or 0.0), one.code


def _by_promise(one: NodeOutlook) -> tuple[float, str]:
    """Density and complexity together: a tenth of density weighs as much as a tenth of a standard deviation."""
    return -((one.relatedness_density or 0.0) / 100 + (one.complexity or 0.0)), one.code


def _by_closure(one: NodeOutlook) -> tuple[float, str]:
    return (one.growth if one.growth is not None else 0.0) - (one.cr4 or 0.0), one.code


def _node(advice: Advice, kind: str, one: NodeOutlook, passed: Sequence[NodeOutlook]) -> Recommendation:
    local = patents("本地专利", one.local)
    near = Figure("关联密度", one.relatedness_density, "%")
    growth, control = rate("语料库年均变化", one.growth), share("前四位集中度", one.cr4)
    if kind == "strengthen":
        sentence = statement(
            kind,
            node=one.label,
            local=local,
            quotient=number("区位商", one.quotient),
            growth=growth,
            cr4=control,
        )
        indicator = number("区位商", one.quotient, "ratio")
    elif kind == "enter":
        limits = advice.standing.made.study.says.thresholds
        sentence = statement(
            kind,
            node=one.label,
            local=local,
            quotient=number("区位商", one.quotient),
            density=near,
            threshold=Figure("门槛", limits.enter_density, "%"),
            complexity=number("复杂度", one.complexity),
            growth=growth,
            cr4=control,
        )
        indicator = local
    else:
        sentence = statement(
            kind, node=one.label, reason=one.reason, local=local, density=near, growth=growth, cr4=control
        )
        indicator = growth if one.growth is not None else control
    held = advice.standing.of(advice.standing.local.key, one.code) or advice.standing.by_node[one.code]
    kinds: dict[str, Kind] = {"strengthen": "strengthen", "enter": "enter", "avoid": "avoid"}
    return advice.recommend(
        kinds[kind],
        one.code,
        f"{VERBS[kind]}“{one.label}”",
        sentence,
        indicator=indicator,
        evidence=cited_first(held),
        rejected=_others(advice, kind, passed),
        samples=(one.local, one.world),
    )


def _others(advice: Advice, kind: str, passed: Sequence[NodeOutlook]) -> list[Rejected]:
    """Nodes of the kind that came after the chosen, then those that failed, with what decided."""
    found = [Rejected(one.label, _deciding(kind, one), "同类中排序靠后") for one in passed]
    if kind != "avoid":
        found += [
            Rejected(one.label, _deciding(kind, one), one.reason)
            for one in advice.nodes("watch", "avoid", "too_few")
        ]
    return found[:5]


def _deciding(kind: str, one: NodeOutlook) -> Figure:
    if one.kind == "avoid" and one.growth is not None:
        return rate("语料库年均变化", one.growth)
    if kind == "enter":
        return Figure("关联密度", one.relatedness_density, "%")
    return number("区位商", one.quotient, "ratio")


def advise_layout(advice: Advice) -> list[Recommendation]:
    """List local inventions whose priority year or national phase is still open, with countries where others protect."""
    standing = advice.standing
    at, own = standing.made.cutoff, standing.of(standing.local.key)
    rows = [row for patent in own if (row := _window(advice, patent, at)) is not None]
    if not rows:
        advice.limit(
            "layout",
            f"截止日前{PRIORITY}个月内没有可查到的{advice.place}首次申请（申请后约18个月才公开），"
            f"也没有仍在{NATIONAL}个月内的PCT申请，无法列出带期限的布局计划。",
            patents("本地专利", len(own)),
        )
        return []
    rows.sort(key=lambda row: (str(row["until"]), str(row["number"])))
    offices = _offices(advice, None)
    sentence = statement(
        "layout",
        count=patents("期限未届满的专利", len(rows)),
        first=str(rows[0]["until"]),
        nation=advice.standing.nation_name,
        offices="、".join(f"{advice.named(office)}（{count}件）" for office, count in offices) or "无",
    )
    rejected = [
        Rejected(office, patents("该国受理", count), "受理较少")
        for office, count in _offices(advice, None, 8)[3:]
    ]
    return [
        advice.recommend(
            "layout",
            "abroad",
            "海外布局",
            sentence,
            indicator=patents("期限未届满", len(rows)),
            evidence=[str(row["number"]) for row in rows],
            rejected=rejected,
            samples=(len(own), len(standing.made.patents)),
            rows=rows,
        )
    ]


def _window(advice: Advice, patent: Patent, at: date) -> dict[str, str | int] | None:
    first = patent.priority or patent.filed
    if first is None or patent.state == "ended" or patent.kind == "design":
        return None
    months, way = (NATIONAL, "PCT国家阶段") if "WO" in patent.offices else (PRIORITY, "优先权")
    until = add_months(first, months)
    if until <= at:
        return None
    code = next((code for code in reversed(patent.nodes)), None)
    have = patent.offices
    wanted = [office for office, _ in _offices(advice, code, 6) if office not in have][:3]
    return {
        "number": patent.number,
        "title": patent.title,
        "holder": patent.holders[0] if patent.holders else "",
        "way": way,
        "until": until.isoformat(),
        "days": (until - at).days,
        "countries": "、".join(wanted),
    }


def _offices(advice: Advice, code: str | None, most: int = 3) -> list[tuple[str, int]]:
    """Offices outside the nation that take most patents of a node."""
    if code not in advice.offices:
        out, some = {advice.nation, "WO"}, advice.standing.made.patents
        some = advice.standing.by_node.get(code or "", some)
        counted = Counter(office for p in some for office in p.offices if office not in out)
        advice.offices[code] = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return advice.offices[code][:most]
