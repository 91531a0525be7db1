# SPDX-License-Identifier: Apache-2.0
"""Numbers as published tables write them: thousands separators, 万 and 亿, percent signs, footnote marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from zhihang.terms.text_repair import to_half_width

SCALES = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(10) ** 3}


LONGEST = 60
"""A cell longer than this is a text, not a number."""


@dataclass(frozen=True)
class Quantity:
    """A published number in its unit; `plain` says whether it was written as nothing but a number."""

    value: float
    unit: str | None
    plain: bool


def read_quantity(text: str, unit: str | None = None) -> Quantity | None:
    """Read a number; None if there is none, or if it is a range.

    The value is in the unit given: a scale that the cell writes and the unit does not have is multiplied out,
    and a unit that only the cell writes becomes the unit. A comparator (约, 超过, >) is left to the text.

    Examples
    --------
    >>> read_quantity("13,578", "件")
    Quantity(value=13578.0, unit='件', plain=True)
    >>> read_quantity("2.83万件")
    Quantity(value=2.83, unit='万件', plain=False)
    >>> read_quantity("1.2万", "件")
    Quantity(value=12000.0, unit='件', plain=False)
    """
    if len(text) > LONGEST:
        return None
    folded = re.sub(r"\s+", "", to_half_width(pa.array([text], pa.string()))[0].as_py())
    found = _NUMBER.fullmatch(folded)
    if not found:
        return None
    number = Decimal(found["number"].replace(",", "").replace("'", ""))
    written = found["unit"] or ""
    plain = not (written or found["about"] or found["mark"] or found["after"])
    scale = _scale(written)
    if not unit:
        return Quantity(float(number), written or None, plain)
    if scale and not unit.startswith(tuple(SCALES)):
        if written != scale and written != scale + unit:
            return None
        return Quantity(float(number * SCALES[scale]), unit, plain=False)
    if written and written not in (unit, scale):
        return None
    return Quantity(float(number), unit, plain)


def _scale(unit: str) -> str:
    return next((scale for scale in SCALES if unit.startswith(scale)), "")


_NUMBER = re.compile(
    r"(?P<about>约|近|超|超过|突破|>|<|≥|≤|≈|~)?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:[,']\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?|[+-]?\.\d+)"
    r"(?P<unit>(?:万亿|亿|万|千)?(?:%|‰|[\u4e00-\u9fff/A-Za-z]{0,8}?))?"
    r"(?P<after>以上|以下|左右|余|多)?"
    r"(?P<mark>\*{1,3}|[①-⑳]|\[\d+\]|\(\d\)|[rpe])?"
)
