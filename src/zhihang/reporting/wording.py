# SPDX-License-Identifier: Apache-2.0
"""Figures put into words: counts, shares, changes, completion, ranks, days; missing figures are said to be missing.

Every function takes the figure itself and says no more than it shows: 99.96 % of a target is not "100 %", a change
from zero has no rate, a small change is not "unchanged", and a figure that is not there is 无数据.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeGuard

from zhihang.terms.label import Language

NO_DATA = {"zh": "无数据", "en": "no data"}
LEAST_BASE = 10
"""Below this many items in the period before, a change is told in items and not as a rate."""
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NUMERALS = "〇一二三四五六七八九"

Number = int | float | Decimal


def rounded(value: Number, digits: int = 0) -> Decimal:
    """Round half away from zero, as official statistics do (0.125 to 0.13).

    >>> rounded(0.125, 2), rounded(2.5)
    (Decimal('0.13'), Decimal('3'))
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def number(
    value: Number | None, digits: int = 0, *, language: Language = "zh", thousands: bool = True
) -> str:
    """Write a figure with a fixed number of digits after the point.

    >>> number(12345), number(1.005, 2), number(None)
    ('12,345', '1.01', '无数据')
    """
    if not _present(value):
        return NO_DATA[language]
    return f"{rounded(value, digits):{',' if thousands else ''}.{digits}f}".replace("-", "−")


def quantity(value: Number | None, unit: str, digits: int = 0, *, language: Language = "zh") -> str:
    """Write a figure with its unit: 12,345件; 12,345 patents.

    >>> quantity(12345, "件"), quantity(None, "件"), quantity(3, "patents", language="en")
    ('12,345件', '无数据', '3 patents')
    """
    text = number(value, digits, language=language)
    return text if not _present(value) else text + ("" if language == "zh" else " ") + unit


def large(value: Number | None, unit: str, *, language: Language = "zh") -> str:
    """Write a figure by 万 or 亿 where it is large; English by thousand separators.

    >>> large(28_345, "件"), large(9_999, "件"), large(334_000_000, "元"), large(99_999_999, "元")
    ('2.83万件', '9,999件', '3.34亿元', '1亿元')
    """
    if not _present(value) or language == "en":
        return quantity(value, unit, language=language)
    for power, word in ((8, "亿"), (4, "万")):
        scaled = rounded(Decimal(str(value)).scaleb(-power), 2)
        if abs(scaled) >= 1 and abs(value) >= 10**power * Decimal("0.99995"):
            return _trimmed(scaled) + word + unit
    return quantity(value, unit)


def percent(share: Number | None, digits: int = 1, *, language: Language = "zh") -> str:
    """Write a share as a percentage; one that is not 0 is never written as 0, one below 1 never as 100%.

    >>> percent(0.1234), percent(0.00001), percent(0.99999), percent(1), percent(None)
    ('12.3%', '不足0.1%', '99.9%', '100.0%', '无数据')
    """
    if not _present(share):
        return NO_DATA[language]
    exact = Decimal(str(share)) * 100
    shown, step = rounded(exact, digits), Decimal(1).scaleb(-digits)
    if shown == 0 and exact != 0:
        return ("不足" if language == "zh" else "under ") + f"{step}%" if exact > 0 else f"−{step}%以内"
    if shown == 100 and exact < 100:
        shown = 100 - step
    return f"{shown:,.{digits}f}%".replace("-", "−")


