# SPDX-License-Identifier: Apache-2.0
"""The catalogue: every packaged indicator with its definition, from `zhihang.measurement.indicators`."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence

from reference.markdown import code, table
from zhihang.measurement.catalogue import PACKAGED, Indicators
from zhihang.measurement.indicator import Count, Indicator, Span

TOPICS = {
    "patents": "Filings and grants",
    "stock": "Rights in force",
    "density": "Densities",
    "international": "International",
    "high_value": "High-value inventions",
    "holders": "Holders",
    "growth": "Growth",
    "plan": "Since the plan or the year began",
    "concentration": "Concentration",
    "trademarks": "Trademarks",
    "copyright": "Works",
    "varieties": "Plant varieties and layout designs",
    "geographical_indications": "Geographical indications",
    "finance": "Finance and trade",
    "services": "Services",
    "navigation": "Navigation and early warning",
    "enterprises": "Enterprises and parks",
    "industry": "Industry",
    "protection": "Protection",
    "awards": "Awards",
    "economy": "Economy",
    "population": "Population",
}
DIRECTIONS = {"up": "more is better", "down": "less is better", "none": ""}
TARGETS = PACKAGED.parent / "target_indicators.csv"


def indicators_page() -> str:
    """Return the page on all packaged indicators."""
    found = Indicators()
    topics: dict[str, list[str]] = {}
    for path in sorted(PACKAGED.rglob("*.yaml")):
        topics.setdefault(path.parent.name, []).append(path.stem)
    order = [name for name in TOPICS if name in topics] + sorted(set(topics) - set(TOPICS))
    opening = [
        "# Indicators",
        f"{len(found)} indicators come with the project, each a file in `src/zhihang/measurement/indicators`. "
        "`zhihang measure CODE`\ncomputes one, `zhihang indicators` lists them; Chinese names and aliases do as well. "
        "[Add an\nindicator](../how-to/add-an-indicator.md) of your own. Each is proved by worked examples in its "
        "file, run as tests.",
        "Counts go by the first applicant, and for the nation by applicants of the mainland, unless the definition "
        "says\notherwise. A stock is that at the end of the period, or of the day asked for. A quotient without a "
        "denominator is\nmissing with a reason, never 0.",
    ]
    sections = [_section(name, [found[each] for each in topics[name]]) for name in order]
    return "\n\n".join([*opening, *sections, _targets()])


def _section(topic: str, indicators: Sequence[Indicator]) -> str:
    rows = [
        (
            code(i.code),
            "、".join([i.label.zh, *i.aliases]),
            i.label.en,
            i.unit if i.unit != "1" else "",
            definition(i),
            " ".join(filter(None, [i.description, _capital(DIRECTIONS[i.direction])])),
            str(i.reference) + (f" ({i.reference.note})" if i.reference.note else ""),
        )
        for i in indicators
    ]
    header = ["code", "中文", "English", "unit", "definition", "description", "reference"]
    return f"## {TOPICS.get(topic, topic)}\n\n{table(header, rows)}"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def definition(indicator: Indicator) -> str:
    """Return how a value comes about, in one line."""
    if indicator.count:
        return _count(indicator.count)
    if indicator.sum:
        if indicator.sum.observation:
            fill = {"none": "", "interpolate": ", between two on a line", "previous": ", else the latest"}
            return f"published or registered `{indicator.sum.observation}`{fill[indicator.sum.fill]}"
        return f"years since filing, added up over rights in force{_where(indicator.sum.where)}"
    if indicator.ratio:
        per = f" x {indicator.ratio.per:,.10g}" if indicator.ratio.per != 1 else ""
        year = " of the year before" if indicator.ratio.denominator_at == "previous" else ""
        return f"`{indicator.ratio.numerator}` / `{indicator.ratio.denominator}`{year}{per}"
    if indicator.growth:
        against = {"year": "a year before", "five_years": "five years before", "plan": "the plan before"}
        give = {"rate": "change", "multiple": "multiple", "cagr": "yearly change", "difference": "difference"}
        return f"{give[indicator.growth.give]} of `{indicator.growth.of}` against {against[indicator.growth.against]}"
    if indicator.cumulative:
        since = {"year": "since January", "plan": "since the plan began", "five_years": "of five years"}
        return (
            f"{indicator.cumulative.give} of `{indicator.cumulative.of}` {since[indicator.cumulative.since]}"
        )
    if indicator.composite:
        terms = indicator.composite.terms
        return " + ".join(
            f"{t.weight:g} x `{t.indicator}`" if t.weight != 1 else f"`{t.indicator}`" for t in terms
        )
    assert indicator.method is not None
    name, of, over = indicator.method.name, indicator.method.of, indicator.method.over
    more = {"share": f" of {indicator.method.item}", "top_share": f" of the {indicator.method.top} largest"}
    return f"{name}{more.get(name, '')}: `{of}` by {over}"


def _count(count: Count) -> str:
    what = {"organisation_id": "organisations with ", "family_id": "families with ", None: ""}[count.distinct]
    of = {
        "in_force": "rights in force",
        "filings": "filings",
        "grants": "grants",
        "publications": "publications",
    }
    many = f"{count.holding} or more " if count.holding > 1 else ""
    age = f", {count.age:g} years and older" if count.age else ""
    newly = ", none before" if count.newly else ""
    counting = "" if count.counting == "first_applicant" else f", {count.counting} counting of applicants"
    return f"{what}{many}{of[count.of]}{_where(count.where)}{age}{newly}{counting}"


def _where(where: Mapping[str, object]) -> str:
    return "".join(f", {name} {_wanted(wanted)}" for name, wanted in where.items())


def _wanted(wanted: object) -> str:
    if isinstance(wanted, Span):
        ends = (("from", wanted.at_least), ("to", wanted.at_most))
        told = [
            (word, f"{end:g}" if isinstance(end, float) else end) for word, end in ends if end is not None
        ]
        return " ".join(f"{word} {end}" for word, end in told)
    if isinstance(wanted, list):
        return " or ".join(map(str, wanted))
    return {True: "yes", False: "no"}.get(wanted, str(wanted)) if isinstance(wanted, bool) else str(wanted)


def _targets() -> str:
    with TARGETS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [
        (
            row["policy"],
            row["clause"],
            row["wording"],
            code(row["indicator"]) or f"not measurable: {row['not_measurable']}",
            row["remark"],
        )
        for row in rows
    ]
    return "\n\n".join(
        [
            "## What the founding documents count",
            "Every countable phrase of the five plans and calls on the shelf of plans, by clause "
            "(`target_indicators.csv`), with the\nindicator that measures it or the reason why none does.",
            table(["plan", "clause", "counts", "indicator", "remark"], shown),
        ]
    )
