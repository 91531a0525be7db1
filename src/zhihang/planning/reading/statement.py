# SPDX-License-Identifier: Apache-2.0
"""A statement: one quantity with the words about it and the time that governs it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from zhihang.planning.reading.amount import Amount, amounts
from zhihang.planning.reading.moment import Moment, moments
from zhihang.planning.reading.outline import Passage
from zhihang.planning.reading.predicate import Predicate, predicate
from zhihang.planning.reading.sentence import names, split
from zhihang.planning.reading.words import one_of, words

_JOIN = re.compile("^[、,和及与或]*(?:以及)?$")
_Placed = TypeVar("_Placed", Amount, Moment)
_LONGEST = 2000
"""Most characters of a sentence."""
_NEAR = 160
"""How far from a number the words about it are looked for."""
_CONJUNCTION = re.compile("(?:、|和|及|与|或|以及|并)$")
_NOUN = re.compile("^[\u4e00-\u9fffA-Za-z“《]")


@dataclass(frozen=True)
class Timed:
    """A time and where its words stand in the document."""

    moment: Moment
    start: int
    end: int
    carried: bool = False


@dataclass
class Statement:
    """One quantity in its clause; spans are positions in the folded text of the passage."""

    amount: Amount
    passage: Passage
    sentence: tuple[int, int]
    segment: tuple[int, int]
    clause: tuple[int, int]
    left_from: int
    right_to: int
    predicate: Predicate
    timed: Timed | None = None
    annual: bool = False
    qualifier: bool = False
    bracketed: bool = False
    scope: bool = False
    listed: bool = False
    joined: bool = False
    baseline: bool = False
    before: Statement | None = field(default=None, repr=False)
    verdict: str = ""
    tail: str = ""
    also: tuple[Timed, ...] = ()
    name: str | None = None

    @property
    def left(self) -> str:
        """Words of the clause before the number."""
        return self.passage.text[self.left_from : self.amount.start]

    @property
    def right(self) -> str:
        """Words of the clause behind the quantity."""
        return self.passage.text[self.amount.end : self.right_to]

    def text(self, span: tuple[int, int]) -> str:
        """Folded text of a span."""
        return self.passage.text[span[0] : span[1]]


def statements(
    passage: Passage, carried: Timed | None
) -> Iterator[tuple[tuple[int, int], list[Statement], Timed | None]]:
    """Each sentence of a passage: its span, its statements, and the time that holds behind it."""
    text = passage.text
    masked = names(text)
    times = moments(
        text, [span for span in masked if text[span[0]] in "《〈〔"] + _numbers_of_documents(text, masked)
    )
    blocked = masked + [(m.start, m.end) for m in times if m.kind != "annual"]
    found = amounts(text, blocked)
    for span in _sentences(text, passage.paragraph.behind_marker):
        inside = _between(found, span)
        own = _between(times, span)
        built = list(_of_sentence(passage, span, inside, own, carried))
        dated = [
            moment
            for moment in own
            if moment.dated
            and (moment.end <= passage.heading_end or not _bracketed(text, moment.start, span[0]))
        ]
        if dated:
            carried = _timed(passage, dated[-1], carried=True)
        yield span, built, carried


def _sentences(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Sentences; one beyond all measure is cut, at a comma where there is one."""
    for start, end in split(text, "。！？!?\n", begin):
        while end - start > _LONGEST:
            comma = text.rfind(",", start + _LONGEST // 2, start + _LONGEST)
            cut = comma + 1 if comma >= 0 else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _between(found: Sequence[_Placed], span: tuple[int, int]) -> Sequence[_Placed]:
    """Those that start within a span."""
    first = bisect_left(found, span[0], key=lambda one: one.start)
    return found[first : bisect_left(found, span[1], key=lambda one: one.start)]


def _numbers_of_documents(text: str, masked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in masked if text[end - 1] == "号"]


def _timed(passage: Passage, moment: Moment, *, carried: bool = False) -> Timed:
    return Timed(moment, *passage.paragraph.folded.span(moment.start, moment.end), carried)


def _bracketed(text: str, place: int, start: int) -> int:
    """Position behind the bracket a place stands in, 0 if it stands in none."""
    opened = text.rfind("(", max(start, place - 80), place)
    closed = text.rfind(")", max(start, place - 80), place)
    return opened + 1 if opened > closed else 0


def _of_sentence(
    passage: Passage,
    span: tuple[int, int],
    found: Sequence[Amount],
    own: Sequence[Moment],
    carried: Timed | None,
) -> Iterator[Statement]:
    before: Statement | None = None
    for segment in split(passage.text, ";", *span):
        for clause in split(passage.text, ",:", *segment):
            inside = _between(found, clause)
            built = _of_clause(passage, span, segment, clause, inside)
            for one in built:
                one.before = before
                before = one
            _give_times(passage, built, own, carried)
            yield from built


def _of_clause(
    passage: Passage,
    span: tuple[int, int],
    segment: tuple[int, int],
    clause: tuple[int, int],
    inside: Sequence[Amount],
) -> list[Statement]:
    text = passage.text
    built: list[Statement] = []
    left_from = clause[0]
    for place, amount in enumerate(inside):
        bracket = _bracketed(text, amount.start, clause[0])
        after = inside[place + 1] if place + 1 < len(inside) else None
        stop = after.start if after else clause[1]
        start = max(bracket, left_from, amount.start - _NEAR)
        stop = min(stop, amount.end + _NEAR)
        govern = predicate(text[start : amount.start], folds=text[amount.start] == "翻")
        change = _changed_behind(text, amount, after)
        if change and not govern.change:
            respectively = govern.respectively or bool(re.search("分别以?$", govern.rest))
            rest = re.sub("(?:分别)?以?(?:分别)?$", "", govern.rest)
            govern = replace(govern, rest=rest, change=change, direction=change, respectively=respectively)
        one = Statement(amount, passage, span, segment, clause, start, stop, govern, bracketed=bool(bracket))
        _join(one, built, start > clause[0] and not bracket)
        one.qualifier = _qualifies(one, after, clause[1])
        one.baseline = _starts_range(one, after)
        _place_scope(one, built)
        if not bracket and _stands_between(one):
            left_from = amount.end
        built.append(one)
    _share_predicate(built)
    return built


def _share_predicate(built: Sequence[Statement]) -> None:
    """Give the words before the first of several values (分别增长) to all of them."""
    for place, one in enumerate(built):
        if one.predicate.respectively:
            for other in chain_of(one, built[place + 1 :])[1:]:
                if not other.predicate.governed:
                    other.predicate, other.joined = one.predicate, False


def _changed_behind(text: str, amount: Amount, after: Amount | None) -> str:
    """A change told behind the quantity: 以15%的速度递增, 以年均10%和12%的增速增长."""
    end = after.end if after and _JOIN.match(text[amount.end : after.start]) else amount.end
    found = re.match(f"的?(?:速度|增速|幅度|增幅)(?P<change>{one_of('change')})", text[end : end + 12])
    return words("change")[found["change"]] if found else ""


def _stands_between(one: Statement) -> bool:
    """Whether what stands behind a quantity is about the next one, not about both."""
    amount = one.amount
    spoken = amount.chinese and amount.unit_class == "counter" and amount.base < 10 and not amount.after
    span = amount.unit_class == "time" and bool(_NOUN.match(one.right))
    return bool(amount.unit) and not (one.qualifier or one.baseline or spoken or span)


def _join(one: Statement, built: Sequence[Statement], continued: bool) -> None:
    """Note a quantity that goes on a list: 10个产业和20个领域, 产业10个、企业20家."""
    if not built or not continued:
        return
    tied = _CONJUNCTION.search(one.left)
    if tied and tied.group() != one.left:
        built[-1].right_to = one.amount.start - len(tied.group())
        one.left_from, one.predicate, one.joined = one.amount.start, predicate(""), True
        shared = re.match("[^的]{2,20}(的[^的]{2,20}?)[,;。]*$", one.right)
        built[-1].tail = shared[1] if shared and "的" not in built[-1].right else ""
    else:
        one.joined = bool(re.match("[、和及与或以]", one.left))


def _qualifies(one: Statement, after: Amount | None, clause_end: int) -> bool:
    """Whether a quantity describes a noun (拥有专利100件以上的企业) rather than being what is aimed at."""
    text, amount = one.passage.text, one.amount
    behind = text[amount.end : min(clause_end, amount.end + _NEAR)].rstrip(",;。:")
    between = text[amount.end : after.start][-_NEAR:] if after else ""
    if amount.unit_class in ("percent", "points", "multiple"):
        if not behind.startswith("的"):
            return False
        led = bool(re.match("(?:对于?|凡)", text[one.clause[0] : amount.start]))
        return (bool(after) and bool(re.search("达到|达|占|超过|不低于|不少于|提高到", between))) or led
    if behind.startswith("的"):
        noun = re.split("[,、;。和]", behind[1:])[0]
        if amount.unit_class == "money" and noun.endswith(("基金", "资金", "资金池")):
            return False
        return not any(noun == word or noun.startswith(word + "目标") for word in words("plain_noun"))
    if (
        amount.unit_class != "counter"
        and amount.after in ("以上", "以下", "以内", "及以上")
        and _NOUN.match(behind)
    ):
        direct = one.predicate.verb and amount.unit_class == "money" and amount.after == "以上"
        return not direct
    if after and _NOUN.match(between) and not re.match("[和及与或、]|以及", between):
        govern = predicate(between)
        held = re.search(f"(?:{one_of('attribute')}|{one_of('before')})[^,]{{0,16}}$", one.left)
        if govern.governed and govern.rest and (held or not one.predicate.verb):
            return bool(held) or amount.after != ""
        return bool(held and amount.after and not govern.verb and not one.predicate.verb)
    return False


def _starts_range(one: Statement, after: Amount | None) -> bool:
    """Whether a quantity is where a change starts: 由4.6件提高到10件."""
    if not after:
        return False
    between = one.passage.text[one.amount.end : after.start]
    return bool(
        re.search("[由从][^,;]{0,24}$", one.left)
        and re.search("(?:提高|提升|增加|增长|下降|降|减少|压缩|缩短|升|扩大)?(?:到|至|为)$", between)
    )


def _place_scope(one: Statement, built: Sequence[Statement]) -> None:
    """Note where a quantity counts the places or bodies something is done at or to."""
    left = one.left
    if one.joined and built[-1].scope and not one.predicate.tokens:
        one.scope = True
        return
    if re.search("等(?:首批|全国|全省|全市)?$", left):
        one.listed = True
    held = words("attribute")
    governing = {*words("make"), *words("reach"), *words("before")} - set(held)
    tokens = [token for token in one.predicate.tokens if token in governing]
    led = re.search("(?:^|[,、])?(?:在|对|针对|面向|从|围绕|以|把|向|为|给|由|涉及|包括)[^,;]{0,40}$", left)
    free = not tokens or (one.predicate.comparator and not one.predicate.verb and not one.predicate.reached)
    if (
        led
        and free
        and not one.predicate.change
        and _NOUN.match(one.right)
        and not re.search("^(?:为|以)", one.right)
    ):
        one.scope = not re.search(f"{one_of('make')}$", one.predicate.rest) or not one.predicate.rest


def _give_times(
    passage: Passage, built: Sequence[Statement], own: Sequence[Moment], carried: Timed | None
) -> None:
    text = passage.text
    for one in built:
        earlier = [m for m in own if m.start < one.amount.start and _same_bracket(text, m, one)]
        dated = [m for m in earlier if m.dated]
        one.annual = any(m.kind == "annual" and m.start >= one.segment[0] for m in earlier)
        begun = [
            m
            for m in earlier
            if m.kind == "start" and m.tail == "起" and m.start > (dated[-1].start if dated else -1)
        ]
        one.timed = None if begun else _timed(passage, dated[-1]) if dated else carried
        if not dated and not carried:
            later = [
                m for m in own if m.dated and 0 <= m.start - one.amount.end <= 2 and m.start < one.clause[1]
            ]
            one.timed = _timed(passage, later[0]) if later else None
        one.also = _each_of(passage, one, dated)
    _spread(passage, built, own)


def _each_of(passage: Passage, one: Statement, dated: Sequence[Moment]) -> tuple[Timed, ...]:
    """Earlier years for which the value holds as well: 2017年和2018年各新增120家."""
    found: list[Timed] = []
    if not dated or not re.search(
        "(?:各|分别|均)[^,、和]{0,6}$", passage.text[dated[-1].end : one.amount.start]
    ):
        return ()
    behind = dated[-1]
    for moment in reversed(dated[:-1]):
        if not _JOIN.match(passage.text[moment.end : behind.start]) or moment.end == behind.start:
            break
        found.insert(0, _timed(passage, moment))
        behind = moment
    return tuple(found) if "各" in one.left else ()


def _same_bracket(text: str, moment: Moment, one: Statement) -> bool:
    opened = _bracketed(text, moment.start, one.sentence[0])
    closed = text.find(")", moment.end, moment.end + 12)
    return (
        not opened
        or text[closed + 1 : closed + 2] == ":"
        or (_bracketed(text, one.amount.start, one.sentence[0]) == opened)
    )


def _spread(passage: Passage, built: Sequence[Statement], own: Sequence[Moment]) -> None:
    """Give several years to several values told `respectively`: 到2020年、2025年分别达到6件和12件."""
    first = next((place for place, one in enumerate(built) if one.predicate.respectively), None)
    if first is None:
        return
    chain = [built[first]]
    for one in built[first + 1 :]:
        if not _JOIN.match(passage.text[chain[-1].amount.end : one.amount.start]):
            break
        chain.append(one)
    run: list[Moment] = []
    for moment in (m for m in own if m.dated and m.start < chain[0].amount.start):
        joined = run and _JOIN.match(passage.text[run[-1].end : moment.start])
        run = [*run, moment] if joined else [moment]
    if len(run) == len(chain) >= 2:
        for one, moment in zip(chain, run, strict=True):
            one.timed = _timed(passage, moment)


def chain_of(one: Statement, later: Sequence[Statement]) -> list[Statement]:
    """A statement and those that go on its list of values: 分别达到95%和85%."""
    chain = [one]
    for other in later:
        gap = one.passage.text[chain[-1].amount.end : other.amount.start]
        if other.clause != one.clause or not _JOIN.match(gap):
            break
        chain.append(other)
    return chain


def as_carried(timed: Timed) -> Timed:
    """The same time, told earlier."""
    return replace(timed, carried=True)
