# SPDX-License-Identifier: Apache-2.0
"""Tests of the checks: each finds what it is for, and only that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.quality.made_tables import all_tables

from zhihang.quality.check import checks
from zhihang.quality.inspect import Finding, inspect
from zhihang.quality.limits import Limits
from zhihang.store.engine import Engine

Given = Mapping[str, Any]
TODAY = date(2020, 7, 1)
NUMBERED = {"id_basis": "application_number", "office": "CN"}


def app(number: str, **values: object) -> dict[str, object]:
    return {"application_id": number, **NUMBERED, **values}


def look(engine: Engine, given: Given, *, recorded: Given | None = None, **how: Any) -> list[Finding]:
    tables, beside = all_tables(given), all_tables(recorded or given)
    return inspect(
        lambda name: engine.values(tables[name]),
        lambda name: engine.values(beside[name]),
        engine.collect,
        today=TODAY,
        **how,
    )


def found(engine: Engine, name: str, given: Given, **how: Any) -> Finding:
    (finding,) = look(engine, given, chosen=[checks()[name]], examples=20, **how)
    return finding


def ids(finding: Finding) -> list[str]:
    assert finding.count == len(finding.examples)
    return [row["application_id"] for row in finding.examples]


A, B, C = "CN201510000001", "CN201510000002", "CN201510000003"


def test_a_grant_on_the_day_of_filing_is_no_grant_before_filing(duckdb):
    days = [(date(2015, 5, 2), A), (date(2015, 5, 1), B), (date(2015, 4, 30), C), (None, "CN201510000004")]
    given = {"application": [app(n, filing_date=date(2015, 5, 1), grant_date=day) for day, n in days]}
    assert ids(found(duckdb, "grant_before_filing", given)) == [C]


def test_a_finding_shows_values_file_and_line(duckdb):
    given = {"application": [app(A), app(B, filing_date=date(2015, 5, 1), grant_date=date(2015, 4, 1))]}
    finding = found(duckdb, "grant_before_filing", given)
    assert finding.examples == [
        {
            "application_id": B,
            "filing_date": date(2015, 5, 1),
            "grant_date": date(2015, 4, 1),
            "file": "/data/register.csv",
            "line": 2,
        }
    ]
    assert (finding.severity, finding.zh) == ("error", "授权日早于申请日")


def test_publications_and_events_before_filing_are_found(duckdb):
    given = {
        "application": [app(A, filing_date=date(2015, 5, 1)), app(B)],
        "publication": [
            {"application_id": A, "publication_id": "CN1A", "publication_date": date(2015, 4, 30)},
            {"application_id": A, "publication_id": "CN1B", "publication_date": date(2015, 5, 1)},
            {"application_id": B, "publication_id": "CN2A", "publication_date": date(1900, 1, 1)},
        ],
        "legal_event": [
            {"application_id": A, "sequence": 1, "event_date": date(2015, 4, 30), "code": "X"},
            {"application_id": A, "sequence": 2, "event_date": date(2016, 4, 30), "code": "Y"},
        ],
    }
    assert [r["publication_id"] for r in found(duckdb, "publication_before_filing", given).examples] == [
        "CN1A"
    ]
    assert [r["code"] for r in found(duckdb, "event_before_filing", given).examples] == ["X"]


def test_a_missing_check_digit_is_told_only_where_the_file_has_some(duckdb):
    rows = [
        app(A, check_digit="right"),
        app(B, check_digit="absent"),
        app(C, check_digit="absent", file_id=2),
        app("CN201510000004", check_digit="wrong", file_id=3),
        app("CN201510000005", file_id=3),
    ]
    assert ids(found(duckdb, "absent_check_digit", {"application": rows})) == [B]
    assert ids(found(duckdb, "wrong_check_digit", {"application": rows})) == ["CN201510000004"]


def test_a_kind_code_without_a_meaning_is_unknown_but_a_blank_one_is_not(duckdb):
    rows = [
        {"application_id": A, "publication_id": "CN1Q", "kind_code": "Q"},
        {"application_id": A, "publication_id": "CN1A", "kind_code": "A", "stage": "publication"},
        {"application_id": A, "publication_id": "CN1"},
    ]
    finding = found(duckdb, "unknown_kind_code", {"publication": rows})
    assert [row["publication_id"] for row in finding.examples] == ["CN1Q"]


def test_a_kind_code_is_held_against_the_number(duckdb):
    cases = [
        ("CN201510000001", "B", False),
        ("CN201510000002", "U", True),
        ("CN201520000001", "U", False),
        ("CN201530000001", "S", False),
        ("CN201530000002", "A", True),
        ("CN201580000001", "A", False),  # 8: an invention that came through the PCT
        ("CN85100001", "A", False),
        ("CN85200001", "A", True),
        ("CN85200002", "Y", False),
        ("CN201510000003", "Z", False),  # unknown, another check's matter
    ]
    given = {
        "application": [app(number) for number, _, _ in cases],
        "publication": [
            {"application_id": number, "publication_id": f"CN{n}{code}", "office": "CN", "kind_code": code}
            for n, (number, code, _) in enumerate(cases)
        ],
    }
    wrong = sorted(number for number, _, contradicts in cases if contradicts)
    assert sorted(ids(found(duckdb, "kind_code_contradicts_number", given))) == wrong


def test_one_number_with_two_filing_dates_is_found_in_what_the_sources_recorded(duckdb):
    recorded = {
        "application": [
            app(A, filing_date=date(2015, 5, 1), file_id=1, line=10),
            app(A, filing_date=date(2015, 5, 2), file_id=2, line=20),
            app(A, file_id=3, line=30),
            app(B, filing_date=date(2015, 5, 1)),
            app(B, filing_date=date(2015, 5, 1)),
        ]
    }
    given = {"application": [app(A, filing_date=date(2015, 5, 1))]}
    finding = found(duckdb, "different_filing_dates", given, recorded=recorded)
    assert finding.examples == [
        {
            "application_id": A,
            "earliest": date(2015, 5, 1),
            "latest": date(2015, 5, 2),
            "file": "2",
            "line": 20,
        }
    ]


def test_one_publication_with_two_dates_or_two_applications_is_found(duckdb):
    def row(publication: str, number: str, day: int) -> dict[str, object]:
        return {
            "publication_id": publication,
            "application_id": number,
            "publication_date": date(2016, 1, day),
            "line": day,
        }

    recorded = {
        "publication": [
            row("CN1A", A, 1),
            row("CN1A", B, 2),
            row("CN2A", C, 3),
            row("CN2A", "CN-P2", 3),  # known by the publication only: merged, no contradiction
            row("CN2A", "X-abc", 3),
            row("CN3A", A, 5),
            row("CN3A", A, 5),
        ]
    }
    dates = found(duckdb, "different_publication_dates", {}, recorded=recorded)
    shared = found(duckdb, "shared_publication", {}, recorded=recorded)
    assert [(r["publication_id"], r["line"]) for r in dates.examples] == [("CN1A", 2)]
    assert [(r["application_id"], r["other_application_id"], r["line"]) for r in shared.examples] == [
        (A, B, 2)
    ]


def test_ipc_symbols_are_held_against_the_list(duckdb):
    symbols = ["H01M10/052", "H01M2/02", "X99Z1/00", "H01M999/00", "H10F19/00", "F24J2/00", "A61B", "H01M"]
    given = {
        "classification": [
            {"application_id": A, "scheme": "ipc", "symbol": symbol, "position": place}
            for place, symbol in enumerate(symbols, start=1)
        ]
        + [{"application_id": A, "scheme": "cpc", "symbol": "Y02E60/10", "position": 1}]
    }
    subclasses = found(duckdb, "unknown_ipc_subclass", given)
    groups = found(duckdb, "unknown_ipc_main_group", given)
    assert [row["symbol"] for row in subclasses.examples] == ["X99Z1/00"]
    assert [row["symbol"] for row in groups.examples] == ["H01M999/00"]


def test_no_ipc_symbol_at_all_is_no_finding(duckdb):
    assert found(duckdb, "unknown_ipc_main_group", {}).count == 0


def test_dates_after_today_are_found_wherever_they_stand(duckdb):
    given = {
        "application": [
            app(A, filing_date=TODAY),
            app(B, filing_date=date(2020, 7, 2), grant_date=date(2021, 1, 1)),
        ],
        "publication": [
            {"application_id": C, "publication_id": "CN1A", "publication_date": date(2030, 1, 1), "line": 9}
        ],
    }
    finding = found(duckdb, "date_in_future", given)
    assert sorted((r["application_id"], r["what"]) for r in finding.examples) == [
        (B, "filing_date"),
        (B, "grant_date"),
        (C, "publication_date"),
    ]


def test_china_took_no_application_before_april_1985(duckdb):
    given = {
        "application": [
            app("CN85100001", filing_date=date(1985, 4, 1)),
            app("CN85100002", filing_date=date(1985, 3, 31)),
            app("EP78100001", office="EP", filing_date=date(1978, 5, 31)),
            app("GB1900001", office="GB", filing_date=date(1900, 1, 1)),
        ]
    }
    assert ids(found(duckdb, "filing_before_office", given)) == ["CN85100002", "EP78100001"]


def test_a_grant_date_wants_a_granted_publication_if_there_are_publications(duckdb):
    day = date(2016, 1, 1)
    given = {
        "application": [app(A, grant_date=day), app(B, grant_date=day), app(C, grant_date=day)],
        "publication": [
            {"application_id": A, "publication_id": "CN1A", "stage": "publication"},
            {"application_id": A, "publication_id": "CN1B", "stage": "grant"},
            {"application_id": B, "publication_id": "CN2A", "stage": "publication"},
        ],
    }
    assert ids(found(duckdb, "grant_without_publication", given)) == [B]


def test_only_inventions_are_granted_too_soon_and_the_limit_is_a_parameter(duckdb):
    filed = date(2015, 5, 1)
    given = {
        "application": [
            app(A, kind="invention", filing_date=filed, grant_date=date(2015, 5, 30)),  # 29 days
            app(B, kind="invention", filing_date=filed, grant_date=date(2015, 5, 31)),  # 30 days
            app(C, kind="design", filing_date=filed, grant_date=date(2015, 5, 2)),
            app("CN201510000004", kind="invention", filing_date=filed, grant_date=date(2015, 4, 1)),
        ]
    }
    finding = found(duckdb, "grant_too_soon", given)
    assert [(r["application_id"], r["days"]) for r in finding.examples] == [(A, 29)]
    assert found(duckdb, "grant_too_soon", given, limits=Limits(shortest_invention_days=10)).count == 0


def test_the_year_in_a_chinese_number_is_held_against_the_filing_date(duckdb):
    given = {
        "application": [
            app("CN201510000001", filing_date=date(2015, 12, 31)),
            app("CN201510000002", filing_date=date(2016, 1, 1)),
            app("CN201510000003", filing_date=date(2012, 1, 1)),
            app("CN98100001", filing_date=date(1998, 1, 1)),
            app("CN02100001", filing_date=date(2002, 1, 1)),
            app("CN02100002", filing_date=date(2003, 1, 1)),
            app("CN-P101000001", id_basis="publication_number", filing_date=date(2003, 1, 1)),
            app("US15123456", office="US", filing_date=date(2003, 1, 1)),
        ]
    }
    assert ids(found(duckdb, "number_year_before_filing", given)) == ["CN201510000002", "CN02100002"]
    assert ids(found(duckdb, "number_year_after_filing", given)) == ["CN201510000003"]


def test_missing_names_applicants_titles_and_unknown_countries_are_found(duckdb):
    given = {
        "application": [app(A), app(B), app(C)],
        "party": [
            {"application_id": A, "role": "applicant", "sequence": 1, "name": "甲", "country": "CN"},
            {"application_id": B, "role": "assignee", "sequence": 1, "name": "乙", "country": "QQ"},
            {"application_id": C, "role": "inventor", "sequence": 1, "country": "US"},
        ],
        "text": [
            {"application_id": A, "part": "title", "text": "样例"},
            {"application_id": B, "part": "abstract", "text": "样例"},
        ],
    }
    assert ids(found(duckdb, "party_without_name", given)) == [C]
    assert ids(found(duckdb, "applicant_missing", given)) == [C]
    assert ids(found(duckdb, "title_missing", given)) == [B, C]
    assert ids(found(duckdb, "unknown_country", given)) == [B]


def test_a_right_is_not_in_force_beyond_its_term(duckdb):
    cases = [
        ("invention", date(2000, 6, 30), "授权", None, True),  # 20 years ended the day before today
        ("invention", date(2000, 7, 1), "授权", None, False),
        ("invention", date(1990, 1, 1), "授权", date(2009, 1, 1), False),  # so when the status was noted
        ("invention", date(1990, 1, 1), "授权 | 权利转移", None, True),
        ("invention", date(1990, 1, 1), "期限届满", None, False),
        ("invention", date(1990, 1, 1), None, None, False),
        ("utility_model", date(2010, 6, 30), "有权", None, True),
        ("utility_model", date(2010, 7, 1), "有权", None, False),
        ("design", date(2010, 6, 30), "Active", None, True),  # filed before June 2021: 10 years
        ("plant", date(1990, 1, 1), "授权", None, False),
    ]
    rows = [
        app(f"CN{n}", kind=kind, filing_date=filed, legal_status=status, legal_status_date=noted)
        for n, (kind, filed, status, noted, _) in enumerate(cases)
    ]
    late = [f"CN{n}" for n, case in enumerate(cases) if case[-1]]
    assert sorted(ids(found(duckdb, "in_force_beyond_term", {"application": rows}))) == late


def test_designs_filed_since_june_2021_live_fifteen_years(duckdb):
    def late(today: date, filed: date) -> int:
        tables = all_tables({"application": [app(A, kind="design", filing_date=filed, legal_status="授权")]})
        chosen = [checks()["in_force_beyond_term"]]

        def given(name: str) -> Any:
            return duckdb.values(tables[name])

        return inspect(given, given, duckdb.collect, today=today, chosen=chosen)[0].count

    assert late(date(2036, 6, 1), date(2021, 6, 1)) == 0
    assert late(date(2036, 6, 2), date(2021, 6, 1)) == 1
    assert late(date(2031, 6, 2), date(2021, 5, 31)) == 1


EVERYTHING_WRONG: Given = {
    "application": [
        app(
            "CN200210000001",
            kind="invention",
            check_digit="wrong",
            filing_date=date(1984, 1, 1),
            grant_date=date(1984, 1, 5),
            legal_status="授权",
        ),
        app(
            "CN200210000001", filing_date=date(2030, 1, 1), grant_date=date(2029, 1, 1), check_digit="absent"
        ),
        app("CN201510000002", filing_date=date(2016, 1, 1)),
    ],
    "publication": [
        {
            "application_id": "CN200210000001",
            "publication_id": "CN1U",
            "office": "CN",
            "kind_code": "U",
            "publication_date": date(1980, 1, 1),
        },
        {"application_id": "CN201510000002", "publication_id": "CN1U", "publication_date": date(1990, 1, 1)},
    ],
    "legal_event": [{"application_id": "CN200210000001", "sequence": 1, "event_date": date(1970, 1, 1)}],
    "party": [{"application_id": "CN200210000001", "role": "inventor", "sequence": 1, "country": "QQ"}],
    "classification": [
        {"application_id": "CN200210000001", "scheme": "ipc", "symbol": symbol, "position": place}
        for place, symbol in enumerate(("Q99Z1/00", "H01M999/00"), start=1)
    ],
}


@pytest.fixture(scope="module")
def findings(duckdb) -> list[Finding]:
    """What all checks find where everything is wrong."""
    return look(duckdb, EVERYTHING_WRONG, examples=2)


def test_every_check_finds_something_where_everything_is_wrong(findings):
    assert {finding.name for finding in findings if not finding.count} == set()
    assert {finding.name for finding in findings} == set(checks().names())


def test_spark_finds_the_same_as_duckdb(findings, spark):
    assert look(spark, EVERYTHING_WRONG, examples=2) == findings


def test_an_empty_store_has_nothing_wrong(duckdb):
    assert sum(finding.count for finding in look(duckdb, {})) == 0


def test_findings_come_errors_first_then_the_most_frequent(findings):
    ranks = [(("error", "warning", "info").index(f.severity), -f.count) for f in findings]
    assert ranks == sorted(ranks)


def test_examples_are_as_many_as_asked_for_and_the_first_of_the_files(duckdb):
    rows = [app(f"CN20151000{n:04d}", filing_date=date(2030, 1, 1), line=100 - n) for n in range(10)]
    (finding,) = look(duckdb, {"application": rows}, chosen=[checks()["date_in_future"]], examples=3)
    assert finding.count == 10
    assert [row["line"] for row in finding.examples] == [91, 92, 93]


def test_every_check_has_a_label_and_a_description():
    for each in checks():
        assert len(each.description) > 30, each.name
        assert each.label.zh
