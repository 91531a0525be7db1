# SPDX-License-Identifier: Apache-2.0
"""A unit of measurement: what is counted, in Chinese and English, and how many base units one of it is.

Values are kept in base units. 万 (ten thousand) and 亿 (hundred million) belong to the display.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhihang.errors import DefinitionError, NotComparable, NotFound
from zhihang.terms.label import Label

_BASES = {
    "件": "items",
    "项": "projects",
    "个": "units",
    "家": "enterprises",
    "所": "institutions",
    "户": "households",
    "人": "persons",
    "人年": "person-years",
    "件年": "item-years",
    "人次": "person-times",
    "元": "yuan",
    "美元": "US dollars",
    "年": "years",
    "月": "months",
    "天": "days",
    "次": "times",
    "篇": "papers",
    "起": "cases",
    "笔": "loans",
    "宗": "deals",
    "场": "events",
    "处": "places",
    "平方公里": "square kilometres",
    "": "ratio",
}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_ENGLISH_POWERS = {
    1: "tens of ",
    2: "hundreds of ",
    3: "thousand ",
    4: "ten thousand ",
    5: "hundred thousand ",
}
_ENGLISH_POWERS |= {6: "million ", 7: "ten million ", 8: "hundred million ", 12: "trillion "}
#: Names that are not made of a power and a base: base, power of ten, English.
_NAMED = {
    "%": ("", -2, "percent"),
    "‰": ("", -3, "per mille"),
    "百分点": ("百分点", 0, "percentage points"),
    "个百分点": ("百分点", 0, "percentage points"),
    "倍": ("", 0, "times"),
}


@dataclass(frozen=True)
class Unit:
    """A unit.

    Parameters
    ----------
    code
        Its Chinese name, as sources write it: 件, 万件, 件/万人, %, 亿元.
    base
        Code of the unit that values are kept in: 件, 件, 件/人, blank (a ratio), 元.
    scale
        How many base units one of this unit is.
    label
        Name in both languages.
    """

    code: str
    base: str
    scale: Decimal
    label: Label

    @classmethod
    def parse(cls, code: str) -> Unit:
        """Read a unit from its Chinese name.

        >>> Unit.parse("件/万人").scale
        Decimal('0.0001')
        """
        text = code.strip().replace("／", "/").replace("％", "%").replace("每", "/")
        parts = text.split("/")
        if len(parts) > 2 or not text:
            raise _unknown(code)
        base, power, english = _simple(parts[0], code)
        if len(parts) == 2:
            per_base, per_power, per_english = _simple(parts[1], code)
            per_english = per_english if per_power else per_english.removesuffix("s")
            base, power, english = f"{base}/{per_base}", power - per_power, f"{english} per {per_english}"
        return cls(text, base, Decimal(10) ** power, Label(text, english))

    def to_base(self, value: Decimal | int) -> Decimal:
        """Express a value of this unit in the base unit."""
        return Decimal(value) * self.scale

    def from_base(self, value: Decimal | int) -> Decimal:
        """Express a value of the base unit in this unit."""
        return Decimal(value) / self.scale

    def is_comparable(self, other: Unit) -> bool:
        """Whether values of the two units measure the same thing."""
        return self.base == other.base

    def convert(self, value: Decimal | int, to: Unit) -> Decimal:
        """Express a value of this unit in another unit of the same thing."""
        if not self.is_comparable(to):
            raise NotComparable(
                f"A value in {self.code} cannot be expressed in {to.code}.",
                {"kept in": f"{self.base or 'ratio'}, {to.base or 'ratio'}"},
                todo="Compare figures of the same thing.",
            )
        return to.from_base(self.to_base(value))

    def __str__(self) -> str:
        return self.code


def _simple(name: str, whole: str) -> tuple[str, int, str]:
    """Base, power of ten and English name of a unit without a stroke."""
    if name in _NAMED:
        return _NAMED[name]
    for power in sorted(_POWERS, key=len, reverse=True):
        if name.startswith(power) and name[len(power) :] in _BASES and name != power:
            base = name[len(power) :]
            return base, _POWERS[power], _ENGLISH_POWERS[_POWERS[power]] + _BASES[base]
    if name in _BASES and name:
        return name, 0, _BASES[name]
    if name in _POWERS:
        raise DefinitionError(
            f'The unit "{whole}" says how many but not of what.',
            {"known": "、".join(filter(None, _BASES))},
            todo=_TODO,
        )
    raise _unknown(whole)


_TODO = "Write a unit such as 件, 万件, 件/万人, 亿元 or %."


def _unknown(code: str) -> NotFound:
    return NotFound.named("unit", code, [*filter(None, _BASES), *_NAMED], see=_TODO)
