# SPDX-License-Identifier: Apache-2.0
"""Indicators of patent quality from a table of citations and, if there is one, a table of the patents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.remarks import remark
from zhihang.desks.text_table import TextTable, read_text_table
from zhihang.desks.texts import Remarks, TextAnswer
from zhihang.terms import patent_date

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zhihang.methods.citation_graph import CitationGraph

    Floats = NDArray[np.float64]

LEAST_COHORT = 5
"""A cohort of fewer patents normalises nothing. A parameter."""
_SUBCLASS = re.compile(r"[A-HY]\d{2}[A-Z]")
_PARTS = (
    "forward",
    "backward",
    "scope",
    "generality",
    "originality",
    "radicalness",
    "family",
    "claims",
    "grant_lag",
)


@dataclass(frozen=True)
class QualityColumns:
    """Columns of the table of patents; all but the number may be missing."""

    number: str = "number"
    date: str | None = None
    classes: str | None = None
    claims: str | None = None
    family: str | None = None
    grant: str | None = None


def quality_table(
    graph: CitationGraph, patents: Path | None, columns: QualityColumns, window: float
) -> TextAnswer:
    """Return a row for each patent (without a table: each document of the citations), the most cited first."""
    made = _Subjects(graph, patents, columns)
    values, remarks = _values(graph, made, window)
    told = [{"code": one.kind, "zh": "", "en": str(one)} for one in graph.remarks]
    shares, cohorts = _normalised(values, made)
    found = _composites(shares, values, made)
    rows = [
        {"number": name, "year": made.years[i], "cohort": cohorts[i]}
        | {part: _plain(values[part][i]) for part in _PARTS}
        | {"forward_complete": bool(made.complete[i]), "breakthrough": found["breakthrough"][i]}
        | {key: _plain(found[key][i]) for key in ("quality_4", "quality_6")}
        | {"normalised": {part: _plain(shares[part][i]) for part in shares}}
        for i, name in enumerate(made.names)
    ]
    rows.sort(key=lambda row: (-(row["forward"] or 0), row["number"]))
    small = sum(size < LEAST_COHORT for size in Counter(cohorts).values())
    if small:
        remarks.append(remark("q_cohorts", count=small, least=LEAST_COHORT))
    if not any(row["quality_4"] is not None for row in rows):
        missing = [part for part in ("forward", "family", "claims", "generality") if _unknown(shares[part])]
        remarks.append(remark("q_composite", parts="、".join(missing) or "-"))
    parts = {"window": window, "judged": len(rows), "cohorts": len(set(cohorts))}
    return TextAnswer(rows, parts, [*told, *made.remarks, *remarks], made.rejected)


class _Subjects:
    """The patents judged, each with its place among the documents of the citations (new places after the last)."""

    def __init__(self, graph: CitationGraph, path: Path | None, columns: QualityColumns) -> None:
        import numpy as np

        self.columns, self.table = columns, _table(path, columns) if path else None
        self.rejected = self.table.rejected if self.table else ()
        self.remarks: Remarks = []
        at = {_bare(str(label)): node for node, label in reversed(list(enumerate(graph.labels)))}
        if self.table is None:
            self.names = [str(label) for label in graph.labels]
            self.rows = list(range(len(graph)))
            self.nodes = np.arange(len(graph))
        else:
            read = [(value or "").strip() for value in self.table.columns[columns.number].to_pylist()]
            first: dict[str, int] = {}
            for row, name in enumerate(read):
                first.setdefault(_bare(name), row)
            first.pop("", None)
            self.rows = list(first.values())
            self.names = [read[row] for row in self.rows]
            absent = iter(range(len(graph), len(graph) + len(self.rows)))
            self.nodes = np.array([at[key] if key in at else next(absent) for key in first], np.int64)
            self._told(len(read) - len(self.rows), int((self.nodes >= len(graph)).sum()))
        self.count = max(len(graph), int(self.nodes.max(initial=-1)) + 1)
        self.inside = self.nodes < len(graph)
        days = self.table.days(columns.date).years if self.table and columns.date else None
        self.years = [days[row] if days else None for row in self.rows]
        self.complete = np.zeros(len(self.names), bool)
        self.symbols = self._subclasses()
        self.fields = [one[0] if one else "" for one in self.symbols]

    def _told(self, left: int, absent: int) -> None:
        if left:
            self.remarks.append(remark("q_rows", count=left))
        if absent:
            self.remarks.append(remark("q_absent", count=absent))

    def numbers(self, column: str | None) -> Floats:
        """Return a column of numbers of 0 or more; NaN where there is none."""
        import numpy as np

        found = np.full(len(self.rows), np.nan)
        if self.table is not None and column is not None:
            read = self.table.columns[column].to_pylist()
            found = np.array([_number(read[row]) for row in self.rows], float)
            bad = sum(
                bool((read[row] or "").strip()) and value != value
                for row, value in zip(self.rows, found, strict=True)
            )
            if bad:
                self.remarks.append(remark("q_numbers", column=column, count=bad))
        return found

    def lags(self) -> Floats:
        """Days from filing to grant; NaN where one of them is not known."""
        import numpy as np

        if self.table is None or not (self.columns.date and self.columns.grant):
            return np.full(len(self.rows), np.nan)
        ends = [
            patent_date.settle(self.table.columns[name]).date.to_pylist()
            for name in (self.columns.date, self.columns.grant)
        ]
        pairs = [(ends[0][row], ends[1][row]) for row in self.rows]
        return np.array([(b - a).days if a and b and b >= a else np.nan for a, b in pairs], float)

    def _subclasses(self) -> list[list[str]]:
        """Subclasses of each patent, one for each symbol."""
        if self.table is None or self.columns.classes is None:
            return [[] for _ in self.rows]
        cells = self.table.symbols(self.columns.classes)
        read = [
            [_SUBCLASS.match(symbol.replace(" ", "").upper()) for symbol in cells[row]] for row in self.rows
        ]
        bad = sum(one is None for found in read for one in found)
        if bad:
            self.remarks.append(remark("q_symbols", count=bad))
        return [[one.group() for one in found if one] for found in read]


def _values(graph: CitationGraph, made: _Subjects, window: float) -> tuple[dict[str, Floats], Remarks]:
    import numpy as np

    from zhihang.methods import patent_quality as quality
    from zhihang.navigation.citation_rows import YEAR

    remarks: Remarks = []
    steps = round(window * YEAR)
    if graph.times is None:
        forward = np.bincount(graph.older, minlength=len(graph)).astype(np.int64)
        remarks.append(remark("q_undated"))
    else:
        forward = quality.forward_citations(graph, steps)
        last, held = graph.times.max(), graph.times[made.nodes[made.inside]]
        made.complete[made.inside] = (held > 0) & (held + steps <= last)
    backward = quality.backward_citations(graph).astype(float)
    backward[backward == 0] = np.nan
    symbols = made.symbols
    kinds = {name: place for place, name in enumerate(sorted({one for found in symbols for one in found}))}
    pairs = [(int(made.nodes[i]), kinds[one]) for i, found in enumerate(symbols) for one in found]
    table = quality.class_table(
        [one for one, _ in pairs], [other for _, other in pairs], made.count, kinds=max(len(kinds), 1)
    )
    found = {
        "forward": _of(made, forward.astype(float)),
        "backward": _of(made, backward),
        "scope": np.array([len(set(one)) or np.nan for one in symbols], float),
        "generality": quality.generality(graph, table)[made.nodes],
        "originality": quality.originality(graph, table)[made.nodes],
        "radicalness": quality.radicalness(graph, table)[made.nodes],
        "family": made.numbers(made.columns.family),
        "claims": made.numbers(made.columns.claims),
        "grant_lag": made.lags(),
    }
    return found, [*remarks, *([] if kinds else [remark("q_classes")])]


def _of(made: _Subjects, values: Floats) -> Floats:
    """Return values of documents for the patents; NaN for those that no citation names."""
    import numpy as np

    found = np.full(len(made.nodes), np.nan)
    found[made.inside] = values[made.nodes[made.inside]]
    return found


def _normalised(values: Mapping[str, Floats], made: _Subjects) -> tuple[dict[str, Floats], list[str]]:
    from zhihang.methods.patent_quality import grant_lag_index, normalised

    cohorts = [f"{field} {year or ''}".strip() for field, year in zip(made.fields, made.years, strict=True)]
    shares = {
        part: normalised(values[part], cohorts, least=LEAST_COHORT)
        for part in ("forward", "family", "claims", "generality", "backward")
    }
    return {**shares, "grant_lag": grant_lag_index(values["grant_lag"], cohorts)}, cohorts


def _composites(
    shares: Mapping[str, Floats], values: Mapping[str, Floats], made: _Subjects
) -> dict[str, Any]:
    """The mean of four and of six parts, for granted patents where grants are known; the most cited hundredth."""
    import numpy as np

    from zhihang.methods.patent_quality import FOUR, SIX, breakthrough, composite

    cohorts = [f"{field} {year or ''}" for field, year in zip(made.fields, made.years, strict=True)]
    granted = ~np.isnan(values["grant_lag"]) if made.columns.grant else np.ones(len(made.names), bool)
    cited = breakthrough(np.nan_to_num(values["forward"]), cohorts)
    return {
        "quality_4": np.where(granted, composite(shares, FOUR), np.nan),
        "quality_6": np.where(granted, composite(shares, SIX), np.nan),
        "breakthrough": [
            bool(one) if inside else None for one, inside in zip(cited, made.inside, strict=True)
        ],
    }


def _table(path: Path, columns: QualityColumns) -> TextTable:
    named = (columns.date, columns.classes, columns.claims, columns.family, columns.grant)
    return read_text_table(path, [columns.number, *(name for name in named if name)])


def _bare(number: str) -> str:
    return "".join(char for char in number.upper() if char.isalnum())


def _number(text: str | None) -> float:
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return float("nan")
    return value if 0 <= value < 1e9 else float("nan")


def _unknown(values: Floats) -> bool:
    return bool((values != values).all())


def _plain(value: float) -> float | int | None:
    if value != value:
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)
