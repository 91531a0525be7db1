# SPDX-License-Identifier: Apache-2.0
"""The definition of an indicator in one sentence, made from its declaration (主要指标解释)."""

from __future__ import annotations

from datetime import date

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.indicator import Count, Growth, Indicator, Method, Span

_OF = {
    "filings": "申请日在统计期内的专利申请",
    "publications": "申请公布日在统计期内的专利申请",
    "grants": "授权公告日在统计期内的专利",
    "in_force": "期末处于有效状态的专利",
}
_DISTINCT = {"organisation_id": "单位", "family_id": "专利族"}
_COUNTING = {
    "first_applicant": "按第一申请人统计",
    "whole": "每一申请人各计一件",
    "fractional": "按申请人人数平分",
}
_AGAINST = {"year": "上年同期", "five_years": "五年前同期", "plan": "规划期之前"}
_GIVE = {"rate": "增长率", "multiple": "倍数", "cagr": "年均增长率", "difference": "增加量"}
_SINCE = {"year": "自当年1月起累计", "plan": "自规划期起累计", "five_years": "近五年累计"}
_LISTS = {
    "kind": "right_kind",
    "applicant_type": "applicant_type",
    "route": "filing_route",
    "origin": "origin",
}


def definition_of(indicator: Indicator, indicators: Indicators, codes: CodeLists) -> str:
    """Return what an indicator counts, in Chinese; in English its file says it itself."""
    if indicator.count:
        return _counted(indicator.count, codes)
    if indicator.sum:
        return (
            "期末有效专利自申请日起的年数之和"
            if indicator.sum.of
            else "采用登记机关、统计部门或主管部门公布的数"
        )
    names = [indicators[code].label.zh for code in indicator.rests_on]
    if indicator.ratio:
        top, below = names
        before = "上年" if indicator.ratio.denominator_at == "previous" else ""
        per = "" if indicator.ratio.per == 1 else f"×{indicator.ratio.per:,.0f}"
        return f"{top}÷{before}{below}{per}"
    if indicator.growth:
        return _grown(indicator.growth, names[0])
    if indicator.cumulative:
        mean = "，取平均" if indicator.cumulative.give == "mean" else ""
        return f"{names[0]}{_SINCE[indicator.cumulative.since]}{mean}"
    if indicator.method:
        return _spread(indicator.method, names[0])
    return "、".join(names) + "加权合成"


def _counted(count: Count, codes: CodeLists) -> str:
    conditions = [_condition(name, wanted, codes) for name, wanted in count.where.items()]
    where = f"，限于{'，'.join(conditions)}" if conditions else ""
    age = f"，自申请日起满{count.age:g}年" if count.age else ""
    what = "件数"
    if count.distinct:
        held = f"至少{count.holding}件" if count.holding > 1 else ""
        newly = "而上期末没有" if count.newly else ""
        what = f"所涉及的{_DISTINCT[count.distinct]}数" + (f"（{held}{newly}）" if held or newly else "")
    return f"{_OF[count.of]}{where}{age}的{what}，{_COUNTING[count.counting]}"


def _condition(name: str, wanted: object, codes: CodeLists) -> str:
    label = TABLES["patent"].column(name).label.zh
    if isinstance(wanted, Span):
        low = f"不低于{_plain(wanted.at_least)}" if wanted.at_least is not None else ""
        high = f"不高于{_plain(wanted.at_most)}" if wanted.at_most is not None else ""
        return f"{label}{low}{high}"
    values = wanted if isinstance(wanted, list) else [wanted]
    if values in ([True], [False]):
        return f"{label}为{'是' if values[0] else '否'}"
    known = codes[_LISTS[name]] if name in _LISTS else None
    names = [known[str(v)].label.zh if known and str(v) in known else str(v) for v in values]
    return f"{label}为{'、'.join(names)}"


def _plain(value: float | date) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:g}"


def _grown(growth: Growth, name: str) -> str:
    return f"{name}与{_AGAINST[growth.against]}相比的{_GIVE[growth.give]}"


def _spread(method: Method, name: str) -> str:
    over = DIMENSIONS[method.over].label.zh
    if method.name == "herfindahl":
        return f"{name}在各{over}所占份额的平方和"
    if method.name == "entropy":
        return f"{name}在各{over}分布的熵（自然对数）"
    if method.name == "top_share":
        return f"最大的{method.top}个{over}占{name}的份额"
    return f"{over}{method.item}占{name}的份额"
