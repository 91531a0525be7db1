# SPDX-License-Identifier: Apache-2.0
"""Tests of application numbers: every spelling of a number gives the one id of its application."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.terms.application_number import settle, settle_one

# 201310012345: 2*2 + 0*3 + 1*4 + 3*5 + 1*6 + 0*7 + 0*8 + 1*9 + 2*2 + 3*3 + 4*4 + 5*5 = 92 = 8*11 + 4
# 85100001:     8*2 + 5*3 + 1*4 + 0 + 0 + 0 + 0 + 1*9 = 44 = 4*11 + 0
# 98200009:     9*2 + 8*3 + 2*4 + 0 + 0 + 0 + 0 + 9*9 = 131 = 11*11 + 10, which is X
SAME = {
    "CN201310012345": [
        "CN201310012345.4",
        "201310012345.4",
        "2013100123454",
        "201310012345",
        "CN2013100123454",
        "ZL201310012345.4",
        "ZL 2013 1 0012345.4",
        "CNZL201310012345.4",
        "CN ZL 201310012345.4",
        "ＣＮ２０１３１００１２３４５．４",
        "cn201310012345.4",
        "CN 201310012345 A",
        "CN201310012345A",
        "CN-201310012345-A",
        "专利号：ZL201310012345.4",
        "第201310012345.4号",
        "201310012345.4\u3000",
    ],
    "CN98200009": [
        "CN98200009.X",
        "98200009X",
        "CN98200009.x",
        "CN98200009",
        "ZL98200009.X",
        "CN 98200009 U",
    ],
    "CN85100001": ["CN85100001.0", "851000010", "85100001", "CN 85100001 A"],
    "CN201220249767": ["CN201220249767.4", "CN201220249767", "CN 201220249767 U"],
    "PCTCN2013070123": [
        "PCT/CN2013/070123",
        "PCTCN2013070123",
        "PCT/CN2013/070123 W",
        "CN2013070123W",
        "CN 2013070123 W",
        "WO2013CN70123",
        "WO2013CN070123",
        "WO2013CN70123A",
    ],
    "PCTUS1999001234": [
        "PCT/US99/01234",
        "US 9901234 W",
        "WO1999US01234",
        "WO1999US1234A",
        "PCT/US1999/001234",
    ],
    "PCTUS2006000980": ["US 2006/0000980 W", "US 2006000980 W", "PCT/US06/00980"],
    "US13167395": ["US 201113167395 A", "US201113167395", "US13167395", "US 13/167,395", "US13/167395"],
    "US29214657": ["US29214657", "US 29/214,657", "US 200429214657 F", "US20040214657F", "US 21465704 F"],
    "EP10167109": [
        "EP10167109.7",
        "EP101671097",
        "EP10167109",
        "EP 10167109 A",
        "EP20100167109",
        "EP 10 167 109.7",
        "EP-10167109-A",
    ],
    "GB1009861": ["GB1009861.4", "GB 1009861 A", "GB20100009861", "GB201009861A", "GB 201009861 A"],
    "DE102011101042": ["DE102011101042A", "DE 102011101042 A", "DE201110101042", "DE10 2011 101 042.5"],
    "DE102011002285": ["DE20111002285", "DE 10 2011 002 285"],
    "DE19945248": ["DE1999145248", "DE 199 45 248.5", "DE 19945248 A"],
    "JP2011057190": ["JP20110057190", "JP 2011057190 A", "JP 2011-057190", "JP 2011-57190"],
    "JP1998158448": ["JP19980158448", "JP 15844898 A", "JP H10-158448", "JP 1998-158448"],
    "JP2001000123U": ["JP 2001000123 U", "JP20010000123U"],
    "KR1020110055873": [
        "KR20110055873",
        "KR 20110055873 A",
        "KR 10-2011-0055873",
        "KR1020110055873A",
        "KR201155873A",
    ],
    "KR2020130006425": ["KR20130006425U", "KR 20130006425 U", "KR 20-2013-0006425"],
    "TW92116692": ["TW20030116692", "TW 92116692 A", "TW092116692"],
    "TW100211132": ["TW 100211132 U", "TW20110211132U"],
    "FR1001285": ["FR 1001285 A", "FR20100001285", "FR10/01285"],
    "AU2008255242": ["AU20080255242", "AU 2008255242 A", "AU 2008/255242 A"],
    "AU1988021052": ["AU 1988/021052 A", "AU 2105288 A"],
    "CA2744162": ["CA20112744162", "CA 2744162 A", "CA2744162"],
    "RU2008124423": ["RU20080124423", "RU 2008124423 A"],
    "PL342456": ["PL20000342456", "PL 34245600 A"],
    "ES200100232": ["ES20010000232", "ES 200100232 A"],
}


@pytest.mark.parametrize("expected", SAME)
def test_every_spelling_gives_the_same_id(expected):
    spellings = pa.array([*SAME[expected], expected])
    found = settle(spellings, default_office="CN" if expected.startswith("CN") else None)
    assert found.application_id.to_pylist() == [expected] * len(spellings)
    assert found.problem.null_count == len(spellings)


@pytest.mark.parametrize(
    ("written", "check_digit"),
    [
        ("CN201310012345.4", "right"),
        ("CN201310012345.5", "wrong"),
        ("CN201310012345", "absent"),
        ("CN98200009.X", "right"),
        ("CN98200009.0", "wrong"),
        ("85100001.0", "right"),
        ("EP99403122.7", "right"),  # 9 + (1+8) + 4 + 0 + 3 + 2 + 2 + 4 = 33, completed to 40 by 7
        ("EP99403122.8", "wrong"),
        ("EP99403122", "absent"),
        ("GB1009861.4", "right"),  # 2 + 0 + 0 + 9 + (1+6) + 6 + 2 = 26, completed to 30 by 4
        ("GB1009861.5", "wrong"),
        ("US13/167,395", None),
    ],
)
def test_check_digits_are_verified(written, check_digit):
    assert settle_one(written, default_office="CN").check_digit == check_digit


@pytest.mark.parametrize(
    ("written", "kind", "pct_entry", "year"),
    [
        ("201310012345", "invention", False, 2013),
        ("201320012345", "utility_model", False, 2013),
        ("201330012345", "design", False, 2013),
        ("201380012345", "invention", True, 2013),
        ("201390012345", "utility_model", True, 2013),
        ("03812345", "invention", True, 2003),
        ("85100001", "invention", False, 1985),
        ("99300001", "design", False, 1999),
    ],
)
def test_a_chinese_number_tells_kind_and_way_of_entry(written, kind, pct_entry, year):
    found = settle_one(written, "CN")
    assert (found.kind, found.pct_entry, found.filing_year) == (kind, pct_entry, year)


@pytest.mark.parametrize(
    "written",
    [
        "CN201340012345.4",  # no kind of right has digit 4
        "CN200210012345.4",  # numbers of twelve digits began in 2003
        "CN04100001",  # numbers of eight digits ended in 2003
        "CN84100001",
        "CN2013100123",
        "CN12",
        "2010201218",  # a number that lost its last two digits is not taken for an EPO spelling
    ],
)
def test_what_no_chinese_number_can_be_is_a_problem(written):
    found = settle_one(written, default_office="CN")
    assert found.application_id is None
    assert "Chinese" in (found.problem or "")


def test_numbers_without_an_office_are_not_chinese_unless_the_caller_says_so():
    assert settle_one("201310012345.4").application_id is None
    assert settle_one("201310012345.4").problem == "the office is not known"
    assert settle_one("201310012345.4", "CN").application_id == "CN201310012345"
    assert settle_one("201310012345.4", default_office="CN").application_id == "CN201310012345"


@pytest.mark.parametrize("blank", [None, "", " ", "-", "--", "NA", "null", "无", "\u3000"])
def test_marks_of_absence_are_no_problem(blank):
    found = settle_one(blank, default_office="CN")
    assert (found.application_id, found.problem) == (None, None)


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        # Derwent leaves the year to the filing date
        ("US878676", 2016, "US14878676"),
        ("US256009P", 2015, "US62256009"),
        ("CN21066892", 2016, "CN201621066892"),
        ("WOUS055920", 2015, "PCTUS2015055920"),
        ("EP194513", 2015, "EP15194513"),
        ("KR140078", 2015, "KR1020150140078"),
        ("DE10220802", 2015, "DE102015220802"),
        ("FR060158", 2007, "FR0760158"),
        ("JP198782", 2015, "JP2015198782"),
        # centuries and orders of parts
        ("US 1795415 A", 1915, "US1915017954"),
        ("GB 1028362 A", 1962, "GB6210283"),
        ("GB 1028362 A", 2010, "GB1028362"),
        ("CN85100001", 2016, "CN85100001"),
    ],
)
def test_the_filing_year_completes_what_a_number_leaves_open(written, year, expected):
    assert settle_one(written, filing_year=year).application_id == expected


def test_a_date_behind_the_number_tells_the_year():
    assert settle_one("US 1795415 A 19150329").application_id == "US1915017954"
    assert settle_one("KR20130006425U 20130801").application_id == "KR2020130006425"


def test_a_blank_tells_numbers_that_end_with_the_year():
    assert settle_one("US 42751873 A").application_id == "US05427518"  # 427,518 of 1973
    assert settle_one("US42751873").application_id == "US05427518"  # there is no series 42
    assert settle_one("US12345678").application_id == "US12345678"


def test_each_office_of_an_array_goes_with_its_number():
    offices = pa.chunked_array([["US", "EP"], [None, "WO", "IT"]])
    numbers = pa.chunked_array(
        [["12/345,678", "10167109.7", "CN201310012345"], ["CN2013070123", "MI2014A001492"]]
    )
    found = settle(numbers, offices)
    assert found.application_id.to_pylist() == [
        "US12345678",
        "EP10167109",
        "CN201310012345",
        "PCTCN2013070123",
        "ITMI2014A001492",
    ]
    assert found.office.to_pylist() == ["US", "EP", "CN", "WO", "IT"]


def test_other_offices_keep_their_number_without_signs():
    found = settle(pa.array(["SG 10201406164Y A", "IL 237130 A", "DK 19702186 T", "CA 783996D A"]))
    assert found.application_id.to_pylist() == ["SG10201406164Y", "IL237130", "DK19702186T", "CA783996D"]


def test_all_arrays_have_the_length_of_the_input():
    for numbers in ([], [None], ["CN201310012345.4", None, "nonsense"]):
        found = settle(pa.array(numbers, pa.string()))
        assert {len(getattr(found, name)) for name in vars(found)} == {len(numbers)}


NUMBER_LIKE = st.from_regex(
    r"(CN|US|EP|WO|JP|KR|DE|GB|FR|TW|IT|ZL|PCT/[A-Z]{2}|[A-Z]{2})?[ :-]?[A-Z]{0,2}"
    r"((19|20)[0-9]{2})?[0-9/., -]{0,14}[0-9X]( |_|-)?([AUWFPDT][0-9]?)?( 20[0-2][0-9]0[1-9][0-2][0-9])?",
    fullmatch=True,
)


@examples(20)
@given(
    st.lists(st.one_of(st.none(), st.text(), NUMBER_LIKE), max_size=40), st.sampled_from([None, "CN", "US"])
)
def test_no_text_raises_and_a_settled_id_settles_to_itself(texts, default_office):
    found = settle(pa.array(texts, pa.string()), default_office=default_office)
    again = settle(found.application_id, default_office=default_office)
    assert again.application_id.to_pylist() == found.application_id.to_pylist()
    assert again.office.to_pylist() == found.office.to_pylist()
    for identity, problem in zip(found.application_id.to_pylist(), found.problem.to_pylist(), strict=True):
        assert identity is None or problem is None


@examples(10)
@given(st.lists(st.one_of(st.none(), NUMBER_LIKE), max_size=6))
def test_each_number_is_read_as_if_it_stood_alone(texts):
    together = settle(pa.array(texts, pa.string())).application_id.to_pylist()
    assert together == [settle_one(text).application_id for text in texts]
