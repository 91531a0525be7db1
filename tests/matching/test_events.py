# SPDX-License-Identifier: Apache-2.0
"""Each rule on events finds what happened in its days and nothing else; who hears of it."""

from __future__ import annotations

import pytest
from tests.matching.made_tables import MadeTables, Rows, day

from zhihang.errors import NotFound
from zhihang.matching.event_rule import Event, Hearer, Span, asked, event_rules, hearers_of
from zhihang.terms.label import Label

JUNE_11 = day("2020-06-11")
RULES = event_rules().all()
PARTY: Rows = [
    {"application_id": "CN1", "role": "applicant", "organisation_id": "A", "name": "甲"},
    {"application_id": "CN2", "role": "assignee", "organisation_id": "B", "name": "乙"},
]
TEXT: Rows = [
    {"application_id": "CN1", "part": "title", "language": "en", "text": "Cell"},
    {"application_id": "CN1", "part": "title", "language": "zh", "text": "电池"},
]


def happened(rule: str, **tables: Rows) -> list[Event]:
    made = MadeTables(**{"party_organisation": PARTY, "text": TEXT, **tables})
    return list(RULES[rule].find(Span(made, day("2020-06-01"), day("2020-06-30"))))


def told(events: list[Event]) -> list[tuple[str, str, str]]:
    return [(event.organisation_id, str(event.day), event.detail.zh) for event in events]


@pytest.mark.parametrize("rule", RULES)
def test_nothing_in_the_store_is_no_event(rule: str) -> None:
    assert happened(rule, party_organisation=(), text=()) == []


def test_a_right_that_ended_within_the_days_is_told_and_others_are_not() -> None:
    state = [
        {"application_id": "CN1", "state": "lapsed", "known_from": day("2020-06-30")},
        {"application_id": "CN2", "state": "expired", "known_from": day("2020-06-02")},
        {"application_id": "CN2", "state": "in_force", "known_from": day("2020-06-10")},
        {"application_id": "CN2", "state": "lapsed", "known_from": day("2020-06-01")},
        {"application_id": "CN1", "state": "expired", "known_from": day("2030-06-01")},
        {"application_id": "CN1", "state": "lapsed", "known_from": None},
    ]
    assert told(happened("lapse", right_state=state)) == [
        ("A", "2020-06-30", "《电池》因未缴年费终止"),
        ("B", "2020-06-02", "《CN2》期限届满"),
    ]


def test_a_transfer_concerns_applicant_and_holders_but_a_joint_filing_or_new_name_is_none() -> None:
    names = [{"name": "丙公司", "organisation_id": "C"}, {"name": "甲公司", "organisation_id": "A"}]
    owned = [
        {
            "application_id": "CN1",
            "sequence": 1,
            "holder": "甲公司",
            "reason": "applicant",
            "known_from": day("2020-06-09"),
        },
        {
            "application_id": "CN1",
            "sequence": 2,
            "holder": "丁",
            "reason": "applicant",
            "known_from": day("2020-06-09"),
        },
        {
            "application_id": "CN1",
            "sequence": 3,
            "holder": "丙公司",
            "reason": "transfer",
            "known_from": day("2020-06-10"),
        },
        {
            "application_id": "CN2",
            "sequence": 2,
            "holder": "新名",
            "reason": "name_change",
            "known_from": day("2020-06-10"),
        },
        {
            "application_id": "CN2",
            "sequence": 3,
            "holder": None,
            "reason": "transfer_unnamed",
            "known_from": day("2020-06-11"),
        },
    ]
    assert told(happened("transfer", ownership=owned, organisation_name=names)) == [
        ("A", "2020-06-10", "《电池》转移至丙公司"),
        ("C", "2020-06-10", "《电池》转移至丙公司"),
        ("B", "2020-06-11", "《CN2》已转移（公告未载明受让人）"),
    ]


def test_pledges_and_licences_are_told_with_the_other_side() -> None:
    rows = [
        {
            "application_id": "CN1",
            "sequence": 1,
            "kind": "pledge",
            "counterparty": "银行",
            "known_from": day("2020-06-05"),
        },
        {
            "application_id": "CN2",
            "sequence": 1,
            "kind": "licence",
            "counterparty": None,
            "known_from": day("2020-06-06"),
        },
        {
            "application_id": "CN2",
            "sequence": 2,
            "kind": "licence",
            "counterparty": None,
            "known_from": day("2020-07-01"),
        },
    ]
    assert told(happened("pledge", encumbrance=rows)) == [
        ("A", "2020-06-05", "《电池》办理质押登记（银行）"),
        ("B", "2020-06-06", "《CN2》办理许可备案"),
    ]


def test_opposition_and_invalidation_are_told_in_both_languages_and_grants_are_not() -> None:
    rows = [
        {"application_id": "CN1", "name": "专利权全部无效", "event_date": day("2020-06-05")},
        {"application_id": "CN2", "name": "Opposition filed", "event_date": day("2020-06-06")},
        {"application_id": "CN1", "name": "授权", "event_date": day("2020-06-07")},
    ]
    found = happened("challenge", legal_event=rows)
    assert told(found) == [
        ("A", "2020-06-05", "《电池》：专利权全部无效"),
        ("B", "2020-06-06", "《CN2》：Opposition filed"),
    ]


