# SPDX-License-Identifier: Apache-2.0
"""`zhihang enterprises`: recognise firms, search for thresholds, list firms without an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, tell
from zhihang.cli.read_day import read_day
from zhihang.cli.thresholds import COLUMNS, print_thresholds, rows_of
from zhihang.cli.tongue import Tongue
from zhihang.reporting.intensity_remark import STATUS, told_in_chinese
from zhihang.reporting.sections.intensity.how_sure import change_in_words

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
    rows = answer.rows()
    labels = {one["condition"]: one["label"] for row in rows[:1] for one in row["conditions"]}
    told = {name: {"zh": label} for name, label in labels.items()}
    rows = [{**row, "missing": "、".join(labels[name] for name in row["missing"])} for row in rows]
    print_rows(rows, output, columns=_COLUMNS)
    _tell({**answer.summary(), "labels": told})


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
    if output is Format.csv:
        print_rows(rows_of(found), output, columns=COLUMNS)
        return
    print_thresholds(found, "家")
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


@enterprises.command("first-filing")
def first_filing(
    context: typer.Context, region: Region = "000000", year: Year = None, output: OutputFormat = Format.table
) -> None:
    """List smaller firms that have filed nothing yet, the nearest to a first filing on top (挖潜).

    Example: zhihang enterprises first-filing --region 450300.
    """
    rows = choices(context).open().intensity.first_filing(region, year)
    print_rows(rows if output is not Format.table else rows[:50], output)
    tell(f"{len(rows)} firms" + ("; the first 50 are shown" if len(rows) > 50 else ""))


@enterprises.command("watch")
def watch(
    context: typer.Context,
    at: Annotated[str, typer.Option(help="Day after which fees and terms are looked at: 2020-12-31.")],
    region: Region = "000000",
    months: Annotated[int, typer.Option(help="How far to look.", min=1, max=120)] = 12,
    threshold: Annotated[
        list[int] | None, typer.Option(help="Threshold; default: 100, 50 and 1.", min=1)
    ] = None,
    output: OutputFormat = Format.table,
) -> None:
    """List holders about to cross 100, 50 or 1 inventions in force, with the fee days that decide.

    Example: zhihang enterprises watch --region 450300 --at 2020-12-31.
    """
    found = (
        choices(context)
        .open()
        .intensity.watch(region, read_day(at), months=months, levels=threshold or (100, 50, 1))
    )
    rows = [asdict(one) for one in found]
    if output is Format.json:
        print_json(rows)
        return
    columns = ("name", "type", "threshold", "direction", "held", "apart", "pending", "ending", "fees", "to_pay",
               "decisive_on", "pay_until")  # fmt: skip
    print_rows(rows, output, columns=columns)
    tell(
        f"{len(rows)} holders; up: so many rights (apart) are wanted, and as many applications pending. Down: so many"
        " may end until the holder falls below; decisive_on is the day that decides if no fee is paid."
    )


@enterprises.command("titles")
def titles(
    context: typer.Context,
    on: Annotated[str, typer.Option(help="Day: 2020-12-31.")],
    title: Annotated[
        str | None, typer.Option(help="One title; zhihang show codelist enterprise_title.")
    ] = None,
    region: Region = "000000",
    output: OutputFormat = Format.table,
) -> None:
    """List recognised enterprises with the validity of their titles on a day, those that end first on top.

    Example: zhihang enterprises titles --on 2020-12-31 --title ip_advantage.
    """
    rows = choices(context).open().intensity.titles(region, read_day(on), title)
    print_rows(rows, output)
    held = sum(row["standing"] == "in_force" for row in rows)
    tell(f"{held} of {len(rows)} titles in force on {on}.")
    if not rows:
        tell("No list is in the store: zhihang template recognition --to titles.xlsx, fill it in, ingest it.")


@enterprises.command("sheet")
def sheet(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or credit code of a firm.")],
    year: Year = None,
    scheme: Annotated[list[str] | None, typer.Option(help="Scheme to try; default: all for firms.")] = None,
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    dated: Annotated[str | None, typer.Option(help="Day the paper is dated; default: today.")] = None,
    language: Annotated[Tongue, typer.Option(help="Language of the sheet.")] = Tongue.zh,
    output: OutputFormat = Format.table,
) -> None:
    """Write the sheet of one firm as docx, pdf, html and xlsx. Example: zhihang enterprises sheet 甲公司 --to out."""
    papers = choices(context).open().intensity_papers
    day = read_day(dated) if dated else None
    made = papers.enterprise(name, year, schemes=scheme or (), dated=day, language=language.value)
    paths = papers.write(made, to, f"enterprise-{name}")
    print_rows([{"file": str(path), "bytes": path.stat().st_size} for path in paths], output)


@enterprises.command("unlinked")
def unlinked(
    context: typer.Context, region: Region = "000000", year: Year = None, output: OutputFormat = Format.table
) -> None:
    """List firms of the register that no organisation was found for. Example: zhihang enterprises unlinked."""
    answer = choices(context).open().intensity.enterprises(region, year, "intensive_enterprise")
    print_rows(answer.unlinked(), output, columns=("enterprise", "name", "link"))


def _tell(summary: Mapping[str, Any]) -> None:
    told = f"{summary['in_all']}家企业中{summary['eligible']}家符合，{summary['unknown']}家缺少关键数据、无法判定"
    en = f"{summary['eligible']} of {summary['in_all']} firms, {summary['unknown']} not known"
    tell(f"{told}。方案性质：{STATUS[summary['status']].zh}。({en}. Scheme: {summary['status']}.)")
    if summary.get("entries") is not None:
        enter, leave = len(summary["entries"]), len(summary["exits"])
        tell(f"与上年相比：新进{enter}家，退出{leave}家。({enter} enter, {leave} leave.)")
    labels = {name: label["zh"] for name, label in summary.get("labels", {}).items()}
    for change in summary.get("changes", ()):
        if change["enter"] or change["leave"]:
            moved = change_in_words(change["what"], labels)
            tell(f"{moved}：将进入{len(change['enter'])}家，将退出{len(change['leave'])}家。")
    for text in told_in_chinese(remark["text"] for remark in summary.get("remarks", ())):
        tell(text)
