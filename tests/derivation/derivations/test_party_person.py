# SPDX-License-Identifier: Apache-2.0
"""Tests of persons: namesakes kept apart, filings of one person put together, ids that hold, cells without a person."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from tests.derivation.made_facts import derived, facts, own_lists

from zhihang.derivation.derivations.party_person import party_person
from zhihang.derivation.derivations.person import person
from zhihang.derivation.persons import frequency, surely
from zhihang.errors import DefinitionError
from zhihang.store.engine import Engine, start_engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def filing(
    inventors: str, organisation: str = "", region: str = "", classes: str = "", year: int = 2015, **more: Any
) -> dict[str, Any]:
    return {
        "inventors": inventors.split("|"),
        "organisation": organisation,
        "region": region,
        "classes": classes.split(),
        "year": year,
        **more,
    }


def tables(filings: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in ("party", "application", "party_organisation", "party_region", "classification", "family")
    }
    for number, each in filings.items():
        made["application"].append({"application_id": number, "filing_date": f"{each['year']}-06-01"})
        first = {"application_id": number, "role": "applicant", "sequence": 1}
        for place, name in enumerate(each["inventors"], 1):
            made["party"].append(
                {"application_id": number, "role": "inventor", "sequence": place, "name": name}
            )
        if each["organisation"]:
            body = {
                "part": 1,
                "organisation_id": each["organisation"],
                "type": each.get("type", "enterprise"),
            }
            made["party_organisation"].append({**first, **body})
        if each["region"]:
            made["party_region"].append({**first, "region": each["region"], "country": "CN"})
        for place, symbol in enumerate(each["classes"], 1):
            made["classification"].append(
                {"application_id": number, "scheme": "ipc", "position": place, "symbol": symbol}
            )
        if "family" in each:
            made["family"].append(
                {"application_id": number, "family_id": each["family"], "reason": "same_priorities"}
            )
    return made


def resolve(engine: Engine, filings: dict[str, dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    return derived(party_person, engine, tables(filings), **more)


def persons(engine: Engine, filings: dict[str, dict[str, Any]], name: str) -> list[set[str]]:
    """Applications of each person who is called so."""
    found: dict[str, set[str]] = {}
    for row in resolve(engine, filings):
        if filings[row["application_id"]]["inventors"][row["sequence"] - 1] == name:
            found.setdefault(row["person_id"], set()).add(row["application_id"])
    return sorted(found.values(), key=sorted)


HANGZHOU, GUILIN = "330106", "450305"


def test_namesakes_of_other_organisations_and_places_stay_apart(engine):
    filings = {
        "CN1": filing("张伟", "O1", HANGZHOU, "H04L9/00"),
        "CN2": filing("张伟", "O2", GUILIN, "A01B1/00"),
        "CN3": filing("张伟", "O3", "110108", "H04L9/00"),
    }
    assert persons(engine, filings, "张伟") == [{"CN1"}, {"CN2"}, {"CN3"}]


def test_a_common_name_within_one_small_firm_is_one_person(engine):
    filings = {f"CN{n}": filing("张伟", "O1", GUILIN, "H04L9/00", 2012 + n) for n in range(3)}
    assert persons(engine, filings, "张伟") == [{"CN0", "CN1", "CN2"}]


def test_a_common_name_that_moved_with_a_co_inventor_is_one_person(engine):
    others = {f"X{n}": filing(f"某{chr(0x4E00 + n)}乙") for n in range(20)}
    filings = {
        "CN1": filing("张伟|覃慧琳|粟海桂", "O1", GUILIN, "H04L9/00"),
        "CN2": filing("张伟|覃慧琳|粟海桂", "O2", GUILIN, "H04L9/00"),
        **others,
    }
    assert persons(engine, filings, "张伟") == [{"CN1", "CN2"}]


def test_a_rare_name_is_one_person_without_anything_shared(engine):
    filings = {
        "CN1": filing("容彧璟", "O1", HANGZHOU, "H04L9/00"),
        "CN2": filing("容彧璟", "O2", HANGZHOU, "H04L9/00"),
    }
    assert persons(engine, filings, "容彧璟") == [{"CN1", "CN2"}]


def test_the_same_name_in_one_family_is_one_person(engine):
    filings = {
        "CN1": filing("张伟", "O1", HANGZHOU, family="F"),
        "US2": filing("张伟", "O2", "", family="F"),
    }
    rows = resolve(engine, filings)
    assert len({row["person_id"] for row in rows}) == 1
    assert {row["reason"] for row in rows} == {"family"}


def test_an_applicant_who_is_a_person_is_no_shared_organisation(engine):
    filings = {n: filing("张伟", "person-张伟", type="individual") for n in ("CN1", "CN2")}
    assert len(persons(engine, filings, "张伟")) == 2


def test_initials_fit_but_two_people_are_never_joined_through_them(engine):
    filings = {
        "US1": filing("Quintavalle, John|Zbigniew Okonkwo", "O1"),
        "US2": filing("Quintavalle, J.|Zbigniew Okonkwo", "O1"),
        "US3": filing("Quintavalle, James|Zbigniew Okonkwo", "O1"),
    }
    groups = {}
    for row in resolve(engine, filings):
        if row["sequence"] == 1:
            groups[row["application_id"]] = row["person_id"]
    assert groups["US1"] != groups["US3"]
    assert groups["US2"] in (groups["US1"], groups["US3"])


def test_father_and_son_on_one_application_are_two(engine):
    filings = {
        "US1": filing("Okonkwo, Zbigniew|Okonkwo, Zbigniew, Jr.", "O1"),
        "US2": filing("Okonkwo, Zbigniew, Jr.", "O1"),
    }
    rows = resolve(engine, filings)
    assert rows[0]["person_id"] != rows[1]["person_id"] == rows[2]["person_id"]


def test_a_name_printed_twice_on_an_application_is_one_person(engine):
    rows = resolve(engine, {"CN1": filing("张伟|张伟", "O1")})
    assert rows[0]["person_id"] == rows[1]["person_id"]


NO_PERSON = ("不公告发明人", "请求不公开姓名", "UNKNOWN", "12345", "桂林漓鑫电子科技有限公司", "张三；李四")


def test_a_cell_without_a_person_is_never_a_person(engine):
    filings = {
        f"CN{place}{n}": filing(cell, "O1", GUILIN, family=f"F{place}")
        for place, cell in enumerate(NO_PERSON)
        for n in range(3)
    }
    rows = resolve(engine, filings)
    assert [(row["person_id"], row["confidence"]) for row in rows] == [(None, None)] * 18
    told = ["name_withheld"] * 9 + ["not_a_name"] * 3 + ["organisation_name"] * 3 + ["several_names"] * 3
    assert [row["reason"] for row in rows] == told


def test_a_blank_name_has_no_row_and_no_inventors_make_no_rows(engine):
    made = tables({"CN1": filing("张伟")})
    made["party"].append({"application_id": "CN1", "role": "inventor", "sequence": 2, "name": None})
    assert len(derived(party_person, engine, made)) == 1
    assert sum(batch.num_rows for batch in party_person.derive(facts(engine, {}))) == 0


def crowd(seed: int = 3) -> dict[str, dict[str, Any]]:
    random_ = random.Random(seed)
    names = [
        "张伟",
        "李强",
        "覃慧琳",
        "Smith, J.",
        "Smith, John",
        "Smith, James A.",
        "容彧璟",
        "不公告发明人",
    ]
    return {
        f"CN{n:03d}": filing(
            "|".join(random_.sample(names, 3)),
            f"O{random_.randrange(6)}",
            random_.choice([HANGZHOU, GUILIN]),
            random_.choice(["H04L9/00", "A01B1/00"]),
            random_.randrange(2000, 2020),
        )
        for n in range(60)
    }


def test_the_order_of_rows_changes_nothing_and_a_second_run_gives_the_same(engine):
    made = tables(crowd())
    first = derived(party_person, engine, made)
    for rows in made.values():
        random.Random(1).shuffle(rows)
    assert derived(party_person, engine, made) == first


def test_looking_at_few_filings_at_once_gives_the_same_as_at_all(engine, monkeypatch):
    whole = resolve(engine, crowd())
    monkeypatch.setattr(surely, "AT_ONCE", 5)
    monkeypatch.setattr(frequency, "AT_ONCE", 7)
    assert resolve(engine, crowd()) == whole


def test_every_mention_has_one_row_a_confidence_and_no_contradicting_names(engine):
    filings = crowd(7)
    rows = resolve(engine, filings)
    assert len(rows) == sum(len(each["inventors"]) for each in filings.values())
    assert all(row["confidence"] is None or 0 <= row["confidence"] <= 1 for row in rows)
    names: dict[str, set[str]] = {}
    for row in rows:
        if row["person_id"]:
            name = filings[row["application_id"]]["inventors"][row["sequence"] - 1]
            names.setdefault(row["person_id"], set()).add(name)
    assert all(not {"Smith, John", "Smith, James A."} <= found for found in names.values())
    assert all(len(found) == 1 for found in names.values() if not any("Smith" in name for name in found))


def test_the_id_follows_from_the_earliest_filing_and_outlives_later_ones(engine):
    filings = {
        "CN5": filing("容彧璟", "O1", GUILIN, year=2010),
        "CN1": filing("容彧璟", "O1", GUILIN, year=2014),
    }
    before = {row["application_id"]: row["person_id"] for row in resolve(engine, filings)}
    filings["CN0"] = filing("容彧璟", "O1", GUILIN, year=2018)
    after = {row["application_id"]: row["person_id"] for row in resolve(engine, filings)}
    assert set(before.values()) == set(after.values()) == {before["CN5"]}


def test_hundreds_of_filings_under_one_name_fall_apart_by_organisation(engine):
    figures = "一二三四五六七八九十"
    filings = {
        f"CN{n:05d}": filing(
            f"张伟|某{figures[n // 100]}{figures[n // 10 % 10]}", f"O{n // 10}", GUILIN, year=2000 + n % 20
        )
        for n in range(800)
    }
    filings |= {
        f"US{n:05d}": filing(f"{chr(0x5E00 + n % 700)}{chr(0x6E00 + n // 50)}{chr(0x7E00 + n % 50)}")
        for n in range(2500)
    }
    found = persons(engine, filings, "张伟")
    assert len(found) == 80
    assert {len(each) for each in found} == {10}


def test_a_person_has_usual_name_organisation_and_years(engine):
    filings = {
        "CN1": filing("容彧璟", "O1", GUILIN, year=2010),
        "CN2": filing("容彧璟", "O1", GUILIN, year=2014),
        "CN3": filing("容 彧璟", "O2", GUILIN, year=2012, family="F"),
        "CN4": filing("容彧璟", "O1", GUILIN, year=2013, family="F"),
    }
    made = tables(filings)
    made["party_person"] = derived(party_person, engine, made)
    [row] = derived(person, engine, made)
    assert row["name"] == "容彧璟"
    assert row["organisation_id"] == "O1"
    assert (row["names"], row["organisations"], row["applications"]) == (2, 2, 4)
    assert (row["first_year"], row["last_year"]) == (2010, 2014)


def test_weights_that_are_missing_or_no_numbers_are_told(engine, tmp_path):
    lists = own_lists(tmp_path, person_evidence="parameter,value,note,source\nthreshold,0.5,,own\n")
    with pytest.raises(DefinitionError, match="not complete"):
        party_person.derive(facts(engine, {}, codes=lists))
