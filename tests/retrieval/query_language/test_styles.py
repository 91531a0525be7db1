# SPDX-License-Identifier: Apache-2.0
"""Queries in the styles of other services: read where they map one to one, refused with the reason where not."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import zhihang.retrieval.query_language.style as style_module
from zhihang.errors import DefinitionError, QuerySyntaxError
from zhihang.retrieval.query_language.field import fields
from zhihang.retrieval.query_language.parse import parse, read
from zhihang.retrieval.query_language.style import styles
from zhihang.retrieval.query_language.unparse import unparse


@pytest.mark.parametrize(
    ("text", "style", "ours"),
    [
        ("TTL:纳米 AND ALL_AN:清华大学", "patsnap", 'TI=纳米 PA="清华大学"'),
        ("TACD:(锂电池 AND 隔膜) AND APD:[20150101 TO 20151231]", "patsnap", "FT=(锂电池 隔膜) APD=2015"),
        ("IPC_LOW:H01M10/05 AND SIMPLE_LEGAL_STATUS:1", "patsnap", "IPC=H01M10/05 LS=有效"),
        ("TTL:a1 AND IPC:H01M10/05", "patsnap", 'TI=a1 IPC="H01M10/05"'),
        ("ABST:(太阳能 $W2 电池)", "patsnap", "AB=(太阳能 NEAR/2 电池)"),
        ("TAC:(显示 $PRE2 高清)", "patsnap", "TX=(显示 PRE/2 高清)"),
        ("CLMS:(显示 $WS 高清)", "patsnap", "CL=(显示 NEAR/99 高清)"),
        ("TTL:电池 NOT PATENT_TYPE:U", "patsnap", "TI=电池 NOT KIND=实用新型"),
        ("APD_Y:2001 AND F_CITES_COUNT:[10 TO 20]", "patsnap", "APD=2001 CITED=10..20"),
        ('ANCS:("华为技术有限公司") AND AUTHORITY:CN', "patsnap", 'ORG="华为技术有限公司" CC=CN'),
        ("TTL:非晶硅电池 OR IPC:[H01L31/0203 TO H01L31/042]", "patsnap", "TI=非晶硅电池 OR IPC=[H01L31/0203 TO H01L31/042]"),
        ("ti=(空调 or 'a b') and ipc=F25B not ap=格力", "incopat", 'TI=(空调 OR "a b") IPC=F25B NOT OPA=格力'),
        ("tiab=(空调 (2w) 蒸发器)", "incopat", "TA=(空调 PRE/2 蒸发器)"),
        ("tiabc=(data (3n) line)", "incopat", "TX=(data NEAR/3 line)"),
        ("tiabc=(data (n) line)", "incopat", "TX=(data NEAR/1 line)"),
        ("ti=空调 and ad=[2015 to 2020] and pnc=CN", "incopat", "TI=空调 APD=2015..2020 CC=CN"),
        ("ad=[20150101 to 20201231]", "incopat", "APD=2015..2020"),
        ("(20110101<=pd<=20130101)", "incopat", "PBD=[20110101 TO 20130101]"),
        ("(pd>20190101)", "incopat", "PBD>20190101"),
        ("ti='空气调节器' and des=comput$", "incopat", 'TI="空气调节器" DE=comput*'),
        ("# 说明\nti=空调 and tiab=蒸发器", "incopat", "TI=空调 TA=蒸发器"),
        ("申请（专利权）人=(吉林大学) AND 发明名称=(雷达)", "office", "PA=吉林大学 TI=雷达"),
        # a blank in the brackets of a field is OR in the office's search
        ("发明名称=(雷达 天线) AND 申请日=20180101:20181231", "office", "TI=(雷达 OR 天线) APD=2018"),
        ("公开（公告）日>=2001-01-01 AND 公开国=(HK OR CN)", "office", "PBD>=2001 CC=(HK OR CN)"),
        ('IPC分类号=(B60K1/04) AND 发明类型=("U")', "office", 'IPC="B60K1/04" KIND=实用新型'),
    ],
)  # fmt: skip
def test_a_query_of_another_service_means(text: str, style: str, ours: str) -> None:
    found = read(text)
    assert found.style.name == style
    assert unparse(found.query) == unparse(parse(ours, style="own"))
    assert found.notes[0].zh.startswith(f"按{styles()[style].zh}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TTL:a1 AND MAINF:汽车", "MAINF of PatSnap cannot be read here: it looks in numbers"),
        ("TTL:a1 AND PATENT_TYPE:A", '"A" is not known as a value of PATENT_TYPE'),
        ("TTL:a1 AND SIMPLE_LEGAL_STATUS:220", '"220" is not known'),
        ("TTL:a1 汽车", "PatSnap looks for a word without a field"),
        ("CLMS:(data $SEN line)", "not sentences"),
        ("TTL:(汽车 $FREQ2)", "How often"),
        ("TTL:m#tor", "sign #"),
        ("TTL:T_shirt", "sign _"),
        ('ANCS:(TREE@"拜耳股份公司")', "tree of companies"),
        ("ABST:(太阳能 $W2 电池 $W2 硅)", "this is a third"),
        (
            "ti=空调 and status=1 and tiab=x1",
            "STATUS of incoPat cannot be read here: its values are not documented",
        ),
        ("tiab=(温差 (s) 蒸发器)", "not sentences"),
        ('tiab=("机器人" (3f))', "How often"),
        ("R=(CN101850473B) AND tiab=发动机", "zhihang similar"),
        ("ti=空调 and ipc-low=F25B1/00", "not documented"),
        ("关键词=(新能源汽车 碰撞)", "关键词 of search of the Chinese office cannot be read here"),
        ("发明名称=(汽车%)", "sign %"),
        ("发明名称=(汽车 3W 电机)", "not documented well enough"),
    ],
)
def test_what_has_no_counterpart_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said) as raised:
        parse(text)
    assert raised.value.facts["说明"]


FOREIGN = list(
    csv.DictReader((Path(__file__).parent / "foreign_queries.csv").read_text("utf-8").splitlines())
)


def test_there_are_twenty_everyday_queries_of_each_service() -> None:
    count = Counter(row["style"] for row in FOREIGN)
    assert count == {"patsnap": 20, "incopat": 20, "office": 20}


@pytest.mark.parametrize("row", FOREIGN, ids=[row["text"] for row in FOREIGN])
def test_an_everyday_query_of_another_service_is_read_one_to_one_or_refused_at_its_place(
    row: dict[str, str],
) -> None:
    if row["ours"]:
        assert unparse(read(row["text"]).query) == unparse(parse(row["ours"], style="own"))
        return
    with pytest.raises(QuerySyntaxError) as raised:
        read(row["text"])
    assert row["refused"] in str(raised.value)
    assert int(str(raised.value.facts["position"])) >= 1


def test_a_style_can_be_asked_for() -> None:
    # AN is the applicant for PatSnap and a number here
    assert unparse(parse("AN:清华大学", style="patsnap")) == 'OPA="清华大学"'
    assert read("AN:清华大学").style.name == "patsnap"
    with pytest.raises(QuerySyntaxError, match="number"):
        parse("AN:清华大学", style="own")
    with pytest.raises(DefinitionError, match="no style"):
        parse("电池", style="soopat")


def test_our_own_words_are_not_taken_for_another_style() -> None:
    for text in (
        "电池",
        "TI=电池 AND APD>=2015",
        "TAC=电池",
        "标题：电池",
        "IPC=H01M IN=李明 PN=CN101551481B",
    ):
        assert read(text).style.name == "own"
        assert read(text).notes == ()


def test_every_name_of_a_style_leads_to_a_field_or_has_a_reason() -> None:
    folder = Path(style_module.__file__).parent / "styles"
    for name in ("patsnap", "incopat", "office"):
        rows = list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines()))
        assert all(bool(row["field"]) != bool(row["reason"]) for row in rows)
        assert all(not row["field"] or row["field"] in fields() for row in rows)
        assert len({row["code"].casefold() for row in rows}) == len(rows)
        assert all(use.field or use.reason for use in styles()[name].uses.values())
