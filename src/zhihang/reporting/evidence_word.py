# SPDX-License-Identifier: Apache-2.0
"""Why a name belongs to an organisation, or an address to a division, in the language of a document."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from zhihang.facts.codelist import CodeList, CodeLists
from zhihang.terms.label import Label, Language

REMARKS = Path(__file__).parent / "place_remarks.csv"
GROUP = Label("整体把握不足", "low confidence of the whole")
"""Why a group of names is doubtful."""
_EN = re.compile(r"^[\u4e00-\u9fff]+ (?=[a-z])")
"""Words in Chinese that a list of cases puts before the remark."""
_CODED = re.compile(r"(?:.*? )??(?P<code>[a-z_]+)(?:: (?P<compared>.*))?", re.DOTALL)


def evidence_word(reason: str, language: Language) -> str:
    """Say the evidence of a name: the name that the list has for its code, then what the name was compared with.

    >>> evidence_word("look_alike: 桂林邕创", "zh"), evidence_word("look_alike: 桂林邕创", "en")
    ('一个形近字之差：桂林邕创', 'One character that looks alike: 桂林邕创')
    """
    if reason.endswith(GROUP.en):
        return GROUP.in_language(language)
    found = _CODED.fullmatch(reason)
    if found is None or found["code"] not in _evidence():
        return reason
    said = _evidence()[found["code"]].label.in_language(language)
    stop = "：" if language == "zh" else ": "
    return f"{said}{stop}{found['compared']}" if found["compared"] else said


def place_word(reason: str, language: Language) -> str:
    """Say the remarks on the place of an address.

    >>> place_word("short form of the county; no date: code of today", "zh")
    '县名为简称；没有日期，按现行区划'
    """
    reason = _EN.sub("", reason)
    if language == "en":
        return reason
    parts, told = reason.split("; "), []
    while parts:
        pair = "; ".join(parts[:2])
        taken = 2 if len(parts) > 1 and _in_chinese(pair) != pair else 1
        told.append(_in_chinese("; ".join(parts[:taken])))
        parts = parts[taken:]
    return "；".join(told)


def _in_chinese(remark: str) -> str:
    for pattern, zh in _remarks():
        if found := pattern.fullmatch(remark):
            return found.expand(zh)
    return remark


@lru_cache(maxsize=1)
def _evidence() -> CodeList:
    return CodeLists()["organisation_evidence"]


@lru_cache(maxsize=1)
def _remarks() -> tuple[tuple[re.Pattern[str], str], ...]:
    with REMARKS.open(encoding="utf-8", newline="") as stream:
        return tuple((re.compile(row["pattern"]), row["zh"]) for row in csv.DictReader(stream))
