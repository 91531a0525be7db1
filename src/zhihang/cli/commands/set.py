# SPDX-License-Identifier: Apache-2.0
"""`zhihang set`: queries kept under a name, to run again and to use in others as SET=name."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell
from zhihang.errors import ZhihangError

saved_set = typer.Typer(
    no_args_is_help=True,
    help="检索集 Saved sets: queries with a name, to run again and to use in others as SET=name.",
)
SetName = Annotated[str, typer.Argument(help="Name of the set, Chinese or English.")]
_COLUMNS = ("name", "query", "note", "owner", "created")


@saved_set.command("save")
def save(
    context: typer.Context,
    name: SetName,
    query: Annotated[str, typer.Argument(help="Query, as for zhihang search.")],
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
    owner: Annotated[str, typer.Option(help="Who answers for it.")] = "",
    style: Annotated[
        str, typer.Option(help="How the query is written: own, patsnap, incopat, office; told by itself.")
    ] = "",
) -> None:
    """Keep a query under a name; an older one is replaced. Example: zhihang set save 龙头企业 "PA=(玉柴 OR 柳工)"."""
    desk = choices(context).open().search
    before = {row["name"]: row["query"] for row in desk.sets()}
    kept = desk.save_set(name, query, note=note, owner=owner, style=style)
    for remark in desk.check(query, style=style):
        tell(remark)
    say(f"已保存检索集 {kept}；引用：SET={_quoted(kept)} (the set is saved)")
    if before.get(kept, query) != query:
        tell(f"原检索式 (it replaced)：{before[kept]}")


@saved_set.command("list")
def list_sets(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the saved sets. Example: zhihang set list."""
    rows = choices(context).open().search.sets()
    print_rows(rows, output, columns=_COLUMNS)
    faulty = [row for row in rows if row["fault"]]
    for row in faulty:
        tell(f"sets/{row['name']}.yaml: {row['fault']}")
    raise typer.Exit(1 if faulty else 0)


@saved_set.command("show")
def show(context: typer.Context, name: SetName, output: OutputFormat = Format.table) -> None:
    """Show a set: its query, how it reads in full, what it finds now, who uses it. Example: zhihang set show 龙头企业."""
    desk = choices(context).open().search
    found = desk.saved_set(name)
    try:
        found["applications"] = desk.count(found["query"], style=found["style"])
    except ZhihangError as error:  # no index yet: the set itself can still be shown
        found["applications"] = None
        tell(str(error))
    if output is Format.json:
        print_json(found)
        return
    joined = {**found, "uses": "、".join(found["uses"]), "used_by": "、".join(found["used_by"])}
    if output is Format.csv:
        print_rows([joined], output)
        return
    facts = [{"": key, "value": value} for key, value in joined.items() if value not in ("", None)]
    texts = ("query", "reads_as", "note")
    print_table([row for row in facts if row[""] not in texts], ["", "value"])
    for key in texts:
        if joined[key]:
            say(f"\n{key}\n  {joined[key]}")


@saved_set.command("delete")
def delete(context: typer.Context, name: SetName) -> None:
    """Delete a set that no other one uses. Example: zhihang set delete 龙头企业."""
    choices(context).open().search.forget_set(name)
    say(f"已删除检索集 {name} (the set is deleted)")


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
