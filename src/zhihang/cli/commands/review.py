# SPDX-License-Identifier: Apache-2.0
"""`zhihang review`: the correction desk."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, say, tell
from zhihang.errors import DefinitionError


def review(
    context: typer.Context,
    kinds: Annotated[
        list[str] | None, typer.Argument(help="place, organisation, group; default: all.")
    ] = None,
    most: Annotated[int, typer.Option(help="Most cases.", min=1)] = 50,
    to: Annotated[Path | None, typer.Option(help="Write the cases into a CSV to be filled in.")] = None,
    answers: Annotated[Path | None, typer.Option(help="Take the answers of a filled-in CSV.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask for the answers here, one by one.")] = False,
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    output: OutputFormat = Format.table,
) -> None:
    """List doubtful places and names, and take answers. Example: zhihang review --to cases.csv."""
    if ask and not by:
        raise DefinitionError(
            "Nobody is named as deciding.", {"expected": "--by NAME"}, todo="zhihang review --ask --by NAME"
        )
    desk = choices(context).open().review
    if answers is not None:
        _recorded(desk.read(answers, by=by))
        return
    cases = desk.cases(kinds or (), most=most)
    if to is not None:
        tell(
            f"{desk.write(to, cases)} cases written to {to}. Fill in `answer`, then: zhihang review --answers {to}"
        )
    elif ask:
        _recorded(desk.answer(_asked([asdict(case) for case in cases]), by=by))
    else:
        print_rows([asdict(case) for case in cases], output)


def _asked(cases: list[dict[str, object]]) -> list[dict[str, str]]:
    found = []
    for case in cases:
        say(f"\n[{case['kind']}] {case['case']}  ({case['applications']} applications)")
        say(f"  {case['found']}  {case['reason']}\n  {case['question']}; blank: leave it; q: stop")
        sys.stdout.flush()
        answer = sys.stdin.readline()
        if not answer or answer.strip() == "q":
            break
        if answer.strip():
            found.append({**{key: str(value) for key, value in case.items()}, "answer": answer.strip()})
    return found


def _recorded(counts: dict[str, int]) -> None:
    tell(", ".join(f"{count} decisions on {kind}" for kind, count in counts.items()))
    tell("They take effect with: zhihang derive")
