# SPDX-License-Identifier: Apache-2.0
"""How right the reading of policy documents is, measured on documents annotated by hand.

::

    python benchmarks/quality/policy_reading.py [--misses] [FOLDER]

FOLDER holds `seeds/*.txt` and `gold/<seed>/*.csv`; by default the policies of the shared data (ZHIHANG_SHARED).
A target is found when value, unit, comparator (or the second reading allowed) and year of the deadline agree,
one to one; optional rows count neither way. With the name, the names must also be alike: the share of characters
in common blocks (difflib's ratio) of the two names without brackets and punctuation is at least 0.5, or one name is
inside the other.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from zhihang.planning.reading.read_policy import read_policy
from zhihang.planning.reading.reading import PolicyReading

Row = Mapping[str, Any]
ALIKE = 0.5


@dataclass
class Score:
    """Counts of one comparison."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        total = 2 * self.found + len(self.missed) + len(self.false)
        return 2 * self.found / total if total else 1.0

    def add(self, other: Score) -> None:
        """Add the counts of another document."""
        self.found += other.found
        self.missed += other.missed
        self.false += other.false


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(value: object) -> float | None:
    """A number of a gold or read row."""
    text = "" if value is None else str(value).strip()
    return float(text) if text else None


def year(row: Row) -> str:
    """Year, or phrase, of the deadline."""
    return str(row.get("as_of") or row.get("period_end") or "").removesuffix(".0")


def same(gold: Row, read: Row) -> bool:
    """Whether the strict columns agree."""
    if number(gold["value"]) != number(read["value"]) or number(gold["value_hi"]) != number(read["value_hi"]):
        return False
    if gold["unit"] != read["unit"] and (
        number(gold["value_base"]) != number(read["value_base"]) or gold["unit_base"] != read["unit_base"]
    ):
        return False
    if read["comparator"] not in {gold["comparator"], gold["alt_comparator"] or gold["comparator"]}:
        return False
    return year(gold) == year(read) or (gold["deadline_derived"] == "1" and not year(read))


def bare(name: str) -> str:
    """A name without brackets and punctuation."""
    return re.sub(r"[\W_]+|的|数$", "", name)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1."""
    first, second = bare(one), bare(other)
    if first and second and (first in second or second in first) and min(len(first), len(second)) >= 3:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def compare(gold: Sequence[Row], read: Sequence[Row], *, names: bool) -> Score:
    """Match rows one to one, the likest names first."""
    score = Score()
    pairs = sorted(
        (
            (likeness(g["indicator_zh"], r["indicator_zh"]), i, j)
            for i, g in enumerate(gold)
            for j, r in enumerate(read)
            if same(g, r)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_read: set[int] = set()
    for alike, i, j in pairs:
        if i in used_gold or j in used_read or (names and alike < ALIKE):
            continue
        used_gold.add(i)
        used_read.add(j)
        score.found += not gold[i]["optional"]
    score.missed = [told(g) for i, g in enumerate(gold) if i not in used_gold and not g["optional"]]
    score.false = [told(r) for j, r in enumerate(read) if j not in used_read]
    return score


def told(row: Row) -> str:
    """A row in one line."""
    high = f"-{row['value_hi']}" if row.get("value_hi") not in (None, "") else ""
    place = f"{row['clause']} {row['indicator_zh']} {row['comparator']} {row['value']}{high}{row['unit']}"
    return f"{place} @{year(row)} «{row['quote']}»"


def tables(gold: Sequence[Row], read: PolicyReading) -> tuple[int, int]:
    """Cells read right, and cells there are."""
    have = {
        (r["table"], r["county"], str(r["year"]), float(r["value"]), r["unit"], int(r["is_total"]))
        for r in read.tables
    }
    right = sum(
        (g["table"], g["county"], g["year"], float(g["value"]), g["unit"], int(g["is_total"])) in have
        for g in gold
    )
    return right, len(gold)


def bodies(gold: Iterable[Row], read: PolicyReading) -> tuple[list[str], int]:
    """Clauses whose lead or supporting units differ, and how many were compared."""
    wrong, count = [], 0
    named = [row for row in gold if row["lead_units"] or row["supporting_units"]]
    for clause in dict.fromkeys(row["clause"] for row in named):
        count += 1
        mine = [task for task in read.tasks if task["clause"] == clause]
        for column in ("lead_units", "supporting_units"):
            want = {
                unit for row in named if row["clause"] == clause for unit in row[column].split("；") if unit
            }
            have = {unit for task in mine for unit in (task[column] or "").split("；") if unit}
            if want != have:
                wrong.append(
                    f"{clause} {column}: {sorted(want - have)} missing, {sorted(have - want)} too many"
                )
    return wrong, count


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    folders = [Path(a) for a in arguments if not a.startswith("-")]
    folder = (
        folders[0] if folders else Path(os.environ.get("ZHIHANG_SHARED", "../shared")) / "data" / "policies"
    )
    strict, with_names = Score(), Score()
    for source in sorted(
        path for path in (folder / "seeds").iterdir() if path.suffix in (".txt", ".docx", ".html", ".pdf")
    ):
        annotated = folder / "gold" / source.stem
        began = time.perf_counter()
        read = read_policy(source)
        took = time.perf_counter() - began
        gold = rows(annotated / "targets.csv")
        plain, named = compare(gold, read.targets, names=False), compare(gold, read.targets, names=True)
        strict.add(plain)
        with_names.add(named)
        line = f"{source.stem[:24]:24} strict {plain.f1:.3f}  with name {named.f1:.3f}  {took:.2f} s"
        line += f"  review {len(read.review)}"
        if (annotated / "tables.csv").exists():
            right, count = tables(rows(annotated / "tables.csv"), read)
            line += f"  cells {right}/{count}"
        wrong: list[str] = []
        if (annotated / "tasks.csv").exists():
            wrong, count = bodies(rows(annotated / "tasks.csv"), read)
            line += f"  units of {count} clauses, {len(wrong)} columns differ"
        print(line)
        if "--misses" in arguments:
            for label, lines in (
                ("missed", plain.missed),
                ("false", plain.false),
                ("name", sorted(set(named.missed) - set(plain.missed))),
            ):
                for text in lines:
                    print(f"    {label:6} {text}")
            for text in wrong:
                print(f"    units  {text}")
    print(f"{'all':24} strict {strict.f1:.3f}  with name {with_names.f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
