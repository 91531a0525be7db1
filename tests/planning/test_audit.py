# SPDX-License-Identifier: Apache-2.0
"""The audit finds what the founding plans contradict, shows the arithmetic, and stays silent where things agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihang.planning.audit import Audit, AuditSettings, audit
from zhihang.planning.check import Thresholds, shown
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans, parse_plan


def found(result: Audit, code: str, target: str = "") -> list[tuple[str, str]]:
    return [
        (finding.severity, finding.arithmetic)
        for finding in (*result.findings, *result.held)
        if finding.code == code and (not target or target in finding.targets)
    ]


@pytest.fixture(scope="module")
def guilin() -> Audit:
    return audit(Plans()["guilin-2016-2020"])


@pytest.fixture(scope="module")
def guangxi() -> Audit:
    return audit(Plans()["guangxi-ip-2015-2020"])


@pytest.fixture(scope="module")
def guangdong() -> Audit:
    return audit(Plans()["guangdong-2015-2017"])


def small(targets: str, more: str = "") -> Plan:
    head = 'label: {zh: 小规划}\nstatus: reviewed\ndocument: {policy: small, title: {zh: 小规划}}\nregion: "450300"\n'
    return parse_plan(f"{head}period: 2016/2020\n{more}\ntargets:\n{targets}", Path("small.yaml"))


def test_the_stock_needs_more_grants_than_are_aimed_at(guilin: Audit) -> None:
    assert found(guilin, "stock_against_flow") == [("error", "6,600 − 2,254 = 4,346 > 4,000")]


def test_more_than_four_thousand_grants_are_not_twice_the_past(guilin: Audit) -> None:
    assert ("error", "2 × 2,024 = 4,048 > 4,000; 4,000 ÷ 2,024 = 1.976") in found(
        guilin, "doubling_against_total"
    )


def test_twice_the_density_is_less_than_the_density_aimed_at(guilin: Audit) -> None:
    assert ("holds", "2 × 4.62 = 9.24 ≤ 10; 10 ÷ 4.62 = 2.165") in found(guilin, "doubling_against_total")


def test_the_stock_is_far_more_than_the_density(guilin: Audit) -> None:
    assert found(guilin, "density_against_population") == [
        ("warning", "6,600 ÷ 487.9万 = 13.53; 10 × 487.9万 = 4,879")
    ]


def test_annex_1_reaches_the_figure_that_the_text_says_to_pass(guilin: Audit) -> None:
    assert found(guilin, "annex_against_text", "T003") == [("error", "2020: 6,600; 6,600 > 6,600 ✗")]


def test_annex_2_reaches_the_text(guilin: Audit) -> None:
    assert found(guilin, "annex_against_text", "T001") == [
        ("holds", "4,950 + 5,300 + 5,660 + 6,030 + 6,412 = 28,352; 28,352 >= 28,300 ✓")
    ]


def test_all_ten_sums_of_the_annexes_hold(guilin: Audit) -> None:
    sums = [arithmetic for _, arithmetic in found(guilin, "sum_of_parts") if arithmetic.startswith("Σ")]
    assert len(sums) == 10
    assert all(arithmetic.endswith("= 0") for arithmetic in sums)


def test_earlier_figures_follow_from_the_multiples(guilin: Audit) -> None:
    assert [arithmetic for _, arithmetic in found(guilin, "implied_baseline")] == [
        "13,578 ÷ 9.3 = 1,460",
        "2,024 ÷ 4.14 = 489",
        "4.62 ÷ 4.28 = 1.08",
    ]


def test_filings_double_as_the_parent_plan_asks(guilin: Audit) -> None:
    assert ("holds", "28,300 ÷ 13,578 = 2.084 ≥ 2") in found(guilin, "below_parent")


def test_one_district_carries_what_the_others_leave(guilin: Audit) -> None:
    [(severity, arithmetic)] = found(guilin, "residual_growth")
    assert severity == "warning"
    assert arithmetic.startswith("2017: 41.1% > 29.8%; 2018: 32.6% >")


def test_the_path_of_the_stock_was_passed_in_both_years_known(guilin: Audit) -> None:
    [(_, arithmetic)] = found(guilin, "path_already_met")
    assert arithmetic.startswith("2016: 3,132 ≥ 2,665; 2017: 3,936 ≥ 3,650")


def test_the_guilin_plan_counts_a_hundred_differently_from_the_region(guilin: Audit) -> None:
    assert ("warning", "range 1–2 家 | >= 30 家") in found(guilin, "overlapping_definitions", "T007")


def test_counties_of_2016_bear_the_names_of_2016(guilin: Audit) -> None:
    assert not found(guilin, "region_did_not_exist")
    assert not found(guilin, "region_unknown")


def test_the_grants_of_guangdong_were_above_the_target_in_the_first_year(guangdong: Audit) -> None:
    [(severity, arithmetic)] = found(guangdong, "already_met")
    assert severity == "warning"
    assert arithmetic.startswith("33,477 ≥ 30,000; press reports")


def test_ten_per_cent_a_year_leads_past_the_level(guangdong: Audit) -> None:
    # 33,477 * 1.21 = 40,507.17
    assert found(guangdong, "level_against_growth") == [("warning", "33,477 × (1 + 10 %)^2 = 40,507; 30,000")]


def test_pct_filings_of_guangxi_would_have_to_grow_by_seventy_per_cent(guangxi: Audit) -> None:
    [(severity, arithmetic)] = found(guangxi, "impossible_growth", "T002")
    assert severity == "warning"
    assert arithmetic.startswith("(500 ÷ 172)^(1/2) − 1 = 70.5%")


def test_a_doubling_without_baseline_is_worked_out_from_what_is_known(guangxi: Audit) -> None:
    [(severity, arithmetic)] = found(guangxi, "baseline_missing", "T013")
    assert severity == "info"
    assert arithmetic.startswith("2 × 76,692 = 153,384")


def test_a_multiple_without_any_known_baseline_implies_one() -> None:
    [(severity, arithmetic)] = found(audit(Plans()["guangxi-intensive-2020"]), "baseline_missing", "T002")
    assert (severity, arithmetic) == ("warning", "7 ÷ 3.5 = 2.00")


def test_industries_by_patents_are_not_industries_by_intellectual_property(guangxi: Audit) -> None:
    assert ("warning", ">= 10 个 | >= 10 个") in found(guangxi, "overlapping_definitions", "T010")


def test_findings_come_gravest_first_with_clauses_in_both_languages(guilin: Audit) -> None:
    order = [finding.severity for finding in guilin.findings]
    assert order == sorted(order, key=["error", "warning", "info"].index)
    row = guilin.rows()[0]
    assert row["clauses"] == ["三", "附件1"]
    assert row["message"]
    assert row["message_en"]


def test_observations_are_taken_as_given_and_nothing_else() -> None:
    plan = small("  - {id: T1, clause: 一, label: {zh: 拥有量}, indicator: inventions_in_force, kind: level,"
                 ' comparator: ">=", value: 100, unit: 件, as_of: 2020}')  # fmt: skip
    row = {
        "indicator": "inventions_in_force",
        "region": "450300",
        "period": "2016",
        "value": "0.02",
        "unit": "万件",
    }
    result = audit(plan, AuditSettings(observations=[{**row, "source": "a table"}]))
    assert found(result, "already_met") == [("warning", "200 ≥ 100; a table")]
    assert not found(audit(plan, AuditSettings(observations=[])), "already_met")


def test_a_target_without_unit_and_one_without_deadline_are_named() -> None:
    plan = small("  - {id: T1, clause: 一, label: {zh: 机构数}, kind: count, comparator: =, value: 5}\n"
                 "  - {id: T2, clause: 一, label: {zh: 面积}, kind: level, comparator: =, value: 5, unit: 万亩,"
                 " as_of: 2020}")  # fmt: skip
    result = audit(plan)
    assert found(result, "unit_missing") == [("warning", "= 5")]
    assert found(result, "deadline_missing") == [("info", "= 5")]
    assert found(result, "unit_unknown") == [("info", "= 5 万亩")]


def test_a_county_named_before_it_existed_is_an_error() -> None:
    annex = (
        "annexes:\n  - {id: A1, clause: 附件, target: T1, unit: 件, years: [2016], total: [10],"
        ' rows: [{region: "450381", name: 荔浦市, values: [4]}, {region: "450323", name: 灵川县, values: [5]}]}'
    )
    plan = small("  - {id: T1, clause: 一, label: {zh: 拥有量}, kind: level, comparator: =, value: 10, unit: 件,"
                 " as_of: 2016}", annex)  # fmt: skip
    result = audit(plan)
    [(severity, _)] = found(result, "region_did_not_exist")
    assert severity == "error"
    assert found(result, "sum_of_parts") == [("error", "Σ = 9; 9 − 10 = -1")]


def test_a_name_that_is_not_of_its_code_is_an_error() -> None:
    annex = (
        "annexes:\n  - {id: A1, clause: 附件, target: T1, unit: 件, years: [2016],"
        ' rows: [{region: "450323", name: 全州县, values: [4]}]}'
    )
    plan = small("  - {id: T1, clause: 一, label: {zh: 拥有量}, kind: level, comparator: =, value: 4, unit: 件,"
                 " as_of: 2016}", annex)  # fmt: skip
    assert found(audit(plan), "region_unknown") == [("error", "450323 ≠ 450324")]


def test_a_parent_that_is_not_there_is_named() -> None:
    target = ("  - {id: T1, clause: 一, label: {zh: 量}, kind: level, comparator: =, value: 4, unit: 件, as_of: 2020,"
              " parent: T99}")  # fmt: skip
    assert found(audit(small(target, "parent: nowhere")), "parent_unknown") == [("warning", "nowhere")]
    served = audit(small(target, "parent: guangxi-ip-2015-2020"))
    assert found(served, "parent_unknown") == [("warning", "guangxi-ip-2015-2020 T99")]


def test_a_part_above_its_whole_is_an_error() -> None:
    plan = small("  - {id: T1, clause: 一, label: {zh: 总量}, kind: level, comparator: =, value: 10, unit: 件,"
                 " as_of: 2020}\n"
                 "  - {id: T2, clause: 一, label: {zh: 企业}, kind: level, comparator: =, value: 12, unit: 件, as_of: 2020,"
                 " part_of: T1}")  # fmt: skip
    assert found(audit(plan), "sum_of_parts") == [("error", "12 ÷ 10 = 120.0 %")]


def test_thresholds_are_the_office_s_own() -> None:
    strict = audit(Plans()["guilin-2016-2020"], AuditSettings(thresholds=Thresholds(growth_per_year=0.15)))
    assert ("warning", "T003") in [
        (f.severity, f.targets[0]) for f in strict.findings if f.code == "impossible_growth"
    ]


def test_a_draft_says_that_nobody_reviewed_it() -> None:
    plan = Plans()["guilin-2016-2020"].model_copy(update={"status": "draft"})
    assert found(audit(plan), "not_reviewed")


def test_figures_are_shown_with_separators() -> None:
    assert [shown(6600), shown(13.527, 2), shown(0.5)] == ["6,600", "13.53", "0.5"]
