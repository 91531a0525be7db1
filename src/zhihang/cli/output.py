# SPDX-License-Identifier: Apache-2.0
"""Printing results: a table for people, CSV or JSON for programs. Results go to stdout, all else to stderr."""

from __future__ import annotations

import csv
import json
import math
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from zhihang.cli.context import Format
from zhihang.terms.spreadsheet_text import harmless

Row = Mapping[str, object]
WIDEST = 48
_ORDINALS = frozenset(
    {"period", "year", "line", "as_of", "period_end", "period_start", "first_year", "last_year"}
)
"""Columns whose numbers are names rather than amounts."""


def print_rows(rows: Sequence[Row], output: Format, *, columns: Sequence[str] | None = None) -> None:
    """Print rows in the format asked for; JSON is a list of objects."""
    names = list(columns or (rows[0] if rows else ()))
    if output is Format.json:
        print_json([dict(row) for row in rows])
    elif output is Format.csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(map(harmless, names))
        writer.writerows([[_csv_cell(row.get(name)) for name in names] for row in rows])
    else:
        print_table(rows, names)


def print_parts(rows: Sequence[Row]) -> None:
    """Print rows of several kinds as one CSV with the columns of all."""
    print_rows(rows, Format.csv, columns=list(dict.fromkeys(name for row in rows for name in row)))


def print_json(value: object) -> None:
    """Print a value as JSON."""
    json.dump(_finite(value), sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def print_table(rows: Sequence[Row], names: Sequence[str], *, title: str = "") -> None:
    """Print rows as an aligned table; Chinese characters count two columns, numbers stand right."""
    if title:
        say(title)
    if not rows:
        say("  (none)")
        return
    texts = [[_shorten(_shown(name, row.get(name))) for name in names] for row in rows]
    right = [
        all(isinstance(row.get(name), (int, float, Decimal, type(None))) for row in rows) for name in names
    ]
    widths = [max(_width(name), *(_width(line[i]) for line in texts)) for i, name in enumerate(names)]
    say("  ".join(_pad(name, widths[i], right=right[i]) for i, name in enumerate(names)).rstrip())
    say("  ".join("─" * width for width in widths))
    for line in texts:
        say("  ".join(_pad(cell, widths[i], right=right[i]) for i, cell in enumerate(line)).rstrip())


def told_apart(names: Sequence[str]) -> list[str]:
    """Number names that come again: ``a, a`` becomes ``a, a_2``."""
    found: list[str] = []
    for name in names:
        number, told = 1, name
        while told in found:
            number += 1
            told = f"{name}_{number}"
        found.append(told)
    return found


def say(text: str) -> None:
    """Print a line of the result."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Print a message that is not a result."""
    sys.stderr.write("".join(char if char.isprintable() or char == "\n" else " " for char in text) + "\n")


def _shown(name: str, value: object) -> str:
    return str(value) if name in _ORDINALS and isinstance(value, int) else _cell(value, thousands=True)


def _cell(value: object, *, thousands: bool = False) -> str:
    if value is None:
        return "—" if thousands else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        value = _number(value)
    if isinstance(value, int) and thousands:
        return f"{value:,}"
    if isinstance(value, float):
        return _float(value, thousands)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _float(value: float, thousands: bool) -> str:
    if value.is_integer():
        return f"{int(value):,}" if thousands else str(int(value))
    if not thousands:
        return repr(value) if math.isfinite(value) else ""
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.1f}"


def _csv_cell(value: object) -> str:
    return harmless(_cell(value)) if isinstance(value, (str, list, dict)) else _cell(value)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _finite(value: object) -> object:
    """Turn what JSON has no word for (NaN, infinity) into null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return value


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return _number(value)
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
