# SPDX-License-Identifier: Apache-2.0
"""Targets and facts as rows: from statements that were judged to the columns of the register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from zhihang.planning.reading.amount import scale_of
from zhihang.planning.reading.indicator_phrase import clean, is_metric, left_name, named, right_name
from zhihang.planning.reading.judgement import _least
from zhihang.planning.reading.profile import Profile
from zhihang.planning.reading.reading import Row
from zhihang.planning.reading.statement import Statement
from zhihang.planning.reading.words import one_of, words

_SHARE = re.compile("占|率|比重|比例|份额|覆盖|合格|达标|满意")
_STOCK = re.compile("拥有|有效|存量|保有|每万|万人|密度|密集度|在册|覆盖")
_ONCE = re.compile("[项次场期批起宗例笔单份篇]$|人次$")
_LONGEST = 120
_TOGETHER = ("合计", "总计", "共", "共计", "总共")


def names_of(one: Statement, kind: str) -> list[str]:
    """Names of the indicators a statement gives a value for: two where one value is told of two (产值、利税年均增长20%)."""
    name = base_name(one)
    parts = subjects(name) if "、" in name or re.search("[和与及]", name) else [name]
    raw = [part for part in re.split("、|以及|[和与]|及(?!以)", name) if part]
    split = len(parts) > 1 and all(map(is_metric, raw)) and not set(one.predicate.tokens) & set(_TOGETHER)
    if split and (one.predicate.change or one.predicate.reached or one.predicate.each):
        return [finish(part, one, kind) for part in parts]
    return [finish(name, one, kind)]


def finish(name: str, one: Statement, kind: str) -> str:
    """A name with the ending its kind asks for."""
    annual = "年均" in one.predicate.tokens or "年平均" in one.predicate.tokens
    change = one.predicate.change
    if kind == "growth_rate" and re.search("增速|增幅|增长率|降幅|下降率|增长速度$", name):
        change, kind = "", "level"
    if kind == "multiple":
        base = one.predicate.baseline or _of_what(one)
        return f"{name}（相对{base}）" if base and name else name
    return named(name, kind, change, annual)


def _of_what(one: Statement) -> str:
    found = re.search("(?:是|为|达到?|提高到)([^,;]{2,20}?)的?$", one.left)
    return found[1] if found else ""


def subjects(name: str) -> list[str]:
    """Take a list of subjects apart; what all share is given back to each.

    >>> subjects("实施项目的新增产值、新增利税")
    ['实施项目的新增产值', '实施项目的新增利税']
    >>> subjects("城市和县城污水处理率")
    ['城市污水处理率', '县城污水处理率']
    """
    parts = [part for part in re.split("、|以及|[和与]|及(?!以)", name) if part]
    if len(parts) < 2:
        return [name]
    front = re.match(".*的", parts[0])
    if front and not any("的" in part for part in parts[1:]):
        parts = [parts[0], *(front.group() + part for part in parts[1:])]
    if is_metric(parts[-1]):
        tail = re.search(f"[^的]{{2,}}?{one_of('metric')}$", parts[-1])
        ending = _shared_ending(parts) if tail else ""
        parts = [part if is_metric(part) else part + ending for part in parts]
    return parts


def _shared_ending(parts: Sequence[str]) -> str:
    """What the last subject has more than a subject like the first: 县城|污水处理率."""
    first, last = parts[0], parts[-1]
    if len(last) <= len(first):
        found = re.search(f"(?:{one_of('metric')})$", last)
        return found.group() if found else ""
    return last[len(first) :]


def base_name(one: Statement) -> str:
    """Name of the indicator without the ending of its kind."""
    if one.name is None:
        one.name = _base_name(one)[:_LONGEST]
    return one.name


def _base_name(one: Statement) -> str:
    govern = one.predicate
    right = clean(one.right) if not _closed(one) else ""
    verb = govern.verb or (one.before.predicate.verb if one.joined and one.before else "")
    left = left_name(govern)
    nounless = len(left) < 2 or bool(govern.verb)
    if govern.verb and not right:
        left = left_name(replace(govern, rest=govern.rest + govern.verb)) if clean(govern.rest) else left
    if right and (nounless or one.joined) and one.amount.unit_class not in ("multiple", "points"):
        return right_name(verb, right + one.tail)
    if one.joined and one.before is not None and left:
        return _completed(_with_verb_of(left, one.before), one.before)
    if left.startswith("占") and one.before is not None and one.before.sentence == one.sentence:
        return base_name(one.before) + left
    if len(left) >= 2 and not re.fullmatch("(?:其|该|这|是|占|比重|比例|总数|数量|总额|规模)+", left):
        return _completed(_of_place(left, one), one.before)
    if one.before is not None and one.before.segment[0] >= one.sentence[0]:
        carried = base_name(one.before)
        return carried + (left if left in ("占比", "比重", "比例") else "")
    return left or (right_name(verb, right) if right else _made_before(one) or verb)


def _made_before(one: Statement) -> str:
    """What the clause before makes, where this one only says how many: 建设服务站,到2020年达到50个."""
    before = one.passage.text[one.segment[0] : one.clause[0]].rstrip(",")
    found = re.search(f".*{one_of('make')}([^,]{{2,30}})$", before[-80:])
    return clean(found[1]) if found and one.predicate.governed else ""


_PLACE = re.compile("(?:区域|地区|[省市县区州]|城市|县城|城镇|农村|乡村|东部|中部|西部)$")


def _of_place(left: str, one: Statement) -> str:
    """Complete a name that is only a place with what was measured before: ...率达到90%,京津冀区域达到95%."""
    before = one.before
    if before is None or is_metric(left) or before.sentence != one.sentence or not _PLACE.search(left):
        return left
    if one.amount.unit != before.amount.unit or not one.predicate.governed:
        return left
    return left + base_name(before)


def _closed(one: Statement) -> bool:
    """Whether nothing stands behind the quantity that could be what is counted."""
    right = re.sub(r"^\([^()]{0,16}\)", "", one.right)
    return not right or right[0] in ",;。:)、和及与"


def _with_verb_of(left: str, before: Statement) -> str:
    """Give a short member of a list the words before the member it follows: 推送覆盖产业10个、企业2万家."""
    front = re.match(f".{{2,}}{one_of('make')}(?=.{{1,6}}$)", left_name(before.predicate))
    return front.group() + left if front and len(left) <= 6 and not re.search(one_of("make"), left) else left


def _completed(left: str, before: Statement | None) -> str:
    """Complete a name told short: ...拥有量超100件的企业1家、超50件的企业2家."""
    found = re.match(one_of("before"), left)
    if found and before is not None:
        earlier = left_name(before.predicate)
        head = re.match(f"(.{{2,}}?){one_of('before')}", earlier)
        if head:
            return head[1] + left
    return left


def kind_of(one: Statement, name: str) -> str:
    """Kind of a target: level, cumulative, growth_rate, multiple, share or count."""
    amount, govern = one.amount, one.predicate
    period = one.timed is not None and one.timed.moment.kind in ("period", "relative")
    if amount.unit_class == "multiple":
        return "multiple"
    if amount.unit_class in ("percent", "points"):
        growing = govern.change or re.search("增速|增幅|增长率|降幅|下降率", name)
        return "growth_rate" if growing else "share"
    if "累计" in govern.tokens or name.startswith(("累计", "新增")):
        return "cumulative"
    if amount.unit_class == "counter" and not is_metric(name):
        return "cumulative" if _ONCE.search(amount.unit) and (period or govern.verb) else "count"
    return (
        "cumulative"
        if period and not _STOCK.search(name) and amount.unit_class in ("counter", "money")
        else "level"
    )


def comparator_of(one: Statement) -> tuple[str, str]:
    """The comparison as told, and a second reading that is as good."""
    amount, govern = one.amount, one.predicate
    if amount.high is not None:
        return "range", ""
    told, behind = govern.comparator or _least(one), amount.comparator
    if told and behind and told != behind:
        return (behind, told) if told == "~" else (told, behind)
    return told or behind or "=", ""


def value_of(one: Statement) -> Decimal:
    """The value; growth by n times is told as the ratio to the base, n + 1."""
    grown = one.predicate.change == "up" and not one.predicate.reached
    folds = one.passage.text[one.amount.start] == "翻"
    if one.amount.unit_class == "multiple" and grown and not folds:
        return one.amount.value + 1
    return one.amount.value


def number(value: Decimal | None) -> int | float | None:
    """A number for JSON: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def quantity_columns(value: Decimal, high: Decimal | None, unit: str) -> Row:
    """Value and unit as written and in the base unit."""
    power, base = scale_of(unit)
    return {
        "value": number(value),
        "value_hi": number(high),
        "unit": unit,
        "value_base": number(value.scaleb(power)),
        "value_hi_base": number(high.scaleb(power)) if high is not None else None,
        "unit_base": base,
    }


