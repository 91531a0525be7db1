# SPDX-License-Identifier: Apache-2.0
"""`zhihang yearbook`: write the statistical yearbook of a region."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import tell
from zhihang.cli.tongue import Tongue


def yearbook(
    context: typer.Context,
    region: Annotated[str, typer.Option(help="Code or name of a division.")],
    year: Annotated[int, typer.Option(help="Year of the book.", min=1985, max=2100)],
    to: Annotated[Path, typer.Option(help="Folder for the files.")] = Path("out"),
    pdf: Annotated[bool, typer.Option("--pdf", help="Write a PDF file too.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Write a page too.")] = False,
    language: Annotated[Tongue, typer.Option(help="Language of the book.")] = Tongue.zh,
) -> None:
    """Write the statistical yearbook. Example: zhihang yearbook --region 450300 --year 2020 --to out."""
    kinds = ["xlsx", "docx", *(["pdf"] if pdf else []), *(["html"] if html else [])]
    reports = choices(context).open().reports
    for path in reports.write_yearbook(region, year, to, kinds=kinds, language=language.value):
        tell(str(path))
