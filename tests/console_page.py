# SPDX-License-Identifier: Apache-2.0
"""A page of the documents whose commands can be run: files it shows are written, commands run, outputs compared."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.command_line import zhihang

FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<body>.*?)^```$", re.M | re.S)
SKIPPED = "..."
"""A line that stands for any number of lines left out."""
_VARYING = (
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*"), "MOMENT"),
    (re.compile(r"[\d.]+$"), "NUMBER"),  # the seconds of `ingest`, last in its row
    (re.compile(r"[ ─]+"), " "),  # widths follow the values
)


@dataclass(frozen=True)
class Difference:
    """A command whose output is not what the page shows."""

    command: str
    shown: str
    output: str


def runnable(page: Path) -> bool:
    """Whether a page shows commands with their outputs."""
    return "```console\n" in page.read_text(encoding="utf-8")


def run_page(page: Path) -> tuple[str, list[Difference]]:
    """Run a page in the present folder; return its text with the outputs as they are now, and what differs."""
    differences: list[Difference] = []

    def renewed(block: re.Match[str]) -> str:
        if block["kind"] == "console":
            return f"```console\n{''.join(_steps(block['body'], differences))}```"
        if block["name"]:
            path = Path(block["name"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        return block.group()

    return FENCE.sub(renewed, page.read_text(encoding="utf-8")), differences


def _steps(body: str, differences: list[Difference]) -> Iterator[str]:
    for step in filter(None, re.split(r"^(?=\$ )", body, flags=re.M)):
        lines = step.splitlines(keepends=True)
        count = 1 + next((i for i, line in enumerate(lines) if not line.endswith("\\\n")), 0)
        command, shown = "".join(lines[:count]), "".join(lines[count:]).rstrip("\n")
        output = _run(command.removeprefix("$ ")).rstrip("\n")
        if _same(shown, output):
            yield step
        else:
            differences.append(Difference(command, shown, output))
            yield f"{command}{output}\n" if output else command


def _run(command: str) -> str:
    words = shlex.split(command.replace("\\\n", " "), comments=True)
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        os.environ[name] = value
        return ""
    assert words[0] == "zhihang", f"a page may only run zhihang, not {words[0]}"
    ran = zhihang(*words[1:])
    return ran.out + ran.err


def _same(shown: str, output: str) -> bool:
    pieces = [re.escape(_steady(piece)) for piece in re.split(r"^\.\.\.$", shown, flags=re.M)]
    return re.fullmatch("(?s:.*)".join(pieces), _steady(output)) is not None


def _steady(text: str) -> str:
    lines = []
    for line in text.splitlines():
        for pattern, instead in _VARYING:
            line = pattern.sub(instead, line.rstrip())
        lines.append(line)
    return "\n".join(lines).strip()
