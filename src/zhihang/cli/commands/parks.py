# SPDX-License-Identifier: Apache-2.0
"""`zhihang parks`: the profile of a park, parks beside each other, readiness, co-applications, fact sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zhihang.cli.context import Format, OutputFormat, choices
from zhihang.cli.output import print_json, print_rows, print_table, say, tell
from zhihang.cli.read_day import read_day
from zhihang.reporting.intensity_remark import told_in_chinese

parks = typer.Typer(
    no_args_is_help=True, help="Parks: profile, comparison, readiness, co-applications, fact sheets."
)


class By(StrEnum):
    """What patents are told apart by."""

    field = "field"
    industry = "industry"


class Measure(StrEnum):
    """Which patents are counted."""

    grants = "grants"
    filings = "filings"
    stock = "stock"


class Against(StrEnum):
    """What a park is compared with."""

    area = "area"
    parks = "parks"


class Related(StrEnum):
    """How co-occurrences become relatedness."""

    probability = "probability"
    association = "association"
    cosine = "cosine"
    jaccard = "jaccard"


Park = Annotated[str, typer.Argument(help="Name of a park; zhihang parks list.")]
Region = Annotated[
    str, typer.Option(help="Division whose parks are looked at, and the area they are compared with.")
]
Year = Annotated[int | None, typer.Option(help="Year; default: the newest there is.", min=1985, max=2100)]
SchemeName = Annotated[str, typer.Option(help="Scheme; zhihang industries schemes.")]
ByWhat = Annotated[By, typer.Option(help="Fields of technology (WIPO) or divisions of industry.")]
Counted = Annotated[
    Measure, typer.Option(help="Patents granted, filed, or in force at the end of each year.")
]
Years = Annotated[int, typer.Option(help="Years told.", min=1, max=40)]
Window = Annotated[int, typer.Option(help="Years whose patents count together.", min=1, max=20)]
Whom = Annotated[Against, typer.Option(help="Compare with the whole area, or with all parks together.")]
Least = Annotated[
    float, typer.Option(help="Patents needed to be specialised in a class; 0: the quotient alone.", min=0)
]
Relatedness = Annotated[Related, typer.Option(help="How co-occurrences of classes become relatedness.")]
SIMULATED = "含模拟数据，非真实情况。Simulated data, not real."
_LISTED = (
    "rank", "park", "eligible", "enterprises", "invention_holders", "valid_inventions", "intensity", "gross_output",
    "missing",
)  # fmt: skip
_NATION = "000000"
_STATES = {"met": "符合 met", "not_met": "不符合 not met", "no_data": "缺数据 no data"}


@parks.command("list")
def list_parks(
    context: typer.Context,
    scheme: SchemeName = "intensive_park",
    region: Region = _NATION,
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """List parks, ranked by a scheme. Example: zhihang parks list --scheme experimental_zone."""
    answer = choices(context).open().intensity.parks(region, year, scheme)
    if output is Format.json:
        print_json({**answer.summary(), "parks": answer.rows()})
        return
    rows = answer.rows()
    labels = {one["condition"]: one["label"] for row in rows[:1] for one in row["conditions"]}
    rows = [{**row, "missing": "、".join(labels[name] for name in row["missing"])} for row in rows]
    print_rows(rows, output, columns=_LISTED)
    _tell(answer.summary()["remarks"])


@parks.command("profile")
def profile(
    context: typer.Context,
    park: Park,
    region: Region = _NATION,
    year: Year = None,
    scheme: SchemeName = "experimental_zone",
    by: ByWhat = By.field,
    measure: Counted = Measure.grants,
    years: Years = 10,
    window: Window = 3,
    against: Whom = Against.area,
    least: Least = 3,
    relatedness: Relatedness = Related.probability,
    output: OutputFormat = Format.table,
) -> None:
    """Show one park: figures, specialisation, complexity, partners. Example: zhihang parks profile 桂林高新区."""
    desk = choices(context).open().parks
    asked = desk.question(
        by=by.value, measure=measure.value, years=years, window=window, against=against.value, least=least,
        relatedness=relatedness.value,
    )  # fmt: skip
    found = desk.profile(park, asked, region=region, year=year, scheme=scheme)
    if output is Format.json:
        print_json(found)
    elif output is Format.csv:
        print_rows(found["classes"], output)
    else:
        _print_profile(found)


def _print_profile(found: Mapping[str, Any]) -> None:
    if found["simulated"]:
        say(SIMULATED)
    for name, value in found.items():
        if not isinstance(value, (list, dict)):
            say(f"{name:<26} {_short(value)}")
    say(f"{'members_by':<26} {_counts(found['members_by'])}")
    say(f"{'organisations_by':<26} {_counts(found['organisations_by'])}")
    ready = found["readiness"]
    print_table(
        [_condition(one) for one in ready["conditions"]],
        ("label", "value", "threshold", "unit", "state", "clause"),
        title="\n条件 Conditions",
    )
    years = [
        {**row, "entries": _joined(row["entries"]), "exits": _joined(row["exits"])} for row in found["years"]
    ]
    print_table(
        years,
        (
            "year",
            "patents",
            "share_of_area",
            "diversity",
            "eci",
            "eci_rank",
            "hhi_classes",
            "cr4_holders",
            "entries",
            "exits",
        ),
        title="\n历年 Years (patents of the window)",
    )
    columns = (
        "code",
        "name",
        "patents",
        "share_of_area",
        "lq",
        "symmetric",
        "specialised",
        "density",
        "pci",
        "course",
    )
    print_table(found["classes"][:15], columns, title="\n专业化 Specialisation")
    print_table(
        found["opportunities"][:8],
        ("code", "name", "patents", "lq", "density", "pci"),
        title="\n可进入领域 Related classes not yet held",
    )
    print_table(
        found["economy"],
        ("year", "enterprises", "employees", "output", "revenue", "rd"),
        title="\n经济 Economy (yuan)",
    )
    print_table(found["holders"][:10], ("name", "patents", "share", "member_by"), title="\n创新主体 Holders")
    _print_network(found["network"], 10)
    print_table(
        found["firms"][:15], ("name", "valid_inventions", "employment", "member_by"), title="\n企业 Firms"
    )
    for note in found["notes_zh"]:
        say(f"* {note}")
    _tell(found["remarks"])


@parks.command("compare")
def compare(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Names of parks; default: all.", metavar="[PARK]...")
    ] = None,
    region: Region = _NATION,
    year: Year = None,
    rank_by: Annotated[
        list[str] | None, typer.Option(help="Figure to rank by; several: by the mean of the ranks.")
    ] = None,
    by: ByWhat = By.field,
    measure: Counted = Measure.grants,
    window: Window = 3,
    against: Whom = Against.area,
    least: Least = 3,
    output: OutputFormat = Format.table,
) -> None:
    """Set parks beside each other and rank them. Example: zhihang parks compare 甲园区 乙园区 --rank-by eci."""
    desk = choices(context).open().parks
    asked = desk.question(
        by=by.value, measure=measure.value, years=1, window=window, against=against.value, least=least
    )
    ranked = rank_by or ["valid_inventions"]
    found = desk.compare(names or [], asked, region=region, year=year, rank_by=ranked)
    if output is Format.json:
        print_json(found)
        return
    if output is Format.csv:
        print_rows(
            [{"rank": one["rank"], "park": one["park"], **one["figures"]} for one in found["parks"]], output
        )
        return
    _print_comparison(found)
    _tell(found["remarks"])


def _print_comparison(found: Mapping[str, Any]) -> None:
    if found["simulated"]:
        say(SIMULATED)
    if len(found["parks"]) <= 6:
        rows = [
            {"figure": f"{one['zh']}{f'（{unit}）' if (unit := one['unit']) else ''}"}
            | {park["park"]: _ranked(park, one["figure"]) for park in found["parks"]}
            for one in found["figures"]
        ]
        rows.append(
            {"figure": "优势领域"} | {park["park"]: _joined(park["classes"][:2]) for park in found["parks"]}
        )
        print_table(
            rows, ["figure", *(park["park"] for park in found["parks"])], title=f"{found['year']} (rank)"
        )
        return
    shown = [
        "valid_inventions",
        "patents",
        "share_of_area",
        "diversity",
        "eci",
        "hhi_holders",
        "joint_share",
        "gross_output",
    ]
    shown = [*dict.fromkeys([*found["rank_by"], *shown])]
    rows = [{"rank": one["rank"], "park": one["park"], **one["figures"]} for one in found["parks"]]
    print_table(rows, ["rank", "park", *shown], title=f"{found['year']}, by {', '.join(found['rank_by'])}")


@parks.command("readiness")
def readiness(
    context: typer.Context,
    park: Annotated[str | None, typer.Argument(help="Name of a park; default: all.")] = None,
    scheme: SchemeName = "experimental_zone",
    region: Region = _NATION,
    year: Year = None,
    output: OutputFormat = Format.table,
) -> None:
    """Say which conditions of an experimental zone parks meet, by how much they fall short, which data are missing.

    Example: zhihang parks readiness 七星区工业园区 --scheme experimental_zone_targets.
    """
    found = choices(context).open().parks.readiness(park, region=region, year=year, scheme=scheme)
    if output is Format.json:
        print_json(found)
        return
    if found["simulated"] and output is Format.table:
        say(SIMULATED)
    columns: Sequence[str]
    said = _condition if output is Format.table else dict
    if park is None:
        rows = [
            {**row, "not_met": _joined(row["not_met"]), "no_data": _joined(row["no_data"])}
            for row in found["parks"]
        ]
        columns = ("park", "eligible", "met", "of", "not_met", "no_data")
    else:
        rows = [{**said(row), "supply": _joined(row["supply"])} for row in found["parks"][0]["conditions"]]
        columns = ("clause", "label", "value", "threshold", "unit", "state", "decides", "gap", "supply")
    print_rows(rows, output, columns=columns)
    if found["supply"]:
        tell("\n需补充数据 To be handed in (zhihang template park, enterprise):")
        for one in found["supply"]:
            tell(f"  {one}")
    if found["note"]:
        tell(found["note"])
    _tell(found["remarks"])


@parks.command("network")
def network(
    context: typer.Context,
    park: Park,
    region: Region = _NATION,
    year: Year = None,
    years: Years = 10,
    output: OutputFormat = Format.table,
) -> None:
    """Say who files together with whom, inside the park and outside. Example: zhihang parks network 七星区工业园区."""
    found = choices(context).open().parks.network(park, region=region, year=year, years=years)
    if output is Format.json:
        print_json(found)
    elif output is Format.csv:
        print_rows(found["ties"], output)
    else:
        if found["simulated"]:
            say(SIMULATED)
        _print_network(found, 40)


def _print_network(found: Mapping[str, Any], most: int) -> None:
    say("\n合作申请 Co-applications")
    for name, value in found.items():
        if not isinstance(value, list):
            say(f"{name:<26} {_counts(value) if isinstance(value, dict) else _short(value)}")
    columns = (
        "organisation",
        "partner",
        "partner_type",
        "where",
        "park",
        "applications",
        "first_year",
        "last_year",
    )
    print_table(found["ties"][:most], columns)
    if len(found["ties"]) > most:
        say(f"... and {len(found['ties']) - most} more: --format csv")


@parks.command("sheet")
def sheet(
    context: typer.Context,
    park: Park,
    to: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("out"),
    region: Region = _NATION,
    year: Year = None,
    by: ByWhat = By.field,
    measure: Counted = Measure.grants,
    window: Window = 3,
    dated: Annotated[str | None, typer.Option(help="Day the sheet is dated; default: today.")] = None,
    output: OutputFormat = Format.table,
) -> None:
    """Write the fact sheet of a park as docx, html and xlsx. Example: zhihang parks sheet 七星区工业园区 --to out."""
    desk = choices(context).open().parks
    asked = desk.question(by=by.value, measure=measure.value, window=window)
    day = read_day(dated) if dated else None
    paths = desk.sheet(park, to, asked, region=region, year=year, dated=day)
    print_rows([{"file": str(path), "bytes": path.stat().st_size} for path in paths], output)


def _condition(one: Mapping[str, Any]) -> dict[str, Any]:
    """A condition as people read it: its state in both languages, yes or no instead of 1 or 0."""
    yes_or_no = one["operator"] not in ("above", "at_least", "below", "at_most")
    held = None if one["value"] is None else "是 yes" if one["value"] else "否 no"
    return {**one, "value": held if yes_or_no else one["value"], "state": _STATES[one["state"]]}


def _ranked(park: Mapping[str, Any], name: str) -> str:
    value, rank = park["figures"][name], park["ranks"][name]
    return "—" if value is None else f"{_short(value)} ({rank})"


def _short(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() or abs(value) >= 1e4 else f"{value:.4g}"
    return str(value)


def _joined(values: Sequence[str] | None) -> str | None:
    return None if values is None else "；".join(values)


def _counts(values: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in values.items()) or "—"


def _tell(remarks: Sequence[Mapping[str, str]]) -> None:
    for text in told_in_chinese(remark["text"] for remark in remarks):
        tell(text)
