# SPDX-License-Identifier: Apache-2.0
"""What a run of the store did, as its entry tells it, in the language of a document."""

from __future__ import annotations

import re

from zhihang.facts.table import TABLES
from zhihang.terms.label import Label, Language

VERBS = {
    "ingest": Label("入库", "Taken in"),
    "derive": Label("派生", "Derived"),
    "remove": Label("移除", "Removed"),
    "compact": Label("整理", "Compacted"),
    "init": Label("建库", "Begun"),
}
"""What runs do, by the name of the verb."""
_PATTERNS = (
    (re.compile(r"(\d+) files, (\d+) records, (\d+) rejected"), "{} 个文件，{} 条记录，未入库 {} 条"),
    (re.compile(r"removed (.+): (\d+) records"), "移除 {}，{} 条记录"),
    (re.compile(r"(\d+) files became (\d+)"), "{} 个文件合并为 {} 个"),
)
_TABLES = re.compile(r"[a-z][a-z_0-9]* \d+(?:, [a-z][a-z_0-9]* \d+)*")


def run_word(message: str, language: Language) -> str:
    """Say what a run did, tables by their names, numbers with separators.

    >>> run_word("10 files, 238184 records, 0 rejected", "zh")
    '10 个文件，238,184 条记录，未入库 0 条'
    >>> run_word("family 12, patent 79264", "zh"), run_word("family 12, patent 79264", "en")
    ('同族 12、专利统计对象 79,264', 'Family 12, Patent as counted 79,264')
    """
    if _TABLES.fullmatch(message):
        parts = (one.rpartition(" ") for one in message.split(", "))
        said = [f"{table_word(name, language)} {int(rows):,}" for name, _, rows in parts]
        return ("、" if language == "zh" else ", ").join(said)
    if language == "zh":
        for pattern, told in _PATTERNS:
            if found := pattern.fullmatch(message):
                return told.format(*(f"{int(one):,}" if one.isdecimal() else one for one in found.groups()))
    return message


def table_word(name: str, language: Language) -> str:
    """Say the name of a table of the data dictionary; of another, as it stands."""
    return TABLES[name].label.in_language(language) if name in TABLES.names() else name
