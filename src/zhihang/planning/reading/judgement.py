# SPDX-License-Identifier: Apache-2.0
"""What a quantity is: a target, a historical fact, a condition, nothing of these, or something for a person to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zhihang.planning.reading.profile import Profile
from zhihang.planning.reading.statement import Statement
from zhihang.planning.reading.words import one_of, words

_AWARD = re.compile(
    "优先(?:支持|推荐|安排|考虑|列入)|(?:给予|予以|享受|获得|可获|按照?|发放|拨付)[^。;]{0,40}(?:奖励|补助|补贴|资助|扶持|奖补|贴息|表彰|减免|减征|支持)"
    r"|(?:奖励|补助|补贴|资助|奖补|贴息|奖金|罚款|处以|可处|并处)[^,。;]{0,14}?[\d一二三四五六七八九十百千万]"
    r"|(?:最高|上限|每[件项家个人][^。;,]{0,8})(?:不超过)?[^。;,]{0,6}[\d.]+万?元|全额(?:补贴|补助|资助)"
)
_REQUIRED = re.compile(
    "(?:申报|申请|认定|推荐|参评)[^,;。]{0,10}(?:应当?|必?须|需)(?:同时)?(?:具备|符合|满足|具有|是|为)"
    "|应当?(?:同时)?(?:具备|符合|满足)(?:以下|下列|如下)?[^,;。]{0,6}条件"
)
_AIM = re.compile(
    "力争|争取|确保|努力|力求|目标|预计|有望|必须|要(?!求|素|点|件|领)|将(?=[^,]{0,12}(?:达|增|提|实))|计划(?=[建培实])"
)
_DIMENSIONLESS = re.compile("(?:指数|得分|评分|系数|分值|强度)(?:[^,]{0,4})$")
_PAST = re.compile(
    r"近年来|以来|(?<!自)目前|已(?:经|有|达|成|建|形|实|完|累|获|拥|通|培|认)|迄今|截至(?:目前|20)|过去|上年|去年|先后|历史峰值"
    r"|[建获形达完培实取增]成?了|共有|现有|位居|居全国第|排名"
)


@lru_cache(maxsize=256)
def _awards(words: str) -> re.Match[str] | None:
    return _AWARD.search(words)


@lru_cache(maxsize=256)
def _required(words: str) -> bool:
    return bool(_REQUIRED.search(words))


@lru_cache(maxsize=256)
def _aims(words: str) -> bool:
    return bool(_AIM.search(words))


@lru_cache(maxsize=256)
def _tells_past(words: str) -> bool:
    return bool(_PAST.search(words))


@dataclass(frozen=True)
class Judgement:
    """What a quantity is, and why."""

    verdict: str
    reason: str = ""


def judge(one: Statement, profile: Profile) -> Judgement:
    """Judge a statement; the first rule that fits decides."""
    one.verdict = "review"
    for rule in (_is_nothing, _lacks_unit, _is_condition, _is_scope, _is_past, _is_norm, _is_listed, _is_aim):
        verdict = rule(one, profile)
        if verdict:
            one.verdict = verdict.verdict
            return verdict
    return Judgement("review", "no time and no words of aim about it")


def _is_nothing(one: Statement, _: Profile) -> Judgement | None:
    amount = one.amount
    if one.baseline:
        return Judgement("none", "value that a change starts from")
    if one.qualifier:
        return Judgement("condition" if _conditional(one) else "none", "describes the noun behind it")
    if (
        re.search(r"\($", one.passage.text[: amount.start])
        and one.bracketed
        and re.match(r"\)", one.passage.text[amount.end :])
    ):
        return Judgement("none", "count in brackets")
    if one.bracketed and re.search("含$", one.left):
        return Judgement("none", "border of a class")
    if amount.unit_class == "time" and not _times_something(one):
        return (
            Judgement("condition", "a span of time")
            if _conditional(one)
            else Judgement("none", "a span of time")
        )
    if amount.chinese and amount.unit_class == "counter" and not _counts_for_sure(one):
        return Judgement("none", "a numeral as part of speech")
    return None


def _lacks_unit(one: Statement, _: Profile) -> Judgement | None:
    if one.amount.unit_class not in ("", "scale"):
        return None
    if one.amount.unit_class == "" and one.predicate.governed and _DIMENSIONLESS.search(one.predicate.rest):
        return None
    known = one.predicate.governed and len(one.predicate.rest) >= 2 and not one.amount.chinese
    return (
        Judgement("review", "a value without a unit")
        if known
        else Judgement("none", "a number without a unit")
    )


def _times_something(one: Statement) -> bool:
    named = re.search(f"{one_of('duration')}[^,]{{0,6}}$", one.predicate.rest)
    return bool(named and (one.predicate.governed or one.amount.after))


def _counts_for_sure(one: Statement) -> bool:
    """Whether a Chinese numeral with a measure word is a figure: 三十家, 至少一项, but not 一项制度."""
    amount, govern = one.amount, one.predicate
    if "“" in one.passage.text[max(0, amount.start - 3) : amount.start]:
        return False
    compared = bool(govern.comparator or amount.after or _least(one))
    if amount.value > 1 and _ends_clause(one) and _made().search(one.left):
        return True
    if amount.base >= 10 or amount.high:
        return compared or govern.reached or bool(govern.verb) or bool(one.timed and not one.timed.carried)
    if amount.base == 1:
        return compared and amount.unit != "批"
    rises = govern.reached and any(token[0] in "达增提扩升" for token in govern.tokens)
    return compared or rises or bool(govern.verb and one.timed and not one.timed.carried)


def _least(one: Statement) -> str:
    """A comparing word that stands before the verb: 至少申请一项, 不少于."""
    found = re.search("(至少|最少|不少于|不低于|不超过|最多|至多|超过)[^,;]{0,6}$", one.left)
    return words("before")[found[1]] if found and one.predicate.verb else ""


def _conditional(one: Statement) -> bool:
    return one.passage.kind in ("eligibility", "award", "penalty") or bool(_awards(one.text(one.segment)))


def _is_condition(one: Statement, _: Profile) -> Judgement | None:
    kind = one.passage.kind
    if kind in ("eligibility", "penalty", "procedure"):
        return Judgement("condition", kind)
    segment = one.text(one.segment)
    if _required(one.text(one.sentence)):
        return Judgement("condition", "eligibility")
    cue = _awards(segment)
    if (kind == "award" and not (one.timed and not one.timed.carried)) or (
        cue and one.amount.unit_class in ("money", "percent", "points")
    ):
        return Judgement("condition", "award") if not _own_target(one, cue) else None
    if cue:
        selected = one.predicate.verb and not re.search(
            "对[^,]{0,30}$", segment[: one.amount.start - one.segment[0]]
        )
        return None if selected else Judgement("condition", "award")
    return None


def _own_target(one: Statement, cue: re.Match[str] | None) -> bool:
    """Whether the value is told with its own date and before any words of award."""
    dated = bool(one.timed and not one.timed.carried and one.predicate.reached)
    return dated and (cue is None or one.segment[0] + cue.start() > one.amount.end)


def _year(one: Statement, profile: Profile) -> int | None:
    if one.timed is None:
        return None
    moment = one.timed.moment
    if moment.kind == "this_year":
        return profile.last if profile.annual else profile.issued
    if moment.kind in ("relative", "phase"):
        return 9999
    return moment.last


def _is_past(one: Statement, profile: Profile) -> Judgement | None:
    background = one.passage.kind == "background"
    front = one.passage.clause == "前言"
    year, moment = _year(one, profile), one.timed.moment if one.timed else None
    if year is None or moment is None:
        if background or (_tells_past(one.text(one.sentence)) and not _aims(one.text(one.segment))):
            return Judgement("fact", "told of the past")
        return Judgement("review", "a value before the first clause, without a time") if front else None
    if (
        background
        and year > (profile.issued or 0)
        and moment.lead in ("到", "力争")
        and not _tells_past(one.text(one.segment))
    ):
        return Judgement("review", "a future value told among the facts")
    issued = profile.issued
    over = (
        moment.kind == "period"
        and issued is not None
        and year <= issued
        and (moment.first or year) < issued - 1
    )
    if (issued is not None and year < issued) or over or background or moment.tail == "以来":
        if moment.lead in ("到", "力争", "至") and not background and not over:
            return Judgement("review", f"the year {year} lies before the document's own ({issued})")
        return Judgement("fact", "told of the past")
    if issued is not None and year == issued and _tells_past(one.text(one.sentence)) and not profile.annual:
        return Judgement("fact", "told of the past")
    return None


def _is_norm(one: Statement, profile: Profile) -> Judgement | None:
    """In a legal act only a value with a date of its own is a target."""
    if not profile.legal:
        return None
    if (
        one.timed
        and not one.timed.carried
        and one.timed.moment.kind in ("date", "period")
        and one.predicate.governed
    ):
        return None
    return Judgement("condition", "norm of a legal act")


def _is_scope(one: Statement, _: Profile) -> Judgement | None:
    if one.scope:
        return Judgement("none", "the places or bodies something is done at")
    return None


def _is_listed(one: Statement, _: Profile) -> Judgement | None:
    if one.passage.kind == "measure" and (one.amount.unit == "次" or one.amount.unit_class == "score"):
        return Judgement("review", "how often, or how many points, in a safeguard measure")
    if one.listed:
        return Judgement("review", "counts a list that stands before it")
    if one.bracketed and not one.predicate.governed and not one.left.startswith("其中"):
        return Judgement("review", "stands in brackets")
    return None


def _is_aim(one: Statement, profile: Profile) -> Judgement | None:
    govern, amount = one.predicate, one.amount
    if (
        "分之" in one.text((amount.start, amount.end))
        and "百分之" not in one.text((amount.start, amount.end))
        and not (one.timed and not one.timed.carried)
    ):
        return Judgement("review", "a fraction without a time of its own")
    compared = govern.governed or bool(amount.comparator or amount.high)
    counted = bool(govern.verb) or (_ends_clause(one) and len(govern.rest) >= 2) or one.joined
    dated = one.timed is not None and one.timed.moment.kind != "start"
    aimed = (
        dated
        or one.passage.kind == "goal"
        or one.annual
        or (profile.annual and one.passage.kind in ("task", "") and one.passage.clause != "前言")
        or bool(govern.hedge)
        or bool(_aims(one.text(one.segment)))
    )
    if aimed and (compared or counted):
        return Judgement("target")
    if aimed and dated and one.timed and not one.timed.carried and _NAMED_BEHIND.match(one.right):
        return Judgement("target")
    acting = bool(govern.verb) or bool(_imperative().match(one.text(one.clause).lstrip("和并及、")))
    acting = acting or bool(_ends_clause(one) and _made().search(one.left))
    if acting and (compared or counted) and one.passage.kind in ("task", "measure", "goal", "", "duty"):
        return Judgement("target")
    firm = [token for token in govern.tokens if (token in words("reach") and len(token) > 1) or token == "达"]
    told = firm or govern.comparator in (">=", ">", "<=", "<") or govern.change
    if told and one.passage.kind in ("task", "measure", "goal", "principle", "") and len(govern.rest) >= 3:
        return Judgement("target")
    beside = one.before is not None and one.before.sentence == one.sentence
    if beside and one.before is not None and (compared or counted or one.joined):
        return (
            Judgement(one.before.verdict) if one.before.verdict in ("target", "fact", "condition") else None
        )
    return None


_NAMED_BEHIND = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=1)
def _imperative() -> re.Pattern[str]:
    return re.compile(
        f"(?:全[省市区县国]|重点|择优|每年|加快|积极|大力|新|要|将|组织|支持|继续|同步|分批|推动)*{one_of('make')}"
    )


@lru_cache(maxsize=1)
def _made() -> re.Pattern[str]:
    return re.compile("|".join(word for word in words("make") if len(word) > 1))


def _ends_clause(one: Statement) -> bool:
    right = re.sub(r"^\([^()]{0,16}\)", "", one.right)
    return not right or right[0] in ",;。:)、和及与"
