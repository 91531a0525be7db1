# SPDX-License-Identifier: Apache-2.0
"""The words of the log, of jobs, faults and settings in the language of a page (words.csv)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhihang.reporting.run_word import table_word
from zhihang.terms.label import Language

WORDS = Path(__file__).parent / "words.csv"


def word(of: str, name: str, language: Language) -> str:
    """Say a name of some kind; one that the list lacks, as it stands.

    >>> word("action", "job done", "zh"), word("fact", "close to", "zh"), word("fact", "close to", "en")
    ('任务完成', '相近的有', 'close to')
    """
    found = _words().get((of, name))
    return found[language] or name if found else name


def knows(of: str, name: str) -> bool:
    """Return whether the list has a name of some kind."""
    return (of, name) in _words()


def value_word(value: Any, language: Language) -> str:
    """Say what stands in the detail of a line or in the result of a job.

    >>> value_word({"role": "county", "region": ""}, "zh"), value_word(None, "zh"), value_word(12345, "zh")
    ('角色：县区', '—', '12,345')
    >>> value_word([{"table": "family", "rows": 12}], "zh")
    '同族 12'
    """
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return word("value", str(value), language)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Mapping):
        if set(value) == {"table", "rows"}:
            return f"{table_word(str(value['table']), language)} {value['rows']:,}"
        return pairs_word(value, language)
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(value_word(one, language) for one in value)
    return word("value", str(value), language)


def pairs_word(pairs: Mapping[str, Any], language: Language) -> str:
    """Say names with their values; what is blank is left out."""
    shown = {
        word("detail", name, language): value_word(value, language)
        for name, value in pairs.items()
        if value not in (None, "", [], {})
    }
    colon, stop = ("：", "；") if language == "zh" else (": ", "; ")
    return stop.join(f"{name}{colon}{value}" for name, value in shown.items())


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], dict[Language, str]]:
    with WORDS.open(encoding="utf-8", newline="") as stream:
        return {
            (row["of"], row["name"]): {"zh": row["zh"], "en": row["en"]} for row in csv.DictReader(stream)
        }
