# SPDX-License-Identifier: Apache-2.0
"""Quantities in running text: value, range, scale, unit, and the words after them that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from zhihang.planning.reading.numeral import chinese_number
from zhihang.planning.reading.words import one_of, units, words

_SCALES = {"万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4}
_SCALES |= {"千": 3, "百": 2}
_CN = "零〇一二两三四五六七八九十百千"
_NUM = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)(?!\d)"
_CHINESE = rf"(?<![{_CN}])[{_CN}]{{1,24}}(?:点[零〇一二三四五六七八九]{{1,8}})?"
_SCALE = "(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)"
_RANGE = r"(?:--?|~|至|到)"


@dataclass(frozen=True)
class Amount:
    """A quantity as written; `start` and `end` take in the comparing word behind it.

    `value` is in `unit`; `chinese` says it was written in Chinese numerals, `bare` that no unit was.
    """

    start: int
    number_end: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    unit_class: str
    after: str = ""
    more: bool = False
    chinese: bool = False

    @property
    def comparator(self) -> str:
        """The comparison told behind the number, empty if there is none."""
        return words("after").get(self.after, ">" if self.more else "")

    @property
    def base(self) -> Decimal:
        """Value in the unit without its power of ten."""
        return self.value.scaleb(scale_of(self.unit)[0])


def scale_of(unit: str) -> tuple[int, str]:
    """Power of ten a unit leads with, and the unit without it.

    >>> scale_of("万件"), scale_of("件"), scale_of("亿元")
    ((4, '件'), (0, '件'), (8, '元'))
    """
    if unit in units():
        return 0, unit
    for scale, power in _SCALES.items():
        if unit.startswith(scale) and len(unit) > len(scale):
            return power, unit[len(scale) :]
    return 0, unit


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unit = one_of("unit")
    per = rf"(?:/(?:每)?{_SCALE}?(?:人口|{unit}))?"
    number = rf"(?:{_NUM}|{_CHINESE})"
    return re.compile(
        rf"(?P<cent>百分之(?P<c1>{_CHINESE}|{_NUM})(?:{_RANGE}(?:百分之)?(?P<c2>{_CHINESE}|{_NUM}))?)"
        rf"|(?P<part>(?P<of>{number})分之(?P<parts>{number}))"
        r"|(?P<tenths>[一二三四五六七八九]成[一二三四五六七八九]?(?![为立本果效就员绩功年长熟套交一]))"
        rf"|(?P<round>(?<=[超破过达到近约逾])(?P<rs>万亿|亿|万)(?P<ru>{unit}))"
        r"|(?P<times>翻(?P<t>[一二两三四五\d]?番|倍))"
        rf"|(?P<plain>(?P<n1>{number})(?:(?P<u1>{_SCALE}?{unit}?){_RANGE}(?P<n2>{number}))?"
        rf"(?P<m1>[多余])?(?P<s>{_SCALE})?(?P<m2>[多余])?(?P<u>(?:{unit}{per})?))"
    )


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"\((?P<w>含)\)(?P<v>以[上下])|(?:及|\(含\))?{one_of('after')}(?:\(含\))?")


def amounts(text: str, masked: Sequence[tuple[int, int]]) -> list[Amount]:
    """All quantities of a folded text but those in the masked stretches."""
    return list(_found(text, mask(len(text), masked)))


def mask(length: int, spans: Sequence[tuple[int, int]]) -> bytearray:
    """One byte for each character, 1 inside the spans."""
    marked = bytearray(length)
    for start, end in spans:
        marked[start:end] = b"\x01" * (min(end, length) - start)
    return marked


def _found(text: str, masked: bytearray) -> Iterator[Amount]:
    for match in _pattern().finditer(text):
        if masked.find(1, match.start(), match.end()) >= 0:
            continue
        if not _stands_alone(text, match):
            continue
        amount = _read(match)
        if amount:
            yield _with_after(text, amount)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    if (
        (before in "第每〔.:/•·+" and before)
        or (before.isascii() and before.isalpha())
        or (before == "-" and match["plain"])
    ):
        return False
    if match["plain"] and not match["u"] and (after == "号" or (after.isascii() and after.isalpha())):
        return False
    return not (before.isdigit() or after.isdigit())


def _read(match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match["times"]:
        return _folds(match)
    if match["cent"]:
        first, high = _value(match["c1"]), _value(match["c2"])
        return first and Amount(start, end, end, first[0], high and high[0], "%", "percent", chinese=True)
    if match["tenths"]:
        digits = [chinese_number(letter) or Decimal(0) for letter in match["tenths"] if letter != "成"]
        share = digits[0] * 10 + (digits[1] if len(digits) > 1 else 0)
        return Amount(start, end, end, share, None, "%", "percent", chinese=True)
    if match["round"]:
        whole = match["rs"] + match["ru"]
        return Amount(start, end, end, Decimal(1), None, whole, _class(whole), chinese=True)
    if match["part"]:
        of, parts = _value(match["of"]), _value(match["parts"])
        if not of or not parts or not of[0]:
            return None
        share = (parts[0] / of[0] * 100).quantize(Decimal("0.01")).normalize()
        return Amount(start, end, end, share, None, "%", "percent", chinese=True)
    return _plain(match)


def _folds(match: re.Match[str]) -> Amount:
    count = _value(match["t"].rstrip("番倍")) if match["t"] not in ("番", "倍") else None
    folds = Decimal(2) ** int(count[0]) if count and 0 < count[0] < 10 else Decimal(2)
    return Amount(*match.span(), match.end(), folds, None, "倍", "multiple", chinese=True)


def _plain(match: re.Match[str]) -> Amount | None:
    first, high = _value(match["n1"]), _value(match["n2"])
    if not first or (match["n2"] and not high):
        return None
    value, chinese = first
    front, unit = match["u1"] or "", (match["s"] or "") + match["u"]
    if high and not unit:
        unit = front
    value, chinese = first
    if high and front and front != unit:
        value = _in_unit(value, front, unit)
    kind = _class(unit)
    if chinese and not unit:
        return None
    top = high[0] if high else None
    if top is not None and top <= value:
        return None
    more = bool(match["m1"] or match["m2"])
    return Amount(*match.span(), match.end(), value, top, unit, kind, more=more, chinese=chinese)


def _in_unit(value: Decimal, written: str, unit: str) -> Decimal:
    """Value of a range's lower end in the unit of its upper end: 1万-2万件, 8000-1万件."""
    mine, theirs = scale_of(written)[0] if written not in _SCALES else _SCALES[written], scale_of(unit)[0]
    return value.scaleb(mine - theirs) if mine != theirs else value


def _class(unit: str) -> str:
    base = scale_of(unit)[1].partition("/")[0]
    return units().get(unit) or units().get(base) or ("scale" if unit in _SCALES else "")


def _value(text: str | None) -> tuple[Decimal, bool] | None:
    if not text:
        return None
    if text[0].isdigit() and text[0].isascii():
        try:
            return Decimal(text.replace(",", "")), False
        except InvalidOperation:
            return None
    value = chinese_number(text)
    return None if value is None else (value, True)


def _with_after(text: str, amount: Amount) -> Amount:
    found = _after().match(text, amount.end)
    if not found:
        return amount
    word = found["v"] or found.group().replace("(含)", "").removeprefix("及")
    if word == "内" and amount.unit_class in ("counter", ""):
        return amount
    fields = {**amount.__dict__, "end": found.end(), "after": word}
    return Amount(**fields)
