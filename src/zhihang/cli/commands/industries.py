# SPDX-License-Identifier: Apache-2.0
"""`zhihang industries`: identify patent-intensive industries, compare schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell
from zhihang.cli.read_day import read_day
from zhihang.cli.thresholds import COLUMNS, print_thresholds, rows_of
from zhihang.cli.tongue import Tongue
from zhihang.reporting.intensity_remark import told_in_chinese
from zhihang.reporting.sections.intensity.how_sure import change_in_words

industries = typer.Typer(no_args_is_help=True, help="Identify patent-intensive industries; compare schemes.")
Region = Annotated[str, typer.Option(help="Code or name of a division.")]
Year = Annotated[int, typer.Option(help="Year.", min=1985, max=2100)]
_COLUMNS = (
    "rank", "industry", "name", "in_catalogue", "intensity", "interval", "scale", "employment", "stability",
    "output_share", "missing",
)  # fmt: skip


@industries.command("identify")
def identify(
    context: typer.Context,
    region: Region,
    year: Year,
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    draws: Annotated[int, typer.Option(help="Draws for intervals and stability.", min=1, max=10000)] = 200,
    output: OutputFormat = Format.table,
) -> None:
    """Rank industries with every condition. Example: zhihang industries identify --region 450300 --year 2020."""
    desk = choices(context).open().intensity
    answer = desk.industries(region, year, scheme, draws=draws)
    summary, rows = answer.summary(), answer.rows()
    summary["simulated"] = desk.simulated()
    if output is Format.json:
        print_json({**summary, "industries": rows})
        return
    print_rows([_shown(row) for row in rows], output, columns=_COLUMNS)
    _tell(summary, rows)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    low_high = row["interval"]
    interval = None if low_high is None else f"{low_high[0]:.3g}–{low_high[1]:.3g}"
    labels = {one["condition"]: one["label"] for one in row["conditions"]}
    return {**row, "interval": interval, "missing": "、".join(labels[name] for name in row["missing"])}


def _tell(summary: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
    names = {row["industry"]: row["name"] for row in rows}
    labels = {one["condition"]: one["label"] for row in rows[:1] for one in row["conditions"]}

    def named(codes: Sequence[str]) -> str:
        return "、".join(f"{code} {names.get(code, '')}".strip() for code in codes) or "无"

    heads = (("catalogue", "目录"), ("entries", "新进"), ("exits", "退出"), ("unknown", "无法判定"))
    for name, zh in heads:
        tell(f"{zh} {name}: {named(summary[name])}")
    for name, zh in (("gross_output", "总产值占比"), ("value_added", "增加值占比")):
        share = summary[name]["share"]
        tell(f"{zh} {name}: {'资料不全，未计算 not known for all' if share is None else f'{share:.1%}'}")
    for change in summary["changes"]:
        if change["enter"] or change["leave"]:
            moved = change_in_words(change["what"], labels)
            tell(f"{moved}：将进入{named(change['enter'])}；将退出{named(change['leave'])}")
    for text in told_in_chinese(remark["text"] for remark in summary["remarks"]):
        tell(text)
    if summary["simulated"]:
        tell("含模拟数据。Some of these figures are simulated.")


@industries.command("compare")
def compare(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="A scheme.")],
    other: Annotated[str, typer.Argument(help="Another scheme.")],
    region: Region,
    year: Year,
    output: OutputFormat = Format.table,
) -> None:
    """Compare the lists of two schemes. Example: zhihang industries compare generic guangxi --region 450300 --year 2020."""
    found = choices(context).open().intensity.compare(one, other, region, year)
    if output is Format.json:
        print_json(found)
        return
    if found["levels"][0] != found["levels"][1]:
        tell(
            f"The schemes look at different levels: {' and '.join(found['levels'])}; codes of these never agree."
        )
    rows = [
        {"industry": code, "name": found["names"][code], "in": where}
        for where, key in (("both", "both"), (one, "only_first"), (other, "only_second"))
        for code in found[key]
    ]
    print_rows(rows, output, columns=("industry", "name", "in"))


@industries.command("simulate")
def simulate(
    context: typer.Context,
    region: Region,
    year: Year,
    target: Annotated[int, typer.Option(help="Number of industries wanted.", min=1)],
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    output: OutputFormat = Format.table,
) -> None:
    """Find thresholds that give so many industries.

    Example: zhihang industries simulate --region 450300 --year 2020 --target 10.
    """
    found = choices(context).open().intensity.thresholds("industry", target, region, year, scheme)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_rows(rows_of(found), output, columns=COLUMNS)
        return
    print_thresholds(found, "个")


@industries.command("panel")
def panel(
    context: typer.Context,
    region: Region,
    first: Annotated[int, typer.Option("--from", help="First year.", min=1985, max=2100)],
    last: Annotated[int, typer.Option("--to", help="Last year.", min=1985, max=2100)],
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    level: Annotated[str, typer.Option(help="Divisions to look at: county or city.")] = "county",
    draws: Annotated[int, typer.Option(help="Draws for stability.", min=1, max=10000)] = 200,
    output: OutputFormat = Format.table,
) -> None:
    """Identify industries in every county or city of a region, year by year.

    Example: zhihang industries panel --region 450300 --from 2018 --to 2020.
    """
    desk = choices(context).open().intensity
    found = desk.industries_of(region, range(first, last + 1), scheme, level=level, draws=draws)
    rows = []
    for answer in found:
        summary = answer.summary()
        stability = [row["stability"] for row in answer.rows() if row["in_catalogue"]]
        rows.append(
            {
                "region": summary["region_name"],
                "year": summary["year"],
                "count": len(summary["catalogue"]),
                "unknown": len(summary["unknown"]),
                "catalogue": "、".join(summary["catalogue"]),
                "entries": "、".join(summary["entries"]),
                "exits": "、".join(summary["exits"]),
                "least_stability": min(stability, default=None),
            }
        )
    print_rows(rows, output)


@industries.command("concordance")
def concordance(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV file with the columns of the list ipc_to_gbt4754.")],
    region: Region,
    year: Year,
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    output: OutputFormat = Format.table,
) -> None:
    """Show what another concordance, such as the official one, would change in a list; nothing is stored.

    Example: zhihang industries concordance official.csv --region 450300 --year 2020.
    """
    found = choices(context).open().intensity.concordance(file, region, year, scheme)
    if output is Format.json:
        print_json(found)
        return
    print_rows(found["industries"], output)
    for name in ("stay", "enter", "leave"):
        tell(f"{name:<6} {', '.join(found[name]) or 'none'}")
    present, other = found["unallocated"]
    tell(f"patents without an industry: {present:,.1f} now, {other:,.1f} with the other concordance")


@industries.command("bulletin")
def bulletin(
    context: typer.Context,
    region: Region,
    year: Year,
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    dated: Annotated[str | None, typer.Option(help="Day the paper is dated; default: today.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Write the bulletin on industries and firms (发展动态) as docx, pdf, html and xlsx.

    Example: zhihang industries bulletin --region 450300 --year 2020 --to out.
    """
    papers = choices(context).open().intensity_papers
    day = read_day(dated) if dated else None
    paths = papers.write(
        papers.bulletin(region, year, scheme=scheme, dated=day), to, f"industries-{region}-{year}"
    )
    print_rows([{"file": str(path), "bytes": path.stat().st_size} for path in paths], output)


