# SPDX-License-Identifier: Apache-2.0
"""`zhihang enterprises`: recognise firms, search for thresholds, list firms without an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell

enterprises = typer.Typer(
    no_args_is_help=True, help="Recognise patent-intensive firms; search for thresholds."
)
Region = Annotated[str, typer.Option(help="Code or name of a division; default: all.")]
Year = Annotated[int | None, typer.Option(help="Year; default: the newest of the register.")]
SchemeName = Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")]
_COLUMNS = ("rank", "name", "eligible", "valid_inventions", "employment", "intensity", "missing")


@enterprises.command("recognise")
def recognise(
    context: typer.Context,
    scheme: SchemeName = "intensive_enterprise",
    region: Region = "000000",
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """Try a scheme on all firms, with the reason for every pass and fail. Example: zhihang enterprises recognise."""
    answer = choices(context).open().intensity.enterprises(region, year, scheme)
    if output is Format.json:
        print_json({**answer.summary(), "enterprises": answer.rows()})
        return
    rows = [{**row, "missing": "、".join(row["missing"])} for row in answer.rows()]
    print_rows(rows, output, columns=_COLUMNS)
    _tell(answer.summary())


@enterprises.command("simulate")
def simulate(
    context: typer.Context,
    target: Annotated[int, typer.Option(help="Number of firms wanted.", min=1)],
    scheme: SchemeName = "intensive_enterprise",
    region: Region = "000000",
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """Find thresholds that give about so many firms. Example: zhihang enterprises simulate --target 1000."""
    found = choices(context).open().intensity.enterprises(region, year, scheme).thresholds(target)
    if output is Format.json:
        print_json(found)
        return
    edges = ("edge_in", "edge_out")
    rows = [{**row, **{edge: "、".join(row[edge]) for edge in edges}} for row in found["alone"]]
    names = ("condition", "present", "threshold", "reached", "alone", "edge_in", "edge_out")
    if output is Format.csv:
        print_rows(rows, output, columns=names)
        return
    print_table(
        rows, names, title=f"One threshold moved, the others as they are; now {found['eligible']}"
    )
    both = found["together"]
    if both:
        bounds = ", ".join(f"{name} {value:.4g}" for name, value in both["thresholds"].items())
        say(f"\nAll moved together, × {both['factor']:.4g}: {both['reached']} firms with {bounds}")
    _tell(found)


@enterprises.command("unlinked")
def unlinked(
    context: typer.Context, region: Region = "000000", year: Year = None, output: OutputFormat = Format.table
) -> None:
    """List firms of the register that no organisation was found for. Example: zhihang enterprises unlinked."""
    answer = choices(context).open().intensity.enterprises(region, year, "intensive_enterprise")
    print_rows(answer.unlinked(), output, columns=("enterprise", "name", "link"))


def _tell(summary: Mapping[str, Any]) -> None:
    told = f"{summary['eligible']} of {summary['in_all']} firms"
    tell(f"{told}; of {summary['unknown']} something decisive is not known. Scheme: {summary['status']}.")
    for remark in summary["remarks"][:20]:
        tell(f"{remark['subject']}: {remark['text']}")
    if len(summary["remarks"]) > 20:
        tell(f"{len(summary['remarks']) - 20} more remarks: --format json shows all.")
