# SPDX-License-Identifier: Apache-2.0
"""Faults of indicator files are found before anything is computed, and all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.measure import Question, measure

HEAD = "label: {{zh: {0}, en: {0}}}\nunit: {1}\nreference: {{method: M-STAT-13}}\n"


def _shelf(folder, **files):
    for name, (unit, body) in files.items():
        (folder / f"{name}.yaml").write_text(HEAD.format(name, unit) + body, encoding="utf-8")
    return Indicators([folder])


@pytest.mark.parametrize(
    ("unit", "body", "told"),
    [
        ("件/人", "ratio: {numerator: filings, denominator: residents, per: 10000}", "件/人 x 0.0001"),
        ("件", "ratio: {numerator: filings, denominator: residents}", "the quotient is in 件/人"),
        ("件", "growth: {of: filings}", "a pure number"),
        ("件", "growth: {of: residents, give: difference}", "residents is not in the unit"),
        ("亿元", "cumulative: {of: filings}", "filings is not in the unit"),
        ("件", "composite: {terms: [{indicator: filings}, {indicator: residents}]}", "residents is not"),
        ('"1"', "method: {name: herfindahl, of: filings, over: colour}", "unknown dimension colour"),
        ('"1"', "method: {name: herfindahl, of: residents, over: field}", "residents is no count"),
        ("件", "ratio: {numerator: filings, denominator: nothing}", "unknown indicator nothing"),
        ("件", "cumulative: {of: wrong}", "rests on itself"),
        ("斤", "count: {of: filings}", "not known"),
        ("件", "count: {of: filings, where: {kinds: invention}}", "close to kind"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, unit, body, told):
    with pytest.raises(DefinitionError) as caught:
        _shelf(tmp_path, wrong=(unit, body))
    assert told in str(caught.value)


def test_all_faults_are_told_together(tmp_path):
    with pytest.raises(DefinitionError) as caught:
        _shelf(tmp_path, a=("斤", "count: {of: filings}"), b=("件", "growth: {of: filings}"))
    assert str(caught.value).count("\n  - ") == 2


@pytest.mark.parametrize(
    ("unit", "body"),
    [
        ("件/万人", "ratio: {numerator: filings, denominator: residents, per: 10000}"),
        ("人", "ratio: {numerator: filings, denominator: filings_per_10k, per: 10000}"),
        ("年", "ratio: {numerator: years_since_filing, denominator: inventions_in_force}"),
        ('"%"', "ratio: {numerator: invention_filings, denominator: filings, per: 100}"),
        ("倍", "growth: {of: filings, give: multiple}"),
        ("万元/家", "ratio: {numerator: pledge_financing, denominator: pledging_enterprises, per: 10000}"),
    ],
)
def test_what_fits_is_taken(tmp_path, unit, body):
    assert _shelf(tmp_path, right=(unit, body))["right"].unit == unit.strip('"')


def test_the_indicator_that_the_how_to_shows_is_right(tmp_path, tables, engine):
    page = (Path(__file__).resolve().parents[2] / "docs/how-to/add-an-indicator.md").read_text("utf-8")
    shown = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "enterprise_inventions_per_10k.yaml").write_text(shown, encoding="utf-8")
    indicators = Indicators([tmp_path])
    example = indicators["enterprise_inventions_per_10k"].examples[0]
    question = Question(["enterprise_inventions_per_10k"], example.region, example.period)
    [cell] = measure(question, indicators, tables(example.given), engine.collect, CodeLists())
    assert cell.figure.value == pytest.approx(example.expect)
    for kind in ("count", "sum", "ratio", "growth", "cumulative", "composite", "method"):
        assert f"| `{kind}` |" in page
