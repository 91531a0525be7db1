# SPDX-License-Identifier: Apache-2.0
"""Navigation studies over small stores, hand-calculated; bad input is told as a limit and the rest stands."""

from __future__ import annotations

import json

import pytest
from tests.navigation.conftest import patent

from zhihang.errors import QueryError
from zhihang.navigation.changes import kept
from zhihang.navigation.labels import HandLabel


def _parts(result) -> set[tuple[str, str]]:
    return {(one.section, one.part) for one in result.limits}


def _some(count: int = 40, **changed) -> list[dict]:
    return [
        patent(
            n,
            year=2010 + n % 10,
            holder=f"公司{n % 7}",
            title="电池正极材料" if n % 2 else "电池隔膜",
            region="450300" if n % 4 else "440300",
            **changed,
        )
        for n in range(count)
    ]


@pytest.mark.slow
def test_shares_and_gaps_are_as_by_hand(run) -> None:
    # Guangxi: 10 of 40 patents, 9 cathode, 1 separator; elsewhere 11 cathode, 19 separator.
    rows = [patent(n, region="450100") for n in range(9)] + [patent(9, region="450100", title="电池隔膜")]
    rows += [patent(n, region="440300") for n in range(10, 21)]
    rows += [patent(n, region="440300", title="电池隔膜") for n in range(21, 40)]
    found = run(rows)
    shares = {(one.code, one.place): one for one in found.position.shares}
    assert shares["A", "450000"].patents == 9
    assert shares["A", "450000"].quotient == pytest.approx(0.9 / 0.5)  # 9/10 against 20/40
    gaps = {one.code: one for one in found.position.gaps}
    assert gaps["B"].expected == pytest.approx(5.0)  # 10 * 20 / 40
    assert gaps["B"].z == pytest.approx((1 - 5) / (5 * 0.75 * 0.5) ** 0.5)
    assert (gaps["A"].verdict, gaps["B"].verdict) == ("strong", "gap")
    assert any("电极" in one.text and "1.80" in one.text for one in found.findings if one.key == "strong:A")
    local = found.position.places[0]
    assert local.deviation == pytest.approx(0.4)  # (|.9-.5| + |.1-.5|) / 2


@pytest.mark.slow
def test_every_text_cites_its_figures(run) -> None:
    found = run(_some())
    assert found.findings
    assert found.path.recommendations
    for one in (*found.findings, *found.path.recommendations):
        assert "{" not in one.text
        assert "None" not in one.text
        assert one.figures
    json.dumps(found.to_plain(), allow_nan=False)


def test_a_family_counts_once_and_its_citations_are_its_own(run) -> None:
    rows = [patent(1, family="F"), patent(2, family="F", year=2017), patent(3, year=2018, holder="乙")]
    found = run(rows, citations=[(3, 1), (3, 2), (2, 1)])
    assert [one.unit for one in found.corpus.patents] == ["CN3", "F"]
    assert found.corpus.citations == 1
    by_unit = {one.unit: one for one in found.corpus.patents}
    assert by_unit["F"].members == 2
    assert by_unit["F"].cited == 1
    single = run(rows, more="level: application\n", citations=[(3, 1), (3, 2), (2, 1)])
    assert len(single.corpus) == 3
    assert (single.corpus.citations, single.corpus.own_citations) == (3, 1)


def test_a_query_that_finds_nothing_says_so_and_nothing_breaks(run) -> None:
    found = run(_some(), ("TTL=(电池 OR battery)", "TTL=火箭"))
    assert len(found.corpus) == 0
    assert ("corpus", "scope") in _parts(found)
    assert not found.findings
    assert not found.path.recommendations


@pytest.mark.slow
def test_a_query_that_finds_everything_says_what_shares_mean(run) -> None:
    assert ("corpus", "scope") in _parts(run(_some()))
    others = [patent(n, title="茶杯") for n in range(100, 160)]
    assert ("corpus", "scope") not in _parts(run([*_some(), *others]))


