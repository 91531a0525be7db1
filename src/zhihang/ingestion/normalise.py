# SPDX-License-Identifier: Apache-2.0
"""Normalisation: from the raw text of a draft to typed rows of the dictionary, bad values listed, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.form import FORMS
from zhihang.ingestion.columns import as_missing, in_order, running_number, taken
from zhihang.ingestion.draft import FORM, Draft
from zhihang.ingestion.identify import Identified, identify
from zhihang.ingestion.normalise_form import normalise_form
from zhihang.ingestion.normalise_observation import normalise_observations
from zhihang.ingestion.reader import DateOrder, Reader
from zhihang.ingestion.refused import Refusals
from zhihang.terms import application_number, classification_symbol, patent_date, publication_number

TEXT = pa.string()


@dataclass(frozen=True)
class Habits:
    """What a reader's format leaves unsaid: order of day and month, office of bare numbers."""

    date_order: DateOrder = "ymd"
    default_office: str | None = None

    @classmethod
    def of(cls, reader: Reader) -> Habits:
        """Return the habits of a reader."""
        return cls(reader.date_order, reader.default_office)


@dataclass(frozen=True)
class Batch:
    """What is known of the records of one draft while their rows are read."""

    known: Identified
    habits: Habits
    refusals: Refusals


@dataclass(frozen=True)
class Normalised:
    """Typed rows by table, each with `line`; how many records came in and how many of them were refused whole."""

    tables: dict[str, pa.Table]
    records: int
    rejected: int


def normalise(draft: Draft, habits: Habits) -> Normalised:
    """Turn a draft into rows of the dictionary's tables.

    Every record becomes one application, or one row in `rejection` when nothing identifies it.
    Values that cannot be read leave a blank and a row in `rejection`.
    """
    refusals = Refusals(draft)
    tables: dict[str, pa.Table] = {}
    observations = draft.table("observation")
    if observations.num_rows:
        tables["observation"] = normalise_observations(observations, refusals)
    for form in FORMS.values():
        raw = draft.table(FORM + form.name)
        if raw.num_rows:
            tables.update(normalise_form(form, raw, refusals))
    if _has_rights(draft):
        known = identify(draft, habits.default_office, habits.date_order, refusals)
        tables["application"] = known.applications
        tables["publication"] = known.publications
        batch = Batch(known, habits, refusals)
        for name, build in _BUILDERS.items():
            raw = draft.table(name)
            if raw.num_rows:
                tables[name] = _of_known(build(raw, batch))
        tables["alteration"] = _alterations(draft, known)
    lines = pa.array(draft.lines, pa.int32())
    placed = {name: _placed(table, lines) for name, table in tables.items() if table.num_rows}
    if refusals.rows:
        placed["rejection"] = refusals.table()
    return Normalised(placed, len(draft) + len(draft.rejections), refusals.records)


def _has_rights(draft: Draft) -> bool:
    others = ("observation", *(FORM + name for name in FORMS))
    return len(draft) > 0 and (
        draft.table("application").num_rows > 0 or not any(draft.table(name).num_rows for name in others)
    )


def _placed(table: pa.Table, lines: pa.Array) -> pa.Table:
    """Replace the record number by the line of the source."""
    return table.drop_columns(["record"]).append_column(
        "line", lines.take(table.column("record").combine_chunks())
    )


def _of_known(table: pa.Table) -> pa.Table:
    """Leave out rows of records that were refused."""
    missing = table.column("application_id").null_count
    return table.filter(pc.is_valid(table.column("application_id"))) if missing else table


def _alterations(draft: Draft, known: Identified) -> pa.Table:
    columns = list(zip(*draft.alterations, strict=True)) or [()] * 6
    record = pa.array(columns[0], pa.int32())
    names = ("table_name", "column_name", "raw", "value", "reason")
    values = [pa.array(column, TEXT) for column in columns[1:]]
    return pa.table(
        [record, taken(known.application_id, record), *values], ["record", "application_id", *names]
    )


