# SPDX-License-Identifier: Apache-2.0
"""The evaluation report (评估报告) on a plan: results, divisions, changes, outlook, tasks, what stays open."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Annex, Block, Document, Heading, Note, Prose
from zhihang.reporting.phrases import Phrases
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.sections.plan.division_table import division_details, division_table
from zhihang.reporting.sections.plan.overall import overall
from zhihang.reporting.sections.plan.progress_charts import changes, heat, outlooks, path_chart
from zhihang.reporting.sections.plan.target_table import target_table
from zhihang.reporting.target_wording import clause, needed


def evaluation_report(facts: PlanFacts, phrases: Phrases) -> Document:
    """Return the evaluation report."""
    pick = facts.pick
    return Document(
        title=phrases.say("evaluation.title"),
        date=facts.dated,
        blocks=tuple(_blocks(facts, phrases)),
        simulated=facts.simulated,
        language=facts.language,
        signature=phrases.say("issuer"),
        contents=True,
        annexes=tuple(
            Annex(
                pick(f"各{facts.kind}{facts.label(row)}明细", f"{facts.label(row)}, by division"),
                tuple(division_details(facts, row)),
            )
            for row in facts.split
        ),
        subject=facts.title,
    )


def _blocks(facts: PlanFacts, phrases: Phrases) -> Iterator[Block]:
    pick = facts.pick
    yield Prose(phrases.say("evaluation.basis"))
    yield Heading(pick("总体评价", "Overall"))
    yield from overall(facts)
    yield from target_table(facts, facts.whole, facts.place)
    for row in facts.split:
        yield from path_chart(facts, row)
    if facts.split:
        yield Heading(pick(f"分{facts.kind}评价", "Counties"))
        for row in facts.split:
            yield from division_table(facts, row)
        yield from heat(facts)
    moved = [block for row in facts.split for block in changes(facts, row)]
    if moved:
        yield Heading(pick("变化分析", "What changed"))
        yield from moved
    ahead = list(outlooks(facts, facts.whole, facts.leading))
    if ahead:
        yield Heading(pick("预测与可达性", "Outlook"))
        yield from ahead
    yield from _behind(facts)
    yield from _tasks(facts)
    yield Heading(pick("方法与数据说明", "Methods and data"))
    yield from (Prose(text) for text in phrases.all("methods"))
    yield Note(phrases.say("draft"))


def _behind(facts: PlanFacts) -> Iterator[Block]:
    """Yield what is behind or cannot be judged, from the figures alone."""
    behind = [row for row in facts.whole if row.status in ("yellow", "orange", "red")]
    unknown = [row for row in facts.whole if row.status == "none"]
    if not behind and not unknown:
        return
    zh = facts.language == "zh"
    yield Heading(facts.pick("滞后和未能评价的目标", "Behind, or not judged"))
    for row in behind:
        rest = needed(row, facts)
        yield Prose(
            f"{clause(row, facts)}：{rest or '未达到应达进度'}。"
            if zh
            else f"{clause(row, facts)}: {rest or 'behind'}."
        )
    for row in unknown:
        note = facts.pick(row.note, row.note_en) or facts.pick("无数据", "no data")
        yield Prose(
            f"{clause(row, facts)}：{note}，不作评价。"
            if zh
            else f"{clause(row, facts)}: {note}, not judged."
        )


def _tasks(facts: PlanFacts) -> Iterator[Block]:
    if not facts.plan.tasks:
        return
    pick = facts.pick
    yield Heading(pick("任务", "Tasks"))
    yield Prose(
        pick(
            f"计划列有{len(facts.plan.tasks)}项任务、措施和职责。数据中没有其执行情况，本报告不作评价，仅列出责任单位供核对。",
            f"The plan names {len(facts.plan.tasks)} tasks, measures and duties. The data say nothing of how they "
            "went, so they are listed but not judged.",
        )
        if not facts.tasks
        else pick(
            f"计划列有{len(facts.plan.tasks)}项任务、措施和职责，{len(facts.tasks)}项有报送的进展。进展由责任单位报送，本报告不作评价。",
            f"The plan names {len(facts.plan.tasks)} tasks, measures and duties; on {len(facts.tasks)} of them there are "
            "reports. They are those of the bodies responsible and are not judged here.",
        )
    )
    joined = "、" if facts.language == "zh" else ", "
    yield DataTable.of(
        [
            {
                "clause": task.clause,
                "label": task.label.zh if facts.language == "zh" else task.label.en or task.label.zh,
                "bodies": joined.join((*task.lead, *task.supporting)),
                "deadline": task.deadline,
                **({"stands": facts.standing_of(task)} if facts.tasks else {}),
            }
            for task in facts.plan.tasks
        ],
        columns=[
            Column("clause", pick("条款", "Clause")),
            Column("label", pick("任务", "Task")),
            Column("bodies", pick("责任单位", "Bodies")),
            Column("deadline", pick("期限", "Deadline")),
            *((Column("stands", pick("进展", "Progress")),) if facts.tasks else ()),
        ],
        title=pick("任务和责任单位", "Tasks and bodies"),
        unit=pick("项", "tasks"),
        period=facts.plan.period.replace("/", "—"),
        source=facts.title,
    )
