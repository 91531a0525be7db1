# SPDX-License-Identifier: Apache-2.0
"""`zhihang study`: navigation studies, from an empty file to labels and estimates of their quality."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, say, tell
from zhihang.errors import SourceError

study = typer.Typer(
    no_args_is_help=True, help="Navigation studies: write, label, judge; zhihang navigate runs them."
)
StudyName = Annotated[str, typer.Argument(help="Name of a study; zhihang study list.")]
_SHOWN = 600


@study.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of the study; its file bears it.")],
    query: Annotated[str, typer.Option(help="Scope query.")],
    region: Annotated[str, typer.Option(help="Region, by name or code.")] = "",
    question: Annotated[str, typer.Option(help="What the client wants to know.")] = "",
    variant: Annotated[str, typer.Option(help="industry, enterprise or rd.")] = "industry",
) -> None:
    """Write a file with comments. Example: zhihang study new drones --query "TTL=drone" --region 广西."""
    desk = choices(context).open().studies
    say(str(desk.new(name, query=query, region=region, question=question, variant=variant)))


@study.command("list")
def list_studies(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the studies and when each was run last. Example: zhihang study list."""
    print_rows(choices(context).open().studies.listed(), output)


@study.command("show")
def show(context: typer.Context, name: StudyName, output: OutputFormat = Format.table) -> None:
    """Show a study: places, tree, labels. Example: zhihang study show drones."""
    found = choices(context).open().studies.show(name)
    if output is Format.json:
        print_json(found)
        return
    for key in ("label", "question", "variant", "query", "level", "labels", "last_run", "file"):
        say(f"{key:<9} {found[key]}")
    say(f"{'places':<9} {'、'.join(found['places'])}")
    print_rows([*found["nodes"], *found["effects"]], output, columns=["code", "label", "parent"])


@study.command("tag")
def tag(
    context: typer.Context,
    name: StudyName,
    count: Annotated[int, typer.Option(help="How many patents to ask.", min=1, max=1000)] = 20,
    labels: Annotated[Path | None, typer.Option(help="CSV with number and label; nothing is asked.")] = None,
) -> None:
    """Label patents one by one, each answer saved at once. Example: zhihang study tag drones --count 20."""
    desk = choices(context).open().studies
    if labels is not None:
        say(f"收入标注 {desk.label_from(name, labels)} 条")
        return
    asked = desk.ask(name, count)
    codes = "、".join(f"{node['code']} {node['label'].strip()}" for node in desk.show(name)["nodes"])
    tell(f"节点：{codes}\n回答：节点代码（多个用|相连）；in 属于但不归任何节点；noise 噪声；回车跳过；q 结束")
    kept = 0
    for place, one in enumerate(asked, start=1):
        told = _answered(desk, name, one, f"{place}/{len(asked)}")
        if told is None:
            break
        kept += told
    say(f"本次标注 {kept} 条")


def _answered(desk: Any, name: str, one: Any, place: str) -> bool | None:
    """Show a patent and ask until there is an answer; return whether one was kept, None at the end."""
    say(f"\n[{place}] {one.number}  {one.year or ''}  {'、'.join(one.holders[:3])}")
    say(one.text[:_SHOWN] or one.title)
    say(f"规则标引：{'|'.join(one.nodes) or '无'}")
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line or line.strip().lower() == "q":
            return None
        if not line.strip():
            return False
        try:
            desk.label(name, one.number, line.strip(), one.sample)
        except SourceError as error:
            tell(str(error))
            continue
        return True


@study.command("evaluate")
def evaluate(context: typer.Context, name: StudyName, output: OutputFormat = Format.table) -> None:
    """Estimate precision and recall from labels, with intervals. Example: zhihang study evaluate drones."""
    columns = ["of", "label", "what", "value", "low", "high", "sampled", "how"]
    print_rows(choices(context).open().studies.evaluate(name), output, columns=columns)
