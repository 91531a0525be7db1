# SPDX-License-Identifier: Apache-2.0
"""What a field of the query language is: its names in Chinese and English, and what kind of value it takes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

Kind = Literal[
    "text",
    "name",
    "organisation",
    "class",
    "date",
    "number",
    "number_text",
    "code",
    "contains",
    "flag",
    "emerging",
    "place",
    "industry",
    "status",
    "set",
]

EXPECTED: Mapping[Kind, str] = {
    "text": '电池, "固态电池", (固态 AND 电池), 电池*',
    "name": "华为, (华为 OR 中兴)",
    "organisation": '"广西玉柴机器股份有限公司"',
    "class": "H01M10/, H01M10/0525, [H01M4/00 TO H01M10/00]",
    "date": "2015, 201506, 20150630, >=2015, 2015..2020, [20150101 TO 20201231]",
    "number": "3, >=3, 3..10, [3 TO 10]",
    "number_text": "CN101551481B, 201010123456.7",
    "code": "发明",
    "contains": "高新",
    "flag": "是, 否",
    "emerging": "是, 否, 5, 新能源汽车产业",
    "place": "桂林市, 450300",
    "industry": "C39, 3911, 汽车制造业",
    "status": "有效, 失效, 审中",
    "set": "龙头企业",
}
"""Values each kind of field takes, as examples in messages."""
RANGED: frozenset[Kind] = frozenset({"date", "number", "class"})
COMPARED: frozenset[Kind] = frozenset({"date", "number"})


@dataclass(frozen=True)
class Field:
    """One field: its names, the kind of its values, and where they come from.

    `source` is a text scope (several with ``|`` between), or table and column; `codes` the code list of its values.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    code: str
    aliases: tuple[str, ...]
    source: str
    codes: str
    description: str
    example: str

    @property
    def names(self) -> tuple[str, ...]:
        """All its names: code, Chinese, others, and its own."""
        return (self.code, self.zh, *self.aliases, self.name)

    @property
    def expected(self) -> str:
        """Examples of the values it takes."""
        return EXPECTED[self.kind]


@lru_cache(maxsize=1)
def fields() -> Mapping[str, Field]:
    """Return every field by its name."""
    with Path(__file__).with_name("fields.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["field"]: _field(row) for row in rows}


def _field(row: Mapping[str, str]) -> Field:
    return Field(
        name=row["field"],
        kind=cast(Kind, row["kind"]),
        zh=row["zh"],
        en=row["en"],
        code=row["code"],
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        source=row["source"],
        codes=row["codes"],
        description=row["description"],
        example=row["example"],
    )