def test_a_query_that_cannot_be_read_names_its_node_and_file(run) -> None:
    with pytest.raises(QueryError) as told:
        run(_some(), ("{code: A, zh: 电极,", "{code: A, zh: 电极, query: 'TTL=(电池',"))
    assert told.value.facts["of"] == "A"
    assert told.value.facts["file"].endswith("trial.yaml")


@pytest.mark.slow
def test_citations_in_a_circle_and_into_the_future_leave_a_main_path(run) -> None:
    rows = _some()
    ring = [(n + 1, n) for n in range(9)] + [
        (0, 9)
    ]  # filed in rising years, then back: the last is in the future
    links = [(n + 10, n) for n in range(30)]  # same year: n and n+10 may form circles
    found = run(rows, citations=[*ring, *links, *((n, n + 10) for n in range(5))])
    road = found.direction.roadmaps[0]
    assert road.spots
    assert any("互相引用成环" in one for one in road.remarks)
    assert any("比自己晚的文献、未计入的引证" in one and "引用CN" in one for one in road.remarks)
    assert not any("cites" in one or "row " in one for one in road.remarks)
    assert all(one["from"] != one["to"] for one in road.links)


@pytest.mark.slow
def test_few_citations_draw_no_path(run) -> None:
    assert ("direction", "roadmap") in _parts(run(_some(), citations=[(12, 1)]))


@pytest.mark.slow
def test_one_applicant_only(run) -> None:
    found = run([{**one, "holder": "独家"} for one in _some()])
    assert ("direction", "leaders") in _parts(found)
    assert ("position", "cooperation") in _parts(found)
    assert found.position.control[0].cr4 == 1.0


@pytest.mark.slow
def test_three_years_only(run) -> None:
    found = run([{**one, "year": 2017 + one["number"] % 3} for one in _some()])
    assert {("direction", "trend"), ("direction", "life"), ("direction", "scurve")} <= _parts(found)
    assert found.direction.trends[0].growth is None
    assert sum(found.direction.trends[0].patents) == 40


@pytest.mark.slow
def test_no_abstracts(run) -> None:
    found = run(_some(abstract=None))
    assert ("corpus", "abstracts") in _parts(found)
    assert found.corpus.without_abstract == 40
    assert found.corpus.nodes[0].patents == 20


@pytest.mark.slow
def test_mixed_languages_are_tagged_in_both_and_told(run) -> None:
    english = [
        patent(
            n, title=f"Battery with cathode {word}", abstract=f"A battery cathode made of {word} by coating."
        )
        for n, word in enumerate(["lithium", "sodium", "nickel"] * 10, start=100)
    ]
    found = run([*_some(), *english])
    assert found.corpus.languages == {"en": 30, "zh": 40}
    assert found.corpus.nodes[0].patents == 50
    assert ("direction", "topics") in _parts(found)


@pytest.mark.slow
def test_no_patent_of_the_place(run) -> None:
    found = run([{**one, "region": "440300"} for one in _some()])
    assert found.position.refused == "no_local"
    assert ("position", "local") in _parts(found)
    assert not found.path.recommendations


@pytest.mark.slow
def test_labels_decide_over_rules_and_noise_goes(run) -> None:
    labels = {"CN1A": HandLabel("CN1A", ("B",), False), "CN2A": HandLabel("CN2A", (), True)}
    found = run(_some(), labels=labels)
    units = {one.unit: one.nodes for one in found.corpus.patents}
    assert "CN2" not in units
    assert [(one.step, one.reason, one.patents) for one in found.corpus.steps][-1] == ("noise", "人工标注", 1)


@pytest.mark.slow
def test_rules_take_noise_out(run) -> None:
    found = run([*_some(), patent(99, title="电池玩具")], more="noise: {keywords: [玩具]}\n")
    assert len(found.corpus) == 40
    assert found.corpus.steps[-1].patents == 1


