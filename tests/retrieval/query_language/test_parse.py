# SPDX-License-Identifier: Apache-2.0
"""Queries in our own style: what they mean, and what is said where they cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from zhihang.errors import QuerySyntaxError
from zhihang.retrieval.query import (
    And,
    ClassRange,
    ClassUnder,
    Equals,
    Industry,
    Name,
    Near,
    Not,
    Number,
    Or,
    Organisation,
    Phrase,
    Place,
    Query,
    SavedSet,
    Span,
    Status,
    Term,
    Wildcard,
    Within,
    walk,
)
from zhihang.retrieval.query_language.field import fields
from zhihang.retrieval.query_language.parse import parse, read
from zhihang.retrieval.query_language.parser import DEEPEST, MOST_LEAVES
from zhihang.retrieval.query_language.query_text import LONGEST

A, B, C = Term("text", "甲"), Term("text", "乙"), Term("text", "丙")
D = date


def term(text: str) -> Term:
    return Term("text", text)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("甲", A),
        ("甲 乙", And((A, B))),
        ("甲，乙", And((A, B))),
        ("甲 AND 乙 or 丙", Or((And((A, B)), C))),
        ("甲 乙 OR 丙", Or((And((A, B)), C))),
        ("甲 OR 乙 丙", Or((A, And((B, C))))),
        ("甲 与 （乙 或 非 丙）", And((A, Or((B, Not(C)))))),
        ("甲 NOT 乙", And((A, Not(B)))),
        ("甲 AND NOT 乙", And((A, Not(B)))),
        ("NOT NOT 甲", A),
        ("(甲)*(乙)+(丙)", Or((And((A, B)), C))),
        ("甲 - 乙", And((A, Not(B)))),
        # a sign or a word of logic within a word is part of the word
        ("C++", term("C++")),
        ("非晶硅", term("非晶硅")),
        ("电池与隔膜", term("电池与隔膜")),
        ("1:1", term("1:1")),
        ("near infrared", And((term("near"), term("infrared")))),
        ('"and"', Phrase("text", "and")),
        ("“固态 电池”", Phrase("text", "固态 电池")),
        ("「固态电池」", Phrase("text", "固态电池")),
        ("电池*", Wildcard("text", "电池*")),
        ("电？池", Wildcard("text", "电?池")),
        ("TI=甲", Term("title", "甲")),
        ("标题：甲", Term("title", "甲")),
        ("ＴＩ＝甲", Term("title", "甲")),
        ("ti = (甲 乙)", And((Term("title", "甲"), Term("title", "乙")))),
        # a field holds for the word right after it only
        ("TI=甲 乙", And((Term("title", "甲"), B))),
        ("TA=甲", Or((Term("title", "甲"), Term("abstract", "甲")))),
        ("甲 NEAR/3 乙", Near("text", A, B, 3, False)),
        ("甲 W/3 乙", Near("text", A, B, 3, False)),
        ("甲 pre/0 乙", Near("text", A, B, 0, True)),
        ("甲 临近5 “乙 丙”", Near("text", A, Phrase("text", "乙 丙"), 5, False)),
        ("(甲 OR 乙) NEAR/3 丙", Or((Near("text", A, C, 3, False), Near("text", B, C, 3, False)))),
        ("NOT 甲 NEAR/3 乙", Not(Near("text", A, B, 3, False))),
        ("PA=(华为 OR 中兴)", Or((Name("applicant", "华为"), Name("applicant", "中兴")))),
        ("PA=(华为、中兴)", Or((Name("applicant", "华为"), Name("applicant", "中兴")))),
        ("PA!=华为", Not(Name("applicant", "华为"))),
        ("ORG=“广西大学”", Organisation("广西大学")),
        ("IPC=H01M10/", ClassUnder("ipc", "H01M10")),
        ("IPC=h01m 10/0525", ClassUnder("ipc", "H01M10/0525")),
        ("IPC=H01M0010/00", ClassUnder("ipc", "H01M10")),
        ("IPC=H01M*", ClassUnder("ipc", "H01M")),
        ('IPC="H01M10/00"', Equals("ipc", "H01M10/00")),
        ("分类号=[H01M4/02 TO H01M10/00]", ClassRange("ipc", "H01M4/02", "H01M10")),
        ("MIPC=H01M", ClassUnder("ipc", "H01M", main=True)),
        ("CPC=Y02E60/10", ClassUnder("cpc", "Y02E60/10")),
        ("APD=2015", Within("filing_date", D(2015, 1, 1), D(2015, 12, 31))),
        ("APD=2016-02", Within("filing_date", D(2016, 2, 1), D(2016, 2, 29))),
        ("申请日=2016年2月3日", Within("filing_date", D(2016, 2, 3), D(2016, 2, 3))),
        ("APD>201506", Within("filing_date", D(2015, 7, 1), None)),
        ("APD≤2015.6.30", Within("filing_date", None, D(2015, 6, 30))),
        ("APD<2015", Within("filing_date", None, D(2014, 12, 31))),
        ("APD=[20150101 TO 20201231]", Within("filing_date", D(2015, 1, 1), D(2020, 12, 31))),
        ("APD=2015..2020", Within("filing_date", D(2015, 1, 1), D(2020, 12, 31))),
        ("APD=2015-2020", Within("filing_date", D(2015, 1, 1), D(2020, 12, 31))),
        ("APD=(2015 TO 2020)", Within("filing_date", D(2015, 1, 1), D(2020, 12, 31))),
        ("APD=[* TO 2020]", Within("filing_date", None, D(2020, 12, 31))),
        ("2015<=APD<2017", Within("filing_date", D(2015, 1, 1), D(2016, 12, 31))),
        ("AGE>=10", Within("age", 10.0, None)),
        ("CITED>3", Within("cited", 4.0, None)),
        ("被引数=[3 TO 5]", Within("cited", 3.0, 5.0)),
        ("NO=CN101551481B", Number("CN101551481B")),
        ("PN=CN1015*", Number("CN1015*", "publication")),
        ("REGION=临桂县", Place("450312")),
        ("地区=广西", Place("450000")),
        ("IND=C39", Industry("39")),
        ("行业=汽车制造业", Industry("36")),
        ("KIND=发明专利", Equals("kind", "invention")),
        ("CC=中国", Equals("office", "CN")),
        ("PAT=高校", Equals("applicant_type", "university")),
        ("PLEDGED=是", Equals("pledged", "true")),
        ("EMERGING=1", Equals("emerging", "1")),
        ("EMERGING=否", Equals("emerging", "false")),
        ("LS=审中", Status("pending")),
        ("SET=龙头", SavedSet("龙头")),
    ],
)  # fmt: skip
def test_a_query_means(text: str, query: Query) -> None:
    assert parse(text, {"龙头": "PA=玉柴"}) == query


def test_a_word_for_the_end_of_a_right_means_every_way_to_end() -> None:
    states = {leaf.state for leaf in walk(parse("LS=失效")) if isinstance(leaf, Status)}
    assert states == {"lapsed", "expired", "invalidated", "abandoned", "withdrawn", "refused", "ended"}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", (0, 0), "nothing to look for"),
        ("  ", (2, 2), "nothing to look for"),
        ("甲 AND", (2, 5), "AND wants something after it"),
        ("(甲 OR)", (3, 5), "OR wants something after it"),
        ("AND 甲", (0, 3), "AND wants something before it"),
        ("甲 OR OR 乙", (5, 7), "OR wants something before it"),
        ("AND,甲", (0, 3), "AND wants something before it"),
        ("TI=(甲", (3, 4), "not closed"),
        ("甲)", (1, 2), "closes none"),
        ("()", (0, 2), "nothing between"),
        ('TI="甲', (3, 4), "quotation mark opened here is not closed"),
        ('""', (0, 2), "no letter, digit"),
        ("😀", (0, 1), "no letter, digit"),
        ("甲\x00乙", (1, 2), r"cannot be read stands here \(U\+0000\)"),
        ("甲\ud800", (1, 2), "cannot be read"),
        ("TIT=甲", (0, 3), 'no field "TIT"; close to it: .*TI'),
        ("标提=甲", (0, 2), 'no field "标提"; close to it: 标题'),
        ("TI=(甲 AB=乙)", (6, 9), "cannot stand in the brackets of another"),
        ("TI=", (0, 3), "wants a value"),
        ("TI= AND 甲", (4, 7), "AND wants something before it"),
        ("TI>=甲", (0, 4), ">= does not go with"),
        ("TI=[2015 TO 2016]", (3, 17), "does not take a range"),
        ("APD=昨天", (4, 6), '"昨天" is not a date'),
        ("APD=20150230", (4, 12), "not a date of the calendar"),
        ("APD=0015", (4, 8), "between 1790 and 2100"),
        ("APD=[2020 TO 2015]", (4, 18), "ends before it begins"),
        ("APD=[* TO *]", (4, 12), "finds everything"),
        ("APD=[2015]", (4, 10), "range cannot be read"),
        ("APD=[2015 TO 2016", (4, 5), "not closed"),
        ("AGE=老", (4, 5), "not a number"),
        ("IPC=电池", (4, 6), "not a symbol of the IPC"),
        ("IPC=Y02E", (4, 8), "not a symbol of the IPC"),
        ("IPC=[H01M10 TO H01M4]", (4, 21), "ends before it begins"),
        ("REGION=桂临市", (7, 10), "close to it: .*桂林市"),
        ("KIND=软件", (5, 7), "not known as a value"),
        ("PLEDGED=也许", (8, 10), "is yes or no"),
        ("NO=电池", (3, 5), "cannot be read as a number"),
        ("PN=*", (3, 4), "cannot be read as a number"),
        ("SET=无此集", (4, 7), "no saved set"),
        ("*", (0, 1), "wants something before it"),
        ("**", (0, 2), "nearly every word"),
        ("*电池", (0, 3), "cannot stand at the beginning"),
        ("?otor", (0, 5), "cannot stand at the beginning"),
        ("a*", (0, 2), "nearly every word"),
        ("ab*c*d*e*f*g", (0, 12), "more than 4 wildcards"),
        ('"电池*"', (0, 5), "does not work in quotation marks"),
        ("PA=a", (3, 4), "match every name"),
        ("PA=***", (3, 6), "no letter, digit"),
        ("-20℃", (0, 4), "some read as NOT"),
        ("甲 NEAR/3 乙*", (9, 11), "not a word by pattern"),
        ("甲 NEAR/3 (乙 AND 丙)", (10, 17), "AND and NOT cannot stand"),
        ("甲 NEAR/3 乙 NEAR/3 丙", (11, 17), "this is a third"),
        ("甲 NEAR/x 乙", (2, 8), "distance from 0 to 99"),
        ("甲 同句 乙", (2, 4), "not sentences"),
        ("TI=甲 NEAR/3 AB=乙", (3, 16), "in one field"),
        ("PA=甲乙 NEAR/3 丙", (3, 5), "not conditions of other fields"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_shown_at_its_place(text: str, place: tuple[int, int], said: str) -> None:
    with pytest.raises(QuerySyntaxError, match=said) as raised:
        parse(text)
    error = raised.value
    assert error.facts["position"] == str(place[0] + 1)
    assert error.facts["说明"]
    assert error.todo


def test_the_mark_stands_under_wide_characters_too() -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        parse("标题=电池 AND 申请日=昨天")
    assert raised.value.facts["query"] == "标题=电池 AND 申请日=昨天"
    # four characters of two columns and one of one, AND with blanks, three of two and a sign: 9 + 5 + 7
    assert raised.value.facts[""] == " " * 21 + "^^^^"


def test_the_place_of_a_condition_is_that_in_the_text_as_written() -> None:
    text = "标题＝（电池\u200b AND 隔膜）"
    found = [node for node in walk(parse(text)) if isinstance(node, Term)]
    assert [text[node.at.start : node.at.end] for node in found] == ["电池", "隔膜"]
    assert parse("甲 乙").at == Span(0, 3)


def test_a_long_list_is_refused_with_the_place() -> None:
    words = " ".join(f"词{number}" for number in range(100_000))
    with pytest.raises(QuerySyntaxError, match="at most"):
        parse(words)
    fewer = " ".join(f"词{number}" for number in range(MOST_LEAVES + 1))
    with pytest.raises(QuerySyntaxError, match="more than 5000 conditions"):
        parse(fewer)
    with pytest.raises(QuerySyntaxError, match="at most"):
        parse("甲 " * LONGEST)
    for text in ("甲" * 501, '"' + "甲" * 501 + '"', "PA=" + "甲" * 501):
        with pytest.raises(QuerySyntaxError, match="501 characters; at most 500"):
            parse(text)


def test_deep_brackets_are_refused() -> None:
    assert parse("(" * DEEPEST + "甲" + ")" * DEEPEST) == A
    with pytest.raises(QuerySyntaxError, match="more than 60 deep"):
        parse("(" * 100_000)
    assert parse("NOT " * 20_000 + "甲") == A


def test_what_looks_like_an_attack_is_text() -> None:
    assert parse("x'; DROP--") == And((term("x'"), term("DROP--")))
    assert parse("PA=\"x' OR '1'='1\"") == Name("applicant", "x' OR '1'='1")
    words = " ".join(["(a+)$x"] * 200)
    assert len(list(walk(parse(words)))) == 401


def test_a_subclass_that_is_not_listed_is_remarked() -> None:
    assert "H01Z" in read("IPC=H01Z").notes[0].en
    assert read("IPC=H01M").notes == ()


@pytest.mark.parametrize("name", list(fields()))
def test_every_field_reads_its_own_example(name: str) -> None:
    field = fields()[name]
    query = parse(field.example, {"龙头企业": "玉柴"})
    for other in (field.zh, field.name, *field.aliases):
        if other.casefold() != field.code.casefold():
            renamed = field.example.replace(field.code, other, 1)
            assert parse(renamed, {"龙头企业": "玉柴"}, style="own") == query


def test_no_two_fields_share_a_name() -> None:
    names = [
        name.casefold()
        for field in fields().values()
        for name in dict.fromkeys(n.casefold() for n in field.names)
    ]
    assert len(names) == len(set(names))
