# SPDX-License-Identifier: Apache-2.0
"""Tests of schemes tried on hand-made subjects: means, conditions, what is unknown, thresholds, moves."""

from __future__ import annotations

import numpy as np
import pytest
from tests.intensity.made_subjects import LISTS, scheme, subjects, tried

from zhihang.errors import DefinitionError, Infeasible, NotFound
from zhihang.intensity.identify import compare
from zhihang.intensity.scheme import Schemes, read_scheme
from zhihang.intensity.sensitivity import changes
from zhihang.intensity.threshold import factor_for, failed_only_by, thresholds_for, with_bounds

ABOVE_MEAN = {"name": "intensity", "measure": "intensity_to_mean", "above": 1}
ENOUGH = {"name": "scale", "measure": "patents", "at_least": 50}
# M-IND-03: A 300 grants of 20,000 workers, B 100 of 50,000, C 20 of 1,000.
THREE = {"patents": [300, 100, 20], "employment": [20_000, 50_000, 1_000]}


def test_the_example_of_the_generic_algorithm():
    found = tried(scheme(ABOVE_MEAN, ENOUGH), subjects(THREE))
    assert found.subjects.measure("intensity").tolist() == [15, 2, 20]
    assert found.means["intensity_weighted"] == pytest.approx(420 / 71)  # not the mean of ratios
    assert found.means["intensity_of_ratios"] == pytest.approx(37 / 3)
    assert found.catalogue == ("A",)
    assert tried(scheme(ABOVE_MEAN), subjects(THREE)).catalogue == ("C", "A")


def test_the_mean_of_ratios_and_the_mean_of_those_with_patents_are_other_means():
    held = {"patents": [30, 10, 0], "employment": [10_000, 10_000, 20_000]}
    every = tried(scheme(ABOVE_MEAN), subjects(held))
    users = tried(scheme(ABOVE_MEAN, mean={"over": "patenting"}), subjects(held))
    ratios = tried(scheme(ABOVE_MEAN, mean={"kind": "of_ratios"}), subjects(held))
    assert (every.means["intensity"], every.catalogue) == (
        1.0,
        ("A",),
    )  # 40 / 40,000; B is at it, not above it
    assert (users.means["intensity"], ratios.means["intensity"]) == (2.0, pytest.approx(4 / 3))


def test_no_workers_or_none_known_is_unknown_not_false():
    found = tried(
        scheme(ABOVE_MEAN), subjects({"patents": [5, 5, 1, 2], "employment": [0, None, 1000, 1000]})
    )
    assert found.subjects.measure("intensity").tolist()[2:] == [1, 2]
    assert found.unknown == ("A", "B")
    assert found.catalogue == ("D",)
    assert [row["passed"] for row in found.conditions(0)] == [None]


def test_what_is_false_stays_false_beside_what_is_unknown():
    found = tried(scheme(ABOVE_MEAN, ENOUGH), subjects({"patents": [5, 60], "employment": [None, None]}))
    assert found.state.tolist() == [0, -1]


def test_membership_of_a_list_is_unknown_where_the_code_is_too_coarse():
    # 3921 is one of the 188; 1311 is not; of division 39 some classes are in and some are not.
    condition = {"name": "listed", "listed": ["patent_intensive_2019"]}
    held = subjects({"patents": [1, 1, 1, 1]}, industries=["3921", "1311", "39", None])
    assert tried(scheme(condition), held).state.tolist() == [1, 0, -1, -1]


def test_a_list_that_is_none_is_told_with_those_there_are():
    with pytest.raises(NotFound, match="patent_intensive_2020"):
        tried(
            scheme({"name": "x", "listed": ["patent_intensive_2020"]}),
            subjects({"patents": [1]}, industries=["3921"]),
        )


