# SPDX-License-Identifier: Apache-2.0
"""An error that a person can mend, in the language of a page; told in both languages by itself, or by fault_patterns.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhihang.terms.label import Language
from zhihang.web.word import word

PATTERNS = Path(__file__).parent / "fault_patterns.csv"
EXPLAINED = "说明"
"""The fact that tells an error whole, in Chinese."""
_BOTH = re.compile(r"(?P<en>.*?[.!?。)”\"’]) (?=.*[\u4e00-\u9fff])(?P<zh>[^ -~].*)", re.DOTALL)


def fault_word(what: str, facts: Mapping[str, str], todo: str, language: Language) -> dict[str, Any]:
    """Return the parts of an error: `what`, `facts`, `todo`.

    >>> told = fault_word("Your account may not change this. 您的账号无权修改。", {"role": "园区"}, "", "zh")
    >>> told["what"], told["facts"]
    ('您的账号无权修改。', {'角色': '园区'})
    """
    known = dict(facts)
    explained = known.pop(EXPLAINED, "")
    if explained and language == "zh":
        what, todo = explained, ""
    return {
        "what": sentence(what, language),
        "facts": {word("fact", name, language): sentence(value, language) for name, value in known.items()},
        "todo": sentence(todo, language),
    }


def sentence(text: str, language: Language) -> str:
    """Say a sentence of an error in one language, as far as it was told in both.

    >>> sentence("This is not a day. 日期无效。", "en"), sentence("The query is empty.", "zh")
    ('This is not a day.', '检索式是空的。')
    """
    if found := _BOTH.fullmatch(text):
        return found[language]
    if language == "zh":
        for pattern, zh in _patterns():
            if found := pattern.fullmatch(text):
                return found.expand(zh)
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    with PATTERNS.open(encoding="utf-8", newline="") as stream:
        return tuple((re.compile(row["pattern"]), row["zh"]) for row in csv.DictReader(stream))
