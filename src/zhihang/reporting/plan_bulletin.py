# SPDX-License-Identifier: Apache-2.0
"""The bulletin (通报) on the targets of a plan, of a month or of a year."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.document import Annex, Block, Document, Heading, Imprint, Note, OfficialHeader, Prose
from zhihang.reporting.phrases import Phrases
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.sections.plan.division_table import division_details, division_table
from zhihang.reporting.sections.plan.overall import overall
from zhihang.reporting.sections.plan.progress_charts import changes, heat, outlooks, path_chart
from zhihang.reporting.sections.plan.target_table import target_table
from zhihang.reporting.sections.plan.task_progress import task_progress
from zhihang.reporting.wording import listed


def plan_bulletin(facts: PlanFacts, phrases: Phrases) -> Document:
    """Return the bulletin: how the plan stands, its divisions, what changed, who is warned, what is asked for."""
    pick = facts.pick
    annexes = [
        Annex(
            pick(f"各{facts.kind}{facts.label(row)}明细", f"{facts.label(row)}, by division"),
            tuple(division_details(facts, row)),
        )
        for row in facts.split
    ]
    every_target = tuple(target_table(facts, facts.whole, facts.place))
    annexes.append(Annex(pick("各项目标进度", "All targets"), every_target))
    return Document(
        title=phrases.say("bulletin.year" if facts.yearly else "bulletin.month"),
        date=facts.dated,
        blocks=tuple(_blocks(facts, phrases)),
        simulated=facts.simulated,
        language=facts.language,
        header=OfficialHeader(phrases.say("red_head")),
        addressee=phrases.say("bulletin.addressee"),
        signature=phrases.say("issuer"),
        annexes=tuple(annexes),
        imprint=Imprint(phrases.say("issuer"), facts.dated),
        subject=facts.title,
    )


def _blocks(facts: PlanFacts, phrases: Phrases) -> Iterator[Block]:
    pick = facts.pick
    yield Prose(phrases.say("basis"))
    yield Heading(pick("总体情况", "Overall"))
    yield from overall(facts)
    for row in facts.split[:1]:
        yield from path_chart(facts, row)
    if facts.split:
        yield Heading(pick(f"各{facts.kind}情况", "Counties"))
        for row in facts.split:
            yield from division_table(facts, row)
        yield from heat(facts)
    yield from _section(
        pick("变化情况", "What changed"), (b for row in facts.split for b in changes(facts, row))
    )
    if facts.yearly:
        yield from _section(pick("预测", "Outlook"), outlooks(facts, facts.leading, facts.split))
    yield from _section(pick("任务落实", "Tasks"), task_progress(facts))
    yield Heading(pick("预警与要求", "Warnings and what is asked for"))
    yield from _warned(facts)
    if any(facts.warned(region) for region in facts.divisions):
        yield from (Prose(text) for text in phrases.all("bulletin.if_warned"))
    yield from (Prose(text) for text in phrases.all("bulletin.requirements"))
    yield from (Note(text) for text in phrases.all("methods"))
    yield Note(phrases.say("draft"))


def _section(title: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield a heading and what stands under it; nothing where that is nothing."""
    held = list(blocks)
    if held:
        yield Heading(title)
        yield from held


def _warned(facts: PlanFacts) -> Iterator[Block]:
    zh = facts.language == "zh"
    for level, word in (("red", "红色"), ("orange", "橙色")):
        for row in facts.split:
            names = [facts.divisions[p.region] for p in facts.parts(row.target) if p.status == level]
            if names and zh:
                yield Prose(f"{facts.label(row)}预警等级为{word}的有{listed(names, most=len(names))}。")
            elif names:
                yield Prose(
                    f"{facts.label(row)}, level {level}: {listed(names, most=len(names), language='en')}."
                )
    if not facts.divisions or any(facts.warned(region) for region in facts.divisions):
        return
    if not any(part.status != "none" for row in facts.split for part in facts.parts(row.target)):
        yield Prose(
            facts.pick(
                f"各{facts.kind}均无数据，未评级。", f"None of the {facts.kind} has data; none is rated."
            )
        )
    else:
        yield Prose(
            facts.pick(
                f"没有{facts.kind}的预警等级为橙色或红色。", f"No {facts.kind} at level orange or red."
            )
        )
