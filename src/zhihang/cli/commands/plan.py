# SPDX-License-Identifier: Apache-2.0
"""`zhihang plan`: read, list, show and check plans; find the rule behind a printed table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell

plan = typer.Typer(
    no_args_is_help=True, help="Read, list, show and check plans; find the rule behind a table."
)
PlanName = Annotated[str, typer.Argument(help="Name of a plan; zhihang plan list.")]
_TARGETS = (
    "target_id",
    "clause",
    "indicator_zh",
    "comparator",
    "value",
    "value_hi",
    "unit",
    "as_of",
    "period_end",
    "region",
)


class Written(StrEnum):
    """Forms of an extraction."""

    table = "table"
    json = "json"
    yaml = "yaml"


@plan.command("extract")
def extract(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="txt, docx, pdf with text, or html.")],
    to: Annotated[Path | None, typer.Option(help="Write the draft of a plan (YAML) to this file.")] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Let the model of the settings add to the review list.")
    ] = False,
    output: Annotated[
        Written, typer.Option("--format", "-f", help="Rows, JSON, or a plan's draft.")
    ] = Written.table,
) -> None:
    """Read a policy document: targets, tasks, facts, and what is unsure. Example: zhihang plan extract plan.docx."""
    desk = choices(context).open_or_bare().plans
    if to is not None:
        to.write_text(desk.draft(file, to.stem), encoding="utf-8")
        tell(f"Draft written to {to}. Compare each entry with the document, then set status to reviewed.")
    elif output is Written.yaml:
        say(desk.draft(file))
    elif output is Written.json:
        print_json(desk.extract(file, propose=propose))
    else:
        _print_extract(desk.extract(file, propose=propose))


def _print_extract(found: Mapping[str, Any]) -> None:
    print_table(found["targets"], _TARGETS, title="目标 Targets")
    print_table(found["tasks"], ("clause", "type", "title", "lead_units", "deadline"), title="\n任务 Tasks")
    print_table(found["review"], _columns(found["review"]), title="\n待核对 To be reviewed")
    counts = ", ".join(f"{len(found[name])} {name}" for name in ("conditions", "facts", "tables", "findings"))
    tell(f"Also {counts}: --format json shows all.")
    for finding in found["findings"]:
        tell(str(finding.get("message") or finding))


def _columns(rows: list[Mapping[str, Any]]) -> list[str]:
    wanted = ("clause", "indicator_zh", "value", "unit", "reason", "quote")
    return [name for name in wanted if any(name in row for row in rows)]


@plan.command("list")
def list_plans(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the plans of the workspace and of the package."""
    print_rows(choices(context).open_or_bare().plans.listed(), output)


@plan.command("show")
def show(context: typer.Context, name: PlanName, output: OutputFormat = Format.table) -> None:
    """Show a plan: targets, tasks, annexes, facts. Example: zhihang plan show guilin-2016-2020."""
    found = choices(context).open_or_bare().plans.show(name)
    if output is Format.json:
        print_json(found)
        return
    parts = {key: value for key, value in found.items() if isinstance(value, list) and value}
    if output is Format.csv:
        print_rows(found["targets"], output)
        return
    for key, value in found.items():
        if not isinstance(value, list) and value not in ("", None):
            say(f"{key:<10} {value}")
    for key, rows in parts.items():
        if isinstance(rows[0], dict):
            shown = [name for name in rows[0] if any(row.get(name) not in (None, "") for row in rows)]
            print_table(rows, shown[:9], title=f"\n{key}")
        else:
            say(f"\n{key}: {'、'.join(map(str, rows))}")


@plan.command("check")
def check(context: typer.Context, name: PlanName, output: OutputFormat = Format.table) -> None:
    """Check a plan against itself, its parent and known figures. Example: zhihang plan check guilin-2016-2020."""
    found = choices(context).open_or_bare().plans.check(name)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_rows(found["findings"], output)
        return
    for finding in found["findings"]:
        say(f"[{finding['severity']}] {finding['code']}  {'、'.join(finding['clauses'])}")
        for text in (finding["message"], finding["message_en"], finding["arithmetic"]):
            say(f"    {text}")
    say(f"{len(found['findings'])} findings; {len(found['holds'])} statements looked at hold.")


@plan.command("infer")
def infer(
    context: typer.Context,
    name: PlanName,
    target: Annotated[str, typer.Option(help="Target whose printed table is looked into.")],
    output: OutputFormat = Format.table,
) -> None:
    """Find the rule behind a printed table and the cells that break it.

    Example: zhihang plan infer guilin-2016-2020 --target T001.
    """
    found = choices(context).open_or_bare().plans.infer(name, target)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_rows(found["cells"], output)
        return
    say(f"{found['statement']}\n{found['statement_en']}")
    print_table(
        found["exceptions"], list(found["cells"][0]), title="\n与规则不符的单元格 Cells that break the rule"
    )
    tell(
        f"{len(found['cells'])} cells, {len(found['exceptions'])} of them break the rule; --format json shows all."
    )
