# SPDX-License-Identifier: Apache-2.0
"""Numbers written in Chinese numerals: 二十, 两千五百, 三万, 一点五, 二〇二五."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
LETTERS = "零〇一二两三四五六七八九十百千万亿"
LONGEST = 24


def chinese_number(text: str) -> Decimal | None:
    """Value of a Chinese numeral; None if the characters do not make one.

    Examples
    --------
    >>> chinese_number("两千五百"), chinese_number("十二"), chinese_number("一点五"), chinese_number("二〇二五")
    (Decimal('2500'), Decimal('12'), Decimal('1.5'), Decimal('2025'))
    >>> chinese_number("一万五"), chinese_number("十百")
    (Decimal('15000'), None)
    """
    if not text or len(text) > LONGEST:
        return None
    whole, point, decimals = text.partition("点")
    if point:
        front, digits = chinese_number(whole), [_DIGITS.get(letter) for letter in decimals]
        if front is None or not digits or None in digits:
            return None
        return Decimal(f"{front}.{''.join(map(str, digits))}")
    if len(text) > 1 and all(letter in _DIGITS for letter in text):
        return Decimal("".join(str(_DIGITS[letter]) for letter in text))
    return _by_place(text)


def _by_place(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last = 0
    for place, letter in enumerate(text):
        if letter in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[letter]
        elif letter in _SMALL:
            unit = _SMALL[letter]
            if last and last <= unit:
                return None
            if digit is None and letter != "十" and place:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last = None, unit
        elif letter in _LARGE:
            section = (section + (digit or 0)) or (1 if place == 0 else 0)
            if not section:
                return None
            total = (
                (total + section) * _LARGE[letter]
                if _LARGE[letter] > max(total, 1)
                else (total + section * _LARGE[letter])
            )
            section, digit, last = 0, None, 0
        else:
            return None
    if digit is not None:
        spoken_short = len(text) > 1 and text[-2] in "百千万" and digit
        section += digit * ({"百": 10, "千": 100, "万": 1000}[text[-2]] if spoken_short else 1)
    return Decimal(total + section)
