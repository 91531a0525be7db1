# SPDX-License-Identifier: Apache-2.0
"""`zhihang review`: the correction desk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_rows, say, tell
from zhihang.errors import DefinitionError, ZhihangError


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
            "未说明由谁决定。Nobody is named as deciding.",
            {"expected": "--by NAME"},
            todo="zhihang review --ask --by NAME",
        )
    desk = choices(context).open().review
    if answers is not None:
        _recorded(desk.read(answers, by=by))
        return
    cases = desk.cases(kinds or (), most=most)
    if to is not None:
        count = desk.write(to, cases)
        tell(
            f"已写出 {count} 项，填好 answer 一列后运行 zhihang review --answers {to}\n"
            f"{count} cases written to {to}. Fill in `answer`, then: zhihang review --answers {to}"
        )
    elif ask:
        _recorded(_asked([asdict(case) for case in cases], lambda row: desk.answer([row], by=by)))
    else:
        columns = None if output is not Format.table else _SHOWN
        print_rows([asdict(case) for case in cases], output, columns=columns)
        if output is Format.table and cases:
            tell(
                "逐项回答 Answer them: zhihang review --ask --by NAME; 或用文件 or by file: zhihang review --to cases.csv"
            )


_SHOWN = ("kind", "case", "found", "reason", "applications")
Answer = Callable[[dict[str, str]], dict[str, int]]


def _asked(cases: list[dict[str, object]], answer: Answer) -> dict[str, int]:
    """Ask one case after the other; each answer is recorded at once, one that cannot be is asked for again."""
    counts = {"organisation": 0, "place": 0}
    for number, case in enumerate(cases, 1):
        say(
            f"\n[{number}/{len(cases)} {case['kind']}] {case['case']}  （{case['applications']} 件 applications）"
        )
        told = "  ".join(str(case[part]) for part in ("found", "reason") if case[part])
        say(f"  {told}\n  {case['question']}\n  回车跳过 blank: leave it；q 结束 stop")
        while True:
            sys.stdout.flush()
            given = sys.stdin.readline()
            if not given or given.strip() == "q":
                return counts
            if not given.strip():
                break
            try:
                taken = answer({**{key: str(value) for key, value in case.items()}, "answer": given.strip()})
            except ZhihangError as error:
                say(
                    f"  {error.facts.get('faults', error.what).removeprefix('第 2 行：')}\n  请再答一次 again:"
                )
                continue
            counts = {kind: count + taken.get(kind, 0) for kind, count in counts.items()}
            break
    return counts


def _recorded(counts: dict[str, int]) -> None:
    made = ", ".join(f"{count} decisions on {kind}" for kind, count in counts.items())
    tell(f"已记录 Recorded: {made}")
    if any(counts.values()):
        tell("运行 zhihang derive 后生效。They take effect with: zhihang derive")
