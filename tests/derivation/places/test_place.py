# SPDX-License-Identifier: Apache-2.0
"""Addresses lead to the division of their day; what cannot be told stays unknown, with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.derivation.places.place import make_placer, place, place_columns
from zhihang.errors import DefinitionError, NotAllowed
from zhihang.facts.codelist import CodeLists

PLACER = make_placer(CodeLists())
IN_2012 = date(2012, 7, 1)


def placed(address: str, day: date | None = IN_2012, **columns: str) -> dict[str, Any]:
    given = {"address": pa.array([address]), **{name: pa.array([text]) for name, text in columns.items()}}
    (row,) = place_columns(PLACER, given, pa.array([day], pa.date32())).to_pylist()
    return dict(row)


@pytest.mark.parametrize(
    ("address", "year", "then", "now"),
    [
        ("广西桂林市荔浦县荔城镇", 2016, "450331", "450381"),  # a city since 2018
        ("广西桂林市荔浦县荔城镇", 2020, "450381", "450381"),
        ("广西桂林市荔浦市荔城镇", 2016, "450331", "450381"),  # the register writes today's name
        ("广西桂林市临桂县临桂镇", 2012, "450322", "450312"),  # a district since 2013
        ("广西桂林市临桂县临桂镇", 2014, "450312", "450312"),
        ("广西南宁市横县横州镇", 2001, "452122", "450181"),  # under 南宁地区 until 2002
        ("广西南宁市横县横州镇", 2019, "450127", "450181"),
        ("上海市卢湾区徐家汇路", 2009, "310103", "310101"),
        ("上海市南汇区惠南镇", 2005, "310119", "310115"),
        ("江苏省苏州市沧浪区", 2010, "320502", "320508"),
        ("湖北省襄樊市樊城区", 2005, "420606", "420606"),
        ("山东省莱芜市钢城区", 2012, "371203", "370117"),
        ("安徽省巢湖市庐江县", 2009, "341421", "340124"),
    ],
)
def test_the_code_is_that_of_the_day_and_leads_to_todays(address: str, year: int, then: str, now: str):
    got = placed(address, date(year, 7, 1))
    assert (got["region"], got["region_now"], got["level"]) == (then, now, "county")


def test_in_the_year_of_a_change_the_name_written_decides():
    # the lists tell only the year: 2018
    assert placed("荔浦县荔城镇", date(2018, 3, 1))["region"] == "450331"
    assert placed("荔浦市荔城镇", date(2018, 10, 1))["region"] == "450381"


def test_a_county_whose_code_changes_under_one_name_has_the_new_code_in_that_year():
    # 东兰县 moved with its prefecture from 4527 to 4512 in 2002
    for address in ("广西河池市东兰县", "广西东兰县"):
        assert placed(address, date(2002, 5, 1))["region"] == "451224"
    assert placed("广西河池地区东兰县", date(2002, 5, 1))["region"] == "452728"
    assert placed("广西河池市东兰县", date(2001, 5, 1))["region"] == "452728"


def test_a_name_that_is_not_of_the_day_is_remarked():
    assert (
        placed("桂林市临桂县西城大道", date(2016, 1, 1))["reason"] == "written as 临桂县, on that day 临桂区"
    )


def test_a_district_split_off_later_had_the_code_it_was_split_from():
    # 龙圩区 was cut out of 苍梧县 in 2013
    got = placed("广西梧州市龙圩区", date(2010, 1, 1))
    assert (got["region"], got["region_now"]) == ("450421", "450406")


def test_a_district_that_was_divided_among_several_goes_up_to_the_city_today():
    got = placed("浙江省杭州市江干区凯旋路")
    assert (got["region"], got["region_now"]) == ("330104", "330100")
    assert "several divisions of 杭州市" in got["reason"]


@pytest.mark.parametrize(("day", "code"), [(date(2009, 1, 1), "341400"), (IN_2012, "340181")])
def test_a_city_that_became_a_county_is_told_apart_by_the_day(day: date, code: str):
    assert placed("安徽省巢湖市人民路", day)["region"] == code


def test_without_a_date_the_code_is_that_of_today_and_says_so():
    got = placed("桂林市临桂县", None)
    assert (got["region"], got["reason"].split("; ")[-1]) == ("450312", "no date: code of today")


def test_before_the_oldest_list_that_list_is_used_and_said_so():
    got = placed("上海市南市区", date(1990, 1, 1))
    assert got["region"] == "310102"
    assert "no list before the end of 1999" in got["reason"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("上海市南京东路100号", "310000"),
        ("上海市徐汇区桂林路100号", "310104"),
        ("南宁市武鸣大道3号", "450100"),
        ("重庆市长寿路1号", "500000"),
        ("广州市天河北路18号", "440100"),
        ("西安市长安南路5号", "610100"),
        ("北京市朝阳区上海大厦", "110105"),
        ("江苏省南通中山路1号", "320600"),
        ("北京东路100号", None),
        ("南京路5号", None),
        ("广西大学东校园", None),
        ("桂林路桂林大厦", None),
    ],
)
def test_streets_named_after_places_do_not_mislead(address: str, code: str | None):
    assert placed(address)["region"] == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("桂林临桂西城大道", "450322"),
        ("广州市天河天寿路101号", "440106"),
        ("恭城县平安乡", "450332"),
        ("广西龙胜县瓢里镇", "450328"),
        ("内蒙古乌拉特前旗", "150823"),
        ("吉林延边州敦化市", "222403"),
        ("吉林市船营区", "220204"),
        ("吉林长春市", "220100"),
        ("海南共和县", "632521"),
        ("海南琼海市", "469002"),
        ("新疆石河子市", "659001"),
        ("四川省重庆市沙坪坝区", "500106"),
        ("济南市中区", "370103"),
        ("济南市市中区", "370103"),
        ("河北唐山路南区", "130202"),
        ("浙江台州路桥区", "331004"),
        ("河南信阳商城县", "411524"),
        ("湖南省长沙市长沙县", "430121"),
        ("合肥市巢湖市", "340181"),
        ("汕尾市城区", "441502"),
        ("广东省东莞市长安镇", "441900"),
        ("辽宁省营口市中国辽宁营口市西市区滨海路", "210803"),
        ("５４１００４　广西桂林市七星区金鸡路１号", "450305"),
        ("中国(广西)桂林市,象山区", "450304"),
        ("铁四院(湖北省武汉市武昌区)", "420106"),
        ("扬州市文昌中路(邗江区)", "321003"),
    ],
)
def test_short_and_odd_forms(address: str, code: str):
    assert placed(address)["region"] == code


def test_a_name_several_places_bear_stays_unknown_and_names_them():
    got = placed("鼓楼区中山路1号")
    assert (got["region"], got["confidence"]) == (None, None)
    assert got["reason"].startswith("ambiguous: 320106 南京市鼓楼区, ")
    inside = placed("江苏省鼓楼区中山路1号")
    assert (inside["region"], inside["level"]) == ("320000", "province")


def test_postcode_or_columns_settle_an_ambiguity():
    assert placed("350001 鼓楼区五四路")["region"] == "350102"
    assert placed("鼓楼区五四路", postcode="210008")["region"] == "320000"  # two of the name in 江苏
    assert placed("鼓楼区中山路", city="南京市")["region"] == "320106"
    assert placed("河北省桥西区", city="张家口")["region"] == "130703"


def test_a_postcode_that_contradicts_lowers_the_confidence_and_is_told():
    plain, odd = placed("510000 广州市天河区"), placed("541004 广州市天河区")
    assert (plain["region"], odd["region"]) == ("440106", "440106")
    assert odd["confidence"] == pytest.approx(plain["confidence"] * 0.8)
    assert odd["reason"] == "postcode 541004 is one of 广西壮族自治区"


def test_columns_fill_in_and_contradict():
    assert placed("金鸡路1号", province="广西", city="桂林市", county="七星区")["region"] == "450305"
    assert placed("桂林市金鸡路1号", county="七星区", city="桂林市")["region"] == "450305"
    assert placed("", province="45")["region"] == "450000"
    got = placed("桂林市七星区金鸡路1号", province="广东省", city="广州市", county="天河区")
    assert (got["region"], got["reason"]) == ("450305", "columns say 440106 广州市天河区")


def test_a_name_counts_for_little_and_only_where_nothing_else_tells():
    got = placed("", name="桂林电子科技大学")
    assert (got["region"], got["method"], got["confidence"]) == ("450300", "name", 0.4)
    assert placed("", name="华夏电器(桂林)有限公司")["region"] == "450300"
    assert placed("", name="有限公司")["region"] is None
    assert placed("", name="安阳")["region"] is None  # a person
    assert placed("", name="南京路商行")["region"] is None


def test_only_a_postcode_gives_the_province():
    got = placed("某某大院", postcode="541004")
    assert (got["region"], got["level"], got["method"]) == ("450000", "province", "postcode")


@pytest.mark.parametrize(
    ("address", "columns", "region", "country"),
    [
        ("德国慕尼黑", {}, None, "DE"),
        ("美国加利福尼亚州圣何塞市", {}, "US-CA", "US"),
        ("San Jose, CA, US", {}, "US-CA", "US"),
        ("Houston TX US", {}, "US-TX", "US"),
        ("Seoul South Korea", {}, None, "KR"),
        ("Atlanta Georgia", {}, None, None),  # a state or a country
        ("Ottawa CA", {}, None, None),
        ("东京都港区", {}, None, "JP"),
        ("大阪府吹田市", {}, None, "JP"),
        ("神奈川県横浜市", {}, None, "JP"),
        ("北海市北海大道", {}, "450500", "CN"),
        ("1 Main St., Armonk, NY 10504", {"country": "US"}, "US-NY", "US"),
        ("", {"country": "US", "province": "Texas", "city": "Austin"}, "US-TX", "US"),
        ("中国台湾台北市", {}, "710000", "TW"),
        ("香港九龙", {"country": "HK"}, "810000", "HK"),
        ("", {"country": "日本"}, None, "JP"),
        ("", {"country": "Atlantis"}, None, None),
        ("Guilin, Guangxi, CN", {}, "450300", "CN"),
    ],
)
def test_other_countries(address: str, columns: dict[str, str], region: str | None, country: str | None):
    got = placed(address, **columns)
    assert (got["region"], got["country"]) == (region, country)


def test_a_country_column_that_contradicts_a_chinese_address_is_told():
    got = placed("广东省深圳市南山区", country="US")
    assert (got["region"], got["country"]) == ("440305", "CN")
    assert got["reason"] == "country column says US"


@pytest.mark.parametrize(
    ("address", "region", "zone", "code"),
    [
        ("江苏省徐州市经济开发区桃山路", "320300", "徐州经济技术开发区", "320371"),
        ("徐州市徐州经济技术开发区", "320300", "徐州经济技术开发区", "320371"),
        ("苏州工业园区星湖街", "320500", "苏州工业园区", "320576"),
        ("桂林市国家高新区七星区骖鸾路", "450305", "桂林高新技术产业开发区", None),
        ("桂林市七星区桂林高新技术产业园区", "450305", "桂林高新技术产业开发区", None),
        ("南京市江宁开发区佛城西路", "320115", "江宁开发区", None),
        ("北京市大兴区北京经济技术开发区", "110115", "北京经济技术开发区", None),
        ("桂林市七星区开发区路1号", "450305", None, None),
    ],
)
def test_functional_zones_get_one_name(address: str, region: str, zone: str | None, code: str | None):
    got = placed(address)
    assert (got["region"], got["zone"], got["zone_code"]) == (region, zone, code)


def decision(**cells: str) -> dict[str, str]:
    row = dict.fromkeys(("address", "name", "region", "zone", "country"), "")
    return {**row, "decided_on": "2024-03-01", "decided_by": "office", "reason": "known to us", **cells}


def test_a_decision_of_the_office_goes_before_everything():
    rows = [decision(address="某某大院*", region="450322"), decision(name="某某 公司", region="450305")]
    got = place(
        pa.array(["某某大院3号", "广州市天河区"]),
        pa.array([date(2016, 1, 1)] * 2),
        decisions=rows,
        name=pa.array(["", "某某公司"]),
    )
    assert got["region"].to_pylist() == ["450312", "450305"]  # a former code is that of the day
    assert got["confidence"].to_pylist() == [1.0, 1.0]
    assert got["reason"][0].as_py().startswith("decided by office on 2024-03-01: known to us")


@pytest.mark.parametrize(
    "faulty",
    [
        decision(address="某地", region="999999"),
        decision(region="450305"),
        decision(address="*", region="450305"),
        decision(address="某地"),
        decision(address="某地", region="450305", reason=""),
    ],
)
def test_a_faulty_decision_is_refused_with_its_line(faulty: dict[str, str]):
    with pytest.raises(DefinitionError, match="decision") as error:
        place(pa.array(["某地"]), decisions=[faulty])
    assert error.value.facts["line"] == "2"


def test_an_unknown_column_is_refused():
    with pytest.raises(NotAllowed, match="telephone"):
        place(pa.array(["桂林市"]), telephone=pa.array(["1"]))


def test_blanks_and_nulls_are_unknown():
    got = place(pa.array([None, "", "   ", "。。。"], pa.string()))
    assert got["region"].to_pylist() == [None] * 4
    assert all(got["reason"].to_pylist())


@given(st.text(max_size=40))
def test_any_text_gets_an_answer_with_a_reason_or_a_place(text: str):
    got = placed(text)
    assert got["region"] or got["country"] or got["reason"]
