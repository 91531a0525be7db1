# SPDX-License-Identifier: Apache-2.0
"""Identification: which application each record of a draft is about, and which documents it names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.ingestion.columns import as_missing, first_of_each, in_order, taken
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import DateOrder
from zhihang.ingestion.refused import Refusals
from zhihang.ingestion.vocabulary import kind_codes, kinds_by_word
from zhihang.terms import application_number, kind_code, patent_date, publication_number
from zhihang.terms.office import OFFICES

TEXT = pa.string()
_DATES = ("filing_date", "grant_date", "legal_status_date")


@dataclass(frozen=True)
class Identified:
    """Per record: the application's id (null: refused) and first publication; rows of both tables with `record`."""

    application_id: pa.Array
    first_publication: pa.Array
    applications: pa.Table
    publications: pa.Table


def identify(draft: Draft, default_office: str | None, order: DateOrder, refusals: Refusals) -> Identified:
    """Read numbers and dates of applications and publications and give every record its application's id.

    The id is built from the application number; failing that from the first publication's number; failing that
    from title, applicants and dates. A record that offers none of them is refused.
    """
    published = _publications(draft, default_office, order, refusals)
    raw = _one_per_record(draft)
    first = first_of_each(published, len(draft))
    office = pc.coalesce(
        as_missing(raw.column("office")), published.column("office").combine_chunks().take(first)
    )
    dates = {name: patent_date.settle(raw.column(name), order=order) for name in _DATES}
    numbers = application_number.settle(
        raw.column("number"), office, default_office=default_office, filing_year=dates["filing_date"].year
    )
    document = published.column("document_id").combine_chunks().take(first)
    application_id = pc.coalesce(numbers.application_id, document)
    basis = pc.if_else(
        pc.is_valid(numbers.application_id),
        "application_number",
        pc.if_else(pc.is_valid(document), "publication_number", pa.scalar(None, TEXT)),
    )
    application_id, basis = _by_content(draft, raw, application_id, basis, numbers.problem, refusals)
    told = _told(raw, numbers, application_id, refusals)
    applications = _applications(raw, published, first, numbers, application_id, basis, dates, refusals)
    rows = published.append_column("application_id", taken(application_id, published.column("record")))
    known = rows.filter(pc.is_valid(rows.column("application_id")))
    first_publication = published.column("publication_id").combine_chunks().take(first)
    return Identified(told, first_publication, applications, _once(known))


def _told(
    raw: pa.Table,
    numbers: application_number.ApplicationNumbers,
    application_id: pa.Array,
    refusals: Refusals,
) -> pa.Array:
    """List application numbers that could not be read although the record is known by other means."""
    known = pc.is_valid(application_id)
    problem = pc.if_else(known, numbers.problem, pa.scalar(None, TEXT))
    refusals.values("application", "application_number", raw, raw.column("number"), problem)
    return application_id


def _publications(draft: Draft, default_office: str | None, order: DateOrder, refusals: Refusals) -> pa.Table:
    raw = in_order(draft.table("publication"))
    written = as_missing(raw.column("number"))
    raw = raw.filter(pc.is_valid(written))
    read = publication_number.settle(
        raw.column("number"),
        as_missing(raw.column("office")),
        kind_code=as_missing(raw.column("kind_code")),
        default_office=default_office,
    )
    refusals.values("publication", "publication_number", raw, raw.column("number"), read.problem)
    dates = patent_date.settle(raw.column("date"), order=order)
    refusals.values("publication", "publication_date", raw, raw.column("date"), dates.problem)
    meaning = kind_code.classify(read.office, read.kind_code, dates.date, kind_codes())
    rows = pa.table(
        {
            "record": raw.column("record"),
            "publication_id": read.publication_id,
            "document_id": document_id(read.office, read.number, read.kind_code),
            "office": read.office,
            "number": read.number,
            "kind_code": read.kind_code,
            "stage": meaning.stage,
            "publication_date": dates.date,
            "publication_date_partial": dates.partial,
            "publication_number": as_missing(raw.column("number")),
            "kind": meaning.kind,
        }
    )
    return rows.filter(pc.is_valid(rows.column("publication_id")))


def document_id(office: pa.Array, number: pa.Array, code: pa.Array) -> pa.Array:
    """Return office, ``-P`` and number, with the letter of the kind code where kinds are numbered apart.

    Chinese numbers of nine digits (since 2007) and European ones are shared by all publications of an application.
    """
    chinese = pc.and_(pc.equal(office, "CN"), pc.equal(pc.utf8_length(number), 9))
    one_series = pc.or_(chinese, pc.equal(office, "EP"))
    letter = pc.if_else(one_series, "", pc.fill_null(pc.utf8_slice_codeunits(code, 0, 1), ""))
    return pc.binary_join_element_wise(office, "-P", number, letter, "")


