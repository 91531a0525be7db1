# SPDX-License-Identifier: Apache-2.0
"""`zhihang watch`: news for each reader, by mail, feed or document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, say, tell
from zhihang.cli.read_day import read_day

watch = typer.Typer(
    no_args_is_help=True,
    help="News for each reader: add a watch, run it every week, send what it found.",
)
Name = Annotated[str, typer.Argument(help="Name of the watch.")]
Several = Annotated[list[str] | None, typer.Option(help="May be given several times.")]


@watch.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name of the watch.")] = "",
    organisation: Annotated[str, typer.Option(help="Whose patents are the reader's own.")] = "",
    addressee: Annotated[str, typer.Option(help="Who is addressed; the organisation if not given.")] = "",
    address: Annotated[str, typer.Option(help="E-mail address.")] = "",
    scope: Annotated[str, typer.Option(help="Business scope, or any text on it.")] = "",
    industry: Several = None,
    ipc: Annotated[
        list[str] | None, typer.Option("--class", help="Class of the IPC and all below it.")
    ] = None,
    follow: Annotated[list[str] | None, typer.Option(help="Organisation to follow.")] = None,
    query: Annotated[list[str] | None, typer.Option(help="Query of the search.")] = None,
    region: Annotated[str, typer.Option(help="Division whose newcomers are of interest.")] = "",
    event: Annotated[list[str] | None, typer.Option(help="Kind of event; all if not given, or none.")] = None,
    most: Annotated[int, typer.Option(help="Items in one digest at most.")] = 10,
    language: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    source: Annotated[Path | None, typer.Option("--from", help="Add all watches of a CSV instead.")] = None,
) -> None:
    """Add a watch or change it, or take many from a file.

    Example: zhihang watch add lantian --organisation 桂林蓝天科技有限公司 --address ip@lantian.example.
    """
    desk = choices(context).open().watches
    if source is not None:
        added, refused = desk.add_from(source)
        tell(f"{added:,} watches added.")
        for line in refused:
            tell(f"line {line.line}: {line.reason}" if line.line else line.reason)
        raise typer.Exit(1 if refused else 0)
    desk.add_one(
        name=name,
        organisation=organisation,
        addressee=addressee or organisation,
        address=address,
        scope=scope,
        industries=tuple(industry or ()),
        classes=tuple(ipc or ()),
        rivals=tuple(follow or ()),
        queries=tuple(query or ()),
        region=region,
        events=tuple(event or ("all",)),
        most=most,
        language=language,
    )
    tell(f"Watch {name} is kept in {desk.file}")


@watch.command("list")
def list_watches(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the watches, and the lines of their file that say none."""
    desk = choices(context).open().watches
    print_rows(desk.listed(), output)
    refused = desk.read()[1]
    for line in refused:
        tell(f"{desk.file}, line {line.line}: {line.reason}")
    raise typer.Exit(1 if refused else 0)


@watch.command("run")
def run(
    context: typer.Context,
    until: Annotated[str | None, typer.Option(help="Last day looked at; today if not given.")] = None,
    since: Annotated[str | None, typer.Option(help="Look at what came after this day.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Look for what is new for every reader since last time; make a digest for each who has something."""
    desk = choices(context).open().watches
    done = desk.run(read_day(until) if until else None, since=read_day(since) if since else None)
    print_rows([done.row()], output)
    for note in done.notes:
        tell(note)


@watch.command("send")
def send(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """Send what is ready by mail (section [mail] of the settings); nothing is sent twice."""
    done = choices(context).open().watches.send()
    print_rows([vars(done)], output)
    if done.unreachable:
        tell(
            "邮件服务器无法连接，内容保留，稍后再运行 zhihang watch send (the server cannot be reached; nothing is lost)"
        )
    if done.failed or done.unclear:
        tell(
            "未送达或不能确定是否送达的见 zhihang watch log；确认后可用 zhihang watch again 编号 重发 (see the log)"
        )
    raise typer.Exit(1 if done.failed or done.unclear or done.unreachable else 0)


@watch.command("show")
def show(context: typer.Context, name: Name, output: OutputFormat = Format.table) -> None:
    """Show what a reader was told, the newest first."""
    print_rows(choices(context).open().watches.told(name), output)


@watch.command("log")
def log(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name of a watch; all if not given.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """List digests with their state: ready, sent, kept (no address), failed, unclear."""
    print_rows([digest.row() for digest in choices(context).open().watches.log.digests(name)], output)


@watch.command("write")
def write(
    context: typer.Context,
    digest: Annotated[int, typer.Argument(help="Number of the digest, from zhihang watch log.")],
    to: Annotated[Path, typer.Option(help="File: .docx, .pdf, .html.")],
) -> None:
    """Write a digest as a document."""
    tell(f"Written: {choices(context).open().watches.write(digest, to)}")


@watch.command("feed")
def feed(context: typer.Context, name: Name) -> None:
    """Print what a reader was told as an Atom feed."""
    say(choices(context).open().watches.feed(name).decode())


@watch.command("judge")
def judge(
    context: typer.Context,
    name: Name,
    item: Annotated[str, typer.Argument(help="Application, as zhihang watch show gives it.")],
    useful: Annotated[bool, typer.Option("--useful/--useless", help="Whether it was of use.")],
) -> None:
    """Say whether an item was useful; it moves what is sent next."""
    choices(context).open().watches.judge(name, item, useful)
    tell("Noted.")


@watch.command("stop")
def stop(context: typer.Context, name: Name) -> None:
    """Unsubscribe a reader."""
    choices(context).open().watches.stop(name)
    tell(f"Watch {name} gets no more digests.")


@watch.command("again")
def again(
    context: typer.Context,
    digest: Annotated[int, typer.Argument(help="Number of a digest that failed or is unclear.")],
) -> None:
    """Send a digest that failed, or of which it is unclear whether it arrived, once more."""
    choices(context).open().watches.log.again(digest)
    tell("It is ready; send it with: zhihang watch send")
