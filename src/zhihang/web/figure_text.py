# SPDX-License-Identifier: Apache-2.0
"""How a number is written on a page: at most four digits that count, 万 and 亿 where people say them, — for none."""

from __future__ import annotations

from decimal import Decimal

from zhihang.terms.label import Language

NONE = "—"
_STEPS: dict[Language, tuple[tuple[float, str], ...]] = {
    "zh": ((1e8, "亿"), (1e4, "万")),
    "en": ((1e9, "bn"), (1e6, "m"), (1e4, "k")),
}
_DIVISORS = {"k": 1e3}


def short(value: float | Decimal | None, language: Language = "zh", *, digits: int = 2) -> str:
    """Return a number as it is shown; `digits` is the most after the point.

    >>> short(4506), short(28300), short(123456789), short(4.62), short(None)
    ('4,506', '2.83万', '1.235亿', '4.62', '—')
    >>> short(28300, "en"), short(0.0), short(-19624)
    ('28.3k', '0', '-1.962万')
    """
    if value is None:
        return NONE
    number = float(value)
    for least, word in _STEPS[language]:
        if abs(number) >= least:
            return _trimmed(number / _DIVISORS.get(word, least), 3) + word
    return _trimmed(number, digits)


def _trimmed(number: float, digits: int) -> str:
    """Write a number with at most four digits that count and no idle zeros."""
    before = len(str(int(abs(number)))) if abs(number) >= 1 else 1
    after = max(0, min(digits, 4 - before))
    text = f"{number:,.{after}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def exact(value: float | Decimal | None) -> str:
    """Return a number in full, with separators.

    >>> exact(28300.0), exact(4.6234567), exact(4896028.65)
    ('28,300', '4.6234567', '4,896,028.65')
    """
    if value is None:
        return NONE
    number = float(f"{float(value):.12g}")  # what arithmetic leaves in the last places is not told
    return f"{int(number):,}" if number == int(number) else f"{Decimal(repr(number)):,f}"


def percent(share: float | None) -> str:
    """Return a share as a percentage with one decimal.

    >>> percent(0.123), percent(1), percent(None)
    ('12.3%', '100.0%', '—')
    """
    return NONE if share is None else f"{share:.1%}"
