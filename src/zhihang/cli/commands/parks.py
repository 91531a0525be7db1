# SPDX-License-Identifier: Apache-2.0
"""`zhihang parks`: figures of parks, what each lacks, the profile of one."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell

parks = typer.Typer(no_args_is_help=True, help="Compare parks; the profile of one park and what it lacks.")
Year = Annotated[int | None, typer.Option(help="Year; default: the newest there is.")]
SchemeName = Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")]
_COLUMNS = (
    "rank", "park", "eligible", "enterprises", "invention_holders", "valid_inventions", "intensity", "gross_output",
    "missing",
)  # fmt: skip


@parks.command("list")
def list_parks(
    context: typer.Context,
    scheme: SchemeName = "intensive_park",
    region: Annotated[str, typer.Option(help="Code or name of a division; default: all.")] = "000000",
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """Compare parks by a scheme. Example: zhihang parks list --scheme experimental_zone."""
    answer = choices(context).open().intensity.parks(region, year, scheme)
    if output is Format.json:
        print_json({**answer.summary(), "parks": answer.rows()})
        return
    rows = [{**row, "missing": "、".join(row["missing"])} for row in answer.rows()]
    print_rows(rows, output, columns=_COLUMNS)
    for remark in answer.summary()["remarks"]:
        tell(f"{remark['subject']}: {remark['text']}")


@parks.command("profile")
def profile(
    context: typer.Context,
    park: Annotated[str, typer.Argument(help="Name of a park.")],
    scheme: SchemeName = "experimental_zone",
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """Show one park: figures, conditions with what is missing, firms. Example: zhihang parks profile 桂林高新区."""
    found = choices(context).open().intensity.park(park, year, scheme)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_rows(found["firms"], output)
        return
    for name, value in found.items():
        if not isinstance(value, list):
            say(f"{name:<26} {'—' if value is None else value}")
    print_table(
        found["conditions"], ("label", "value", "threshold", "passed", "clause"), title="\n条件 Conditions"
    )
    print_table(
        found["firms"][:20], ("name", "valid_inventions", "employment", "member_by"), title="\n企业 Firms"
    )
