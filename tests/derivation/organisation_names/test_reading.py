# SPDX-License-Identifier: Apache-2.0
"""Names are read by their grammar: place, trade name, line of business, legal form, branch; persons told apart."""

from __future__ import annotations

import pytest

from zhihang.derivation.organisation_names.name import Name
from zhihang.derivation.organisation_names.reading import Reader
from zhihang.derivation.organisation_names.spelling import clean, fold
from zhihang.derivation.organisation_names.vocabulary import vocabulary
from zhihang.facts.codelist import CodeLists

READER = Reader.of(vocabulary(CodeLists()))


def read(name: str) -> Name:
    return READER.read(fold([clean(name)])[0])


def test_a_firm_has_place_trade_name_business_and_form():
    name = read("桂林市漓鑫电子科技有限责任公司")
    assert (name.place, name.place_name, name.trade_name, name.sector, name.legal_form) == (
        "450300", "桂林", "漓鑫", "电子科技", "有限责任公司",
    )  # fmt: skip
    assert name.type == "enterprise"


@pytest.mark.parametrize(
    "other",
    [
        "桂林漓鑫电子科技有限公司",
        "桂林市漓鑫電子科技有限公司",
        "桂林漓鑫电子科技（有限合伙）有限公司",
        "桂林 漓鑫电子科技有限公司",
        "漓鑫电子科技（桂林）有限公司",
        "广西桂林市漓鑫电子科技股份有限公司",
        "广西壮族自治区桂林市漓鑫电子科技有限公司",
        "桂林漓鑫电子科技公司",
        "桂林漓鑫电子科技有艰公司",
        "桂林漓鑫电子科技有限公可",
        "桂林漓鑫&#30005;子科技有限公司",
        "桂林漓鑫<b>电子</b>科技有限公司\x07",
        "桂林漓鑫电子科技有限公司\u200b",
        "申请人：桂林漓鑫电子科技有限公司",
    ],
)
def test_spellings_of_one_firm_have_one_key(other):
    assert read(other).key == read("桂林漓鑫电子科技有限公司").key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("桂林漓鑫药业有限公司", "南宁漓鑫药业有限公司"),
        ("桂林漓鑫药业有限公司", "桂林漓鑫集团有限公司"),
        ("桂林漓鑫药业有限公司", "桂林榕鑫药业有限公司"),
        ("桂林第一机床厂", "桂林第二机床厂"),
        ("桂林一中", "桂林二中"),
        ("桂林工程大学", "桂林工程学院"),
        ("某集团公司第十研究所", "某集团公司第十八研究所"),
        ("中国科学院物理研究所", "中国科学院高能物理研究所"),
        ("有限公司", "科技有限公司"),
        ("桂林轴承厂", "桂林轴承有限公司"),
        ("空中客车运营简化股份公司", "空中客车运营有限公司"),
    ],
)
def test_different_organisations_have_different_keys(one, other):
    assert read(one).key != read(other).key


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("桂林某某机械厂", "enterprise"),
        ("荔浦县某某种植专业合作社", "enterprise"),
        ("桂林师范学院", "university"),
        ("桂林某某技工学校", "public_institution"),
        ("广西某某研究所", "research_institute"),
        ("浙江恒逸石化研究院有限公司", "enterprise"),
        ("桂林市人民医院", "public_institution"),
        ("桂林市农业农村局", "government"),
        ("广西某某行业协会", "association"),
        ("王小明", "individual"),
        ("欧阳建国", "individual"),
        ("李军", "individual"),
        ("杨国社", "individual"),
        ("约翰·史密斯", "individual"),
        ("Smith, John A.", "individual"),
        ("Siemens Aktiengesellschaft", "enterprise"),
        ("Université de Montréal", "university"),
        ("The Secretary of the Navy", "government"),
        ("三星电子株式会社", "enterprise"),
        ("삼성전자 주식회사", "enterprise"),
        ("サムスン エレクトロニクス カンパニー リミテッド", "enterprise"),
        ("김동원", "individual"),
        ("广西医科大学第一附属医院", "public_institution"),
        ("国网浙江省电力有限公司嘉兴供电公司", "enterprise"),
    ],
)
def test_the_type_follows_from_the_name(name, type_):
    assert read(name).type == type_


def test_a_school_of_a_university_is_the_university():
    name = read("桂林电子科技大学机电工程学院")
    assert name.department == "机电工程学院"
    assert name.key == read("桂林电子科技大学").key


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("广西医科大学第一附属医院", "广西医科大学"),
        ("清华大学深圳研究院", "清华大学"),
        ("桂林某某机械有限公司柳州分公司", "桂林某某机械有限公司"),
        ("新汶矿业集团有限责任公司协庄煤矿", "新汶矿业集团有限责任公司"),
        ("中国科学院物理研究所", "中国科学院"),
        ("燕山大学里仁学院", "燕山大学"),
    ],
)
def test_hospitals_institutes_and_branches_are_organisations_within_another(name, head):
    found = read(name)
    assert (found.head, found.department) == (head, "")
    assert found.branch
    assert found.key != read(head).key


def test_brackets_hold_former_names_other_names_places_or_nothing_of_note():
    assert read("桂林某某大学(原桂林某某学院)").former_name == "桂林某某学院"
    assert (
        read("某某市中心医院(某某医学院附属医院、某某红十字医院)").other_names
        == "某某医学院附属医院|某某红十字医院"
    )
    assert read("某某投资中心(有限合伙)").key == read("某某投资中心").key
    assert read("哈尔滨工业大学(深圳)").head == "哈尔滨工业大学"


@pytest.mark.parametrize("name", ["有限公司", "桂林", "张", "科技有限公司", "", "()", "-", "Co., Ltd."])
def test_names_that_say_too_little_are_marked(name):
    assert read(name).thin


def test_a_former_county_is_its_present_district():
    assert read("临桂县某某农机厂").place == "450312"


def test_very_long_names_are_cut_and_read():
    assert len(read("桂林" + "漓" * 5000 + "有限公司").folded) == 300


def test_western_names_lose_legal_form_accents_and_abbreviations():
    assert (
        read("GUILIN UNIV. OF ELECTRONIC TECH").key == read("Guilin University of Electronic Technology").key
    )
    assert read("Société Générale S.A.").key == read("SOCIETE GENERALE SA").key
    assert read("H.C. Starck GmbH").key == read("Starck H C Gmbh & Co. KG").key
    assert read("Ford Motor Co").key != read("Ford France S.A.").key
