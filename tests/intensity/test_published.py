# SPDX-License-Identifier: Apache-2.0
"""Published figures: the classification of 2019, and figures by division whose scopes differ."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.intensity.made_facts import CODES, facts_seen
from tests.intensity.made_subjects import scheme

from zhihang.errors import NotComparable
from zhihang.facts.form import FORMS
from zhihang.ingestion.normalise import Habits, normalise
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import sources
from zhihang.intensity.economy import read_economy
from zhihang.intensity.facts_seen import Area
from zhihang.intensity.industries import IndustryFacts
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.scheme import SchemeFile
from zhihang.store.engine import Engine, start_engine

NATION = Area("000000", "全国", ("",))
HEADINGS = {
    "employment": "从业人员平均人数（万人）",
    "operating_revenue": "营业收入（亿元）",
    "rd_expenditure": "研发经费内部支出（亿元）",
}
EDITION = "GB/T 4754-2017"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def reference(shared: Path) -> Path:
    return shared / "data" / "reference"


@pytest.fixture(scope="module")
def divisions(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """Employment, revenue and research of 2023 by division, handed in as a table of industries."""
    held: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows(reference / "industry_economics_cn.csv"):
        if row["year"] == "2023" and row["level"] == "division" and row["indicator"] in HEADINGS:
            held.setdefault((row["gbt4754_2017_code"], row["scope"]), {})[row["indicator"]] = row["value"]
    path = tmp_path_factory.mktemp("nation") / "divisions.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["行业代码", "统计范围", "年份", *HEADINGS.values()])
        writer.writerows(
            [code, scope, 2023, *(one.get(name, "") for name in HEADINGS)]
            for (code, scope), one in held.items()
        )
    (source,) = sources(path)
    found = sniff(source, readers())
    (draft,) = found.reader.read(source, found.sample)
    made = normalise(draft, Habits.of(found.reader))
    assert (found.reader.name, made.rejected, "rejection" in made.tables) == ("industry_table", 0, False)
    held_rows: list[dict[str, object]] = made.tables[FORMS["industry"].tables[0]].to_pylist()
    return held_rows


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def says(**staff: object) -> SchemeFile:
    made = {"years": 1, **staff}
    return scheme({"name": "research", "measure": "rd_intensity_to_mean", "above": 1}, staff=made).says


def test_the_classification_that_ships_is_the_published_one(reference):
    published = {row["code"] for row in rows(reference / "patent_intensive_industries_2019_classes.csv")}
    lists = IndustryLists(CODES, EDITION)
    members = lists.members(sorted(published), ["patent_intensive_2019"], partial=False)
    assert len(published) == 188
    assert members.tolist() == [1] * 188
    every = list(lists.at_level("class"))
    assert int((lists.members(every, ["patent_intensive_2019"], partial=False) == 1).sum()) == 188


def test_employment_of_all_firms_and_research_of_large_ones_are_never_divided(divisions, engine):
    facts = facts_seen(engine, {"industry_year": divisions})
    with pytest.raises(NotComparable, match="above_scale, all_industry"):
        read_economy(facts, NATION, says(), [2023])


def test_within_one_scope_what_the_other_has_is_unknown(divisions, engine):
    facts = facts_seen(engine, {"industry_year": divisions})
    made = IndustryFacts.read(facts, NATION, says(scope="all_industry"), [2023]).of_year(2023)
    place = made.subjects.ids.index("39")
    employment, revenue = (made.subjects.measure(name)[place] for name in ("employment", "revenue"))
    assert revenue / employment == pytest.approx(1_513_321, rel=0.001)  # yuan per employee, from the census
    assert (
        made.subjects.measure("rd_intensity")[place] != made.subjects.measure("rd_intensity")[place]
    )  # not known