@industries.command("sheet")
def sheet(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Code of an industry at the level of the scheme.")],
    region: Region,
    year: Year,
    scheme: Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")] = "generic",
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    dated: Annotated[str | None, typer.Option(help="Day the paper is dated; default: today.")] = None,
    language: Annotated[Tongue, typer.Option(help="Language of the sheet.")] = Tongue.zh,
    output: OutputFormat = Format.table,
) -> None:
    """Write the sheet of one industry. Example: zhihang industries sheet 39 --region 450300 --year 2020 --to out."""
    papers = choices(context).open().intensity_papers
    day = read_day(dated) if dated else None
    made = papers.industry(code, region, year, scheme=scheme, dated=day, language=language.value)
    paths = papers.write(made, to, f"industry-{code}-{region}-{year}")
    print_rows([{"file": str(path), "bytes": path.stat().st_size} for path in paths], output)


@industries.command("schemes")
def schemes(context: typer.Context, output: OutputFormat = Format.table) -> None:
    """List the schemes of the workspace and of the package, for industries, enterprises and parks."""
    rows = choices(context).open_or_bare().intensity.listed()
    if output is Format.table:
        print_table(rows, ("scheme", "subject", "label", "status", "level"))
        say("parameters_not_official: some threshold stands in no rule that was read; the file says which.")
        return
    print_rows(rows, output)
