# SPDX-License-Identifier: Apache-2.0
"""`zhihang similar`: patents like one, or like a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows
from zhihang.errors import NotFound

_WAYS = {"text": "文本", "class": "分类", "citation": "引证", "embedding": "语义"}


def similar(
    context: typer.Context,
    publication: Annotated[
        str | None, typer.Argument(help="Application or publication number.", show_default=False)
    ] = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="A document instead: txt, docx, pdf, html.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many to show.", min=1, max=300)] = 20,
    output: OutputFormat = Format.table,
) -> None:
    """Find patents like one, with reasons. Example: zhihang similar CN101551481B."""
    desk = choices(context).open().search
    if (publication is None) == (text is None):
        raise NotFound(
            "Nothing to compare with, or two things.",
            {"expected": "a number, or --text FILE"},
            todo="zhihang similar CN101551481B",
        )
    found = desk.similar_to_file(text, limit=limit) if text else desk.similar(str(publication), limit=limit)
    if output is Format.json:
        print_json(found)
        return
    columns = ("number", "title", "applicants", "score", "reasons")
    print_rows([_row(alike) for alike in found], output, columns=columns)


def _row(alike: Mapping[str, Any]) -> dict[str, Any]:
    reasons = "；".join(f"{_WAYS[way]}: {' '.join(why)}" for way, why in alike["reasons"].items())
    number = alike["publication_id"] or alike["application_id"]
    return {**alike, "applicants": "；".join(alike["applicants"]), "reasons": reasons, "number": number}
