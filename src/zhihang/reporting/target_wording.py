# SPDX-License-Identifier: Apache-2.0
"""Sentences on a target: what is reached, what was to be expected, what the clause asks, what is left."""

from __future__ import annotations

import math

from zhihang.planning.assess import AssessedTarget
from zhihang.planning.forecast import COUNTED
from zhihang.reporting.caption import LEVEL_WORDS
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.wording import NO_DATA, change, completion, percent, period

_EXACT = 1e-9
_AIM = {
    ">": ("超过", "more than "),
    "<": ("少于", "less than "),
    "<=": ("不超过", "at most "),
    "~": ("约", "about "),
}


def standing(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return one sentence on how a target stands."""
    named = clause(row, facts)
    if row.value is None:
        note = facts.pick(row.note, row.note_en) or NO_DATA[facts.language]
        return facts.pick(f"{named}：无数据（{note}），未评。", f"{named}: no data ({note}), not rated.")
    said = _value(row, facts)
    if facts.language == "zh":
        return f"{named}：{said}，{_against(row, facts)}；{aim(row, facts)}；{level(row, facts)}。"
    return f"{named}: {said}, {_against(row, facts)}; {aim(row, facts)}; {level(row, facts)}."


def _value(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the value with what it stands for: a level, a sum since the plan began, a year alone."""
    value, course = facts.amount(row.value, row.unit), facts.course_of(row)
    end = period(row.period, "stock", facts.language)
    if course == "level":
        return facts.pick(f"截至{end}为{value}", f"{value} by {end}")
    if course == "cumulative":
        return facts.pick(f"规划期以来截至{end}累计{value}", f"{value} since the plan began, by {end}")
    alone = period(row.period, "year_to_date", facts.language)
    rest = ""
    if facts.is_year_alone(row):
        rest = facts.pick(
            "（当年数；规划期累计数不全，只与当年应达数比较）",
            " (that year alone; the sum so far is not known)",
        )
    return facts.pick(f"{alone}为{value}{rest}", f"{value} in {alone}{rest}")


def clause(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the name of a target with the clause that sets it, and the annex that splits it."""
    path = facts.path(row)
    also = facts.pick(f"，{path.rule.zh}", f", {path.rule.en}") if path.printed else ""
    return facts.pick(
        f"{facts.label(row)}（计划“{row.clause}”{also}）", f"{facts.label(row)} (clause {row.clause}{also})"
    )


def aim(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return what the plan asks for in the end, and whether that is reached."""
    if row.final_value is None:
        return facts.pick("规划期目标值无法确定", "the final value cannot be told")
    target = facts.plan.target(row.target)
    of_annex = row.region != facts.plan.region and facts.path(row).printed
    words = ("", "") if of_annex else _AIM.get(target.comparator, ("", ""))
    asked = facts.pick(words[0], words[1]) + facts.amount(row.final_value, row.unit)
    if target.value_hi is not None and row.region == facts.plan.region:
        asked = f"{target.value}{facts.pick('至', ' to ')}{facts.amount(float(target.value_hi), row.unit)}"
    if row.met is None:
        return facts.pick(f"规划期目标{asked}", f"the plan asks for {asked}")
    if row.met:
        return facts.pick(
            f"规划期目标{asked}，现值已达到", f"the plan asks for {asked}, which is reached for now"
        )
    gap = row.final_value - (row.value or 0.0)
    if gap <= 0:
        return facts.pick(f"规划期目标{asked}，尚未满足", f"the plan asks for {asked}, not yet met")
    left = facts.amount(gap, row.unit)
    return facts.pick(f"规划期目标{asked}，尚差{left}", f"the plan asks for {asked}, {left} short")


def level(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the level of a target, with the reason where the figure alone does not show it."""
    word = LEVEL_WORDS[row.status][0 if facts.language == "zh" else 1]
    text = facts.pick(f"预警等级为{word}", f"level {word}")
    if row.status == "red" and facts.is_falling(row):
        text += facts.pick(
            "（最近两个季度均低于上年同期）", " (below the year before in two quarters running)"
        )
    elif row.status == "yellow" and row.expected is not None and (row.value or 0) >= row.expected:
        text += facts.pick("（目标要求超过，现值仅持平）", " (the target is to be passed, not only reached)")
    return text


def placed(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the rank of a division, with its interval where chance may shift it."""
    if row.rank is None:
        return facts.pick("未排名", "not ranked")
    text = facts.pick(f"居{row.ranked}个地区第{row.rank}位", f"ranked {row.rank} of {row.ranked}")
    if row.rank_low is not None and row.rank_high is not None and row.rank_low < row.rank_high:
        text += facts.pick(
            f"（考虑数量的偶然波动，名次在第{row.rank_low}至第{row.rank_high}位之间）",
            f" (between {row.rank_low} and {row.rank_high}, if counts are left to chance)",
        )
    return text


def needed(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return what each year left has to bring; blank where nothing can be said."""
    if row.required is None:
        return ""
    if row.required <= 0:
        return facts.pick("规划期目标按现值已满足，需保持", "the final value is reached and has to be kept")
    each = facts.amount(float(math.ceil(row.required)) if row.unit in COUNTED else row.required, row.unit)
    text = facts.pick(
        f"要在规划期末达到目标，此后平均每年需增加{each}", f"to reach it, each year left has to add {each}"
    )
    if row.required_growth:
        rate = percent(row.required_growth, language=facts.language)
        text += facts.pick(f"（年均增长{rate}）", f" ({rate} a year)")
    return text


def chance(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the probability of reaching the final value; blank where there is no forecast."""
    made = facts.forecasts.get((row.target, row.region))
    probability = made.probability if made else row.probability
    if probability is None:
        return ""
    weak = made.weak if made else row.weak
    shown = percent(probability, 0, language=facts.language)
    text = facts.pick(
        f"按现有数据模拟，届时达到目标的概率约{shown}",
        f"by simulation it is reached with probability {shown}",
    )
    if weak:
        text += facts.pick("（依据的年份过少，仅供参考）", " (from too few years: a hint at most)")
    return text


def year_on_year(row: AssessedTarget, facts: PlanFacts) -> str:
    """Return the year so far and its change on the year before."""
    found = facts.year_so_far(row)
    if found.now is None:
        return facts.pick("本期数无数据", "no figure for this period")
    rest = change(found.now, found.before, unit=facts.unit(row.unit), language=facts.language)
    word = facts.pick("期末", "now ") if facts.is_level(row) else facts.pick("本年累计", "this year ")
    return word + facts.amount(found.now, row.unit) + facts.pick("，", ", ") + rest


def expected_of(row: AssessedTarget, facts: PlanFacts) -> float | None:
    """Return what was to be expected; of things counted the next whole number, as only that fulfils it."""
    down = facts.plan.target(row.target).direction == "down"
    if row.expected is None or row.unit not in COUNTED:
        return row.expected
    return float(math.floor(row.expected + _EXACT) if down else math.ceil(row.expected - _EXACT))


def _against(row: AssessedTarget, facts: PlanFacts) -> str:
    expected = expected_of(row, facts)
    if expected is None:
        return facts.pick("应达进度无法确定", "what was to be expected cannot be told")
    said = completion(
        row.value, expected, unit=facts.unit(row.unit), language=facts.language, what="应达进度"
    )
    shown = facts.amount(expected, row.unit)
    if facts.language == "zh":
        return f"应达{shown}，{said}"
    return f"expected {shown}, {said.replace('of the target', 'of that')}"
