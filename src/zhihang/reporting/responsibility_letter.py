# SPDX-License-Identifier: Apache-2.0
"""The undertaking (责任状) of a division or of a department for a year of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhihang.planning.assess import AssessedTarget
from zhihang.planning.plan import Task
from zhihang.reporting.data_table import Cell, Column, DataTable
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.phrases import Phrases
from zhihang.reporting.plan_facts import PlanFacts
from zhihang.reporting.sections.plan.target_table import as_written

_LOOSE = ("各", "其他", "有关")
"""Beginnings of names that stand for no one body."""


def responsibility_year(facts: PlanFacts) -> int | None:
    """Return the year undertakings are made for: the next one once a year is over; None after the plan."""
    year = facts.month[0] + (1 if facts.yearly else 0)
    return max(year, facts.plan.first_year) if year <= facts.plan.last_year else None


def departments(facts: PlanFacts) -> list[str]:
    """Return the bodies that the plan gives tasks to, each by its own name, in the order of the plan."""
    named = [body for task in facts.plan.tasks for body in (*task.lead, *task.supporting)]
    named += [body for target in facts.plan.targets for body in target.bodies]
    return [body for body in dict.fromkeys(named) if not body.startswith(_LOOSE) and "县" not in body]


def division_letter(facts: PlanFacts, phrases: Phrases, region: str, year: int) -> Document:
    """Return the undertaking of a division: its goals of the year with clause, and the tasks that bind it."""
    name = facts.divisions[region]
    government = facts.pick(f"{name}人民政府", f"the People's Government of {name}")
    rows = [row for row in facts.of_division(region) if facts.path(row).years.get(year) is not None]
    blocks = [
        Prose(phrases.say("responsibility.basis", division=government, year=year)),
        Heading(facts.pick("责任目标", "Goals")),
        _goals(facts, rows, name, year),
        *_tasks(facts, facts.tasks_of_divisions()),
        *_closing(facts, phrases, government),
    ]
    return _letter(facts, phrases.say("responsibility.title", division=name, year=year), blocks)


def department_letter(facts: PlanFacts, phrases: Phrases, body: str, year: int) -> Document:
    """Return the undertaking of a department: the tasks it leads or supports, with clause and deadline."""
    tasks = [task for task in facts.plan.tasks if body in (*task.lead, *task.supporting)]
    targets = {target.id for target in facts.plan.targets if body in target.bodies}
    rows = [row for row in facts.whole if row.target in targets]
    blocks: list[Block] = [Prose(phrases.say("responsibility.basis", division=body, year=year))]
    if rows:
        blocks += [Heading(facts.pick("责任目标", "Goals")), _goals(facts, rows, body, year)]
    blocks += [*_tasks(facts, tasks, body), *_closing(facts, phrases, body)]
    return _letter(facts, phrases.say("responsibility.department", body=body, year=year), blocks)


def _letter(facts: PlanFacts, title: str, blocks: Sequence[Block]) -> Document:
    return Document(
        title=title,
        date=facts.dated,
        blocks=tuple(blocks),
        simulated=facts.simulated,
        language=facts.language,
        subject=facts.title,
    )


def _goals(facts: PlanFacts, rows: Sequence[AssessedTarget], name: str, year: int) -> DataTable:
    pick = facts.pick
    shown: list[dict[str, Cell]] = [
        {
            "label": facts.label(row),
            "basis": facts.pick(
                f"{row.clause}，{facts.path(row).rule.zh}", f"{row.clause}, {facts.path(row).rule.en}"
            ),
            "unit": facts.unit(row.unit),
            "now": as_written(row.value, pick(row.note, row.note_en)),
            "goal": as_written(facts.path(row).years.get(year)),
            "final": as_written(row.final_value),
        }
        for row in rows
    ]
    return DataTable.of(
        shown,
        columns=[
            Column("label", pick("目标", "Target")),
            Column("basis", pick("依据", "Clause")),
            Column("unit", pick("单位", "Unit")),
            Column("now", pick("现值", "Value"), "number", digits=-1),
            Column("goal", pick(f"{year}年目标", f"Goal of {year}"), "number", digits=-1),
            Column("final", pick("规划期目标", "Final"), "number", digits=-1),
        ],
        title=pick(f"{name}{year}年责任目标", f"Goals of {name}, {year}"),
        unit=pick("见表内", "as stated"),
        period=pick(f"{year}年", str(year)),
        source=pick(
            f"{facts.title}；现值：{facts.source_of(rows)}", f"{facts.title}; values: {facts.source_of(rows)}"
        ),
        notes=[
            pick(
                f"流量目标的年度数为当年应增加的数，现值为规划期以来累计，截至{facts.day(facts.at)}。",
                "Of sums the goal is that of the year alone, the value what came together since the plan began, "
                f"until {facts.day(facts.at)}.",
            )
        ],
    )


def _tasks(facts: PlanFacts, tasks: Sequence[Task], body: str = "") -> Iterator[Block]:
    if not tasks:
        return
    pick = facts.pick
    yield Heading(pick("责任任务", "Tasks"))
    for task in tasks:
        role = ""
        if body:
            role = pick(
                "（牵头）" if body in task.lead else "（配合）",
                " (leads)" if body in task.lead else " (supports)",
            )
        until = pick(f"，期限{task.deadline}", f", until {task.deadline}") if task.deadline else ""
        text = task.label.zh if facts.language == "zh" else task.label.en or task.label.zh
        stands = facts.standing_of(task)
        yield Prose(
            pick(
                f"{text}{role}：按计划“{task.clause}”落实{until}。{f'目前{stands}。' if stands else ''}",
                f"{text}{role}: clause {task.clause}{until}.{f' Now: {stands}.' if stands else ''}",
            )
        )


def _closing(facts: PlanFacts, phrases: Phrases, body: str) -> Iterator[Block]:
    pick = facts.pick
    yield Heading(pick("监督与考核", "Supervision"))
    yield from (Prose(text) for text in phrases.all("responsibility.terms"))
    yield Prose(
        pick(f"甲方：{phrases.say('government')}（盖章）", f"First party: {phrases.say('government')} (seal)")
    )
    yield Prose(pick(f"乙方：{body}（盖章）", f"Second party: {body} (seal)"))
    yield Prose(pick("签订日期：\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日", "Date:"))
    yield Note(phrases.say("draft"))
