# SPDX-License-Identifier: Apache-2.0
"""The set of documents on a plan at a day: bulletin, notices, undertakings, evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from zhihang.reporting.document import Document
from zhihang.reporting.evaluation_report import evaluation_report
from zhihang.reporting.phrases import Phrases
from zhihang.reporting.plan_bulletin import plan_bulletin
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.responsibility_letter import (
    department_letter,
    departments,
    division_letter,
    responsibility_year,
)
from zhihang.reporting.warning_letter import warning_letter
from zhihang.reporting.write import ALL, write_all

LETTER_KINDS = ("docx", "pdf")
"""Kinds of files of the letters; bulletin and evaluation are written in all kinds."""


def bulletin_set(facts: PlanFacts, folders: Iterable[Path] = ()) -> list[tuple[str, Document]]:
    """Return every document of the set with the stem of its file name.

    The bulletin, a notice to each division at level orange or red, undertakings of divisions and departments for the
    next year (once a year is over; else for the current one; none after the plan), and, once a year is over, the
    evaluation.
    """
    phrases = Phrases(facts, folders)
    year, month = facts.month
    stamp = str(year) if facts.yearly else f"{year}-{month:02}"
    made = [(f"{'annual-' if facts.yearly else ''}bulletin-{stamp}", plan_bulletin(facts, phrases))]
    if facts.yearly:
        made.append((f"evaluation-{stamp}", evaluation_report(facts, phrases)))
    for region, name in facts.divisions.items():
        if facts.warned(region):
            made.append((f"notices/notice-{stamp}-{region}-{name}", warning_letter(facts, phrases, region)))
    undertaken = responsibility_year(facts)
    if undertaken is not None:
        for region, name in facts.divisions.items():
            letter = division_letter(facts, phrases, region, undertaken)
            made.append((f"undertakings/undertaking-{undertaken}-{region}-{name}", letter))
        for number, body in enumerate(departments(facts), 1):
            letter = department_letter(facts, phrases, body, undertaken)
            made.append((f"undertakings/undertaking-{undertaken}-department-{number:02}-{body}", letter))
    return made


def write_set(
    documents: Sequence[tuple[str, Document]], folder: Path, letter_kinds: Sequence[str] = LETTER_KINDS
) -> list[Path]:
    """Write a set into a folder: letters into folders of their own; return the paths."""
    written: list[Path] = []
    for stem, document in documents:
        kinds = letter_kinds if "/" in stem else ALL
        written += write_all(document, (folder / stem).parent, Path(stem).name, kinds)
    return written
