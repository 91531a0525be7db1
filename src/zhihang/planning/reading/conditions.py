# SPDX-License-Identifier: Apache-2.0
"""Conditions: who may apply, what is rewarded and with how much, what a legal act lays down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhihang.planning.reading.outline import Passage
from zhihang.planning.reading.reading import Row
from zhihang.planning.reading.sentence import split
from zhihang.planning.reading.statement import Statement

_BENEFIT = re.compile(
    "(?:给予|予以|享受|发放)[^,;。]{0,40}?(?:奖励|补助|补贴|资助|扶持|奖补|贴息|表彰|减免|减征|支持|优惠)[^,;。]{0,16}"
    "|(?:一次性)?(?:奖励|补助|补贴|资助|奖补)[^,;。]{0,6}[0-9.一二三四五六七八九十百千万]+万?元[^,;。]{0,10}|优先(?:支持|推荐|安排|考虑)[^,;。]{0,20}"
    "|[^,;。]{0,10}全额(?:补贴|补助|资助)"
)
_SUBJECT = re.compile(
    "(?:^|[,;])(?:对于?|凡|向)(?P<who>[^;。]{2,80}?)(?:,|由[^,;。]{2,16}(?=给予|予以)|(?=给予|予以|享受|按|一次性))"
)
_EXCLUDED = re.compile(
    "不再给予|不予(?:支持|受理|资助|奖励)|不得(?:申报|享受)|取消|追回|原则上[^,;。]{0,20}不"
)
_TYPES = {
    "eligibility": "eligibility",
    "penalty": "penalty",
    "procedure": "procedure",
    "award": "award",
    "norm of a legal act": "norm",
}


def condition_row(one: Statement, row: Row, reason: str) -> Row:
    """The row of a condition that has a number."""
    segment = one.text(one.segment)
    kind = "eligibility" if one.passage.kind == "eligibility" else _TYPES.get(reason, "")
    if _EXCLUDED.search(segment):
        kind = "exclusion"
    elif not kind:
        kind = "award" if _BENEFIT.search(segment) else "eligibility"
    return {
        "clause": row["clause"],
        "type": kind,
        "subject_zh": _subject(segment),
        "criterion_zh": row["indicator_zh"],
        "comparator": row["comparator"],
        **{
            name: row[name]
            for name in ("value", "value_hi", "unit", "value_base", "value_hi_base", "unit_base")
        },
        "benefit_zh": _benefit(segment),
        **{name: row[name] for name in ("quote", "start", "end")},
    }


def plain_conditions(
    passage: Passage, sentence: tuple[int, int], built: Sequence[Statement], text: str
) -> Iterator[Row]:
    """Conditions of a sentence that have no number: awards told by 给予, items of a list of requirements."""
    numbered = [one.segment for one in built if one.verdict == "condition"]
    for segment in split(passage.text, ";", *sentence):
        if segment in numbered or passage.is_heading:
            continue
        words = passage.text[slice(*segment)]
        rewarded = _BENEFIT.search(words) and _SUBJECT.search(words)
        required = passage.kind == "eligibility" and passage.paragraph.marker and 8 <= len(words) <= 200
        if not rewarded and not required:
            continue
        start, end = passage.paragraph.folded.span(*segment)
        excluded = bool(_EXCLUDED.search(words))
        yield {
            "clause": passage.clause,
            "type": "exclusion" if excluded else "award" if rewarded else "eligibility",
            "subject_zh": _subject(words),
            "criterion_zh": words.strip(",;。") if required else _subject(words),
            **dict.fromkeys(
                ("comparator", "value", "value_hi", "unit", "value_base", "value_hi_base", "unit_base")
            ),
            "benefit_zh": _benefit(words),
            "quote": text[start:end],
            "start": start,
            "end": end,
        }


def _subject(words: str) -> str | None:
    found = _SUBJECT.search(words)
    return found["who"].removesuffix("的") if found else None


def _benefit(words: str) -> str | None:
    found = _BENEFIT.search(words)
    return found.group() if found else None
