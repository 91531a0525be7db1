# SPDX-License-Identifier: Apache-2.0
"""Take the pictures of the command line that the README shows: run commands, draw what they print as SVG.

::

    python scripts/screens.py WORKSPACE      a workspace as `make run` leaves it
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import unicodedata
from html import escape
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 118, 36
CELL, LINE = 8.4, 20
FONTS = "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', 'DejaVu Sans Mono', monospace"
SCREENS = {
    "status": (["status --region 450300"], ("历年授权", "字段完整度")),
    "published": (["status --region 450300"], ("公布数与库内计数对照", None)),
    "explain": (["explain 201910838420"], (None, None)),
}


def main(workspace: str) -> None:
    """Draw every screen."""
    IMAGES.mkdir(exist_ok=True)
    for name, (commands, (begin, end)) in SCREENS.items():
        text = ""
        for command in commands:
            shown = output(workspace, command)
            text += f"$ zhihang {command}\n" + cut(shown, begin, end)
        draw(text.rstrip().splitlines()[:HEIGHT], IMAGES / f"{name}.svg")


def output(workspace: str, command: str) -> str:
    """Return what a command prints."""
    done = subprocess.run(
        [".venv/bin/zhihang", "--workspace", workspace, *shlex.split(command)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def cut(text: str, begin: str | None, end: str | None) -> str:
    """Return the lines from the one that begins with `begin` up to the one that begins with `end`."""
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if begin and line.startswith(begin)), 0)
    last = next((i for i, line in enumerate(lines) if end and line.startswith(end)), len(lines))
    return "\n".join(lines[first:last])


def draw(lines: list[str], path: Path) -> None:
    """Draw lines of text as a picture of a terminal; each word group stands at its own column."""
    width, height = WIDTH * CELL + 24, len(lines) * LINE + 24
    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" font-family="{FONTS}" font-size="14">',
        f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1}" rx="6" fill="#fcfcfa" stroke="#c9cfd3"/>',
    ]
    for number, line in enumerate(lines):
        colour = "#00696b" if line.startswith("$ ") else "#24292e"
        for group in re.finditer(r"\S+(?: \S+)*", line):
            column = cells(line[: group.start()])
            if column < WIDTH:
                text = escape(fitting(group[0], WIDTH - column))
                at = f'x="{12 + column * CELL:.1f}" y="{number * LINE + 27}"'
                marks.append(f'<text {at} fill="{colour}" xml:space="preserve">{text}</text>')
    path.write_text("\n".join([*marks, "</svg>", ""]), encoding="utf-8")


def cells(text: str) -> int:
    """Columns that a text takes: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fitting(text: str, room: int) -> str:
    """Return as much of a text as there is room for."""
    while cells(text) > room:
        text = text[:-1]
    return text


if __name__ == "__main__":
    main(sys.argv[1])
