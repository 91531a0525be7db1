# SPDX-License-Identifier: Apache-2.0
"""Why rows were left out of a count, in the language of a document."""

from __future__ import annotations

import re

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.terms.label import Language

_CONDITION = re.compile(r"(\w+) is not (.+)")
_SPAN = re.compile(r"([-\d.]*?)\.\.([-\d.]*)")
_SAID = {"first applicant in no known division": "第一申请人所在地未能落到区划"}


def left_out(reason: str, language: Language) -> str:
    """Return why rows were left out; `reason` as an explanation names it, its columns and codes by their labels.

    Examples
    --------
    >>> left_out("kind is not invention or design", "zh"), left_out("kind is not invention", "en")
    ('专利类型不是发明、外观设计', 'kind of right is not Invention')
    >>> left_out("applicants is not 2..", "zh"), left_out("service is not true", "zh")
    ('申请人数不在2及以上', '职务发明：否或不明')
    """
    found = _CONDITION.fullmatch(reason)
    patent = TABLES["patent"]
    if found is None or found[1] not in patent.names:
        return _SAID.get(reason, reason) if language == "zh" else reason
    column = patent.column(found[1])
    values = [_value(value, column.codes, language) for value in found[2].split(" or ")]
    if language == "en":
        return f"{column.label.en[0].lower()}{column.label.en[1:]} is not {' or '.join(values)}"
    if found[2] in ("true", "false"):
        return f"{column.label.zh}：{'否' if found[2] == 'true' else '是'}或不明"
    span = _SPAN.fullmatch(found[2])
    if span:
        return f"{column.label.zh}不在{_span(span[1], span[2])}"
    return f"{column.label.zh}不是{'、'.join(values)}"


def _value(value: str, codes: str | None, language: Language) -> str:
    if not codes or value not in CodeLists()[codes]:
        return value
    return CodeLists()[codes][value].label.in_language(language)


def _span(low: str, high: str) -> str:
    if low and high:
        return f"{low}至{high}"
    return f"{low}及以上" if low else f"{high}及以下"
