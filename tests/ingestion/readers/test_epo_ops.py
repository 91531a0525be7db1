# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of OPS answers: bibliography, families, legal events, register, and what holds no patents."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers.epo_ops import epo_ops

FOLDER = SAMPLES / "epo_ops"
ANSWER = (
    '<?xml version="1.0"?><ops:world-patent-data xmlns:ops="http://ops.epo.org">{}</ops:world-patent-data>'
)


def test_the_samples_give_the_rows_beside_them():
    assert samples(epo_ops) == expected(epo_ops)


def test_the_reader_is_sure_of_every_kind_of_answer():
    assert {surest(path) for path in FOLDER.glob("*.xml")} == {"epo_ops"}


def test_names_delivered_several_times_over_count_once_in_their_last_spelling():
    assert of_record(raw_rows(epo_ops, FOLDER / "biblio.xml"), "party", 0, "name") == [
        "Guilin Invented Co., Ltd",
        "WANG WU",
    ]


def test_every_member_of_a_family_names_all_members():
    rows = raw_rows(epo_ops, FOLDER / "family_legal.xml")
    for member in (0, 1):
        numbers = of_record(rows, "family_member", member, "number")
        schemes = of_record(rows, "family_member", member, "scheme")
        inpadoc = [number for number, scheme in zip(numbers, schemes, strict=True) if scheme == "inpadoc"]
        assert inpadoc == ["EP9900001B1", "US9999999B2"]


def test_an_event_in_a_contracting_state_bears_that_state_and_its_effective_date():
    rows = raw_rows(epo_ops, FOLDER / "family_legal.xml")
    assert of_record(rows, "legal_event", 0, "office") == ["AT", "EP"]
    assert of_record(rows, "legal_event", 0, "effective_date") == ["20991214", None]


def test_claims_in_one_element_are_told_apart_by_their_numbers():
    rows = raw_rows(epo_ops, FOLDER / "full_text.xml")
    assert of_record(rows, "claim", 0, "number") == ["1", "2"]


def test_the_register_counts_with_its_latest_state_and_keeps_the_earlier_ones():
    rows = raw_rows(epo_ops, FOLDER / "register.xml")
    assert of_record(rows, "application", 0, "legal_status") == ["Grant of patent is intended"]
    assert of_record(rows, "party", 0, "address") == ["New Street 2, 541000 Guilin"]
    assert "Guilin Invented Old Street 1 CN" in of_record(rows, "attribute", 0, "value")


def test_an_answer_without_bibliography_takes_its_number_from_the_query(tmp_path):
    path = tmp_path / "events.xml"
    text = (FOLDER / "register.xml").read_text("utf-8")
    start, end = text.index("<ns3:bibliographic-data"), text.index("<ns3:events-data>")
    path.write_text(text[:start] + text[end:], "utf-8")
    assert of_record(raw_rows(epo_ops, path), "publication", 0, "number") == ["EP9900001"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            "<ops:classification-search><ops:classification-statistics/></ops:classification-search>",
            "statistics on classes",
        ),
        ("<ops:standardization/>", "holds no patents"),
        ("", "holds no patents"),
    ],
)
def test_an_answer_without_patents_is_refused_with_what_it_holds(tmp_path, content, what):
    path = tmp_path / "answer.xml"
    path.write_text(ANSWER.format(content), "utf-8")
    with pytest.raises(SourceError, match=what):
        raw_rows(epo_ops, path)


def test_an_answer_that_breaks_off_is_refused_whole(tmp_path):
    path = tmp_path / "half.xml"
    path.write_bytes((FOLDER / "biblio.xml").read_bytes()[:3000])
    with pytest.raises(SourceError, match="no complete answer"):
        raw_rows(epo_ops, path)


SHARED_COUNTS = {
    "get_abstract": 1,
    "get_biblio": 1,
    "get_claims": 1,
    "get_description": 1,
    "get_family_with_biblio": 5,
    "get_family_with_legal": 5,
    "get_legal": 1,
    "get_register_biblio": 1,
    "get_register_events": 1,
    "get_register_procedural_steps": 1,
    "get_register_unip": 1,
    "search": 5,
    "search_with_constituent": 3,
}


def test_the_shared_answers_give_the_records_they_hold(shared):
    folder = shared / "data" / "patents" / "epo-ops-xml"
    assert {name: count(epo_ops, folder / f"{name}.xml") for name in SHARED_COUNTS} == {
        name: (records, 0) for name, records in SHARED_COUNTS.items()
    }
    with pytest.raises(SourceError, match="10 CPC symbols"):
        raw_rows(epo_ops, folder / "get_classification_statistics.xml")


def test_no_legal_event_of_the_shared_answers_is_lost(shared):
    folder = shared / "data" / "patents" / "epo-ops-xml"
    assert len(raw_rows(epo_ops, folder / "get_legal.xml")["legal_event"]) == 69
    assert len(raw_rows(epo_ops, folder / "get_family_with_legal.xml")["legal_event"]) == 75
    claims = raw_rows(epo_ops, folder / "get_claims.xml")["claim"]
    assert [claim["number"] for claim in claims] == [str(number) for number in range(1, 16)]
