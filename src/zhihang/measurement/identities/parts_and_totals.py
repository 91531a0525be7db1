# SPDX-License-Identifier: Apache-2.0
"""Identity: parts by kind, origin, sex or residence sum to their total, and so do parts by a dimension."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.measurement.identity import Evidence, Finding, Severity, apart, finding, identity, told
from zhihang.measurement.known import Known
from zhihang.terms.label import Label

SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("filings", ("invention_filings", "utility_model_filings", "design_filings")),
    ("grants", ("invention_grants", "utility_model_grants", "design_grants")),
    ("rights_in_force", ("inventions_in_force", "utility_models_in_force", "designs_in_force")),
    ("inventions_in_force_all_origins", ("inventions_in_force_domestic", "inventions_in_force_foreign")),
    ("pct_filings_all_origins", ("pct_filings_domestic", "pct_filings_foreign")),
    ("residents", ("residents_male", "residents_female")),
    ("residents", ("residents_urban", "residents_rural")),
    ("administrative_patent_cases", ("patent_dispute_cases", "counterfeit_patent_cases")),
)
SMALL = 0.005
"""Parts that lack less than this may be unallocated; UNVERIFIED, no source states a bound."""


@identity(label=Label("部分与合计", "Parts and totals"))
def parts_and_totals(evidence: Evidence) -> Iterator[Finding]:
    """Parts sum to their total within the way they are printed (M-STAT-16, 2).

    Parts above the total are an error. Parts below it are an error where all parts are known, else they only tell
    that something is not listed.
    """
    for total_code, part_codes in SUMS:
        for total in evidence.figures.of(total_code):
            parts = [evidence.figures.beside(total, code) for code in part_codes]
            if all(parts):
                yield from _compared(evidence, total, [found[0] for found in parts], complete=True)
    for code in evidence.figures.indicators:
        yield from _by_dimension(evidence, code)


def _by_dimension(evidence: Evidence, code: str) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Known]] = {}
    for part in evidence.figures.split(code):
        name, _, _ = part.dimension.partition("=")
        if ";" not in part.dimension:
            groups.setdefault((name, part.where, part.source), []).append(part)
    for parts in groups.values():
        totals = evidence.figures.beside(parts[0], code)
        same = [total for total in totals if total.source == parts[0].source] or totals
        if same and len(parts) > 1 and not parts[0].unit.startswith("%"):
            yield from _compared(evidence, same[0], parts, complete=False)


def _compared(evidence: Evidence, total: Known, parts: list[Known], *, complete: bool) -> Iterator[Finding]:
    added = parts[0].range
    for part in parts[1:]:
        added = added + part.range
    if added.meets(total.range):
        return
    gap = apart(added, total.range)
    above = added.low > total.range.high
    severity: Severity = "error" if above or complete else "warning" if gap <= SMALL else "info"
    name, region = evidence.label(total.indicator), evidence.region(total.region)
    sum_ = sum(part.value for part in parts)
    when = total.span.text
    message = Label(
        f"{region.zh}{when}：{name.zh}各部分之和与合计不符",
        f"{region.en}, {when}: the parts of {name.en} do not sum to the total",
    )
    added_up = " + ".join(part.written for part in parts) if len(parts) < 8 else f"{len(parts)} parts"
    arithmetic = f"{added_up} = {_in_unit(sum_, total)}; total {told(total)}"
    yield finding(severity, "parts_and_totals", [total, *parts], message, arithmetic)


def _in_unit(value: float, like: Known) -> str:
    scale = like.value / float(like.written.replace(",", "")) if like.value else 1.0
    return f"{value / scale:,.10g} {like.unit}".strip()