def test_research_by_share_or_by_amount():
    # M-IND-07: 4.2 m of 40 m is 10.5 %; 5.1 m of 80 m passes by its amount; 4.2 m of 60 m is 7 %: neither.
    either = {
        "name": "research",
        "any_of": [
            {"name": "share", "measure": "rd_intensity", "at_least": 0.10},
            {"name": "amount", "measure": "rd", "at_least": 5e6},
        ],
    }
    held = subjects({"patents": [0, 0, 0], "rd": [4.2e6, 5.1e6, 4.2e6], "revenue": [40e6, 80e6, 60e6]})
    found = tried(scheme(either, subject="enterprise"), held)
    assert found.state.tolist() == [1, 1, 0]
    parts = {row["condition"]: row["passed"] for row in found.conditions(1)}
    assert parts == {"research": True, "share": False, "amount": True}


def test_one_of_several_holds_when_one_is_known_to_hold_and_the_other_is_not_known():
    either = {
        "name": "either",
        "any_of": [{"name": "a", "is_true": "own_trademark"}, {"name": "b", "is_true": "ip_management"}],
    }
    held = subjects({"own_trademark": [1, 0, 0], "ip_management": [None, None, 0], "patents": [0, 0, 0]})
    assert tried(scheme(either, subject="enterprise"), held).state.tolist() == [1, -1, 0]


def test_a_soft_condition_is_told_and_does_not_decide():
    soft = {"name": "scale", "measure": "patents", "at_least": 50, "soft": True}
    found = tried(scheme(ABOVE_MEAN, soft), subjects(THREE))
    assert found.catalogue == ("C", "A")
    assert found.conditions(2)[1]["passed"] is False
    assert found.conditions(2)[1]["decides"] is False


def test_titles_of_a_firm_that_says_nothing_of_them_are_unknown():
    condition = {"name": "title", "titled": ["high_tech"]}
    held = subjects(
        {"patents": [1, 1, 1]}, titles=[frozenset({"high_tech"}), frozenset({"specialised"}), None]
    )
    assert tried(scheme(condition, subject="enterprise"), held).state.tolist() == [1, 0, -1]


def test_the_nearest_missing_condition_comes_first():
    # A lacks 10 of 50 patents (20 %) and 0.5 of 1 in intensity (50 %).
    held = subjects({"patents": [40, 100], "employment": [40_000, 30_000]})
    found = tried(scheme(ABOVE_MEAN, ENOUGH), held)
    assert found.missing(0) == ["scale", "intensity"]


def test_thresholds_that_give_the_number_wanted():
    held = subjects({"patents": [90, 70, 70, 10], "employment": [1000, 1000, 1000, 1000]})
    (found,) = thresholds_for(tried(scheme(ENOUGH), held), 1)
    assert (found.threshold, found.reached, found.alone) == (90, 1, 4)
    (ties,) = thresholds_for(tried(scheme(ENOUGH), held), 2)
    assert (ties.threshold, ties.reached) == (70, 3)  # two firms stand at 70: about two, told as three
    assert (ties.edge_in, ties.edge_out) == (("A", "B", "C"), ("D",))


def test_a_threshold_cannot_give_more_than_meet_the_other_conditions():
    few = {"name": "staff", "measure": "employment", "at_most": 1500}
    held = subjects({"patents": [90, 70, 60], "employment": [1000, 2000, 1000]})
    by_name = {one.condition: one for one in thresholds_for(tried(scheme(ENOUGH, few), held), 3)}
    assert (by_name["scale"].reached, by_name["scale"].alone) == (2, 2)
    assert (by_name["staff"].threshold, by_name["staff"].reached) == (2000, 3)
    with pytest.raises(Infeasible):
        thresholds_for(tried(scheme(ENOUGH, few), held), 4)


