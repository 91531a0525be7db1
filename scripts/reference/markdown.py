# SPDX-License-Identifier: Apache-2.0
"""Markdown pieces that the generated pages share: tables, and text that is safe inside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Iterable[str] = ()) -> str:
    r"""Return a table; columns named in `numbers` stand to the right.

    >>> print(table(["name", "codes"], [["a|b", 1200]], numbers=["codes"]))
    | name | codes |
    |---|---:|
    | a\\|b | 1,200 |
    """
    right = set(numbers)
    lines = [_line(header), "|" + "|".join("---:" if name in right else "---" for name in header) + "|"]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def code(text: str | None) -> str:
    """Return a name as code; nothing for nothing."""
    return f"`{text}`" if text else ""


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return " ".join(text.split()).replace("|", "\\|")
