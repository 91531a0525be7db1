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
    found = choices(context).open().intensity.thresholds("enterprise", target, region, year, scheme)
    if output is Format.json:
        print_json(found)
        return
    edges = ("edge_in", "edge_out")
    rows = [{**row, **{edge: "、".join(row[edge]) for edge in edges}} for row in found["alone"]]
    names = ("condition", "present", "threshold", "reached", "alone", "edge_in", "edge_out")
    if output is Format.csv:
        print_rows(rows, output, columns=names)
        return
    print_table(rows, names, title=f"One threshold moved, the others as they are; now {found['eligible']}")
    both = found["together"]
    if both:
        bounds = ", ".join(f"{name} {value:.4g}" for name, value in both["thresholds"].items())
        say(f"\nAll moved together, × {both['factor']:.4g}: {both['reached']} firms with {bounds}")
    _tell(found)


@enterprises.command("first-patent")
def first_patent(
    context: typer.Context, region: Region = "000000", year: Year = None, output: OutputFormat = Format.table
) -> None:
    """List firms above designated size without an invention, the nearest to a first one on top (消零).

    Example: zhihang enterprises first-patent --region 450300.
    """
    rows = choices(context).open().intensity.first_patent(region, year)
    print_rows(rows if output is not Format.table else rows[:50], output)
    tell(
        f"{len(rows)} firms. `perhaps` is an applicant with a like name: look before counting the firm as one without."
    )


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
    if summary.get("entries") is not None:
        tell(f"Against the year before: {len(summary['entries'])} enter, {len(summary['exits'])} leave.")
    for change in summary.get("changes", ()):
        if change["enter"] or change["leave"]:
            tell(f"{change['what']}: {len(change['enter'])} enter, {len(change['leave'])} leave")
    for remark in summary.get("remarks", ())[:20]:
        tell(f"{remark['subject']}: {remark['text']}")
    if len(summary.get("remarks", ())) > 20:
        tell(f"{len(summary['remarks']) - 20} more remarks: --format json shows all.")