def _one_per_record(draft: Draft) -> pa.Table:
    """Raw application rows, exactly one for each record of the draft, blank where the reader gave none."""
    raw = draft.table("application").combine_chunks()
    places = first_of_each(raw, len(draft))
    record = pa.array(np.arange(len(draft), dtype=np.int32))
    return raw.take(places).set_column(0, pa.field("record", pa.int32()), record)


def _by_content(
    draft: Draft,
    raw: pa.Table,
    application_id: pa.Array,
    basis: pa.Array,
    problem: pa.Array,
    refusals: Refusals,
) -> tuple[pa.Array, pa.Array]:
    """Name records without any number by a digest of what they say; refuse those that say too little."""
    if not application_id.null_count:
        return application_id, basis
    ids, bases = application_id.to_pylist(), basis.to_pylist()
    content = _contents(draft, raw)
    for record in np.flatnonzero(pc.is_null(application_id).to_numpy(zero_copy_only=False)).tolist():
        number, reason = raw.column("number")[record].as_py(), problem[record].as_py()
        if reason is not None:
            refusals.record(record, "application", "application_number", number, reason)
        elif content.get(record) is None:
            refusals.record(
                record, "application", None, None, "no application number, publication number or title"
            )
        else:
            ids[record], bases[record] = "X-" + content[record], "content"
    return pa.array(ids, TEXT), pa.array(bases, TEXT)


def _contents(draft: Draft, raw: pa.Table) -> dict[int, str]:
    """Digest of title, applicants and filing date of each record that has a title."""
    titles: dict[int, str] = {}
    texts = draft.table("text")
    for row in texts.filter(pc.equal(texts.column("part"), "title")).to_pylist():
        if row["text"] and row["text"].strip():
            titles.setdefault(row["record"], " ".join(row["text"].split()))
    applicants: dict[int, list[str]] = {}
    parties = draft.table("party")
    for row in parties.filter(pc.equal(parties.column("role"), "applicant")).to_pylist():
        applicants.setdefault(row["record"], []).append((row["name"] or "").strip())
    dates = raw.column("filing_date").to_pylist()
    return {
        record: hashlib.sha256(
            "\x1f".join([title, *applicants.get(record, []), dates[record] or ""]).encode()
        ).hexdigest()[:20]
        for record, title in titles.items()
    }


def _applications(
    raw: pa.Table,
    published: pa.Table,
    first: pa.Array,
    numbers: application_number.ApplicationNumbers,
    application_id: pa.Array,
    basis: pa.Array,
    dates: Mapping[str, patent_date.PatentDates],
    refusals: Refusals,
) -> pa.Table:
    known = pc.is_valid(application_id)
    for name, read in dates.items():
        refusals.values(
            "application", name, raw, raw.column(name), pc.if_else(known, read.problem, pa.scalar(None, TEXT))
        )
    granted = published.filter(pc.equal(published.column("stage"), "grant"))
    grant = first_of_each(granted, raw.num_rows)
    kinds = published.filter(pc.is_valid(published.column("kind")))
    by_code = kinds.column("kind").combine_chunks().take(first_of_each(kinds, raw.num_rows))
    pct = application_number.settle(raw.column("pct_number"))
    rows = pa.table(
        {
            "record": raw.column("record"),
            "application_id": application_id,
            "id_basis": basis,
            "office": pc.coalesce(
                numbers.office, published.column("office").combine_chunks().take(first), _stated_office(raw)
            ),
            "application_number": as_missing(raw.column("number")),
            "check_digit": numbers.check_digit,
            "kind": pc.coalesce(numbers.kind, by_code, kinds_by_word(raw.column("kind"))),
            "pct_entry": numbers.pct_entry,
            "pct_application_id": pct.application_id,
            "filing_date": dates["filing_date"].date,
            "filing_date_partial": dates["filing_date"].partial,
            "grant_date": pc.coalesce(
                dates["grant_date"].date, granted.column("publication_date").combine_chunks().take(grant)
            ),
            "grant_date_partial": dates["grant_date"].partial,
            "legal_status": as_missing(raw.column("legal_status")),
            "legal_status_date": dates["legal_status_date"].date,
        }
    )
    return rows.filter(known)


def _stated_office(raw: pa.Table) -> pa.ChunkedArray:
    """The office that the source names apart from any number, where it names it by its code."""
    code = pc.utf8_upper(as_missing(raw.column("office")))
    return pc.if_else(pc.is_in(code, value_set=pa.array(sorted(OFFICES))), code, pa.scalar(None, TEXT))


def _once(publications: pa.Table) -> pa.Table:
    """Leave out a publication that one record names twice."""
    rows = publications.drop_columns(["kind"])
    if rows.num_rows < 2:
        return rows
    record = rows.column("record").to_numpy().astype(np.int64)
    if not bool(np.any(record[1:] == record[:-1])):
        return rows
    encoded = rows.column("publication_id").combine_chunks().dictionary_encode()
    _, first = np.unique(record * len(encoded.dictionary) + encoded.indices.to_numpy(), return_index=True)
    return rows if len(first) == rows.num_rows else rows.take(pa.array(np.sort(first)))
