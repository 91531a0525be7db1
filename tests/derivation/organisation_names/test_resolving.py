# SPDX-License-Identifier: Apache-2.0
"""Names are grouped into organisations: each merge with its evidence, the same id whatever the order."""

from __future__ import annotations

import random
import time

import pytest

from zhihang.derivation.organisation_decision import Decision
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.resolving import resolve, resolve_names
from zhihang.derivation.organisation_names.vocabulary import vocabulary
from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists

WORDS = vocabulary(CodeLists())
FIRM = "桂林漓鑫电子科技有限公司"


def grouped(names, **known):
    names = list(names)
    rows = resolve(read_names(names, WORDS), names, WORDS, Evidence(**known)).to_pylist()
    return {row["name"]: row for row in rows}


def one(names, **known) -> bool:
    return len({row["organisation_id"] for row in grouped(names, **known).values()}) == 1


def decision(action, name, target=""):
    return Decision(action, name, target, "2024-05-31", "王某", "经核实")


@pytest.mark.parametrize(
    ("names", "evidence"),
    [
        ((FIRM, "桂林市漓鑫電子科技有限公司"), "place"),
        ((FIRM, "桂林漓鑫電子科技有限公司"), "spelling"),
        ((FIRM, "桂林漓鑫电子科技股份有限公司"), "form"),
        ((FIRM, "桂林漓鑫电子科技厂"), "form"),
        ((FIRM, "桂林漓鑫电予科技有限公司"), "look_alike"),
        ((FIRM, "桂林漓鑫电子科枝有限公司"), "look_alike"),
        ((FIRM, "桂林漓鑫电子科技技有限公司"), "doubled"),
        ((FIRM, "桂林漓鑫电子科技有限公司技术中心"), "department"),
        (("桂林漓鑫大学", "桂林漓鑫大学(原桂林漓江学院)", "桂林漓江学院"), "former_name"),
        (("中国人民解放军第二军医大学", "海军军医大学"), "alias"),
        (("桂林电子工业学院", "桂林电子科技大学"), "alias"),
        (("桂林电子科技大学", "Guilin Univ. of Electronic Technology"), "alias"),
        (("桂林市漓鑫科学研究所", "桂林市漓鑫科学研究院"), "upgraded"),
        ((FIRM, "GUILIN LIXIN ELECTRONIC TECHNOLOGY CO., LTD."), "romanised"),
        (("Zumtobel Aktiengesellschaft", "ZUMTOBEL AG"), "form"),
        (
            ("Westinghouse Electric Corp.", "Westinghuose Electric Corp", "Westinghose Electric Corp"),
            "letter",
        ),
    ],
)
def test_names_of_one_organisation_meet_and_say_why(names, evidence):
    found = grouped(names)
    if evidence != "letter":
        assert len({row["organisation_id"] for row in found.values()}) == 1
    assert evidence in {row["reason"].partition(":")[0] for row in found.values()}


@pytest.mark.parametrize(
    "names",
    [
        ("桂林漓鑫药业有限公司", "南宁漓鑫药业有限公司", "漓鑫药业有限公司"),
        ("桂林第一机床厂", "桂林第二机床厂"),
        ("有限公司", "有限责任公司", "Co., Ltd.", "Ltd."),
        ("桂林", "桂林市"),
        ("张", "李"),
        ("某某大学第一附属医院", "某某大学第二附属医院", "某某大学"),
        ("国立大学法人東北大学", "东北大学"),
        ("河南师范大学", "海南师范大学"),
        ("上海电力学院", "上海电机学院"),
        ("山东光大肥业科技有限公司", "山东农大肥业科技有限公司"),
        ("Boston Scientific Corp", "Austin Scientific Corp"),
    ],
)
def test_different_organisations_stay_apart(names):
    found = grouped(names)
    assert len({row["organisation_id"] for row in found.values()}) == len(names)


def test_one_english_name_that_fits_two_firms_joins_neither():
    names = (FIRM, "桂林立新电子科技有限公司", "GUILIN LIXIN ELECTRONIC TECHNOLOGY CO., LTD.")
    assert len({row["organisation_id"] for row in grouped(names).values()}) == 3


def test_the_same_names_have_the_same_ids_in_any_order_and_amid_others():
    names = [FIRM, "桂林市漓鑫電子科技有限公司", "桂林电子工业学院", "王小明", "有限公司", "SIEMENS AG"]
    first = {name: row["organisation_id"] for name, row in grouped(names).items()}
    mixed = [*names, "桂林榕鑫机械有限公司", "Siemens Aktiengesellschaft", "桂林漓鑫电予科技有限公司"]
    random.Random(1).shuffle(mixed)
    second = grouped(mixed)
    assert {name: second[name]["organisation_id"] for name in names} == first


def test_the_standard_name_is_whole_full_and_most_used():
    names = [FIRM, "桂林漓鑫电子科技公司", "桂林漓鑫电子科技有限公司技术中心", "桂林市漓鑫电子科技有限公司"]
    found = grouped(names, counts={FIRM: 5, "桂林漓鑫电子科技公司": 90})
    assert {row["standard_name"] for row in found.values()} == {FIRM}


def test_firms_that_applied_together_are_two():
    names = (FIRM, "桂林漓鑫电子科技股份有限公司")
    assert one(names)
    assert not one(names, together=[names])


def test_different_credit_codes_keep_names_apart_and_equal_ones_join():
    names = (FIRM, "桂林漓鑫电子科技股份有限公司")
    assert not one(names, codes={names[0]: "91450305XN0000071U", names[1]: "91350100M000100Y43"})
    others = (FIRM, "桂林榕泰实业有限公司")
    assert not one(others)
    assert one(others, codes=dict.fromkeys(others, "91350100M000100Y43"))
    assert grouped(others, codes=dict.fromkeys(others, "91350100M000100Y43"))[FIRM]["credit_code"]


