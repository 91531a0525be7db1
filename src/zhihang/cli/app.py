# SPDX-License-Identifier: Apache-2.0
"""The command line: one verb per file in `commands`, errors as text, exit codes 0 done, 1 rejections, 2 user error."""

from __future__ import annotations

import io
import os
import sys
from errno import ENOSPC

import typer

from zhihang.cli.commands.account import account
from zhihang.cli.commands.allocate import allocate
from zhihang.cli.commands.assess import assess
from zhihang.cli.commands.backup import backup
from zhihang.cli.commands.bulletin import bulletin
from zhihang.cli.commands.cdindex import cdindex
from zhihang.cli.commands.check import check
from zhihang.cli.commands.compact import compact
from zhihang.cli.commands.count import count
from zhihang.cli.commands.demonstrate import demonstrate
from zhihang.cli.commands.derive import derive
from zhihang.cli.commands.enterprises import enterprises
from zhihang.cli.commands.explain import explain
from zhihang.cli.commands.fees_due import fees_due
from zhihang.cli.commands.forecast import forecast
from zhihang.cli.commands.history import history
from zhihang.cli.commands.import_observations import import_observations
from zhihang.cli.commands.index import index
from zhihang.cli.commands.indicators import indicators
from zhihang.cli.commands.industries import industries
from zhihang.cli.commands.ingest import ingest
from zhihang.cli.commands.init import init
from zhihang.cli.commands.landscape import landscape
from zhihang.cli.commands.list import list_things
from zhihang.cli.commands.mainpath import mainpath
from zhihang.cli.commands.measure import measure
from zhihang.cli.commands.navigate import navigate
from zhihang.cli.commands.network import network
from zhihang.cli.commands.novelty import novelty
from zhihang.cli.commands.organisation import organisation
from zhihang.cli.commands.parks import parks
from zhihang.cli.commands.patentquality import patentquality
from zhihang.cli.commands.person import person
from zhihang.cli.commands.place import place
from zhihang.cli.commands.plan import plan
from zhihang.cli.commands.quality import quality
from zhihang.cli.commands.query import query
from zhihang.cli.commands.resolve_names import resolve_names
from zhihang.cli.commands.restore import restore
from zhihang.cli.commands.review import review
from zhihang.cli.commands.scurve import scurve
from zhihang.cli.commands.search import search
from zhihang.cli.commands.serve import serve
from zhihang.cli.commands.set import saved_set
from zhihang.cli.commands.show import show
from zhihang.cli.commands.similar import similar
from zhihang.cli.commands.simulate import simulate
from zhihang.cli.commands.sniff import sniff
from zhihang.cli.commands.status import status
from zhihang.cli.commands.study import study
from zhihang.cli.commands.template import template
from zhihang.cli.commands.topic import topic
from zhihang.cli.commands.topics import topics
from zhihang.cli.commands.watch import watch
from zhihang.cli.commands.whitespace import whitespace
from zhihang.cli.commands.yearbook import yearbook
from zhihang.cli.context import AsOf, Choices, Debug, Wait, WorkspaceFolder
from zhihang.cli.output import tell
from zhihang.errors import SourceError, ZhihangError

app = typer.Typer(
    name="zhihang",
    help="知航 Zhihang: patent files in, figures out that can be retraced to file and line.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for verb in (
    init,
    ingest,
    sniff,
    derive,
    measure,
    indicators,
    status,
    quality,
    query,
    history,
    explain,
    simulate,
    show,
    compact,
    yearbook,
    place,
    allocate,
    assess,
    forecast,
    bulletin,
    check,
    review,
    demonstrate,
    template,
    serve,
    account,
    backup,
    restore,
    mainpath,
    cdindex,
    patentquality,
    network,
    search,
    count,
    similar,
    index,
    scurve,
    topics,
    whitespace,
    landscape,
    novelty,
    navigate,
):
    app.command()(verb)
app.command("list")(list_things)
app.command("resolve-names")(resolve_names)
app.command("fees-due")(fees_due)
app.command("import-observations")(import_observations)
app.add_typer(plan, name="plan")
app.add_typer(saved_set, name="set")
app.add_typer(topic, name="topic")
app.add_typer(organisation, name="organisation")
app.add_typer(person, name="person")
app.add_typer(industries, name="industries")
app.add_typer(enterprises, name="enterprises")
app.add_typer(parks, name="parks")
app.add_typer(watch, name="watch")
app.add_typer(study, name="study")


@app.callback()
def choose(
    context: typer.Context,
    workspace: WorkspaceFolder = None,
    as_of: AsOf = None,
    wait: Wait = 60.0,
    debug: Debug = False,
) -> None:
    """知航 Zhihang: patent files in, figures out that can be retraced to file and line."""
    context.obj = Choices(workspace, as_of, wait, debug)


def main() -> None:
    """Run the command line."""
    debug = "--debug" in sys.argv
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # a file name may be no text, a terminal know no Chinese
    try:
        app()
    except ZhihangError as error:
        if debug:
            raise
        tell(str(error))
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        tell("Stopped. Nothing of this run was stored.")
        sys.exit(130)
    except OSError as error:
        if debug or (error.filename is None and error.errno != ENOSPC):
            raise
        tell(str(_of_file(error)))
        sys.exit(2)


def _of_file(error: OSError) -> SourceError:
    """Say which file or folder the system would not give, or that the disk is full."""
    return SourceError(
        "A file or folder cannot be read or written.",
        {"where": error.filename or "the disk", "reason": error.strerror or error},
        todo="Check that the folder exists, that you may write there and that the disk has room. 请检查路径与权限。",
    )


if __name__ == "__main__":
    main()