def change(
    now: Number | None,
    before: Number | None,
    *,
    unit: str = "件",
    language: Language = "zh",
    compared: str = "同比",
    least_base: Number = LEAST_BASE,
    digits: int = 1,
) -> str:
    """Say how a figure changed: 同比增长12.3%, 同比下降3.4%, 与上年持平, 上年同期无数据.

    From 0, or from fewer than `least_base`, the change is told in items.

    >>> change(112, 100), change(100, 100), change(5, None), change(3, 0), change(6, 4)
    ('同比增长12.0%', '与上年持平', '上年同期无数据，无法比较', '同比增加3件（上年同期为0）', '同比增加2件')
    >>> change(100_010, 100_000), change(350, 100)
    ('同比略增（不足0.1%）', '同比增长250.0%')
    """
    zh = language == "zh"
    if not _present(now):
        return NO_DATA[language]
    if not _present(before):
        return "上年同期无数据，无法比较" if zh else "no figure for the year before to compare with"
    difference = Decimal(str(now)) - Decimal(str(before))
    if difference == 0:
        return "与上年持平" if zh else "unchanged from the year before"
    if before <= 0 or before < least_base:
        return _change_in_items(difference, before, unit, compared, language)
    rate = difference / Decimal(str(before)) * 100
    shown = abs(rounded(rate, digits))
    if shown == 0:
        step = Decimal(1).scaleb(-digits)
        if zh:
            return f"{compared}{'略增' if rate > 0 else '略降'}（不足{step}%）"
        return f"{'up' if rate > 0 else 'down'} by less than {step}% on the year before"
    if shown == 100 and rate > -100 and rate < 0:
        shown -= Decimal(1).scaleb(-digits)
    if zh:
        return f"{compared}{'增长' if rate > 0 else '下降'}{shown:,.{digits}f}%"
    return f"{'up' if rate > 0 else 'down'} {shown:,.{digits}f}% on the year before"


def points(now: Number | None, before: Number | None, digits: int = 1, *, language: Language = "zh") -> str:
    """Say how a share changed, in percentage points.

    >>> points(0.30, 0.288), points(0.30, 0.30), points(0.3, None)
    ('比上年提高1.2个百分点', '与上年持平', '上年同期无数据，无法比较')
    """
    zh = language == "zh"
    if not _present(now) or not _present(before):
        return change(now, before, language=language)
    difference = (Decimal(str(now)) - Decimal(str(before))) * 100
    if difference == 0:
        return "与上年持平" if zh else "unchanged from the year before"
    shown, step = abs(rounded(difference, digits)), Decimal(1).scaleb(-digits)
    amount = f"{shown}" if shown else (f"不足{step}" if zh else f"less than {step}")
    if zh:
        return f"比上年{'提高' if difference > 0 else '下降'}{amount}个百分点"
    return f"{'up' if difference > 0 else 'down'} {amount} percentage points on the year before"


def completion(
    actual: Number | None,
    target: Number | None,
    *,
    unit: str = "件",
    language: Language = "zh",
    what: str = "目标",
) -> str:
    """Say how much of a target is reached; rounding never lets it seem reached.

    >>> completion(853, 1000), completion(9999, 10000), completion(1200, 1000), completion(None, 10)
    ('完成目标的85.3%，尚差147件', '完成目标的99.9%，尚差1件', '完成目标的120.0%，超出200件', '无数据，完成情况无法判断')
    """
    zh = language == "zh"
    if not _present(actual) or not _present(target) or target <= 0:
        reason = NO_DATA[language] if not _present(actual) else ("未设目标" if zh else "no target is set")
        return reason + ("，完成情况无法判断" if zh else ", so completion cannot be judged")
    exact = Decimal(str(actual)) / Decimal(str(target))
    share = (exact * 100).quantize(Decimal("0.1"), ROUND_FLOOR if exact < 1 else ROUND_HALF_UP)
    gap = Decimal(str(actual)) - Decimal(str(target))
    amount = quantity(abs(gap), unit, _digits_of(gap), language=language)
    if zh:
        rest = f"，尚差{amount}" if gap < 0 else f"，超出{amount}" if gap > 0 else "，恰好完成"
        return f"完成{what}的{share:,}%{rest}"
    rest = f", {amount} short" if gap < 0 else f", {amount} above" if gap > 0 else ", exactly reached"
    return f"{share:,}% of the target reached{rest}"


def rank(place: int | None, of: int, *, tied: int = 1, language: Language = "zh") -> str:
    """Say a rank; with `tied` regions of the same figure the rank is shared.

    >>> rank(3, 17), rank(3, 17, tied=2), rank(None, 17), rank(2, 17, language="en")
    ('居17个地区第3位', '并列17个地区第3位', '无数据，未排名', 'ranked 2 of 17')
    """
    if place is None:
        return "无数据，未排名" if language == "zh" else "no data, not ranked"
    if language == "zh":
        return f"{'并列' if tied > 1 else '居'}{of}个地区第{place}位"
    return f"ranked {'joint ' if tied > 1 else ''}{place} of {of}"


