# SPDX-License-Identifier: Apache-2.0
"""The whole catalogue gives the same values on DuckDB and on Spark."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sail_server import sail_server
from tests.spark_cluster import OPTIONS, spark_cluster

from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.measure import Question, measure
from zhihang.measurement.worked_example import example_tables
from zhihang.store.engine import Engine, start_engine

QUESTIONS = (
    Question([], "450300", "2016"),
    Question(["inventions_per_10k", "enterprises_with_inventions"], "450300", "2016", by=["county"]),
    Question(
        ["inventions_in_force", "invention_filings"],
        "450000",
        "2014-11",
        "2016-02",
        every="month",
        by=["city"],
    ),
    Question(
        ["inventions_in_force", "invention_filings"], "450300", "2014", "2016", by=["applicant_type", "field"]
    ),
    Question(["inventions_in_force"], "450300", at=date(2016, 5, 17), by=["kind"], known_on=date(2016, 1, 1)),
)
LEAKS = "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
REGIONS = ("450302", "450305", "450312", "450381", "450300", "450100", "450102", None)


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Made-up patents of five cities, and the figures that indicators divide by."""
    draw = random.Random(5)
    for number in range(count):
        filed = date(2008, 1, 1) + timedelta(days=draw.randrange(3300))
        granted = filed + timedelta(days=draw.randrange(300, 1500)) if draw.random() < 0.6 else None
        ended = granted + timedelta(days=draw.randrange(0, 2000)) if granted and draw.random() < 0.4 else None
        region = draw.choice(REGIONS)
        yield {
            "filing_date": filed,
            "publication_date": filed + timedelta(days=540),
            "grant_date": granted,
            "kind": draw.choice(["invention", "invention", "utility_model", "design"]),
            "region": region,
            "origin": "mainland" if region else draw.choice(["foreign", "unknown"]),
            "applicant_type": draw.choice(["enterprise", "university", "individual", None]),
            "organisation_id": f"O{draw.randrange(40)}",
            "family_id": f"F{number // 2}",
            "emerging": draw.random() < 0.3,
            "high_value": draw.random() < 0.3,
            "fields": {"1": 0.5, "29": 0.5} if number % 3 else {"5": 1.0},
            "industries": {"C39": 1.0},
            **(
                {"in_force": [granted, ended], "end_known": ended and ended + timedelta(days=90)}
                if granted
                else {}
            ),
        }
    for year in range(2010, 2018):
        for region in ("450300", "450302", "450312"):
            yield {
                "indicator": "residents",
                "region": region,
                "period": str(year),
                "period_kind": "stock",
                "value": 1000.0 * year,
                "unit": "人",
            }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tables")
    given = example_tables(list(rows(1500)))
    for name in ("party_region", "party_organisation", "organisation", "patent_emerging"):
        given[name] = TABLES[name].schema.empty_table()
    numbers = given["patent"].column("application_id").to_pylist()
    places = given["patent"].column("region").to_pylist()
    owners = given["patent"].column("organisation_id").to_pylist()
    parties = [
        {
            "application_id": n,
            "role": "applicant",
            "sequence": s,
            "part": 1,
            "region_now": p,
            "organisation_id": o,
            "run_id": 1,
        }
        for n, p, o in zip(numbers, places, owners, strict=True)
        for s in (1, 2)
    ]
    for name in ("party_region", "party_organisation"):
        schema = TABLES[name].schema
        given[name] = pa.table({f.name: pa.array([r.get(f.name) for r in parties], f.type) for f in schema})
    for name, table in given.items():
        pq.write_table(table, made / f"{name}.parquet")
    return made


def values(
    engine: Engine, folder: Path, questions: Sequence[Question] = QUESTIONS
) -> list[tuple[object, ...]]:
    def table(name: str) -> Any:
        return engine.scan([folder / f"{name}.parquet"], TABLES[name].schema)

    found: list[tuple[object, ...]] = []
    for question in questions:
        for cell in measure(question, Indicators(), table, engine.collect, CodeLists(), hold=engine.hold):
            key = (cell.indicator.code, cell.place.code, str(cell.when), cell.dims)
            found.append((*key, cell.figure.value, cell.figure.status, cell.figure.note))
    return found


@pytest.fixture(scope="module")
def embedded(folder: Path) -> list[tuple[object, ...]]:
    engine = start_engine("duckdb", {"threads": 1})
    found = values(engine, folder)
    engine.close()
    return found


def test_most_of_the_catalogue_has_a_value_here(embedded: list[tuple[object, ...]]) -> None:
    known = {row[0] for row in embedded if row[4]}
    assert len(known) > 100


@pytest.mark.slow
def test_sail_gives_the_same_values(folder: Path, embedded: list[tuple[object, ...]]) -> None:
    with sail_server() as address:
        same(start_engine("spark", {"url": address, "store": folder}), folder, embedded)


def test_sail_gives_the_same_values_of_one_question(folder: Path) -> None:
    question = QUESTIONS[3:4]
    engine = start_engine("duckdb", {"threads": 1})
    expected = values(engine, folder, question)
    engine.close()
    with sail_server() as address:
        same(start_engine("spark", {"url": address, "store": folder}), folder, expected, question)


@pytest.mark.spark
@pytest.mark.filterwarnings(LEAKS)
def test_spark_gives_the_same_values(
    folder: Path, embedded: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from pyspark import SparkContext

    with spark_cluster(tmp_path_factory.mktemp("spark")) as address:
        settings = {"url": address, "store": folder, "options": OPTIONS}
        same(start_engine("spark", settings), folder, embedded)
        SparkContext.getOrCreate().stop()


def same(
    engine: Engine,
    folder: Path,
    expected: list[tuple[object, ...]],
    questions: Sequence[Question] = QUESTIONS,
) -> None:
    """Counts are equal, ratios to 1e-9."""
    found = values(engine, folder, questions)
    engine.close()
    assert [row[:4] for row in found] == [row[:4] for row in expected]
    assert [row[5:] for row in found] == [row[5:] for row in expected]
    for ours, theirs in zip(found, expected, strict=True):
        if theirs[4] is None or ours[4] is None:
            assert ours[4] is theirs[4], ours
        else:
            assert ours[4] == pytest.approx(theirs[4], rel=1e-9, abs=1e-12), ours
