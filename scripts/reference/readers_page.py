# SPDX-License-Identifier: Apache-2.0
"""The page on the readers, from `zhihang.ingestion.readers`."""

from __future__ import annotations

import inspect
import sys

from reference.markdown import code, table
from zhihang.ingestion.reader import (
    LIST,
    OFFICE_PUBLICATION,
    OFFICE_REGISTER,
    OFFICE_SEARCH,
    VENDOR,
    Reader,
    readers,
)

PRECEDENCES = {
    OFFICE_REGISTER: "register of an office",
    OFFICE_PUBLICATION: "publication of an office",
    OFFICE_SEARCH: "search service of an office",
    VENDOR: "vendor",
    LIST: "list",
}
DATE_ORDERS = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}


def readers_page() -> str:
    """Return the page on all readers."""
    found = sorted(readers(), key=lambda reader: reader.name)
    rows = [
        (f"[`{r.name}`](#{r.name})", r.label.zh, r.label.en, _precedence(r), r.description) for r in found
    ]
    opening = [
        "# Readers",
        "A reader turns one kind of file into rows. Which one reads a file is decided by what is in it, not by its\n"
        "name: each looks at the beginning and says how sure it is. `zhihang sniff FILE` shows the choice. Any file\n"
        "may be inside `.gz` or `.zip`. Where files disagree, the higher precedence counts; see\n"
        "[how one truth comes about](../explanation/merging.md). Files we read ourselves, with their counts:\n"
        "[formats](formats.md).",
        table(["reader", "中文", "English", "precedence", "reads"], rows),
    ]
    return "\n\n".join([*opening, *map(_section, found)])


def recognised_by(reader: Reader) -> str:
    """Say in words what a reader knows its files by: its columns, or what its own function says of itself."""
    module = sys.modules[reader.recognise.__module__]
    told = (inspect.getdoc(reader.recognise) or "").partition("\n\n")[0].removesuffix(".")
    if told:
        return told[0].lower() + told[1:]
    if every := getattr(module, "SIGNATURE", None):
        return f"the columns {', '.join(map(code, sorted(every)))} in its header"
    if some := getattr(module, "MARKS", None):
        return f"several of the columns {', '.join(map(code, some))} in its header"
    return ""


def _precedence(reader: Reader) -> str:
    return f"{reader.precedence} ({PRECEDENCES.get(reader.precedence, 'own')})"


def _section(reader: Reader) -> str:
    facts = {
        "known by": recognised_by(reader),
        "precedence": _precedence(reader),
        "a date such as 1/2/2013 is read as": DATE_ORDERS[reader.date_order],
        "office of a number that names none": reader.default_office or "none",
    }
    return "\n\n".join(
        [
            f"## {reader.name}",
            f"{reader.label.zh} · {reader.label.en}. {_whole_description(reader)}",
            "\n".join(f"- {name}: {value}" for name, value in facts.items() if value),
        ]
    )


def _whole_description(reader: Reader) -> str:
    return " ".join((inspect.getdoc(reader.read) or reader.description).split())