def test_all_bounds_moved_by_one_factor():
    # Slack of A: min(90/50, 1500/1000) = 1.5; of B: min(70/50, 1500/2000) = 0.75; of C: min(25/50, 1500/750) = 0.5.
    few = {"name": "staff", "measure": "employment", "at_most": 1500}
    held = subjects({"patents": [90, 70, 25], "employment": [1000, 2000, 750]})
    found = factor_for(tried(scheme(ENOUGH, few), held), 2)
    assert (found.factor, found.reached) == (0.75, 2)
    assert found.thresholds == {"scale": 37.5, "staff": 2000}


def test_who_fails_by_one_condition_alone():
    assert failed_only_by(tried(scheme(ABOVE_MEAN, ENOUGH), subjects(THREE)), "scale") == ["C"]


def test_what_a_moved_threshold_and_another_mean_change():
    found = tried(
        scheme({"name": "seven", "measure": "intensity", "at_least": 7}),
        subjects({"patents": [72, 65, 10], "employment": [10_000, 10_000, 10_000]}),
    )
    told = {change.what: (change.enter, change.leave) for change in changes(found, LISTS)}
    assert found.catalogue == ("A",)
    assert told["seven at_least × 0.9"] == (("B",), ())  # 6.3
    assert told["seven at_least × 1.1"] == ((), ("A",))  # 7.7
    assert told["mean of_ratios over all"] == ((), ())


def test_two_lists_compared():
    assert compare(("A", "B"), ("B", "C")) == {"both": ["B"], "only_first": ["A"], "only_second": ["C"]}


def test_every_scheme_on_the_shelf_reads_and_marks_what_is_not_official():
    every = {made.name: made for made in Schemes()}
    assert {"generic", "national_2019", "eu", "us", "guangxi", "sme_pool"} <= every.keys()
    for made in every.values():
        for condition in made.says.conditions:
            assert condition.official or condition.note, (made.name, condition.name)


def test_faults_of_a_scheme_are_told_together(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "label: {zh: 试, en: Trial}\ndescription: x\nreference: y\nsubject: industry\nstatus: illustrative\n"
        "levl: group\nconditions:\n  - {name: a, measure: intensiti, above: 1}\n",
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as caught:
        read_scheme(path)
    assert "levl: no such key, close to level" in str(caught.value)
    path.write_text(path.read_text(encoding="utf-8").replace("levl: group\n", ""), encoding="utf-8")
    with pytest.raises(
        DefinitionError, match='no measure "intensiti" for the subject industry, close to intensity'
    ):
        read_scheme(path)


def test_a_scheme_of_the_workspace_hides_the_packaged_one(tmp_path):
    text = (Schemes()._files()["generic"]).read_text(encoding="utf-8").replace("at_least: 50", "at_least: 5")
    (tmp_path / "generic.yaml").write_text(text, encoding="utf-8")
    assert Schemes((tmp_path,))["generic"].says.conditions[1].at_least == 5
    with pytest.raises(NotFound, match="not about the enterprise"):
        Schemes().of("generic", "enterprise")


def test_a_bound_that_is_exactly_met():
    held = subjects({"patents": [7, 6.9999], "employment": [1000, 1000]})
    found = tried(scheme({"name": "seven", "measure": "intensity", "at_least": 7}), held)
    assert found.state.tolist() == [1, 0]
    assert np.isnan(found.subjects.measure("rd_intensity")).all()


def test_bounds_of_ones_own_say_how_many_meet_them_and_who_moves():
    held = subjects({"patents": [10, 60, 90, None], "employment": [10, 10, 10, 10]})
    found = tried(scheme(ENOUGH), held)
    told = with_bounds(found, {"scale": 10})
    assert (told["present"], told["reached"], told["unknown"]) == (2, 3, 1)
    assert (told["enter"], told["leave"]) == (["A"], [])
    told = with_bounds(found, {"scale": 60.5})
    assert (told["reached"], told["enter"], told["leave"]) == (1, [], ["B"])
    assert with_bounds(found, {})["reached"] == 2
    with pytest.raises(NotFound):
        with_bounds(found, {"none": 1})
