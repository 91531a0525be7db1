# SPDX-License-Identifier: Apache-2.0
"""Tests of the states of rights: each case is worked out by hand from M-STAT-03 and the rules it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.derivation.made_facts import derived, facts, own_lists
from tests.sail_server import sail_server

from zhihang.derivation.derivations.right_state import right_state
from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.store.engine import start_engine

FILED = {"office": "CN", "kind": "invention", "filing_date": "2010-03-10"}
GRANTED = {**FILED, "grant_date": "2013-05-08"}
Lives = Mapping[str, Sequence[Mapping[str, Any]]]


def event(code, announced, effective=None, detail=None, **more):
    return {"code": code, "event_date": announced, "effective_date": effective, "detail": detail, **more}


LAPSE = event("CF01", "2016-05-04", "2015-03-10")
TOLD_AGAIN = event(None, "2016-05-18", name="-TERMINATION OF PATENT RIGHT DUE TO NON-PAYMENT OF ANNUAL FEE")
PART = event("IP01", "2015-08-05", "2015-07-01", "决定号:42874")
DETAIL = "申请日:20100310 授权公告日:20130508 终止日期:20150312"
MANY = [
    event("CF01", "2014-11-05"),
    event("RR01", "2015-06-03"),
    event("IW01", "2017-08-02"),
    event("CF01", "2018-10-09"),
]
GRANT_PUBLISHED = [{"publication_id": "CN1B", "stage": "grant", "publication_date": "2013-05-08"}]

#: Name of the case: the application, its events, its states (state, from, to, reason).
CASES: Mapping[str, tuple[Mapping[str, object], Sequence[Mapping[str, object]], Sequence[str]]] = {
    "an invention lives for 20 years from its filing": (
        GRANTED,
        [],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant",
            "expired 2030-03-10 None term",
        ],
    ),
    "a utility model lives for 10, and 29 February becomes the last day of the month": (
        {**FILED, "kind": "utility_model", "filing_date": "2012-02-29", "grant_date": "2012-09-05"},
        [],
        [
            "pending 2012-02-29 2012-09-05 filing",
            "in_force 2012-09-05 2022-02-28 grant",
            "expired 2022-02-28 None term",
        ],
    ),
    "a design filed before 2021-06-01 lives for 10": (
        {**FILED, "kind": "design", "filing_date": "2021-05-31", "grant_date": "2021-12-01"},
        [],
        [
            "pending 2021-05-31 2021-12-01 filing",
            "in_force 2021-12-01 2031-05-31 grant",
            "expired 2031-05-31 None term",
        ],
    ),
    "a design filed since then lives for 15": (
        {**FILED, "kind": "design", "filing_date": "2021-06-01", "grant_date": "2021-12-01"},
        [],
        [
            "pending 2021-06-01 2021-12-01 filing",
            "in_force 2021-12-01 2036-06-01 grant",
            "expired 2036-06-01 None term",
        ],
    ),
    "a lapse has effect from the day the fee was due": (
        # Rule 115: filed 1997-06-03, granted 2001-08-01, fee due 2002-06-03, six months of grace to 2002-12-03.
        {**FILED, "filing_date": "1997-06-03", "grant_date": "2001-08-01"},
        [event("CF01", "2003-05-28")],
        [
            "pending 1997-06-03 2001-08-01 filing",
            "in_force 2001-08-01 2002-06-03 grant",
            "lapsed 2002-06-03 None annuity_due",
        ],
    ),
    "the day that an event gives goes before one worked out": (
        GRANTED,
        [event("CF01", "2016-05-04", "2015-03-11")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2015-03-11 grant",
            "lapsed 2015-03-11 None event",
        ],
    ),
    "so does a day in the detail": (
        GRANTED,
        [event("CF01", "2016-05-04", detail=DETAIL)],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2015-03-12 grant",
            "lapsed 2015-03-12 None event",
        ],
    ),
    "a fee still in its grace is not the one unpaid": (
        # Six months before 2015-09-09 is 2015-03-09: the fee of 2015-03-10 is not yet too late.
        GRANTED,
        [event("CF01", "2015-09-09")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2014-03-10 grant",
            "lapsed 2014-03-10 None annuity_due",
        ],
    ),
    "a fee just out of its grace is": (
        GRANTED,
        [event("CF01", "2015-09-10")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2015-03-10 grant",
            "lapsed 2015-03-10 None annuity_due",
        ],
    ),
    "a total invalidation undoes the right from its grant": (
        GRANTED,
        [event("IW01", "2017-08-02")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "invalidated 2013-05-08 None invalidation",
        ],
    ),
    "an invalidation after a lapse undoes the lapse too": (
        GRANTED,
        [event("CF01", "2016-05-04"), event("IW01", "2017-08-02")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "lapsed 2015-03-10 2015-03-10 annuity_due",
            "invalidated 2013-05-08 None invalidation",
        ],
    ),
    "an invalidation in part keeps the right in force": (
        GRANTED,
        [PART, event(None, "2015-08-05", name="无效宣告请求审查决定", detail="部分无效")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant",
            "expired 2030-03-10 None term",
        ],
    ),
    "a decision says in its detail that all is invalid": (
        GRANTED,
        [event(None, "2015-08-05", name="无效宣告请求审查决定", detail="全部无效")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "invalidated 2013-05-08 None invalidation",
        ],
    ),
    "a restored right counts as never lost": (
        GRANTED,
        [event("CF01", "2014-11-05", "2014-03-10"), event("RR01", "2015-06-03")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2014-03-10 grant",
            "lapsed 2014-03-10 2014-03-10 event",
            "in_force 2014-03-10 2030-03-10 restoration",
            "expired 2030-03-10 None term",
        ],
    ),
    "a second lapse after a restoration ends the right": (
        GRANTED,
        [event("CF01", "2014-11-05"), event("RR01", "2015-06-03"), event("CF01", "2018-10-09")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2014-03-10 grant",
            "lapsed 2014-03-10 2014-03-10 annuity_due",
            "in_force 2014-03-10 2018-03-10 restoration",
            "lapsed 2018-03-10 None annuity_due",
        ],
    ),
    "the same end told twice is one end": (
        GRANTED,
        [LAPSE, TOLD_AGAIN],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2015-03-10 grant",
            "lapsed 2015-03-10 None event",
        ],
    ),
    "an expiry that the gazette prints is known beforehand": (
        GRANTED,
        [event("CX01", "2030-04-05", "2030-03-10")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant",
            "expired 2030-03-10 None event",
        ],
    ),
    "an application withdrawn": (
        FILED,
        [event("WD01", "2014-02-05")],
        ["pending 2010-03-10 2014-02-05 filing", "withdrawn 2014-02-05 None announcement"],
    ),
    "refused, then granted after the re-examination, then lapsed": (
        GRANTED,
        [event(None, "2012-06-06", name="发明专利申请公布后的驳回"), event("CF01", "2016-05-04")],
        [
            "pending 2010-03-10 2012-06-06 filing",
            "refused 2012-06-06 2013-05-08 announcement",
            "in_force 2013-05-08 2015-03-10 grant",
            "lapsed 2015-03-10 None annuity_due",
        ],
    ),
    "an end worded in the status alone lies anywhere before its day": (
        {**GRANTED, "legal_status": "未缴年费", "legal_status_date": "2018-06-30"},
        [],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "unknown 2013-05-08 2018-06-30 end_not_dated",
            "lapsed 2018-06-30 None status",
        ],
    ),
    "an end worded in an undated status is unknown to the end of the term": (
        {**GRANTED, "legal_status": "失效"},
        [],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "unknown 2013-05-08 2030-03-10 end_not_dated",
            "expired 2030-03-10 None term",
        ],
    ),
    "granted, no one says when": (
        {**FILED, "legal_status": "有权", "legal_status_date": "2018-06-30"},
        [],
        [
            "pending 2010-03-10 2010-03-10 filing",
            "unknown 2010-03-10 2018-06-30 grant_date_missing",
            "in_force 2018-06-30 2030-03-10 status",
            "expired 2030-03-10 None term",
        ],
    ),
    "no filing date: pending since no one knows when, over 20 years after the grant at the latest": (
        {**FILED, "filing_date": None, "grant_date": "2014-01-02"},
        [],
        [
            "pending None 2014-01-02 filing_date_missing",
            "in_force 2014-01-02 2034-01-02 grant",
            "expired 2034-01-02 None term_at_latest",
        ],
    ),
    "no dates": ({**FILED, "filing_date": None}, [], ["unknown None None no_dates"]),
    "grant before filing": (
        {**FILED, "grant_date": "2009-05-06"},
        [LAPSE],
        ["unknown None None grant_before_filing"],
    ),
    "a grant before the filing gives way to a day that can be": (
        {**FILED, "grant_date": "2009-05-06"},
        [event("GR01", "2013-05-08")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant_of_event",
            "expired 2030-03-10 None term",
        ],
    ),
    "lapse before grant": (
        GRANTED,
        [event("CF01", "2013-01-02", "2012-03-10")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "unknown 2013-05-08 2030-03-10 end_before_grant",
            "expired 2030-03-10 None term",
        ],
    ),
    "refused before it was filed": (
        FILED,
        [event("RJ01", "2009-01-07")],
        ["pending 2010-03-10 2010-03-10 filing", "unknown 2010-03-10 None end_before_filing"],
    ),
    "withdrawn after the grant": (
        GRANTED,
        [event("WD01", "2014-01-01")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2014-01-01 grant",
            "unknown 2014-01-01 2030-03-10 application_end_after_grant",
            "expired 2030-03-10 None term",
        ],
    ),
    "said to be in force after its lapse": (
        {**GRANTED, "legal_status": "有权", "legal_status_date": "2018-01-01"},
        [LAPSE],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2015-03-10 grant",
            "lapsed 2015-03-10 2015-03-10 event",
            "unknown 2015-03-10 None status_contradicts_end",
        ],
    ),
    "a lapse in another office's territory": (
        {**GRANTED, "office": "EP"},
        [event("PG25", "2016-05-04", office="SK", name="lapsed in a contracting state")],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant",
            "expired 2030-03-10 None term",
        ],
    ),
    "many things one after another": (
        GRANTED,
        MANY,
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2013-05-08 grant",
            "lapsed 2014-03-10 2014-03-10 annuity_due",
            "in_force 2014-03-10 2014-03-10 restoration",
            "invalidated 2013-05-08 None invalidation",
        ],
    ),
    "granted by its publication": (
        FILED,
        [],
        [
            "pending 2010-03-10 2013-05-08 filing",
            "in_force 2013-05-08 2030-03-10 grant_of_publication",
            "expired 2030-03-10 None term",
        ],
    ),
    # The rest have no states of their own to check: other tests look at them.
    "in force, stated": ({**GRANTED, "legal_status": "有权"}, [], []),
    "in force, stated on a day": (
        {**GRANTED, "legal_status": "有权", "legal_status_date": "2019-01-01"},
        [],
        [],
    ),
    "in force, pledged": (GRANTED, [event("PE01", "2016-02-03")], []),
    "many things in another order": (GRANTED, MANY[::-1], []),
    "compensated": ({**FILED, "filing_date": "2018-03-10", "grant_date": "2024-09-20"}, [], []),
}


def _tables() -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = {"application": [], "legal_event": [], "publication": []}
    for number, (name, (application, events, _)) in enumerate(CASES.items()):
        own = {"application_id": f"{application['office']}{number:04d}"}
        tables["application"].append({**application, **own})
        tables["legal_event"] += [{**one, **own, "sequence": place} for place, one in enumerate(events, 1)]
        if name == "granted by its publication":
            tables["publication"] += [{**one, **own} for one in GRANT_PUBLISHED]
    return tables


@pytest.fixture(scope="module", params=["duckdb", pytest.param("sail", marks=pytest.mark.slow)])
def lives(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lives]:
    """States of every case, by its name, computed at once by each engine."""
    folder = tmp_path_factory.mktemp("decisions")
    compensated = f"CN{list(CASES).index('compensated'):04d}"
    text = (
        f"application_id,days,decided_on,decided_by,reason\n{compensated},665,2025-01-10,局,专利权期限补偿\n"
    )
    (folder / "term_compensation.csv").write_text(text, encoding="utf-8")
    if request.param == "duckdb":
        engine = start_engine("duckdb", {"threads": 1})
        yield _by_name(derived(right_state, engine, _tables(), decisions_folder=folder))
        engine.close()
        return
    with sail_server() as url:
        engine = start_engine("spark", {"url": url, "store": folder})
        yield _by_name(derived(right_state, engine, _tables(), decisions_folder=folder))
        engine.close()


def _by_name(rows: Sequence[Mapping[str, Any]]) -> Lives:
    found: dict[str, list[Mapping[str, Any]]] = {name: [] for name in CASES}
    for row in rows:
        found[list(CASES)[int(row["application_id"][2:])]].append(row)
    return found


def texts(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        " ".join(str(row[name]) for name in ("state", "valid_from", "valid_to", "reason")) for row in rows
    ]


def in_force(rows, day, *, published=False):
    """Number of rights in force on a day, as known today or as published then; blank ends are open."""
    first, last = ("known_from", "known_to") if published else ("valid_from", "valid_to")
    when = date.fromisoformat(day)
    held = [row for row in rows if row["state"] == "in_force" and row[first] <= when]
    return sum(1 for row in held if row[last] is None or when < row[last])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2]])
def test_states_are_those_worked_out_by_hand(lives, name):
    assert texts(lives[name]) == CASES[name][2]


def test_a_lapse_is_published_when_it_is_announced(lives):
    rows = lives["a lapse has effect from the day the fee was due"]
    days = ("2001-07-31", "2002-06-02", "2002-06-03", "2003-05-27", "2003-05-28")
    assert [in_force(rows, day) for day in days] == [0, 1, 0, 0, 0]
    assert [in_force(rows, day, published=True) for day in days] == [0, 1, 1, 1, 0]


def test_an_invalidation_changes_the_past_but_not_what_was_published(lives):
    rows = lives["a total invalidation undoes the right from its grant"]
    assert [in_force(rows, day) for day in ("2015-12-31", "2017-12-31")] == [0, 0]
    assert [in_force(rows, day, published=True) for day in ("2015-12-31", "2017-12-31")] == [1, 0]


def test_a_restored_right_was_published_as_lost_in_between(lives):
    rows = lives["a restored right counts as never lost"]
    days = ("2014-06-01", "2014-12-01", "2015-07-01")
    assert [in_force(rows, day) for day in days] == [1, 1, 1]
    assert [in_force(rows, day, published=True) for day in days] == [1, 0, 1]


def test_on_each_day_an_application_is_in_one_state(lives):
    for rows in lives.values():
        spans = sorted(
            (row["valid_from"] or date.min, row["valid_to"] or date.max)
            for row in rows
            if row["valid_to"] is None or row["valid_from"] is None or row["valid_from"] < row["valid_to"]
        )
        assert all(end == begin for (_, end), (begin, _) in pairwise(spans))
        assert spans[-1][1] == date.max


def test_the_end_of_a_state_has_a_reason_too(lives):
    assert [row["end_reason"] for row in lives["an invention lives for 20 years from its filing"]] == [
        "grant",
        "term",
        None,
    ]
    assert lives["an invalidation after a lapse undoes the lapse too"][1]["end_reason"] == "overridden"


def test_the_order_of_events_does_not_matter(lives):
    assert texts(lives["many things in another order"]) == texts(lives["many things one after another"])


def test_compensation_of_the_term_is_a_decision_of_the_office(lives):
    # M-CLK-06: filed 2018-03-10, 665 days, 2038-03-10 becomes 2040-01-04.
    assert texts(lives["compensated"])[1] == "in_force 2024-09-20 2040-01-04 grant"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("an invention lives for 20 years from its filing", ("2013-05-08", "assumed")),
        ("in force, stated", ("2013-05-08", "stated")),
        ("in force, stated on a day", ("2019-01-01", "stated")),
        ("in force, pledged", ("2016-02-03", "stated")),
        ("the day that an event gives goes before one worked out", ("2015-03-11", "evidenced")),
    ],
)
def test_what_nothing_ends_goes_on_and_the_evidence_says_how_far_records_reach(lives, name, expected):
    (row,) = [row for row in lives[name] if row["state"] == "in_force"]
    assert (str(row["evidence_to"]), row["evidence"]) == expected


def test_faults_of_the_lists_of_an_office_are_told_together(tmp_path: Path):
    engine = start_engine("duckdb", {"threads": 1})
    text = "office,kind,filed_from,filed_before,years,counted_from\nCN,design,2021,,ten,birth\n"
    with pytest.raises(DefinitionError) as caught:
        right_state.derive(facts(engine, {}, codes=own_lists(tmp_path, right_term=text)))
    assert all(part in str(caught.value) for part in ('"ten"', '"birth"', '"2021"'))
    text = "office,code,words,effect\nCN,CF01,未缴,gone\n"
    with pytest.raises(DefinitionError, match="legal_event_effect") as caught:
        right_state.derive(facts(engine, {}, codes=own_lists(tmp_path, legal_event_effect=text)))
    assert '"gone"' in str(caught.value)
    assert "either a code or words" in str(caught.value)
    engine.close()


def test_every_state_reason_and_grade_is_a_code_of_its_list(lives):
    codes = CodeLists()
    for column, name in (
        ("state", "right_state"),
        ("reason", "right_state_reason"),
        ("end_reason", "right_state_reason"),
        ("evidence", "evidence_grade"),
    ):
        met = {row[column] for rows in lives.values() for row in rows if row[column]}
        assert met <= set(codes[name].entries)
