# SPDX-License-Identifier: Apache-2.0
"""Tests of publication numbers: the same document has the same id in every source."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.terms.publication_number import settle, settle_one

SAME = {
    "CN101551481B": [
        "CN101551481B",
        "CN 101551481 B",
        "CN-101551481-B",
        "cn101551481b",
        "CN101551481 (B)",
        "CN101551481-B",
    ],
    "CN85100156A": ["CN85100156A", "CN1985100156A"],
    "US20120057518A1": [
        "US 2012/0057518 A1",
        "US20120057518A1",
        "US 2012057518 A1",
        "US2012057518 (A1)",
        "US-2012057518-A1",
        "US2012057518-A1",
    ],
    "US9648662B2": ["US 9648662 B2", "US 9,648,662 B2", "US-9648662-B2", "US09648662B2", "US9648662 (B2)"],
    "USD651376S1": ["USD651376S1", "US D651376 S1", "USD0651376S1", "USD651376S (S1)"],
    "USRE36178E": ["USRE36178E (E)", "US RE36178 E", "USRE036178E"],
    "WO2001045540A1": [
        "WO0145540 (A1)",
        "WO 01/45540 A1",
        "WO 2001/045540 A1",
        "WO2001045540A1",
        "WO-0145540-A1",
    ],
    "WO1999012345A1": ["WO9912345A1", "WO 99/12345 A1", "WO 1999/012345 A1"],
    "EP0123456A1": ["EP0123456A1", "EP 0123456 A1", "EP123456A1", "EP-0123456-A1"],
    "JPH05123456A": [
        "JPH05123456A",
        "JP H05123456 A",
        "JP-H05123456-A",
        "JP05123456A",
        "JP5123456A",
        "JP H5-123456 A",
    ],
    "JPS631761U": ["JPS631761U (U)", "JP S63001761 U", "JP S63-1761 U", "JP63001761U"],
    "JP2013510760A": ["JP2013510760A", "JP 2013-510760 A", "JP2013510760-W", "JP-2013510760-A"],
    "JP6396007B2": ["JP6396007B2", "JP 6396007 B2", "JP06396007B2"],
    "KR20130096188A": ["KR1020130096188A", "KR 20130096188 A", "KR2013096188-A", "KR 10-2013-0096188 A"],
    "KR100991365B1": ["KR991365-B1", "KR 100991365 B1", "KR10-0991365 B1", "KR100991365B (B1)"],
    "KR200174584Y1": ["KR 200174584 Y1", "KR200174584 (Y1)", "KR174584-Y1"],
    "DE102010012345A1": ["DE 10 2010 012345 A1", "DE102010012345A1", "DE-102010012345-A1"],
    "DE202006010579U1": ["DE202006010579U (U1)", "DE 202006010579 U1"],
    "AU1991080191A": ["AU 1991/080191 A", "AU8019191 (A)", "AU 8019191 A"],
    "GB1015492D0": ["GB 1015492 D0", "GB201015492D0"],
    "CA93181S": ["CA93181 (S)", "CA 93181 S"],
    "BG46356A1": ["BG 46356 A1", "BG46356A1"],
    "RU2407300C2": ["RU2407300C2", "RU02407300C2", "RU0002407300C2"],
    "TWI222834B": ["TWI222834B", "TW I222834 B"],
}


@pytest.mark.parametrize("expected", SAME)
def test_every_spelling_gives_the_same_id(expected):
    found = settle(pa.array([*SAME[expected], expected]))
    assert found.publication_id.to_pylist() == [expected] * (len(SAME[expected]) + 1)


@pytest.mark.parametrize(
    ("written", "office", "kind_code", "expected"),
    [
        ("08123456", "US", "B2", "US8123456B2"),
        ("D0651376", "US", "S1", "USD651376S1"),
        ("RE040123", "US", "E1", "USRE40123E1"),
        ("PP012345", "US", "P2", "USPP12345P2"),
        ("2012/001234", "WO", "A1", "WO2012001234A1"),
        ("PI0603782", "BR", "A2", "BRPI0603782A2"),
        ("CN101551481B", "CN", "A", "CN101551481B"),
        ("8407913", "US", None, "US8407913"),
        ("1881", "EP", "A4", "EP0001881A4"),
    ],
)
def test_office_and_kind_code_may_come_apart(written, office, kind_code, expected):
    assert settle_one(written, office, kind_code=kind_code).publication_id == expected


def test_parts_are_given_apart():
    found = settle_one("US 2012/0057518 (A1)")
    assert (found.office, found.number, found.kind_code) == ("US", "20120057518", "A1")


def test_a_missing_kind_code_is_missing():
    found = settle_one("KR1020050123389")
    assert (found.publication_id, found.kind_code, found.problem) == ("KR20050123389", None, None)


def test_what_is_no_number_is_a_problem_and_a_blank_is_not():
    found = settle(pa.array(["Beer", "8407913", "XP002191710", "-", None]))
    assert found.publication_id.null_count == 5
    assert found.problem.to_pylist() == [
        "no number in it",
        "the office is not known",
        "not a number this office gives",
        None,
        None,
    ]


def test_kind_codes_of_an_array_go_with_their_numbers():
    found = settle(pa.array(["US08123456", "US20120057518"]), kind_code=pa.array(["B2", None]))
    assert found.publication_id.to_pylist() == ["US8123456B2", "US20120057518"]


NUMBER_LIKE = st.from_regex(
    r"(CN|US|EP|WO|JP|KR|DE|GB|AU|[A-Z]{2})?[ -]?(D|RE|H|S|PI)?((19|20)[0-9]{2})?[0-9/., -]{0,12}[0-9X]"
    r"( |_|-| \()?([A-Z][0-9]?)?\)?",
    fullmatch=True,
)


@examples(20)
@given(
    st.lists(st.one_of(st.none(), st.text(), NUMBER_LIKE), max_size=40), st.sampled_from([None, "CN", "US"])
)
def test_no_text_raises_and_a_settled_id_settles_to_itself(texts, default_office):
    found = settle(pa.array(texts, pa.string()), default_office=default_office)
    again = settle(found.publication_id, default_office=default_office)
    for part in ("publication_id", "office", "number"):
        assert getattr(again, part).to_pylist() == getattr(found, part).to_pylist()


@examples(10)
@given(st.lists(st.one_of(st.none(), NUMBER_LIKE), max_size=6))
def test_each_number_is_read_as_if_it_stood_alone(texts):
    together = settle(pa.array(texts, pa.string())).publication_id.to_pylist()
    assert together == [settle_one(text).publication_id for text in texts]
