# SPDX-License-Identifier: Apache-2.0
"""Printing results: a table for people, CSV or JSON for programs. Results go to stdout, all else to stderr."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from zhihang.cli.context import Format

Row = Mapping[str, object]
WIDEST = 48


def print_rows(rows: Sequence[Row], output: Format, *, columns: Sequence[str] | None = None) -> None:
    """Print rows in the format asked for; JSON is a list of objects."""
    names = list(columns or (rows[0] if rows else ()))
    if output is Format.json:
        print_json([dict(row) for row in rows])
    elif output is Format.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(names)
        writer.writerows([[_cell(row.get(name)) for name in names] for row in rows])
    else:
        print_table(rows, names)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def print_table(rows: Sequence[Row], names: Sequence[str], *, title: str = "") -> None:
    """Print rows as an aligned table; Chinese characters count two columns, numbers stand right."""
    if title:
        say(title)
    if not rows:
        say("  (none)")
        return
    texts = [[_shorten(_cell(row.get(name), thousands=True)) for name in names] for row in rows]
    right = [all(isinstance(row.get(name), (int, float, type(None))) for row in rows) for name in names]
    widths = [max(_width(name), *(_width(line[i]) for line in texts)) for i, name in enumerate(names)]
    say("  ".join(_pad(name, widths[i], right=right[i]) for i, name in enumerate(names)).rstrip())
    say("  ".join("─" * width for width in widths))
    for line in texts:
        say("  ".join(_pad(cell, widths[i], right=right[i]) for i, cell in enumerate(line)).rstrip())


def say(text: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Print a message that is not a result."""
    sys.stderr.write(text + "\n")


def _cell(value: object, *, thousands: bool = False) -> str:
    if value is None:
        return "—" if thousands else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and thousands:
        return f"{value:,}"
    if isinstance(value, float):
        return (
            f"{value:,.4g}"
            if thousands and abs(value) < 1e4 and value != int(value)
            else _whole(value, thousands)
        )
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _whole(value: float, thousands: bool) -> str:
    if value == int(value):
        return f"{int(value):,}" if thousands else str(int(value))
    return f"{value:,.1f}" if thousands else repr(value)


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _shorten(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if _width(text) <= WIDEST:
        return text
    kept, width = "", 0
    for c in text:
        width += _width(c)
        if width > WIDEST - 1:
            break
        kept += c
    return kept + "…"


def _pad(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks
