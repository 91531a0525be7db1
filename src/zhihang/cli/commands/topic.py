# SPDX-License-Identifier: Apache-2.0
"""`zhihang topic`: topic databases, from a query and a taxonomy to files with a log of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell
from zhihang.errors import NotFound


class _Topics(TyperGroup):
    """The verbs of topic databases; a file in their place belongs to another command."""

    def resolve_command(self, context: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the verb; a table is told where its topics are found."""
        if args and args[0] not in self.commands and Path(args[0]).suffix:
            raise NotFound(
                f'"{args[0]}" is no verb of topic databases (专题库).',
                {
                    "verbs": ", ".join(self.commands),
                    "topics of a table": f"zhihang topics {args[0]} --text COLUMN",
                },
                todo="For topics in the texts of a table write zhihang topics. 分析表格文本的主题请用 zhihang topics。",
            )
        return super().resolve_command(context, args)


topic = typer.Typer(
    cls=_Topics,
    no_args_is_help=True,
    help="专题库 Topic databases: build them, see what changed, hand them out. "
    "For the topics in the texts of a table: zhihang topics.",
)
TopicName = Annotated[str, typer.Argument(help="Name of a topic; zhihang topic list.")]
_SHOWN = 10


@topic.command("list")
def list_topics(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the topics and when each was built. Example: zhihang topic list."""
    print_rows(choices(context).open().topics.listed(), output)


@topic.command("build")
def build(context: typer.Context, name: TopicName, output: OutputFormat = Format.table) -> None:
    """Find the patents of a topic and keep them. Example: zhihang topic build new_energy_vehicles."""
    _show(choices(context).open().topics.build(name), output)


@topic.command("diff")
def diff(context: typer.Context, name: TopicName, output: OutputFormat = Format.table) -> None:
    """Show what came and went since the topic was built. Example: zhihang topic diff new_energy_vehicles."""
    _show(choices(context).open().topics.diff(name), output)


@topic.command("publish")
def publish(
    context: typer.Context,
    name: TopicName,
    to: Annotated[Path | None, typer.Option(help="Folder to write to; default: the topic's name.")] = None,
) -> None:
    """Write the patents, their parts and the log of changes. Example: zhihang topic publish new_energy --to out."""
    for path in choices(context).open().topics.publish(name, to or Path(name)):
        say(str(path))


def _show(change: Any, output: Format) -> None:
    if output is Format.json:
        print_json(
            {
                "topic": change.name,
                "applications": change.applications,
                "added": list(change.added),
                "dropped": list(change.dropped),
                "parts": [{"code": c, "label": label, "applications": n} for c, label, n in change.parts],
            }
        )
        return
    rows = [{"part": code, "label": label, "applications": number} for code, label, number in change.parts]
    print_rows(rows, output)
    tell(f"共 {change.applications:,} 件；新增 {len(change.added):,} 件，移出 {len(change.dropped):,} 件")
    for word, ids in (("新增", change.added), ("移出", change.dropped)):
        if ids and len(ids) < change.applications:
            more = f" 等 {len(ids):,} 件" if len(ids) > _SHOWN else ""
            tell(f"{word}：{'、'.join(ids[:_SHOWN])}{more}")
