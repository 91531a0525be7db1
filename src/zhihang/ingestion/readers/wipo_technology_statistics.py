# SPDX-License-Identifier: Apache-2.0
"""Patent counts by office, origin and field of technology, as WIPO's statistics database gives them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample, fold_header
from zhihang.ingestion.sheet import Row, body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

WIDE = {"Office", "Office Code", "Origin", "Technology"}
"""One row for each office, origin and field, one column for each year."""
LONG = {"office", "office_code", "origin", "technology", "year", "count"}
"""One row for each value."""
UNIT = "patents"
BATCH = 2_000
_YEAR = re.compile(r"(?:19|20)\d\d$")


def _recognise(sample: Sample) -> float:
    """The columns of WIPO's statistics by technology, with a column for each year or one for the year."""
    header = sample.header_row(WIDE)
    wide = header is not None and any(_YEAR.match(cell) for cell in sample.rows[header])
    return 0.95 if wide or sample.header_row(LONG) is not None else 0


@reader(
    label=Label("WIPO 按技术领域的专利统计", "WIPO patent statistics by technology"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
)
def wipo_technology_statistics(source: Source, sample: Sample) -> Iterator[Draft]:
    """WIPO counts by office, origin and technology, with a column for each year or a row for each value."""
    wide = sample.header_row(WIDE)
    header = wide if wide is not None else sample.header_row(LONG) or 0
    names = [name.strip() for name in sample.rows[header]]
    told = _preamble(sample, header)
    rows = iter(body(source, sample, header))
    while block := list(islice(rows, BATCH)):
        yield _draft(block, names, told)


def _preamble(sample: Sample, header: int) -> Mapping[str, str | None]:
    """What the lines above the header say: the indicator without its number, and the source."""
    lines = [row[0].strip() for row in sample.rows[:header] if row]
    named = {line.partition(":")[0].strip().lower(): line.partition(":")[2].strip() for line in lines}
    indicator = re.sub(r"^\d+\s*-\s*", "", named.get("indicator", ""))
    return {"indicator": indicator or "Patents by technology", "source": named.get("source")}


def _draft(rows: Iterable[Row], names: list[str], told: Mapping[str, str | None]) -> Draft:
    draft = Draft()
    place = {fold_header(name): at for at, name in reversed(list(enumerate(names)))}
    years = [(at, name) for at, name in enumerate(names) if _YEAR.match(name)]
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) < len(names):
            cells = [*cells, *[""] * (len(names) - len(cells))]
        draft.record(line)
        found = {name: cells[at].strip() for name, at in place.items()}
        described = {**told, **_described(found)}
        values = [(name, cells[at]) for at, name in years] or [(found["year"], found["count"])]
        for year, value in values:
            if value.strip():
                draft.add("observation", period=year, period_kind="year", value=value, unit=UNIT, **described)
    return draft


def _described(found: Mapping[str, str]) -> Mapping[str, str | None]:
    field = found.get("technology_original") or found["technology"]
    kind = found.get("type")
    return {
        "region": found.get("officecode") or found.get("office_code") or found["office"],
        "region_name": found["office"],
        "dimension": f"origin={found['origin']};technology={field.replace(';', ',')}",
        "note": f"type={kind}" if kind else None,
        "status": "published",
    }
