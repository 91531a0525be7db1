# SPDX-License-Identifier: Apache-2.0
"""Every indicator is proved by its own worked examples."""

from __future__ import annotations

from datetime import date

import pytest

from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.measure import Question, measure

INDICATORS = Indicators()
EXAMPLES = [(code, number) for code, each in INDICATORS.items() for number in range(len(each.examples))]


@pytest.mark.parametrize(("code", "number"), EXAMPLES)
def test_the_worked_example_comes_out(code, number, tables, engine):
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
    figure = wanted[0].figure
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
