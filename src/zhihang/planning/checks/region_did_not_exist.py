# SPDX-License-Identifier: Apache-2.0
"""Check of plans: divisions that did not exist, or bore another name, when the plan began."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.facts.region_name import RegionNames
from zhihang.planning.check import Evidence, Finding, check
from zhihang.planning.figures import regions_of
from zhihang.planning.plan import Annex, AnnexRow
from zhihang.terms.label import Label


@check(label=Label("当时不存在的区划", "Divisions that did not exist"))
def region_did_not_exist(evidence: Evidence) -> Iterator[Finding]:
    """An annex names a division that came into being later, or had ceased before, or whose name and code differ."""
    names = regions_of(evidence.codes)
    lived = _lives(evidence)
    for annex in evidence.plan.annexes:
        for row in annex.rows:
            first, last = lived.get(row.name, (0, 9999))
            if not first <= evidence.plan.first_year <= last:
                yield _finding(annex, row, evidence.plan.first_year, first, last)
            found = names.by_name(row.name, within=evidence.plan.region.rstrip("0"))
            if found is None or found.code not in (row.region, _today(names, row.region)):
                yield _mismatch(annex, row, found.code if found else "")
    for target in evidence.plan.targets:
        if target.region and names.by_code(target.region) is None:
            yield Finding(
                "error",
                "region_unknown",
                (target.clause,),
                (target.id,),
                Label(f"区划代码{target.region}不存在", f"There is no division {target.region}"),
                target.region,
            )


def _lives(evidence: Evidence) -> dict[str, tuple[int, int]]:
    """Return from when to when each changed division bore its name, by name."""
    if "region_history" in evidence.codes:
        rows = evidence.codes.rows("region_history")
        return {row["zh"]: (int(row["first_year"] or 0), int(row["last_year"] or 9999)) for row in rows}
    found = {}
    for row in evidence.codes.rows("region_change"):
        if row["old_name"] != row["new_name"] and row["seen_before"][:4].isdigit():
            found[row["new_name"]] = (int(row["seen_before"][:4]) + 1, 9999)
            found[row["old_name"]] = (0, int(row["seen_after"][:4] or 9999))
    return found


def _today(names: RegionNames, code: str) -> str:
    found = names.by_code(code)
    return found.code if found else ""


def _finding(annex: Annex, row: AnnexRow, year: int, first: int, last: int) -> Finding:
    later = first > year
    when = first if later else last
    return Finding(
        "error",
        "region_did_not_exist",
        (annex.clause,),
        (annex.target,),
        Label(
            f"{row.name}{when}年{'才设立或更名' if later else '已撤销或更名'}，{year}年没有这一区划",
            f"{row.name} {'came into being or was renamed' if later else 'ceased or was renamed'} in {when};"
            f" there was none of that name in {year}",
        ),
        f"{first} > {year}" if later else f"{year} > {last}",
    )


def _mismatch(annex: Annex, row: AnnexRow, found: str) -> Finding:
    return Finding(
        "error",
        "region_unknown",
        (annex.clause,),
        (annex.target,),
        Label(
            f"“{row.name}”与代码{row.region}不符" + (f"，应为{found}" if found else "，查无此名"),
            f"“{row.name}” is not the name of {row.region}"
            + (f" but of {found}" if found else ", nor of any here"),
        ),
        f"{row.region} ≠ {found or '?'}",
    )
