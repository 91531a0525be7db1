# SPDX-License-Identifier: Apache-2.0
"""What indicators ask about an application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.derivation.made_facts import derived

from zhihang.derivation.derivations.patent import patent
from zhihang.store.engine import Engine, start_engine


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def size_classes(engine: Engine, firms: list[tuple[str, str, str | None, int]]) -> dict[str, str | None]:
    """Size class of one application of each organisation; firms as (firm, organisation, size class, year)."""
    organisations = sorted({organisation for _, organisation, _, _ in firms} | {"no firm"})
    tables = {
        "application": [{"application_id": f"CN{o}", "office": "CN"} for o in organisations],
        "party_organisation": [
            {"application_id": f"CN{o}", "role": "applicant", "sequence": 1, "part": 1, "organisation_id": o}
            for o in organisations
        ],
        "enterprise": [{"enterprise": f, "size_class": size, "year": year} for f, _, size, year in firms],
        "enterprise_organisation": [
            {"enterprise": f, "organisation_id": o} for f, o in sorted({(f, o) for f, o, _, _ in firms})
        ],
    }
    rows = derived(patent, engine, tables)
    return {row["application_id"].removeprefix("CN"): row["size_class"] for row in rows}


def test_the_newest_register_gives_the_size_class_of_a_firm(engine):
    firms = [("a", "o1", "small", 2018), ("a", "o1", "medium", 2020), ("a", "o1", None, 2021)]
    assert size_classes(engine, firms) == {"o1": "medium", "no firm": None}


def test_firms_of_different_size_give_their_organisation_none(engine):
    firms = [("a", "o1", "small", 2020), ("b", "o1", "large", 2020), ("c", "o2", "micro", 2020)]
    assert size_classes(engine, firms) == {"o1": None, "o2": "micro", "no firm": None}