def time_columns(one: Statement, profile: Profile, text: str) -> Row:
    """Deadline of a target: a year, a period, or a phrase that gives neither."""
    columns: Row = dict.fromkeys(("period_start", "period_end", "as_of", "time_quote", "deadline_derived"))
    if one.timed is None or one.timed.moment.kind == "start":
        if profile.annual and not profile.legal:
            columns |= {"as_of": profile.last, "deadline_derived": 1}
        return columns
    moment = one.timed.moment
    columns["time_quote"] = text[one.timed.start : one.timed.end]
    columns["deadline_derived"] = 1 if moment.derived else None
    if moment.kind == "period":
        columns |= {"period_start": moment.first, "period_end": moment.last}
    elif moment.kind == "relative" and profile.issued and moment.last:
        columns |= {"period_start": profile.issued, "period_end": profile.issued + moment.last}
    elif moment.kind == "this_year":
        columns["as_of"] = profile.last if profile.annual else profile.issued
    elif moment.kind == "phase":
        columns["as_of"] = moment.phase
    else:
        columns["as_of"] = moment.last
    return columns


def quote_of(one: Statement, text: str) -> Row:
    """The literal words of a statement and where they stand."""
    folded = one.passage.text
    start = one.left_from
    while start < one.amount.start and folded[start] in "、,;:。和及与-":
        start += 1
    stop = one.amount.end
    if one.predicate.verb or one.joined or len(one.predicate.rest) < 2:
        stop = min(one.right_to, one.amount.end + 30)
        while stop > one.amount.end and folded[stop - 1] in ",;。:、和及与":
            stop -= 1
    start = max(start, stop - 60) if one.amount.start >= stop - 60 else one.amount.start
    begin, end = one.passage.paragraph.folded.span(start, stop)
    return {"quote": text[begin:end], "start": begin, "end": end}


