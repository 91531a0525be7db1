# SPDX-License-Identifier: Apache-2.0
"""Every indicator is proved by its own worked examples."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.evaluation import Evaluation
from zhihang.measurement.grid import spans
from zhihang.measurement.measure import Question, measure
from zhihang.measurement.place import Places
from zhihang.terms.unit import Unit

INDICATORS = Indicators()
EXAMPLES = [(code, number) for code, each in INDICATORS.items() for number in range(len(each.examples))]
TOGETHER = [(c, n) for c, n in EXAMPLES if not INDICATORS[c].method and not INDICATORS[c].examples[n].by]
ALONE = [each for each in EXAMPLES if each not in TOGETHER]


@pytest.fixture(scope="session")
def figures(engine, tables):
    """Figures of all examples, counted together: each example has its own value of the dimension `zone`."""
    groups = defaultdict(list)
    for code, number in TOGETHER:
        example = INDICATORS[code].examples[number]
        groups[example.region, example.period, example.every].append((code, number))
    found, places = {}, Places(CodeLists())
    for (region, period, every), group in groups.items():
        given = [
            _in_zone(row, f"{code}-{n}") for code, n in group for row in INDICATORS[code].examples[n].given
        ]
        place = places.find(region)
        evaluation = Evaluation(INDICATORS, tables(given), engine.collect, [place], ("zone",))
        [when] = spans(period, period, every)
        evaluation.prepare(sorted({code for code, _ in group}), [when])
        for code, n in group:
            found[code, n] = evaluation.figure(INDICATORS[code], place, when, (f"{code}-{n}",))
    return found


def _in_zone(row, zone):
    return {**row, "dimension": f"zone={zone}"} if "indicator" in row else {**row, "zone": zone}


@pytest.mark.parametrize(("code", "number"), TOGETHER)
def test_the_worked_example_comes_out(code, number, figures):
    _compare(figures[code, number], INDICATORS[code].examples[number])


@pytest.mark.parametrize(
    ("code", "number"),
    [*ALONE, *(pytest.param(*each, marks=pytest.mark.slow) for each in TOGETHER)],
)
def test_the_worked_example_comes_out_by_itself(code, number, tables, engine):
    example = INDICATORS[code].examples[number]
    day = example.period if example.period.count("-") == 2 else None
    question = Question(
        [code],
        example.region,
        None if day else example.period,
        at=None if day is None else date.fromisoformat(day),
        every=example.every,
        by=tuple(example.by),
    )
    found = measure(question, INDICATORS, tables(example.given), engine.collect, CodeLists())
    wanted = [cell for cell in found if dict(zip(example.by, cell.dims, strict=True)) == example.by]
    assert len(wanted) == 1
    _compare(wanted[0].figure, example)


def _compare(figure, example):
    if example.expect is None:
        assert figure.value is None
        assert figure.note
    else:
        assert figure.value == pytest.approx(example.expect, rel=1e-4, abs=1e-9), figure


@pytest.mark.parametrize("code", list(INDICATORS))
def test_an_indicator_has_an_example_and_a_source(code):
    indicator = INDICATORS[code]
    assert indicator.examples
    assert str(indicator.reference)
    assert indicator.description.endswith(".")


def test_the_catalogue_is_wide_enough():
    assert len(INDICATORS) >= 120


def test_labels_are_different():
    for names in ([i.label.zh for i in INDICATORS.values()], [i.label.en for i in INDICATORS.values()]):
        assert sorted(set(names)) == sorted(names)


def test_a_figure_that_is_also_published_bears_the_published_name_and_unit():
    published = {row["code"]: row for row in CodeLists().rows("indicator_name")}
    both = set(published) & set(INDICATORS)
    assert len(both) > 200
    for code in both:
        row, indicator = published[code], INDICATORS[code]
        names = {row["zh"], *row["aliases"].split("|")}
        assert indicator.label.zh in names or row["zh"] in indicator.aliases, code
        assert Unit.parse(indicator.unit).is_comparable(Unit.parse(row["unit"])), code


def test_every_figure_that_a_source_may_publish_has_a_name_to_be_known_by():
    known = {row["code"] for row in CodeLists().rows("indicator_name")}
    asked = {i.sum.observation for i in INDICATORS.values() if i.sum and i.sum.observation}
    assert asked <= known