def test_the_first_chinese_publication_of_a_family_from_abroad_is_told_by_subclass() -> None:
    rows = [
        ("CN1", "CN", "foreign", "F", "2020-06-05"),
        ("CN9", "CN", "foreign", "F", "2020-06-20"),
        ("US1", "US", "foreign", "F", "2019-06-05"),
        ("CN2", "CN", "mainland", "G", "2020-06-05"),
    ]
    columns = ("application_id", "office", "origin", "family_id")
    patent: Rows = [
        {**dict(zip(columns, row, strict=False)), "publication_date": day(row[4])} for row in rows
    ]
    symbols = [
        {"application_id": "CN1", "scheme": "ipc", "symbol": symbol}
        for symbol in ("H01M10/05", "H01M4/02", "C01B")
    ]
    found = happened("family_entry", patent=patent, classification=symbols)
    assert sorted((event.key, event.subclass, event.organisation_id) for event in found) == [
        ("family_entry:CN1", "C01B", "A"),
        ("family_entry:CN1", "H01M", "A"),
    ]


def test_a_newcomer_is_told_once_where_it_was_first_published_in_a_subclass() -> None:
    def patent(
        number: str, published: str, organisation: str | None = "A", kind: str = "enterprise"
    ) -> dict[str, object]:
        return {
            "application_id": number,
            "organisation_id": organisation,
            "region": "450305",
            "applicant_type": kind,
            "publication_date": day(published),
        }

    patents = [
        patent("CN1", "2020-06-05"),
        patent("CN2", "2020-06-09"),
        patent("CN3", "2018-01-01"),
        patent("CN4", "2020-06-05", "P", "individual"),
        patent("CN5", "2020-06-05", None),
    ]
    symbols = [
        {"application_id": number, "scheme": "ipc", "symbol": symbol}
        for number, symbol in (
            ("CN1", "H01M10/05"),
            ("CN2", "H01M4/02"),
            ("CN3", "G06F1/00"),
            ("CN1", "G06F3/00"),
        )
    ]
    names = [{"organisation_id": "A", "name": "甲公司"}]
    (event,) = happened("newcomer", patent=patents, classification=symbols, organisation=names)
    assert (event.key, event.region, str(event.day)) == ("newcomer:A:H01M", "450305", "2020-06-05")
    assert event.detail.zh == "甲公司首次在H01M领域公开申请"


def test_thresholds_are_crossed_up_and_down_on_their_day_by_inventions_only() -> None:
    patent = [{"application_id": f"CN{n}", "kind": "invention", "organisation_id": "A"} for n in range(11)]
    patent += [{"application_id": "U1", "kind": "utility_model", "organisation_id": "B"}]

    def held(number: str, since: str, until: str | None = None) -> dict[str, object]:
        ends = day(until) if until else None
        return {"application_id": number, "state": "in_force", "known_from": day(since), "known_to": ends}

    # 9 before the days; two more on 5 June make 11; on 20 June three end: 8.
    state = [held(f"CN{n}", "2019-01-01", "2020-06-20" if n < 3 else None) for n in range(9)]
    state += [held("CN9", "2020-06-05"), held("CN10", "2020-06-05"), held("U1", "2020-06-05")]
    found = happened("threshold", patent=patent, right_state=state)
    assert [(event.key, event.detail.zh) for event in found] == [
        ("threshold:A:10:2020-06-05", "有效发明专利由9件变为11件，达到10件"),
        ("threshold:A:10:2020-06-20", "有效发明专利由11件变为8件，低于10件"),
    ]


def event(rule: str, key: str, **fields: object) -> Event:
    return Event(rule, key, day("2020-06-05"), Label(key, key), **fields)  # type: ignore[arg-type]


def test_holders_and_followers_hear_once_and_own_events_are_marked() -> None:
    events = [event("lapse", "k", organisation_id="A"), event("lapse", "k", organisation_id="B")]
    hearers = [
        Hearer("owner", {"B": True, "A": False}),
        Hearer("follower", {"A": False}),
        Hearer("other", {"C": True}),
        Hearer("deaf", {"A": True}, rules=frozenset({"transfer"})),
        Hearer("later", {"A": True}, since=day("2020-06-05")),
    ]
    found = hearers_of(events, RULES, hearers)
    assert {name: [(e.key, own) for e, own in heard] for name, heard in found.items()} == {
        "owner": [("k", True)],
        "follower": [("k", False)],
    }


def test_newcomers_are_heard_of_within_the_prefecture_and_subclass() -> None:
    events = [event("newcomer", "k", organisation_id="N", region="450305", subclass="H01M")]
    work = frozenset({"H01M"})
    hearers = [
        Hearer("prefecture", region="450300", subclasses=work),
        Hearer("province", region="450000", subclasses=work),
        Hearer("elsewhere", region="440300", subclasses=work),
        Hearer("nowhere", subclasses=work),
        Hearer("other work", region="450300", subclasses=frozenset({"A01B"})),
        Hearer("itself", {"N": True}, "450300", work),
    ]
    assert sorted(hearers_of(events, RULES, hearers)) == ["prefecture", "province"]


def test_unknown_rules_are_named_with_what_exists() -> None:
    assert asked(["all"], RULES) is None
    assert asked(["none"], RULES) == frozenset()
    assert asked(["lapse", "pledge"], RULES) == {"lapse", "pledge"}
    with pytest.raises(NotFound, match="lapse") as caught:
        asked(["laps"], RULES)
    assert "zhihang list event-rules" in str(caught.value)
