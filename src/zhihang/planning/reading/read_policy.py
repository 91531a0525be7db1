# SPDX-License-Identifier: Apache-2.0
"""Read a policy document: its targets, tasks, conditions, facts and tables, and what a person must look at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from zhihang.planning.reading.conditions import condition_row, plain_conditions
from zhihang.planning.reading.document import Document, finding
from zhihang.planning.reading.grid_text import find_grids
from zhihang.planning.reading.judgement import judge
from zhihang.planning.reading.load import load
from zhihang.planning.reading.outline import Passage, outline
from zhihang.planning.reading.paragraph import paragraphs
from zhihang.planning.reading.profile import Profile, profile
from zhihang.planning.reading.reading import PolicyReading, Row
from zhihang.planning.reading.statement import Statement, chain_of, statements
from zhihang.planning.reading.tables import read_tables
from zhihang.planning.reading.targets import base_name, rows_of, subjects
from zhihang.planning.reading.tasks import tasks
from zhihang.planning.reading.time_state import TimeState


def read_policy(path: Path) -> PolicyReading:
    """Read a policy document from a file (txt, docx, pdf with text, html); offline, and the same every time."""
    return read_document(load(Path(path)))


def read_document(document: Document) -> PolicyReading:
    """Read a document that was opened."""
    grids = [*document.grids] or find_grids(document.text)
    passages = outline(paragraphs(document, grids))
    about = profile(passages)
    found = _Rows(document.text, about)
    state = TimeState()
    for passage in passages:
        last = state.before(passage)
        lost = _lost_grid(passage.text)
        if lost:
            found.findings.append(_told_of_lost_grid(passage))
        for span, built, latest in statements(passage, last):
            found.take(built, doubt="stands in a table whose grid was lost" if lost else "")
            found.conditions.extend(plain_conditions(passage, span, built, document.text))
            last = latest
        state.after(passage, last)
    tables = read_tables(grids, passages, about, document.text)
    name = Path(document.name).stem
    targets = [*found.targets, *_not_told_before(tables.targets, found.targets)]
    return PolicyReading(
        _described(document, about),
        document.text,
        [{"doc": name, "target_id": f"T{order:03}", **row} for order, row in enumerate(targets, 1)],
        tasks(passages, about, document.text),
        sorted(found.conditions, key=lambda row: row["start"]),
        [*found.facts, *tables.facts],
        [{"doc": name, **row} for row in tables.cells],
        found.review,
        [*map(dict, document.findings), *found.findings, *tables.findings],
    )


def _lost_grid(text: str) -> bool:
    """Whether a paragraph is a table whose cells were run together."""
    if len(re.findall("约束性|预期性", text)) >= _ATTRIBUTES:
        return True
    numbers = len(re.findall(r"\d+(?:\.\d+)?", text))
    return numbers >= _NUMBERS and "。" not in text and "," not in text and 8 * numbers > len(text)


_ATTRIBUTES = 4
_NUMBERS = 12


def _told_of_lost_grid(passage: Passage) -> Row:
    message = f"A table of clause {passage.clause} has lost its grid; what it says is left to a person."
    return finding(
        "warning", "lost_grid", message, clause=passage.clause, start=passage.paragraph.folded.at[0]
    )


def _described(document: Document, about: Profile) -> Row:
    return {
        "name": document.name,
        "format": document.form,
        "encoding": document.encoding,
        "title": about.title,
        "region": about.region,
        "issued": about.issued,
        "period_start": about.first,
        "period_end": about.last,
        "characters": len(document.text),
    }


def _not_told_before(rows: list[Row], told: list[Row]) -> list[Row]:
    """Targets of a table that the text does not tell already."""
    known = {
        (row["value_base"], row["unit_base"].removeprefix("个"), row["as_of"] or row["period_end"]): row
        for row in told
    }
    fresh = []
    for row in rows:
        twin = known.get((row["value_base"], row["unit_base"].removeprefix("个"), row["as_of"]))
        if twin is None or not set(row["indicator_zh"]) & set(twin["indicator_zh"]) - set("的数量率"):
            fresh.append(row)
    return fresh


class _Rows:
    """The rows of a document as they are found."""

    def __init__(self, text: str, about: Profile) -> None:
        self.text, self.about = text, about
        self.targets: list[Row] = []
        self.facts: list[Row] = []
        self.conditions: list[Row] = []
        self.review: list[Row] = []
        self.findings: list[Row] = []
        self.known: dict[tuple[object, ...], Row] = {}

    def take(self, built: list[Statement], *, doubt: str = "") -> None:
        """Judge the statements of a sentence and keep their rows; with a doubt, none becomes a target."""
        for one in built:
            base_name(one)
        names = _listed_names(built)
        for place, one in enumerate(built):
            judged = judge(one, self.about)
            if judged.verdict == "none":
                continue
            rows = rows_of(one, self.about, self.text, names.get(place, ""))
            for timed in one.also:
                rows += rows_of(replace(one, timed=timed), self.about, self.text, names.get(place, ""))
            if judged.verdict == "target" and len(rows[0]["indicator_zh"]) < 2:
                self.review.extend({**row, "reason": "no indicator could be told"} for row in rows)
            elif judged.verdict == "target" and doubt:
                self.review.extend({**row, "reason": doubt} for row in rows)
            elif judged.verdict == "target":
                self._take_targets(rows)
            elif judged.verdict == "fact":
                self.facts.extend(rows)
            elif judged.verdict == "condition":
                self.conditions.append(condition_row(one, rows[0], judged.reason))
            else:
                self.review.extend({**row, "reason": judged.reason} for row in rows)

    def _take_targets(self, rows: list[Row]) -> None:
        """Keep targets; one told again word for word is noted at the first."""
        for row in rows:
            same = (
                "indicator_zh",
                "value_base",
                "value_hi_base",
                "unit_base",
                "comparator",
                "as_of",
                "period_end",
            )
            key = tuple(row[name] for name in same)
            if key in self.known and (row["as_of"] or row["period_end"]):
                self.known[key].setdefault("told_again", []).append([row["start"], row["end"]])
            else:
                self.known[key] = row
                self.targets.append(row)


def _listed_names(built: list[Statement]) -> dict[int, str]:
    """Names of values told `respectively`, by their place."""
    found: dict[int, str] = {}
    for place, one in enumerate(built):
        if not one.predicate.respectively:
            continue
        chain = chain_of(one, built[place + 1 :])
        name = base_name(one)
        parts = subjects(name)
        if len(chain) == len(parts) > 1:
            found.update({place + n: part for n, part in enumerate(parts)})
        elif len(chain) > 1:
            found.update({place + n: name for n in range(len(chain))})
    return found