def test_what_sources_say_of_the_type_rules_over_doubtful_wording():
    assert grouped(["安利"])["安利"]["type"] == "individual"
    assert grouped(["安利"], types={"安利": "enterprise"})["安利"]["type"] == "enterprise"
    assert grouped([FIRM], types={FIRM: "individual"})[FIRM]["type"] == "enterprise"
    assert grouped(["哈斯巴依尔"], inventors=frozenset(["哈斯巴依尔"]))["哈斯巴依尔"]["type"] == "individual"


def test_a_foreign_name_given_beside_joins():
    names = ("桂林叠彩实业有限公司", "Diecai Holdings Ltd")
    assert not one(names)
    assert one(names, beside=[names])


def test_a_branch_has_its_parent_where_that_is_known():
    found = grouped(["桂林漓鑫电子科技有限公司柳州分公司", FIRM])
    assert found["桂林漓鑫电子科技有限公司柳州分公司"]["parent_id"] == found[FIRM]["organisation_id"]
    assert found[FIRM]["parent_id"] is None


def test_the_office_merges_splits_renames_and_gives_parents():
    other = "桂林榕泰实业有限公司"
    assert one((FIRM, other), decisions=[decision("merge", FIRM, other)])
    spelt = (FIRM, "桂林市漓鑫电子科技有限公司")
    assert not one(spelt, decisions=[decision("split", spelt[1])])
    assert one(spelt, decisions=[decision("split", spelt[1]), decision("merge", *spelt)])
    assert not one((FIRM, other), decisions=[decision("merge", FIRM, other), decision("split", other)])
    shown = grouped(spelt, decisions=[decision("rename", FIRM, "漓鑫电子")])
    assert {row["standard_name"] for row in shown.values()} == {"漓鑫电子"}
    parents = grouped((FIRM, other), decisions=[decision("parent", FIRM, other)])
    assert parents[FIRM]["parent_id"] == parents[other]["organisation_id"]


def test_a_merge_that_makes_a_circle_of_parents_is_a_clear_error():
    branch = "桂林漓鑫电子科技有限公司柳州分公司"
    names = (FIRM, branch, "桂林榕泰实业有限公司")
    with pytest.raises(DefinitionError, match="circle") as caught:
        grouped(names, decisions=[decision("parent", FIRM, names[2]), decision("parent", names[2], branch)])
    assert FIRM in str(caught.value)
    assert "decisions/organisation.csv" in str(caught.value)


def test_ten_thousand_spellings_of_one_name_take_no_time():
    chance = random.Random(2)
    spellings = {FIRM}
    while len(spellings) < 10_000:
        place = chance.randrange(len(FIRM))
        spellings.add(FIRM[:place] + chr(chance.randrange(0x4E00, 0x9F00)) + FIRM[place:])
    western = {f"Siemens{'x' * (n % 7)} {chr(97 + n % 26)}{n} Aktiengesellschaft" for n in range(3_000)}
    begin = time.process_time()
    assert resolve_names([*spellings, *western]).num_rows == 13_000
    assert time.process_time() - begin < 20


def test_odd_input_is_kept_row_by_row():
    names: list[str | None] = [
        "",
        None,
        "\x00\x01",
        "<script>alert(1)</script>",
        "&lt;桂林&gt;",
        "□□",
        "１２３",
        "a" * 10_000,
        "漓" * 10_000,
    ]
    rows = resolve_names(names).to_pylist()
    assert [row["name"] for row in rows] == ["", *names[2:]]
    assert all(row["organisation_id"] and 0 <= row["confidence"] <= 1 for row in rows)


def test_no_names_give_no_rows():
    assert resolve_names([]).num_rows == 0


def test_an_office_may_add_names_to_the_list_of_aliases(tmp_path):
    packaged = CodeLists().rows("organisation_alias")
    lines = ["written,means,kind,note,source", "叠彩山水,桂林榕泰实业有限公司,renamed,,own"]
    lines += [
        f"{row['written']},{row['means']},{row['kind']},,"
        for row in packaged
        if "," not in "".join(row.values())
    ]
    (tmp_path / "organisation_alias.csv").write_text("\n".join(lines), encoding="utf-8")
    table = resolve_names(["叠彩山水", "桂林榕泰实业有限公司"], CodeLists((tmp_path,)))
    assert len(set(table["organisation_id"].to_pylist())) == 1


def test_a_stock_company_written_with_one_word_too_many_is_the_same_firm() -> None:
    found = resolve_names(["桂林漓鑫电子股份有限责任公司", "桂林市漓鑫电子股份有限公司"])
    assert len(set(found["organisation_id"].to_pylist())) == 1


def test_a_name_that_opens_with_formerly_is_the_body_it_names_with_low_confidence():
    rows = resolve_names(["原桂林工学院", "桂林理工大学", "原桂林无线电厂", "桂林无线电厂"]).to_pylist()
    assert rows[0]["organisation_id"] == rows[1]["organisation_id"]
    assert rows[2]["organisation_id"] == rows[3]["organisation_id"]
    assert (rows[0]["confidence"], rows[0]["reason"]) == (0.8, "formerly: 桂林理工大学")
    assert rows[2]["standard_name"] == "桂林无线电厂"


@pytest.mark.parametrize(
    "name", ["原平市恒达机械有限公司", "原阳县种子公司", "原子科技有限公司", "原州区人民医院", "中原工学院"]
)
def test_places_and_trade_names_may_begin_with_the_same_character(name: str):
    (row,) = resolve_names([name]).to_pylist()
    assert (row["standard_name"], row["reason"]) == (name, "alone")
