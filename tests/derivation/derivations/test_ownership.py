# SPDX-License-Identifier: Apache-2.0
"""Tests of holders, licences and pledges: intervals from events and their details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from tests.derivation.made_facts import derived

from zhihang.derivation.dealing import dealing
from zhihang.derivation.derivations.encumbrance import encumbrance
from zhihang.derivation.derivations.ownership import ownership
from zhihang.store.engine import start_engine

Event = tuple[str | None, str | None, str | None, str | None, str | None]
PLEDGE = "登记号:2016450000123;出质人:甲公司;质权人:桂林银行"
OTHER_PLEDGE = PLEDGE.replace("桂林银行", "柳州银行")
LICENCE = "合同备案号:X1;让与人:甲公司;受让人:丙公司;许可种类:普通许可"
TRANSFER = "变更前权利人:甲公司;变更后权利人:乙公司;变更前地址:桂林市;变更后地址:南宁市"
ASSIGNED = "SMITH, J. 2010-03-01 -> ACME INC.; correspondent X"
REGISTERED: Event = ("PE01", None, PLEDGE, "2016-03-02", "2016-02-16")
SECURED: Event = ("1-1", "SECURITY INTEREST", "ACME INC. 2012-01-01 -> BANK A", "2012-02-01", "2012-01-01")

#: Events (code, name, detail, announced, effective) of a case; who filed, as what; holders from 2010-03-10 on.
HOLDERS: Mapping[str, tuple[Sequence[Event], str, Sequence[str], Sequence[str]]] = {
    "applicants hold from the filing": (
        [],
        "CN applicant",
        ["甲公司", "乙大学"],
        ["甲公司 2010-03-10 None applicant", "乙大学 2010-03-10 None applicant"],
    ),
    "a transfer gives to those it names, from its effective day": (
        [("TR01", None, TRANSFER, "2015-06-17", "2015-05-31")],
        "CN applicant",
        ["甲公司"],
        ["甲公司 2010-03-10 2015-05-31 applicant", "乙公司 2015-05-31 None transfer"],
    ),
    "a transfer that names nobody leaves the holder unknown": (
        [(None, "TRANSFER OF PATENT RIGHT", None, "2015-06-17", None)],
        "CN applicant",
        ["甲公司"],
        ["甲公司 2010-03-10 2015-06-17 applicant", "None 2015-06-17 None transfer_unnamed"],
    ),
    "a change of name concerns the holder so called": (
        [("CP01", None, "变更前:甲公司;变更后:甲集团", "2015-06-17", "2015-06-17")],
        "CN applicant",
        ["甲公司", "乙大学"],
        [
            "甲公司 2010-03-10 2015-06-17 applicant",
            "乙大学 2010-03-10 None applicant",
            "甲集团 2015-06-17 None name_change",
        ],
    ),
    "a change of name of a stranger concerns nobody": (
        [("CP01", None, "变更前:丙公司;变更后:丙集团", "2015-06-17", "2015-06-17")],
        "CN applicant",
        ["甲公司", "乙大学"],
        ["甲公司 2010-03-10 None applicant", "乙大学 2010-03-10 None applicant"],
    ),
    "an assignment executed before the filing holds from the filing": (
        [("012-34", "ASSIGNMENT OF ASSIGNORS INTEREST", ASSIGNED, "2010-04-05", "2010-03-01")],
        "US inventor",
        ["Smith, J."],
        ["ACME INC. 2010-03-10 None transfer"],
    ),
    "an assignment to those who hold already changes nothing": (
        [("012-35", "ASSIGNMENT", "B -> Acme, Inc", "2012-04-05", "2012-03-01")],
        "US applicant",
        ["ACME INC."],
        ["ACME INC. 2010-03-10 None applicant"],
    ),
    "a security interest is no transfer": (
        [SECURED],
        "US applicant",
        ["ACME INC."],
        ["ACME INC. 2010-03-10 None applicant"],
    ),
}

BURDENS: Mapping[str, tuple[Sequence[Event], str, Sequence[str]]] = {
    "a security interest lasts until its release by the same party": (
        [
            SECURED,
            ("1-2", "SECURITY AGREEMENT", "ACME INC. 2013-01-01 -> BANK B", "2013-02-01", "2013-01-01"),
            ("1-3", "RELEASE BY SECURED PARTY", "BANK A 2015-01-01 -> ACME INC.", "2015-02-01", "2015-01-01"),
        ],
        "US",
        [
            "pledge BANK A 2012-01-01 2015-01-01 registration cancellation",
            "pledge BANK B 2013-01-01 None registration None",
        ],
    ),
    "a pledge runs from its registration to its cancellation": (
        [
            REGISTERED,
            ("PC01", None, PLEDGE, "2018-03-07", "2018-02-20"),
            ("EE01", None, LICENCE, "2017-01-04", "2016-12-11"),
        ],
        "CN",
        [
            "pledge 桂林银行 2016-02-16 2018-02-20 registration cancellation",
            "licence 丙公司 2016-12-11 None registration None",
        ],
    ),
    "a change that names the same pledgee ends nothing": (
        [REGISTERED, ("PM01", None, PLEDGE, "2017-03-02", "2017-02-16")],
        "CN",
        ["pledge 桂林银行 2016-02-16 None registration None"],
    ),
    "a change to another pledgee does": (
        [REGISTERED, ("PM01", None, OTHER_PLEDGE, "2017-03-02", "2017-02-16")],
        "CN",
        [
            "pledge 桂林银行 2016-02-16 2017-02-16 registration change",
            "pledge 柳州银行 2017-02-16 None change None",
        ],
    ),
    "a cancellation without registration has no beginning": (
        [("PC01", None, PLEDGE, "2018-03-07", "2018-02-20")],
        "CN",
        ["pledge 桂林银行 None 2018-02-20 registration_missing cancellation"],
    ),
    "a registration told twice is one": (
        [REGISTERED, REGISTERED],
        "CN",
        ["pledge 桂林银行 2016-02-16 None registration None"],
    ),
}


def _events(application_id, events):
    names = ("code", "name", "detail", "event_date", "effective_date")
    return [
        {"application_id": application_id, "sequence": place, **dict(zip(names, event, strict=True))}
        for place, event in enumerate(events, 1)
    ]


@pytest.fixture(scope="module")
def engine():
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


@pytest.fixture(scope="module")
def holders(engine):
    """Holders of every case, as texts, by its name."""
    tables: dict[str, list[dict[str, object]]] = {"application": [], "party": [], "legal_event": []}
    for number, (events, filed_as, names, _) in enumerate(HOLDERS.values()):
        office, role = filed_as.split()
        own = {"application_id": f"{office}{number}"}
        tables["application"].append({**own, "office": office, "filing_date": "2010-03-10"})
        tables["party"] += [
            {**own, "role": role, "sequence": n, "name": name} for n, name in enumerate(names, 1)
        ]
        tables["legal_event"] += _events(own["application_id"], events)
    return _texts(derived(ownership, engine, tables), HOLDERS, ("holder", "valid_from", "valid_to", "reason"))


@pytest.fixture(scope="module")
def burdens(engine):
    """Licences and pledges of every case, as texts, by its name."""
    tables: dict[str, list[dict[str, object]]] = {"application": [], "legal_event": []}
    for number, (events, office, _) in enumerate(BURDENS.values()):
        tables["application"].append({"application_id": f"{office}{number}"})
        tables["legal_event"] += _events(f"{office}{number}", events)
    columns = ("kind", "counterparty", "valid_from", "valid_to", "reason", "end_reason")
    return _texts(derived(encumbrance, engine, tables), BURDENS, columns)


def _texts(rows, cases, columns):
    found: dict[str, list[str]] = {name: [] for name in cases}
    for row in rows:
        of_case = found[list(cases)[int(row["application_id"][2:])]]
        of_case.append(" ".join(str(row[column]) for column in columns))
        assert row["sequence"] == len(of_case)
    return found


@pytest.mark.parametrize("name", HOLDERS)
def test_holders_are_those_worked_out_by_hand(holders, name):
    assert holders[name] == HOLDERS[name][3]


@pytest.mark.parametrize("name", BURDENS)
def test_licences_and_pledges_are_those_worked_out_by_hand(burdens, name):
    assert burdens[name] == BURDENS[name][2]


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
