# SPDX-License-Identifier: Apache-2.0
"""Taking queries apart never changes what they find; reading never fails but with a syntax error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhihang.errors import QuerySyntaxError
from zhihang.retrieval.query import (
    And,
    Chosen,
    ClassRange,
    ClassUnder,
    Equals,
    Industry,
    Leaf,
    Name,
    Near,
    Not,
    Number,
    Or,
    Organisation,
    Phrase,
    Place,
    Query,
    Status,
    Term,
    Wildcard,
    Within,
    is_structured,
    is_text,
    leaves,
)
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.plan import combined, flattened, plan
from zhihang.retrieval.query_language.unparse import unparse

DOCUMENTS = frozenset("abcdefgh")
ANSWERS = {
    Term("text", "甲"): frozenset("abcd"),
    Phrase("title", "乙"): frozenset("ceg"),
    Wildcard("text", "丙*"): frozenset(),
    Status("in_force"): frozenset("aceg"),
    Place("450300"): frozenset("bcde"),
    Equals("kind", "invention"): frozenset("abcdefgh"),
    ClassUnder("ipc", "H01M"): frozenset("h"),
}


def trees(tips: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    def larger(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        several = st.lists(parts, min_size=2, max_size=4).map(tuple)
        return st.one_of(several.map(And), several.map(Or), parts.map(Not))

    return st.recursive(tips, larger, max_leaves=12)


@given(trees(st.sampled_from(sorted(ANSWERS, key=str))))
def test_a_plan_finds_what_the_query_finds(query: Query) -> None:
    found = plan(query)
    chosen = [combined(part, ANSWERS.__getitem__, DOCUMENTS) for part in found.chosen]

    def answer(leaf: Leaf) -> frozenset[str]:
        return chosen[leaf.number] if isinstance(leaf, Chosen) else ANSWERS[leaf]

    within = combined(found.within, answer, DOCUMENTS) if found.within else DOCUMENTS
    text = combined(found.text, answer, DOCUMENTS) if found.text else DOCUMENTS
    assert within & text == combined(query, ANSWERS.__getitem__, DOCUMENTS)
    assert all(
        is_structured(leaf)
        for part in (*found.chosen, *filter(None, [found.within]))
        for leaf in leaves(part)
    )
    assert not found.text or all(is_text(leaf) or isinstance(leaf, Chosen) for leaf in leaves(found.text))


@given(trees(st.sampled_from(sorted(ANSWERS, key=str))))
def test_flattening_keeps_the_meaning(query: Query) -> None:
    flat = flattened(query)
    assert combined(flat, ANSWERS.__getitem__, DOCUMENTS) == combined(query, ANSWERS.__getitem__, DOCUMENTS)
    assert flattened(flat) == flat


def test_structured_conditions_joined_by_and_go_to_the_store_alone() -> None:
    found = plan(parse("电池 AND APD>=2015 AND (IPC=H01M OR LS=有效)"))
    assert found.text == Term("text", "电池")
    assert isinstance(found.within, And)
    assert found.chosen == ()


def test_structured_conditions_beside_text_under_or_are_chosen_together() -> None:
    found = plan(parse("电池 OR IPC=H01M OR LS=有效"))
    assert found.within is None
    assert found.text == Or((Term("text", "电池"), Chosen(0)))
    assert found.chosen == (Or((ClassUnder("ipc", "H01M"), Status("in_force"))),)


# ---- reading and writing back

words = st.text("甲乙丙abcXYZ019", min_size=2, max_size=6).filter(
    lambda w: w.casefold() not in ("and", "or", "not")
)
scopes = st.sampled_from(["title", "abstract", "claims", "first_claim", "description", "text"])
days = st.dates(date(1790, 1, 1), date(2100, 12, 31))
symbols = st.sampled_from(["H", "H01", "H01M", "H01M10", "H01M10/0525"])


@st.composite
def nears(draw: st.DrawFn) -> Near:
    scope = draw(scopes)
    sides = [
        draw(st.one_of(words.map(lambda w: Term(scope, w)), words.map(lambda w: Phrase(scope, w))))
        for _ in "ab"
    ]
    return Near(scope, sides[0], sides[1], draw(st.integers(0, 99)), draw(st.booleans()))


leaf = st.one_of(
    st.builds(Term, scopes, words),
    st.builds(Phrase, scopes, st.lists(words, min_size=1, max_size=3).map(" ".join)),
    st.builds(Wildcard, scopes, words.map(lambda w: f"{w}*")),
    nears(),
    st.tuples(days, days).map(lambda d: Within("filing_date", min(d), max(d))),
    days.map(lambda d: Within("publication_date", None, d)),
    st.integers(0, 999).map(lambda n: Within("cited", float(n), None)),
    st.builds(ClassUnder, st.sampled_from(["ipc", "cpc"]), symbols),
    symbols.map(lambda s: ClassUnder("ipc", s, main=True)),
    st.just(ClassRange("ipc", "H01M4/02", "H01M10")),
    st.builds(Equals, st.just("ipc"), st.sampled_from(["H01M10/00", "H01M10/0525"])),
    st.builds(Name, st.sampled_from(["applicant", "filer", "holder", "inventor", "address"]), words),
    words.map(Organisation),
    st.just(Number("CN101551481B")),
    st.sampled_from([Place("450300"), Industry("39"), Industry("C"), Status("lapsed")]),
    st.sampled_from([Equals("kind", "design"), Equals("pledged", "false")]),
    st.sampled_from([Equals("emerging", "5.2"), Equals("zone", "高新")]),
)  # fmt: skip


@settings(max_examples=40)
@given(trees(leaf))
def test_a_query_written_back_reads_the_same(query: Query) -> None:
    assert flattened(parse(unparse(query), style="own")) == flattened(query)


PIECES = r"""甲 电池 AND or not 与 非 ( ) （ ） " “ ” ' * ? - + & | , ， 、 ; = : ： < > ≥ != [ ] .. TO TI TI= IPC=
H01M10/05 APD= 2015 20150230 NEAR/3 PRE/ W/99 $W2 (2w) (s) TAC: ANCS: tiab= pd<= 发明名称= SET=x REGION= 桂林
申请（专利权）人= NO= CN1 LS=1 😀 # % $ (a+)+ PA= KIND= AGE> -3 é ß İ ﬁ ٣ ² TREE@ _ \ 20150101<= FIELD=1"""
pieces = st.sampled_from([*PIECES.split(), " ", "[2015 TO 2016]", "\u200b", "\x00", "\n", "a" * 40, "9" * 30])
joined = st.one_of(st.lists(pieces, max_size=25).map("".join), st.lists(pieces, max_size=15).map(" ".join))


