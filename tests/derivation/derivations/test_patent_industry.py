# SPDX-License-Identifier: Apache-2.0
"""Tests of industries and fields of technology: shares that sum to 1, conditions, faults of a concordance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.derivation.made_facts import derived, own_lists
from tests.sail_server import sail_server

from zhihang.derivation.concordance import read_concordance
from zhihang.derivation.derivations.patent_field import patent_field
from zhihang.derivation.derivations.patent_industry import patent_industry
from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.store.engine import Engine, start_engine

HEAD = "ipc,not_with_ipc,unless_with_ipc,edition,code,weight"
#: C07B gives way to A61K31, though not beside A61K8; A01H is two industries.
TABLE = f"""{HEAD}
A01B,,,GB/T 4754-2017,357,1
A01H,,,GB/T 4754-2017,13,0.5
A01H,,,GB/T 4754-2017,14,0.5
A61K,,,GB/T 4754-2017,27,1
A61K8,,,GB/T 4754-2017,268,1
C07B,A61K31,A61K8,GB/T 4754-2017,261,0.333
C07B,A61K31,A61K8,GB/T 4754-2017,262,0.333
C07B,A61K31,A61K8,GB/T 4754-2017,265,0.333
"""


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


@pytest.fixture(scope="module", params=["duckdb", "sail"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "duckdb":
        yield request.getfixturevalue("duckdb")
        return
    with sail_server() as url:
        started = start_engine("spark", {"url": url, "store": tmp_path_factory.mktemp("store")})
        yield started
        started.close()


def tables(**symbols):
    """Applications with IPC symbols; `cpc:` before a symbol, or `+` for additional information, says otherwise."""
    rows = []
    for name, written in symbols.items():
        for place, text in enumerate(written.split(), 1):
            scheme = "cpc" if text.startswith("cpc:") else "ipc"
            value = "additional" if text.startswith("+") else None
            symbol = text.removeprefix("cpc:").removeprefix("+")
            rows.append(
                {
                    "application_id": name,
                    "scheme": scheme,
                    "symbol": symbol,
                    "position": place,
                    "value": value,
                }
            )
    return {"application": [{"application_id": name} for name in symbols], "classification": rows}


def shares(derivation, engine, code, data, **more):
    found: dict[str, dict[str, float]] = {}
    for row in derived(derivation, engine, data, **more):
        found.setdefault(row["application_id"], {})[row[code]] = round(row["weight"], 4)
    return found


def test_shares_are_those_worked_out_by_hand(engine, tmp_path):
    lists = own_lists(tmp_path, ipc_to_gbt4754=TABLE)
    data = tables(
        one="A01B1/00 A01B3/00",  # one subclass, however many symbols
        two="A01B1/00 A01H5/00",  # half each, and A01H halved again
        main="A61K8/02 A61K31/12",  # a main group of its own beside its subclass
        gives="C07B31/00 A61K31/12",  # C07B gives way
        keeps="C07B31/00 A61K31/12 A61K8/02",  # but not beside A61K8: three units
        alone="C07B31/00",
        part="A01B1/00 G16H50/20",  # no industry for G16H
        none="",
        design="cpc:Y02E10/50",
        cpc="cpc:A01B1/00 cpc:Y02E10/50",
        both="A01B1/00 cpc:A61K31/12",  # CPC only where there is no IPC
        added="A01B1/00 +A61K31/12",  # additional information only where there is nothing else
        only="+A61K31/12",
    )
    third = round(1 / 9, 4)
    assert shares(patent_industry, engine, "code", data, codes=lists) == {
        "one": {"357": 1.0},
        "two": {"357": 0.5, "13": 0.25, "14": 0.25},
        "main": {"268": 0.5, "27": 0.5},
        "gives": {"27": 1.0},
        "keeps": {"261": third, "262": third, "265": third, "268": 0.3333, "27": 0.3333},
        "alone": {"261": 0.3333, "262": 0.3333, "265": 0.3333},
        "part": {"357": 0.5, "unallocated": 0.5},
        "none": {"unallocated": 1.0},
        "design": {"unallocated": 1.0},
        "cpc": {"357": 1.0},
        "both": {"357": 1.0},
        "added": {"357": 1.0},
        "only": {"27": 1.0},
    }


def test_what_is_unallocated_says_why(duckdb, tmp_path):
    lists = own_lists(tmp_path, ipc_to_gbt4754=TABLE)
    rows = derived(patent_industry, duckdb, tables(part="A01B1/00 G16H50/20", none=""), codes=lists)
    reasons = {(row["application_id"], row["code"]): row["reason"] for row in rows}
    assert reasons == {
        ("part", "357"): None,
        ("part", "unallocated"): "symbol of no industry in the concordance",
        ("none", "unallocated"): "no IPC or CPC symbol",
    }
    assert {row["scheme"] for row in rows} == {"GB/T 4754-2017"}


def test_the_shares_of_every_application_sum_to_1(duckdb):
    data = tables(
        a="C07B31/00 C07D1/00 A61K8/02", b="A01H1/00 H01M4/38 H04N23/00 B01D53/00", c="G06F3/041", d=""
    )
    for derivation, code in ((patent_industry, "code"), (patent_field, "field")):
        found = shares(derivation, duckdb, code, data)
        assert {
            name: pytest.approx(sum(of.values()), abs=1e-3) for name, of in found.items()
        } == dict.fromkeys("abcd", 1)


def test_fields_divide_some_subclasses_by_main_group(duckdb):
    # H04N1 is telecommunications (3), H04N5 audio-visual (2), H04N21 digital communication (4).
    data = tables(a="H04N1/00 H04N5/00 H04N21/00 H04N21/20", b="F21V1/00")
    assert shares(patent_field, duckdb, "field", data) == {
        "a": {"3": 0.3333, "2": 0.3333, "4": 0.3333},
        "b": {"1": 1.0},
    }


def test_all_faults_of_a_concordance_are_told_at_once(duckdb, tmp_path):
    table = (
        f"{HEAD}\nA01B,,,GB/T 4754-2017,357,0.7\nA1,,,GB/T 4754-2017,13,1\nA01H,,,GB/T 4754-2017,99999,one\n"
    )
    with pytest.raises(DefinitionError) as caught:
        derived(patent_industry, duckdb, {}, codes=own_lists(tmp_path, ipc_to_gbt4754=table))
    said = str(caught.value)
    assert "the weights of A01B sum to 0.7" in said
    assert '"A1" in ipc is no IPC' in said
    assert 'code "99999" does not exist' in said
    assert 'weight "one"' in said


def test_a_concordance_without_its_columns_or_edition_is_refused(duckdb, tmp_path):
    with pytest.raises(DefinitionError, match="edition"):
        derived(patent_industry, duckdb, {}, codes=own_lists(tmp_path, ipc_to_gbt4754="ipc,code\nA01B,357\n"))
    table = "ipc,code,edition\nA01B,357,GB/T 4754-2017\n"
    with pytest.raises(DefinitionError, match='no column "weight"'):
        derived(patent_industry, duckdb, {}, codes=own_lists(tmp_path, ipc_to_gbt4754=table))


def test_the_packaged_concordances_are_sound():
    codes = CodeLists()
    industries = frozenset(
        row["code"] for row in codes.rows("industries_gbt4754") if row["edition"].endswith("2017")
    )
    fields = frozenset(row["code"] for row in codes.rows("technology_field"))
    assert len(read_concordance(codes, "ipc_to_wipo35", fields).shares) == 764
    industry = read_concordance(codes, "ipc_to_gbt4754", industries)
    assert {code[:2] for of in industry.shares.values() for code in of} <= {f"{n:02d}" for n in range(1, 98)}
    assert industry.unit_of("A61K8/02") == "A61K8"


def test_the_industrial_classification_has_the_numbers_of_the_standard():
    # GB/T 4754-2017: 20 sections, 97 divisions, 473 groups, 1,381 classes; 2011: 20, 96, 432, 1,094.
    counted: dict[tuple[str, str], int] = {}
    for row in CodeLists().rows("industries_gbt4754"):
        key = (row["edition"][-4:], row["level"])
        counted[key] = counted.get(key, 0) + 1
    levels = ("门类", "大类", "中类", "小类")
    assert [counted["2017", level] for level in levels] == [20, 97, 473, 1381]
    assert [counted["2011", level] for level in levels] == [20, 96, 432, 1094]
