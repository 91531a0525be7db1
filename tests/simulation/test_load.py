# SPDX-License-Identifier: Apache-2.0
"""Scenarios and vocabulary are checked when read; all faults are told together."""

from __future__ import annotations

import re

import pytest

from zhihang.errors import DefinitionError
from zhihang.simulation.load import SCENARIOS, load_office, load_scenario
from zhihang.simulation.region import make_region
from zhihang.simulation.vocabulary import TechnicalField, load_vocabulary

PATHS = sorted(SCENARIOS.glob("*.yaml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_scenario_that_ships_is_sound(path):
    scenario = load_scenario("", chosen=path)
    assert scenario.name == path.stem
    assert sum(scenario.months.values.values()) == pytest.approx(1)
    assert scenario.fields_named <= load_vocabulary().fields.keys()


def test_guilin_has_its_own_scenario_and_others_the_generic_one():
    assert load_scenario("450300").name == "guilin"
    assert load_scenario("440000").name == "generic"


def test_figures_sum_to_the_periods_they_come_from():
    filings = {
        y: v for part in load_scenario("450300").kinds["invention"].filings for y, v in part.values.items()
    }
    assert sum(filings[year] for year in range(2006, 2011)) == 1_460
    assert sum(filings[year] for year in range(2011, 2016)) == 13_578


def test_unknown_keys_are_faults_with_the_nearest_known_key(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\nbased_on: guilin\nindustry: {}\ndealings: {transfers: 0.1}\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError) as error:
        load_scenario("450300", chosen=path)
    assert "industry: not a known key, close to industries" in str(error.value)
    assert "dealings.transfers: not a known key, close to transfer" in str(error.value)


def test_a_source_must_be_described(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nbased_on: guilin\nmonths: {source: hearsay}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="has faults") as error:
        load_scenario("450300", chosen=path)
    assert "sources named but not described: hearsay" in str(error.value)


def test_a_scenario_may_change_part_of_another(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nbased_on: guilin\nfaults: {no_number: 0.5}\n", encoding="utf-8")
    scenario = load_scenario("450300", chosen=path)
    assert scenario.faults.no_number == 0.5
    assert scenario.faults.half_date == load_scenario("450300").faults.half_date


def test_a_technical_field_without_vocabulary_is_a_fault(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nbased_on: guilin\nindividuals: {values: {alchemy: 1}}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="no vocabulary") as error:
        make_region("450300", 2010, 2011, seed=1, scale=0.01, scenario=path)
    assert "alchemy" in str(error.value)


def test_a_file_that_is_no_yaml_is_named(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("name: [", encoding="utf-8")
    with pytest.raises(DefinitionError, match=re.escape('"broken.yaml" is not a YAML file')):
        load_scenario("450300", chosen=path)


def test_symbols_are_written_as_the_classification_writes_them():
    symbols = [
        symbol
        for field in load_vocabulary().fields.values()
        for topic in field.topics
        for symbol in (*topic.ipc, *(topic.formerly.ipc if topic.formerly else ()))
    ]
    assert len(symbols) > 400
    assert all(re.fullmatch(r"[A-H]\d\d[A-Z]\d{1,4}/\d{2,6}", symbol) for symbol in symbols)


def test_every_field_has_something_a_utility_model_and_a_design_can_protect():
    for name, field in load_vocabulary().fields.items():
        assert any(topic.form in ("mechanism", "circuit") for topic in field.topics), name
        assert any(not topic.since for topic in field.topics), name
        assert field.designs, name


def test_words_that_would_need_quotes_are_refused():
    field = next(iter(load_vocabulary().fields.values())).model_dump()
    with pytest.raises(ValueError, match="String should match pattern"):
        TechnicalField.model_validate(field | {"effects": ["good, cheap", "a", "b"]})


def test_number_series_rise():
    for name, parts in load_office().publication.items():
        points = sorted((day, number) for part in parts for day, number in part.points.items())
        numbers = [number for _, number in points]
        assert numbers == sorted(numbers), name