def _parties(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw, "role")
    address = as_missing(raw.column("address"))
    leading = pc.extract_regex(address, r"^[\s\[(（【]*(?P<code>\d{6})(?:\D|$)")
    columns = {
        name: as_missing(raw.column(name)) for name in raw.schema.names if name not in ("record", "role")
    }
    columns["address"] = address
    columns["postcode"] = pc.coalesce(columns["postcode"], pc.struct_field(leading, "code"))
    columns["name"] = pc.coalesce(columns["name"], columns["name_latin"])
    return _rows(raw, batch, {"role": raw.column("role"), "sequence": running_number(raw, "role"), **columns})


def _classifications(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(_designs_apart(raw), "scheme")
    pieces = []
    for scheme in pc.unique(raw.column("scheme")).to_pylist():
        part = raw.filter(pc.equal(raw.column("scheme"), scheme))
        read = classification_symbol.settle(part.column("symbol"), scheme)
        batch.refusals.values(
            "classification", f"symbol ({scheme})", part, part.column("symbol"), read.problem
        )
        pieces.append(
            _rows(
                part,
                batch,
                {
                    "scheme": part.column("scheme"),
                    "symbol": read.symbol,
                    "value": pc.coalesce(as_missing(part.column("value")), read.value),
                    "version": pc.coalesce(as_missing(part.column("version")), read.version),
                },
            )
        )
    rows = pa.concat_tables(pieces)
    rows = in_order(rows.filter(pc.is_valid(rows.column("symbol"))), "scheme")
    return rows.append_column("position", running_number(rows, "scheme"))


def _designs_apart(raw: pa.Table) -> pa.Table:
    """Give symbols such as 09-03, which registers write into the IPC column of designs, their own scheme."""
    locarno = pc.match_substring_regex(
        pc.fill_null(raw.column("symbol"), ""), r"^\s*(?:LOC[^\d]*\d*[^\d]*)?\d{2}-\d{2}\b"
    )
    designs = pc.and_(pc.equal(raw.column("scheme"), "ipc"), locarno)
    if not pc.any(designs).as_py():
        return raw
    scheme = pc.if_else(designs, "locarno", raw.column("scheme"))
    return raw.set_column(raw.schema.get_field_index("scheme"), "scheme", scheme)


def _citations(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    cited = publication_number.settle(raw.column("number"))
    citing = publication_number.settle(raw.column("publication"), default_office=batch.habits.default_office)
    columns = {
        "citing_publication_id": pc.coalesce(
            citing.publication_id, taken(batch.known.first_publication, raw.column("record"))
        ),
        "sequence": running_number(raw),
        "cited_publication_id": cited.publication_id,
        "cited_text": pc.coalesce(as_missing(raw.column("text")), as_missing(raw.column("number"))),
        "category": as_missing(raw.column("category")),
        "origin": as_missing(raw.column("origin")),
    }
    return _rows(raw, batch, columns)


def _cited_by(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    citing = publication_number.settle(raw.column("number"))
    columns = {
        "sequence": running_number(raw),
        "citing_publication_id": citing.publication_id,
        "citing_text": as_missing(raw.column("number")),
    }
    return _rows(raw, batch, columns)


def _priorities(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    read = _read_dates("priority", "priority_date", raw, raw.column("date"), batch)
    office = as_missing(raw.column("office"))
    earlier = application_number.settle(raw.column("number"), office, filing_year=read.year)
    columns = {
        "sequence": running_number(raw),
        "office": pc.coalesce(earlier.office, office),
        "number": as_missing(raw.column("number")),
        "priority_application_id": earlier.application_id,
        "priority_date": read.date,
        "priority_date_partial": read.partial,
    }
    return _rows(raw, batch, columns)


def _events(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    effective = _dates("legal_event", "effective_date", raw, raw.column("effective_date"), batch)
    columns = {
        "sequence": running_number(raw),
        **_dates("legal_event", "event_date", raw, raw.column("date"), batch),
        "effective_date": effective["effective_date"],
        **{name: as_missing(raw.column(name)) for name in ("office", "code", "name", "detail")},
    }
    return _rows(raw, batch, columns)


def _family(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw, "scheme")
    member = publication_number.settle(raw.column("number"))
    columns = {
        "scheme": raw.column("scheme"),
        "sequence": running_number(raw, "scheme"),
        "family_id": as_missing(raw.column("family_id")),
        "member_publication_id": member.publication_id,
        "member_text": as_missing(raw.column("number")),
    }
    return _rows(raw, batch, columns)


def _relations(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    other = application_number.settle(
        raw.column("number"), as_missing(raw.column("office")), default_office=batch.habits.default_office
    )
    dates = _dates("relation", "related_date", raw, raw.column("date"), batch)
    columns = {
        "sequence": running_number(raw),
        "type": raw.column("type"),
        "related_application_id": other.application_id,
        "related_text": as_missing(raw.column("number")),
        "related_date": dates["related_date"],
    }
    return _rows(raw, batch, columns)


def _attributes(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    value = as_missing(raw.column("value"))
    columns = {
        "publication_id": taken(batch.known.first_publication, raw.column("record")),
        "name": raw.column("name"),
        "value": value,
    }
    rows = _rows(raw, batch, columns)
    return rows.filter(pc.is_valid(rows.column("value"))) if rows.column("value").null_count else rows


def _texts(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw)
    columns = {
        "publication_id": _publication_of(raw, batch),
        "part": raw.column("part"),
        "language": pc.utf8_lower(as_missing(raw.column("language"))),
        "text": as_missing(raw.column("text")),
    }
    rows = _rows(raw, batch, columns)
    return rows.filter(pc.is_valid(rows.column("text"))) if rows.column("text").null_count else rows


def _claims(raw: pa.Table, batch: Batch) -> pa.Table:
    raw = in_order(raw, "language")
    digits = pc.struct_field(pc.extract_regex(pc.fill_null(raw.column("number"), ""), r"(?P<n>\d{1,5})"), "n")
    columns = {
        "publication_id": _publication_of(raw, batch),
        "number": pc.coalesce(pc.cast(digits, pa.int32()), running_number(raw, "language")),
        "language": pc.utf8_lower(as_missing(raw.column("language"))),
        "depends_on": as_missing(raw.column("depends_on")),
        "text": as_missing(raw.column("text")),
    }
    rows = _rows(raw, batch, columns)
    return rows.filter(pc.is_valid(rows.column("text"))) if rows.column("text").null_count else rows


_BUILDERS = {
    "party": _parties,
    "classification": _classifications,
    "citation": _citations,
    "cited_by": _cited_by,
    "priority": _priorities,
    "legal_event": _events,
    "family_member": _family,
    "relation": _relations,
    "attribute": _attributes,
    "text": _texts,
    "claim": _claims,
}


def _publication_of(raw: pa.Table, batch: Batch) -> pa.Array:
    first = taken(batch.known.first_publication, raw.column("record"))
    if raw.column("publication").null_count == raw.num_rows:
        return first
    named = publication_number.settle(raw.column("publication"), default_office=batch.habits.default_office)
    return pc.coalesce(named.publication_id, first)


def _dates(
    table: str, column: str, raw: pa.Table, values: pa.ChunkedArray, batch: Batch
) -> dict[str, pa.Array]:
    read = _read_dates(table, column, raw, values, batch)
    return {column: read.date, f"{column}_partial": read.partial}


def _read_dates(
    table: str, column: str, raw: pa.Table, values: pa.ChunkedArray, batch: Batch
) -> patent_date.PatentDates:
    read = patent_date.settle(values, order=batch.habits.date_order)
    batch.refusals.values(table, column, raw, values, read.problem)
    return read


def _rows(raw: pa.Table, batch: Batch, columns: dict[str, pa.Array | pa.ChunkedArray]) -> pa.Table:
    record = raw.column("record")
    return pa.table(
        {"record": record, "application_id": taken(batch.known.application_id, record), **columns}
    )
