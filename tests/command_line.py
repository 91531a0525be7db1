# SPDX-License-Identifier: Apache-2.0
"""The command line run in this process, as a user would type it: exit code, standard output, standard error."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any
from unittest.mock import patch

import typer.main

from zhihang.cli.app import main

# As a program starts, the command is made of all verbs once; here it starts hundreds of times.
COMMAND = cache(typer.main.get_command)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output read as JSON."""
        return json.loads(self.out)


class Screen(io.StringIO):
    """A standard error that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


def zhihang(*words: object, screen: bool = False) -> Ran:
    """Run ``zhihang WORDS``; faults of ours (any exception but those shown to users) surface in the test."""
    out, err = io.StringIO(), Screen() if screen else io.StringIO()
    code = 0
    with (
        patch.object(sys, "argv", ["zhihang", *map(str, words)]),
        patch.object(typer.main, "get_command", COMMAND),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
