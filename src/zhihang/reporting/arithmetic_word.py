# SPDX-License-Identifier: Apache-2.0
"""The arithmetic behind a finding or a step, its few words in the language of a document."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from zhihang.terms.label import Language

WORDS = Path(__file__).parent / "arithmetic_words.csv"
_BOTH = re.compile(
    r"(?P<zh>[^()]*[\u4e00-\u9fff][^()]*) \((?P<en>[ -'*-~]+)\)|(?P<han>[\u4e00-\u9fff]+) (?P<latin>[a-z ]+)"
)
"""Both languages side by side, as `Label` writes itself, or as sources of computed figures are named."""


def arithmetic_word(text: str, language: Language) -> str:
    """Say arithmetic in one language.

    >>> arithmetic_word("3,936 件 - 3,132 件 = 804; granted 785 件; 19 must have come by transfer", "zh")
    '3,936 件 - 3,132 件 = 804；授权 785 件；其余 19 只能由转让而来'
    >>> arithmetic_word("自2015年起逐年等量 (equal steps from 2015 on)", "zh")
    '自2015年起逐年等量'
    >>> arithmetic_word("自2015年起逐年等量 (equal steps from 2015 on)", "en")
    'equal steps from 2015 on'
    """
    if found := _BOTH.fullmatch(text):
        zh, en = found["zh"] or found["han"], found["en"] or found["latin"]
        return zh if language == "zh" else en
    if language == "zh":
        for pattern, said in _words():
            text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    with WORDS.open(encoding="utf-8", newline="") as stream:
        return tuple((re.compile(row["pattern"]), row["zh"]) for row in csv.DictReader(stream))
