# SPDX-License-Identifier: Apache-2.0
"""Tests of holders, licences and pledges: intervals from events and their details."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.derivation.made_facts import derived

from zhihang.derivation.dealing import dealing
from zhihang.derivation.derivations.encumbrance import encumbrance
from zhihang.derivation.derivations.ownership import ownership
from zhihang.store.engine import Engine, start_engine

TRANSFER = "变更前权利人:甲公司;变更后权利人:乙公司;变更前地址:桂林市;变更后地址:南宁市"
PLEDGE = "登记号:2016450000123;出质人:甲公司;质权人:桂林银行"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def _events(office, events):
    own = {"application_id": f"{office}1"}
    return [
        {
            **own,
            "sequence": n,
            "code": code,
            "name": name,
            "detail": detail,
            "event_date": said,
            "effective_date": day,
        }
        for n, (code, name, detail, said, day) in enumerate(events, 1)
    ]


def holders(engine, *events, applicants=("甲公司",), filed="2010-03-10", office="CN", role="applicant"):
    own = {"application_id": f"{office}1"}
    tables = {
        "application": [{**own, "office": office, "filing_date": filed}],
        "party": [{**own, "role": role, "sequence": n, "name": name} for n, name in enumerate(applicants, 1)],
        "legal_event": _events(office, events),
    }
    rows = derived(ownership, engine, tables)
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    return [f"{row['holder']} {row['valid_from']} {row['valid_to']} {row['reason']}" for row in rows]


def burdens(engine, *events, office="CN"):
    tables = {"application": [{"application_id": f"{office}1"}], "legal_event": _events(office, events)}
    rows = derived(encumbrance, engine, tables)
    return [
        " ".join(
            str(row[name])
            for name in ("kind", "counterparty", "valid_from", "valid_to", "reason", "end_reason")
        )
        for row in rows
    ]


def test_applicants_hold_from_the_filing(engine):
    assert holders(engine, applicants=("甲公司", "乙大学")) == [
        "甲公司 2010-03-10 None applicant",
        "乙大学 2010-03-10 None applicant",
    ]


def test_a_transfer_gives_the_right_to_those_it_names_from_its_effective_day(engine):
    assert holders(engine, ("TR01", None, TRANSFER, "2015-06-17", "2015-05-31")) == [
        "甲公司 2010-03-10 2015-05-31 applicant",
        "乙公司 2015-05-31 None transfer",
    ]


def test_a_transfer_that_names_nobody_leaves_the_holder_unknown(engine):
    assert holders(engine, (None, "TRANSFER OF PATENT RIGHT", None, "2015-06-17", None)) == [
        "甲公司 2010-03-10 2015-06-17 applicant",
        "None 2015-06-17 None transfer_unnamed",
    ]


def test_a_change_of_name_concerns_the_holder_so_called(engine):
    change = ("CP01", None, "变更前:甲公司;变更后:甲集团", "2015-06-17", "2015-06-17")
    assert holders(engine, change, applicants=("甲公司", "乙大学")) == [
        "甲公司 2010-03-10 2015-06-17 applicant",
        "乙大学 2010-03-10 None applicant",
        "甲集团 2015-06-17 None name_change",
    ]
    stranger = ("CP01", None, "变更前:丙公司;变更后:丙集团", "2015-06-17", "2015-06-17")
    assert len(holders(engine, stranger, applicants=("甲公司", "乙大学"))) == 2


def test_an_assignment_executed_before_the_filing_holds_from_the_filing(engine):
    who = "SMITH, J. 2010-03-01 -> ACME INC.; correspondent X"
    recorded = ("012-34", "ASSIGNMENT OF ASSIGNORS INTEREST", who, "2010-04-05", "2010-03-01")
    assert holders(engine, recorded, applicants=("Smith, J.",), office="US", role="inventor") == [
        "ACME INC. 2010-03-10 None transfer"
    ]


def test_an_assignment_to_those_who_hold_already_changes_nothing(engine):
    again = ("012-35", "ASSIGNMENT", "B -> Acme, Inc", "2012-04-05", "2012-03-01")
    assert holders(engine, again, applicants=("ACME INC.",), office="US") == [
        "ACME INC. 2010-03-10 None applicant"
    ]


def test_a_security_interest_is_a_pledge_until_its_release_and_no_transfer(engine):
    taken = ("1-1", "SECURITY INTEREST", "ACME INC. 2012-01-01 -> BANK A", "2012-02-01", "2012-01-01")
    other = ("1-2", "SECURITY AGREEMENT", "ACME INC. 2013-01-01 -> BANK B", "2013-02-01", "2013-01-01")
    freed = ("1-3", "RELEASE BY SECURED PARTY", "BANK A 2015-01-01 -> ACME INC.", "2015-02-01", "2015-01-01")
    assert burdens(engine, taken, other, freed, office="US") == [
        "pledge BANK A 2012-01-01 2015-01-01 registration cancellation",
        "pledge BANK B 2013-01-01 None registration None",
    ]
    assert holders(engine, taken, applicants=("ACME INC.",), office="US") == [
        "ACME INC. 2010-03-10 None applicant"
    ]


def test_a_pledge_runs_from_its_registration_to_its_cancellation(engine):
    assert burdens(
        engine,
        ("PE01", None, PLEDGE, "2016-03-02", "2016-02-16"),
        ("PC01", None, PLEDGE, "2018-03-07", "2018-02-20"),
        (
            "EE01",
            None,
            "合同备案号:X1;让与人:甲公司;受让人:丙公司;许可种类:普通许可",
            "2017-01-04",
            "2016-12-11",
        ),
    ) == [
        "pledge 桂林银行 2016-02-16 2018-02-20 registration cancellation",
        "licence 丙公司 2016-12-11 None registration None",
    ]


def test_a_change_ends_a_pledge_only_where_it_names_another_pledgee(engine):
    registered = ("PE01", None, PLEDGE, "2016-03-02", "2016-02-16")
    same = ("PM01", None, PLEDGE, "2017-03-02", "2017-02-16")
    other = ("PM01", None, PLEDGE.replace("桂林银行", "柳州银行"), "2017-03-02", "2017-02-16")
    assert burdens(engine, registered, same) == ["pledge 桂林银行 2016-02-16 None registration None"]
    assert burdens(engine, registered, other) == [
        "pledge 桂林银行 2016-02-16 2017-02-16 registration change",
        "pledge 柳州银行 2017-02-16 None change None",
    ]


def test_a_cancellation_without_registration_has_no_beginning(engine):
    assert burdens(engine, ("PC01", None, PLEDGE, "2018-03-07", "2018-02-20")) == [
        "pledge 桂林银行 None 2018-02-20 registration_missing cancellation"
    ]


def test_a_registration_told_twice_is_one(engine):
    twice = ("PE01", None, PLEDGE, "2016-03-02", "2016-02-16")
    assert len(burdens(engine, twice, twice)) == 1


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("质押金额:1,200.5万元;质权人:甲", 12_005_000.0),
        ("债权数额：3亿元", 300_000_000.0),
        ("融资额500元", 500.0),
        ("登记号:2016450000123", None),
    ],
)
def test_amounts_are_read_in_yuan(detail, expected):
    row = {"effect": "pledge_begins", "effective": None, "announced": None, "detail": detail}
    assert dealing(row).amount == expected
