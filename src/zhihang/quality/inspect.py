# SPDX-License-Identifier: Apache-2.0
"""Inspect a store: run every check and count what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhihang.facts.codelist import CodeLists
from zhihang.quality.check import Check, Collect, Evidence, Severity, Tables, checks
from zhihang.quality.limits import Limits

_ORDER: Sequence[Severity] = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """What one check found: how many rows, and the first of them with file and line."""

    name: str
    severity: Severity
    zh: str
    en: str
    count: int
    description: str
    examples: list[dict[str, Any]] = field(default_factory=list)


def inspect(
    tables: Tables,
    recorded: Tables,
    collect: Collect,
    *,
    today: date,
    examples: int = 5,
    limits: Limits | None = None,
    codes: CodeLists | None = None,
    chosen: Iterable[Check] | None = None,
) -> list[Finding]:
    """Run checks over the tables of a store; findings come errors first, then the most frequent.

    Parameters
    ----------
    tables, recorded
        Give a table by name: merged, and as each source recorded it.
    collect
        Computes an expression.
    today
        The day of inspection; later dates lie in the future.
    examples
        How many rows to show for each check, those of the first files and lines.
    limits, codes, chosen
        Limits of what is plausible, code lists and checks, if not the usual ones.
    """
    evidence = Evidence(tables, recorded, collect, today, codes or CodeLists(), limits or Limits())
    found = [_run(each, evidence, examples) for each in (checks() if chosen is None else chosen)]
    _name_files(found, evidence)
    return sorted(found, key=lambda finding: (_ORDER.index(finding.severity), -finding.count, finding.name))


def _run(each: Check, evidence: Evidence, examples: int) -> Finding:
    offending = each.find(evidence)
    count = evidence.collect(offending.aggregate(rows=offending.count())).column("rows")[0].as_py()
    shown: list[dict[str, Any]] = []
    if count and examples:
        first = offending.order_by(["file_id", "line", offending.columns[0]]).limit(examples)
        shown = evidence.collect(first).to_pylist()
    return Finding(each.name, each.severity, each.label.zh, each.label.en, count, each.description, shown)


def _name_files(found: Sequence[Finding], evidence: Evidence) -> None:
    """Give each example the path of its file in place of the number."""
    wanted = sorted({row["file_id"] for finding in found for row in finding.examples})
    if not wanted:
        return
    files = evidence.table("file")
    named = evidence.collect(files.filter(files.file_id.isin(wanted)).select("file_id", "path", "member"))
    paths = {row["file_id"]: _path(row["path"], row["member"]) for row in named.to_pylist()}
    for finding in found:
        for row in finding.examples:
            line = row.pop("line")
            number = row.pop("file_id")
            row.update(file=paths.get(number, str(number)), line=line)


def _path(path: str, member: str | None) -> str:
    return f"{path}!{member}" if member else path
