# SPDX-License-Identifier: Apache-2.0
"""The page on the command line: the help text of every verb, from `zhihang.cli.app`."""

from __future__ import annotations

import os
from typing import Any

WIDTH = 100


def commands_page() -> str:
    """Return the page on all commands."""
    import typer.main

    from zhihang.cli.app import app

    group: Any = typer.main.get_command(app)
    names = list(group.commands)
    parts = [
        "# Commands",
        "Results go to standard output, progress and messages to standard error. Exit code 0 means done, 1 done with\n"
        "rejections, 2 something you can mend. `--format json` or `csv` is for programs; numbers in `table` are\n"
        "written for people.",
        " · ".join(f"[{name}](#{name})" for name in names),
        _block(_help(group, "zhihang", None)),
    ]
    whole = _context(group, "zhihang", None)
    for name in names:
        command = group.commands[name]
        parts += [f"## {name}", _block(_help(command, name, whole))]
        inner = _context(command, name, whole)
        for part, verb in getattr(command, "commands", {}).items():
            parts += [f"### {name} {part}", _block(_help(verb, part, inner))]
    return "\n\n".join(parts)


def _help(command: Any, name: str, parent: Any) -> str:
    context = _context(command, name, parent)
    text: str = command.get_help(context)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _context(command: Any, name: str, parent: Any) -> Any:
    os.environ.pop("ZHIHANG_WORKSPACE", None)  # its value would stand in the help
    return command.context_class(command, info_name=name, parent=parent, terminal_width=WIDTH, color=False)


def _block(text: str) -> str:
    return f"```\n{text}\n```"