def listed(names: Sequence[str], *, counter: str = "个", language: Language = "zh", most: int = 5) -> str:
    """Join names; beyond `most`, the first ones and how many there are in all.

    >>> listed(["甲县", "乙县", "丙县"]), listed(list("甲乙丙丁"), most=2), listed([])
    ('甲县、乙县和丙县', '甲、乙等4个', '无')
    """
    if not names:
        return "无" if language == "zh" else "none"
    if len(names) > most:
        shown = names[:most]
        rest = len(names) - most
        return (
            f"{'、'.join(shown)}等{len(names)}{counter}"
            if language == "zh"
            else f"{', '.join(shown)} and {rest} more"
        )
    if len(names) == 1:
        return names[0]
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(names[:-1]) + last + names[-1]


def day(value: date, language: Language = "zh") -> str:
    """Write a day: 2017年12月31日; 31 December 2017.

    >>> day(date(2017, 12, 31)), day(date(2018, 1, 5), "en")
    ('2017年12月31日', '5 January 2018')
    """
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(text: str, kind: str | None = None, language: Language = "zh") -> str:
    """Write a period in words; a `stock` is told by its last day's month or year.

    >>> period("2017"), period("2017-06"), period("2017-06", "year_to_date"), period("2016/2020")
    ('2017年', '2017年6月', '2017年1—6月', '2016—2020年')
    >>> period("2017", "stock"), period("2017-12-31"), period("2017-06", "year_to_date", "en")
    ('2017年末', '2017年12月31日', 'January–June 2017')
    """
    zh = language == "zh"
    parts = (
        [[int(number) for number in part.split("-")] for part in text.split("/")]
        if _PERIOD.match(text)
        else []
    )
    if not parts:
        return text
    if len(parts) == 2:
        return _span(parts[0], parts[1], zh)
    year, *rest = parts[0]
    if len(rest) == 2:
        return day(date(year, *rest), language)
    if kind == "year_to_date" and rest and rest[0] > 1:
        return _span([year, 1], [year, rest[0]], zh)
    end = "末" if kind == "stock" else ""
    if zh:
        return f"{year}年{f'{rest[0]}月' if rest else ''}{end}"
    return ("end of " if end else "") + (f"{_MONTHS[rest[0] - 1]} " if rest else "") + str(year)


def numeral(value: int) -> str:
    """Write a number from 1 to 99 as official headings count: 一, 十二, 二十.

    >>> numeral(1), numeral(10), numeral(12), numeral(20), numeral(99)
    ('一', '十', '十二', '二十', '九十九')
    """
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    return ("" if tens <= 1 else _NUMERALS[tens]) + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


_PERIOD = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d)?)?$")


def _span(first: list[int], last: list[int], zh: bool) -> str:
    if len(first) == 1 or len(last) == 1:
        return f"{first[0]}—{last[0]}年" if zh else f"{first[0]}–{last[0]}"
    if first[0] == last[0]:
        if zh:
            return f"{first[0]}年{first[1]}—{last[1]}月"
        return f"{_MONTHS[first[1] - 1]}–{_MONTHS[last[1] - 1]} {first[0]}"
    if zh:
        return f"{first[0]}年{first[1]}月至{last[0]}年{last[1]}月"
    return f"{_MONTHS[first[1] - 1]} {first[0]} to {_MONTHS[last[1] - 1]} {last[0]}"


def _change_in_items(
    difference: Decimal, before: Number, unit: str, compared: str, language: Language
) -> str:
    amount = quantity(abs(difference), unit, _digits_of(difference), language=language)
    if language == "zh":
        base = "（上年同期为0）" if before == 0 else ""
        return f"{compared}{'增加' if difference > 0 else '减少'}{amount}{base}"
    base = " (none the year before)" if before == 0 else ""
    return f"{'up' if difference > 0 else 'down'} by {amount} on the year before{base}"


def _present(value: Number | None) -> TypeGuard[Number]:
    return value is not None and math.isfinite(value)


def _digits_of(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0


def _trimmed(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")