@settings(max_examples=40)
@given(st.one_of(st.text(max_size=60), joined))
def test_reading_gives_a_query_that_can_be_written_back_or_a_syntax_error(text: str) -> None:
    try:
        query = parse(text, {"x": "电池"})
    except QuerySyntaxError as raised:
        error = str(raised)
    else:
        error = ""
        assert flattened(parse(unparse(query), {"x": "电池"}, style="own")) == flattened(query)
    assert not error or "说明" in error


@settings(max_examples=40)
@given(joined, st.sampled_from(["patsnap", "incopat", "office"]))
def test_no_style_fails_but_with_a_syntax_error(text: str, style: str) -> None:
    try:
        query = parse(text, {"x": "电池"}, style=style)
    except QuerySyntaxError:
        return
    assert flattened(parse(unparse(query), {"x": "电池"}, style="own")) == flattened(query)


@pytest.mark.slow
@settings(max_examples=4_000)
@given(st.one_of(st.text(max_size=200), joined), st.sampled_from(["", "own", "patsnap", "incopat", "office"]))
def test_four_thousand_odd_queries_are_read_or_refused(text: str, style: str) -> None:
    try:
        query = parse(text, {"x": "电池"}, style=style)
    except QuerySyntaxError:
        return
    assert flattened(parse(unparse(query), {"x": "电池"}, style="own")) == flattened(query)
