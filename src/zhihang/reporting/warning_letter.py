# SPDX-License-Identifier: Apache-2.0
"""The written notice (督办函) to the party and government heads of a division that is behind."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.planning.assess import AssessedTarget
from zhihang.reporting.caption import LEVEL_WORDS
from zhihang.reporting.document import Block, Document, Heading, Note, OfficialHeader, Prose
from zhihang.reporting.phrases import Phrases
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.sections.plan.progress_charts import path_chart
from zhihang.reporting.sections.plan.target_table import target_table
from zhihang.reporting.target_wording import chance, needed, placed, standing, year_on_year


def warning_letter(facts: PlanFacts, phrases: Phrases, region: str) -> Document:
    """Return the notice to one division: which targets, how far behind, what is needed, what is asked for."""
    name, rows = facts.divisions[region], facts.warned(region)
    return Document(
        title=phrases.say("warning.title", division=name),
        date=facts.dated,
        blocks=tuple(_blocks(facts, phrases, region, rows)),
        simulated=facts.simulated,
        language=facts.language,
        header=OfficialHeader(phrases.say("issuer")),
        addressee=phrases.say("warning.addressee", division=name),
        signature=phrases.say("issuer"),
        subject=facts.title,
    )


def _blocks(facts: PlanFacts, phrases: Phrases, region: str, rows: list[AssessedTarget]) -> Iterator[Block]:
    pick, name = facts.pick, facts.divisions[region]
    zh = facts.language == "zh"
    words = dict.fromkeys(LEVEL_WORDS[row.status][0 if zh else 1] for row in rows)
    levels = ("、" if zh else ", ").join(f"{word}色" if zh else word for word in words)
    yield Prose(phrases.say("warning.basis", division=name, count=len(rows), levels=levels))
    yield Heading(pick("目标进度", "Where the targets stand"))
    for row in rows:
        yield Prose(standing(row, facts) + _more(row, facts))
    yield from target_table(facts, facts.of_division(region), name)
    yield from path_chart(facts, rows[0])
    joined = "；" if zh else "; "
    told = [joined.join(part for part in (needed(row, facts), chance(row, facts)) if part) for row in rows]
    if any(told):
        yield Heading(pick("后续所需", "What is needed"))
        for row, text in zip(rows, told, strict=True):
            if text:
                yield Prose(f"{facts.label(row)}：{text}。" if zh else f"{facts.label(row)}: {text}.")
    yield Heading(pick("工作要求", "What is asked for"))
    yield from (Prose(text) for text in phrases.all("warning.requirements"))
    yield from (Note(text) for text in phrases.all("methods"))
    yield Note(phrases.say("draft"))


def _more(row: AssessedTarget, facts: PlanFacts) -> str:
    if facts.language == "zh":
        return f"{year_on_year(row, facts)}；完成率{placed(row, facts)}。"
    return f" {year_on_year(row, facts)}; {placed(row, facts)}."
