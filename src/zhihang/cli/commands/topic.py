# SPDX-License-Identifier: Apache-2.0
"""`zhihang topic`: topic databases, from a query and a taxonomy to files with a log of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell

topic = typer.Typer(
    no_args_is_help=True, help="Topic databases: build them, see what changed, hand them out."
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
        if ids:
            more = f" 等 {len(ids):,} 件" if len(ids) > _SHOWN else ""
            tell(f"{word}：{'、'.join(ids[:_SHOWN])}{more}")
