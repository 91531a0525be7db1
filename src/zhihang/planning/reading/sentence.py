# SPDX-License-Identifier: Apache-2.0
"""Sentences and clauses of a folded text, and the stretches of it that hold names rather than statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_OPEN = {"(": ")", "《": "》", "“": "”", "[": "]", "〔": "〕", "「": "」", "‘": "’"}
_NAMES = re.compile(
    r"《[^》]{0,120}》|〈[^〉]{0,80}〉|[\u4e00-\u9fff]{0,12}[〔\[(](?:19|20)\d\d[〕\])]第?\d{1,5}号"
    r"|https?://[^\s,;。)]{1,200}|[\w.]{1,40}@[\w.]{1,40}|\d{1,2}:\d\d(?!\d)|\d{1,2}[.•·]\d{1,2}[.•·]\d{4}"
    r"|(?:GB|ISO|DB|IEC|YY|JB|Q)(?:/[A-Z]{1,3})? ?\d[\d.\-:]{2,20}"
    r"|第[零〇一二三四五六七八九十百千\d]{1,6}(?:-\d{1,4})?[\u4e00-\u9fff]"
    r"|(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<![\d.])\d{1,2}月(?:\d{1,2}日|份|底)"
    r"|[一二三四五六七八九十]{1,3}月(?:份|底|[一二三四五六七八九十]{1,3}日)"
    r"|[1-9]\d{2,3}-\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)\d{5,12}(?=”)"
    r"|[“\"'‘][\d零一二三四五六七八九十百千万两+]{1,6}[\u4e00-\u9fffA-Z]{0,8}[”\"'’]"
    r"|\d{1,2}世纪|[一二两三四五六七八九十]{1,3}届|[一二三四五六七八九十两]位一体|一[站次]式|一次性|[一二三四]方[面案]|一带一路"
    r"|前[\d一二三四五六七八九十]{1,3}[名位个]|(?:不同)?[一二三四五两]类(?:知识|企业|专利|商品)?(?=[\u4e00-\u9fff])|附件\d+|专栏\d+|表\d+"
)


def names(text: str) -> list[tuple[int, int]]:
    """Stretches that hold titles, document numbers, dates, ordinals, addresses: no figures in there."""
    return [found.span() for found in _NAMES.finditer(text)]


@lru_cache(maxsize=64)
def depths(text: str) -> tuple[int, ...]:
    """How many brackets and quotation marks are open at each character; one that is never closed does not count."""
    closed_by: list[tuple[int, str]] = []
    spans: list[tuple[int, int]] = []
    for place, letter in enumerate(text):
        if letter in _OPEN:
            closed_by.append((place, _OPEN[letter]))
        elif closed_by and any(letter == mark for _, mark in closed_by[-3:]):
            while closed_by:
                start, mark = closed_by.pop()
                if mark == letter:
                    if place - start <= 200:
                        spans.append((start, place))
                    break
        elif letter in "。" and len(closed_by) > 3:
            closed_by.clear()
    change = [0] * (len(text) + 2)
    for start, end in spans:
        change[start + 1] += 1
        change[end] -= 1
    total, found = 0, []
    for place in range(len(text)):
        total += change[place]
        found.append(total)
    return tuple(found)


def split(text: str, marks: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Stretches of a text between marks that stand outside brackets; the mark ends its stretch."""
    depth = depths(text)
    begin = start
    stop = len(text) if end is None else end
    for place in range(start, stop):
        if text[place] in marks and not depth[place]:
            yield begin, place + 1
            begin = place + 1
    if begin < stop:
        yield begin, stop


def brackets(text: str, longest: int = 600) -> list[tuple[int, int]]:
    """Places of the outermost pairs of round or square brackets that are not longer than `longest`."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for place, letter in enumerate(text):
        if letter in "([":
            opened = [*[start for start in opened if place - start <= longest][-20:], place]
        elif letter in ")]" and opened:
            start = opened.pop()
            if not opened:
                found.append((start, place))
        elif letter == "。" and opened and place - opened[0] > longest:
            opened = []
    return found