def rows_of(one: Statement, profile: Profile, text: str, name: str = "") -> list[Row]:
    """The rows of a statement: one, or one for each indicator that shares its value."""
    kind = kind_of(one, name or base_name(one))
    told, other = comparator_of(one)
    govern = one.predicate
    frequency = "annual average" if "年均" in govern.tokens or "年平均" in govern.tokens else ""
    known = [finish(name, one, kind)] if name else names_of(one, kind)
    frequency = frequency or (
        "annual" if one.annual or re.search("年度", known[0]) or known[0].startswith("年") else ""
    )
    down = (govern.direction == "down") or (told in ("<=", "<") and kind != "count")
    columns: Row = {
        **quantity_columns(value_of(one), one.amount.high, one.amount.unit),
        "comparator": told,
        "alt_comparator": other or None,
        "kind": kind,
        "hedge": _hedge(one),
        "region": profile.region,
        **time_columns(one, profile, text),
        "frequency": frequency or None,
        "baseline": govern.baseline or (_of_what(one) if kind == "multiple" else "") or None,
        "direction": "down" if down else None,
        **quote_of(one, text),
    }
    return [{"clause": one.passage.clause, "indicator_zh": each, **columns} for each in known]


def _hedge(one: Statement) -> str | None:
    if one.predicate.hedge:
        return one.predicate.hedge
    front = one.passage.text[one.segment[0] : one.amount.start]
    found = [word for word in words("hedge") if word in front]
    return found[0] if found else None
