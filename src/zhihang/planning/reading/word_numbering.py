# SPDX-License-Identifier: Apache-2.0
"""Clause numbers that a Word document does not write but counts: 一、 (一) 1. as list formats."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
}
_DIGITS = "零一二三四五六七八九"


class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    def __init__(
        self, levels: dict[str, dict[int, tuple[str, str, int]]], styles: dict[str, tuple[str, int]]
    ) -> None:
        self._levels = levels
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}
        self.used = 0

    @classmethod
    def of(cls, opened: Any) -> Numbering:
        """Read the list formats of an opened document."""
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return cls({}, {})
        abstract = {item.get(_W + "abstractNumId"): _levels(item) for item in root.iter(_W + "abstractNum")}
        levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        for item in root.iter(_W + "num"):
            target = item.find(_W + "abstractNumId")
            if target is not None:
                levels[item.get(_W + "numId")] = abstract.get(target.get(_W + "val"), {})
        return cls(levels, _styles(opened))

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph; empty if none."""
        number, level = self._of(paragraph)
        told = self._levels.get(number, {}).get(level)
        if not told or told[0] in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, told[2] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        text = told[1]
        for place in range(level + 1):
            form, _, start = self._levels[number].get(place, ("decimal", "", 1))
            text = text.replace(f"%{place + 1}", _written(counts.get(place, start), form))
        self.used += 1
        return text

    def _of(self, paragraph: Any) -> tuple[str, int]:
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        if found is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            return self._styles.get(style.get(_W + "val"), ("", 0)) if style is not None else ("", 0)
        return _reference(found)


def _reference(found: Any) -> tuple[str, int]:
    number, level = found.find(_W + "numId"), found.find(_W + "ilvl")
    return (
        number.get(_W + "val", "") if number is not None else "",
        int(level.get(_W + "val", "0")) if level is not None else 0,
    )


def _levels(item: Any) -> dict[int, tuple[str, str, int]]:
    levels: dict[int, tuple[str, str, int]] = {}
    for level in item.iter(_W + "lvl"):
        form, text, start = level.find(_W + "numFmt"), level.find(_W + "lvlText"), level.find(_W + "start")
        levels[int(level.get(_W + "ilvl", "0"))] = (
            form.get(_W + "val", "decimal") if form is not None else "decimal",
            text.get(_W + "val", "") if text is not None else "",
            int(start.get(_W + "val", "1")) if start is not None else 1,
        )
    return levels


def _styles(opened: Any) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in opened.styles.element.iter(_W + "style"):
        reference = style.find(f"{_W}pPr/{_W}numPr")
        if reference is not None:
            found[style.get(_W + "styleId")] = _reference(reference)
    return found


def _written(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        front = "" if not tens else ("十" if tens == 1 else _DIGITS[tens] + "十")
        return front + (_DIGITS[ones] if ones else "")
    if form == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(0x245F + count)
    return str(count)
