# SPDX-License-Identifier: Apache-2.0
"""`zhihang template`: write a workbook in which to hand in firms, industries, parks or lists of titles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import tell


def template(
    context: typer.Context,
    form: Annotated[str, typer.Argument(help="enterprise, industry, park or recognition.")],
    to: Annotated[Path | None, typer.Option(help="File to write; default: the name of the form.")] = None,
) -> None:
    """Write a workbook to fill in, with drop-downs and checks. Example: zhihang template enterprise --to firms.xlsx."""
    desk = choices(context).open_or_bare().intensity
    tell(f"{desk.write_template(form, to or Path(f'{form}.xlsx'))}: fill it in, then zhihang ingest it.")
