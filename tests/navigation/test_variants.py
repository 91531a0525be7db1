# SPDX-License-Identifier: Apache-2.0
"""Studies of enterprises and of research: a client among other holders, prior art, and the words that fit."""

from __future__ import annotations

import pytest
from tests.navigation.conftest import patent

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.variant import FocusWords
from zhihang.reporting.document import Heading, Note, Prose
from zhihang.reporting.navigation_report import navigation_report

CLIENT = ("region: 广西", "variant: enterprise\nclient: 委托公司\nholders: [甲一, 甲二]\nregion: ''")
RESEARCH = ("region: 广西", "variant: rd\nregion: 广西")


def _rows() -> list[dict]:
    rows = [patent(n, holder="甲一" if n < 3 else "甲二", year=2014 + n) for n in range(5)]
    rows += [patent(10 + n, holder="乙", region="440300", year=2015 + n % 5) for n in range(6)]
    rows += [patent(20 + n, holder="丙", title="电池隔膜", region="440300") for n in range(4)]
    rows += [patent(30 + n, holder="丁大学", kind="university", state="ended") for n in range(4)]
    rows += [patent(40 + n, holder="本地生活公司", title="电池隔膜", region="440300") for n in range(2)]
    return rows


@pytest.fixture
def enterprise(run):
    return run(_rows(), CLIENT)


def test_names_of_a_client_count_together_in_its_rank(enterprise) -> None:
    # 乙 holds 6, 甲一 and 甲二 together 5, all others less; holders: the client, 乙, 丙, 丁大学, 本地生活公司.
    assert (enterprise.position.rank, enterprise.position.holders) == (2, 5)
    text = next(one.text for one in enterprise.findings if one.key == "position")
    assert "委托公司（2个名称合并）有5族" in text
    assert "在5家权利人中列第2位" in text


def test_rivals_are_firms_in_the_clients_branches_the_client_first(enterprise) -> None:
    client, *others = enterprise.position.rivals
    assert (client.holder, client.patents, client.nodes) == ("委托公司", 5, {"A": 5, "B": 0})
    assert [one.holder for one in others] == ["乙"]  # 丙 is elsewhere, a university is no rival
    assert (others[0].patents, others[0].similarity, others[0].joint) == (6, 1.0, 0)
    assert any(one.key == "rival_ahead:A" and "乙" in one.text for one in enterprise.findings)


def test_supply_and_demand_are_not_told_of_a_client_and_risk_is_all_others(enterprise) -> None:
    assert enterprise.position.supply == ()
    risk = {one.code: one for one in enterprise.position.risk}
    assert risk["A"].in_force == 6  # those of 乙 in China; the university's have ended
    assert not enterprise.path.of("bring_in")


def test_texts_of_a_client_do_not_speak_of_a_place(enterprise) -> None:
    report = navigation_report(enterprise, simulated=False, codes=CodeLists())
    said = [one.text for one in report.all_blocks() if isinstance(one, (Prose, Note, Heading))]
    said += [block.title for block in (*report.tables(), *report.charts())]
    said += [column.title + column.group for table in report.tables() for column in table.columns]
    held = [one.replace("本地生活公司", "") for one in said if "本地数据库" not in one]
    for word in ("本地", "区位商", "区域产业定位", "强链补链", "产业链"):
        assert not [one for one in held if word in one]
    shown = [one.text for one in report.blocks if isinstance(one, Heading) and one.level == 1]
    assert "企业竞争定位" in shown
    assert "竞争对手" in [one.text for one in report.blocks if isinstance(one, Heading)]


def test_research_tells_what_of_others_is_free_and_what_is_not(run) -> None:
    found = run(_rows(), RESEARCH)
    prior = {one.code: one for one in found.position.prior}
    # In Guangxi: 甲一, 甲二 (5) and 丁大学 (4, ended) are local; others: 乙 6 in force in A, 丙 4 and 2 more in B.
    assert (prior["A"].ended, prior["A"].in_force) == (0, 6)
    assert (prior["B"].in_force, len(prior["B"].minded)) == (6, 5)
    assert not found.path.of("bring_in")
    shown = [one.text for one in navigation_report(found, simulated=False, codes=CodeLists()).blocks
             if isinstance(one, Heading)]  # fmt: skip
    assert "研发路径与立项建议" in shown
    assert "现有技术与可用空间" in shown


def test_names_that_hold_the_word_for_a_place_stay() -> None:
    words = FocusWords.of("enterprise", "holders", ["本地生活公司", "甲"])
    assert words("本地生活公司占本地的区位商") == "本地生活公司占本企业的专业化指数"
    assert FocusWords.of("rd", "450000")("本地区位商") == "本地区位商"
    assert FocusWords.of("rd", "CN")("本地区位商，本地数据库") == "本国专业化指数，本地数据库"
    assert FocusWords.of("industry", "CN")("占本地，区位商") == "占本国，区位商"