@pytest.mark.slow
def test_quality_comes_from_samples_with_intervals(run) -> None:
    drawn = {f"CN{n}A": HandLabel(f"CN{n}A", (), n == 3, "retrieved") for n in range(10)}
    left = {f"CN{n}A": HandLabel(f"CN{n}A", (), True, "left_out") for n in range(100, 105)}
    others = [patent(n, title="茶杯") for n in range(100, 160)]
    found = run([*_some(), *others], labels={**drawn, **left})
    precision = next(one for one in found.corpus.quality if one.what == "precision" and not one.of)
    assert precision.value == 0.9
    assert 0.59 < precision.low < 0.6  # Wilson, 9 of 10: 0.5958
    assert ("corpus", "quality") not in _parts(found)


@pytest.mark.slow
def test_a_second_run_says_what_changed_and_which_recommendations_moved(run) -> None:
    first = run(_some())
    more = [patent(n, region="450300", holder="新来") for n in range(50, 60)]
    key = next(one.key for one in first.path.recommendations if one.kind == "strengthen")
    stated = (
        f'recommendations: [{{key: "{key}", owner: 张三, due: 2022-01-31, goal: 3, status: under_way}}]\n'
    )
    second = run([*_some(), *more], more=stated, before=kept(first))
    assert second.changes.patents_added == 10
    assert second.changes.patents_dropped == 0
    moved = {one.key: one for one in second.changes.figures}
    assert (moved["patents"].then, moved["patents"].now) == (40, 50)
    followed = next(one for one in second.changes.recommendations if one.key == key)
    assert (followed.owner, followed.due, followed.goal, followed.overdue) == (
        "张三",
        "2022-01-31",
        3.0,
        True,
    )
    assert followed.then is not None
    mine = next((one for one in second.path.recommendations if one.key == key), None)
    assert mine is None or mine.owner == "张三"


@pytest.mark.slow
def test_the_same_study_gives_the_same_result(run) -> None:
    first, second = run(_some()).to_plain(), run(_some()).to_plain()
    first.pop("seconds"), second.pop("seconds")
    assert first == second


@pytest.mark.slow
def test_patents_published_after_the_cutoff_are_not_known_yet(run) -> None:
    found = run([*_some(), patent(70, year=2022)])
    assert "CN70" not in {one.unit for one in found.corpus.patents}


def test_a_firm_with_a_place_of_the_region_in_its_name_is_not_brought_in() -> None:
    from zhihang.navigation.advise_people import _place_in_name
    from zhihang.navigation.patents import Patent, within

    own = [Patent("F1", holders=("甲", "恒诚(南通)有限公司"), hints=("", "320600"))]
    hint = _place_in_name("恒诚(南通)有限公司", own)
    assert hint == "320600"
    assert within("320000", "CN", hint)
    assert not within("450000", "CN", hint)
    assert _place_in_name("甲", own) == ""


def test_who_holds_the_whole_corpus_is_not_told_to_strengthen_and_equal_branches_have_no_fastest(run) -> None:
    rows = [
        patent(n, year=2012 + n % 9, holder=f"公司{n % 7}", title="电池正极隔膜", region="450300")
        for n in range(45)
    ]
    found = run(rows)
    assert not {one.kind for one in found.path.recommendations} & {"strengthen", "enter", "avoid"}
    assert any("没有可比较的外部" in one.text for one in found.limits)
    fastest = next(one.text for one in found.findings if one.key == "fastest")
    assert "没有快慢之分" in fastest
    assert "增长最慢" not in fastest
    assert "未设对比地区，不排位次" in next(one.text for one in found.findings if one.key == "position")


def test_a_ceiling_that_unfinished_years_pass_is_refused() -> None:
    from zhihang.navigation.direction import Trend
    from zhihang.navigation.trends import curves

    counts = (1, 2, 4, 8, 16, 26, 30, 26, 16, 8, 4, 2, 1, 1, 0)  # a full S, 145 in all
    years = tuple(range(2000, 2015))

    def fitted(late: int):
        trend = Trend("", "全部", (*years, 2015), (*counts, late), (0,) * 16, (2015,), None)
        return curves([trend])[0]

    assert fitted(0).ceiling == pytest.approx(145, rel=0.05)
    assert fitted(300).ceiling is None
    assert fitted(300).refused == ("ceiling_passed",)
