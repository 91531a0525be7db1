# SPDX-License-Identifier: Apache-2.0
"""Tests of the text of markup: what joins, what breaks a line, what is decoded, and only once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.ingestion.xml_entities import number_entities, unescape
from zhihang.ingestion.xml_text import MarkupText

text = MarkupText(inline="b sub m[a-z]+ img", cells="entry")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (b"<p>H<sub>2</sub>O</p>", "H2O"),
        (b"<p>one</p><p>two</p>", "one\ntwo"),
        (b"<p>one\r\n   two</p>\r\n<p>three</p>", "one two\nthree"),
        (b"<row><entry>a</entry>\n<entry>b</entry></row><row><entry>c</entry></row>", "a b\nc"),
        (b"<p><mi>n</mi><mo>=</mo><mn>2</mn></p>", "n=2"),
        (b"<p>a<unknown>b</unknown>c</p>", "a\nb\nc"),
        (b"<p>bold</p><body>not b</body>", "bold\nnot b"),
        (b"<p>&#x2019; &amp;lt; &lt;b&gt;</p>", "’ &lt; <b>"),
        (b"<p>a<?insert-start id='1'?>b<?insert-end?>c</p>", "abc"),
        (b"<p>a <![CDATA[< b]]><!-- c --></p>", "a < b"),
        (b'<p>a<img alt="x>y"/>b</p>', "ab"),
        (b"<p>x < 3</p>", "x < 3"),
        (b"plain", "plain"),
        (b"", ""),
    ],
)
def test_markup_reads_as_text(markup, expected):
    assert text(markup) == expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_every_text_comes_back(words):
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert text(f"<p>|{escaped}|</p>".encode()) == f"|{words}|"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"&mdash;&lgr;&Dgr;&THgr;", "—λΔΘ"),
        (b"&#150;&#x96;", "––"),  # numbers of Windows characters, as HTML reads them
        (b"&unheard; &; & a&b;", "&unheard; &; & a&b;"),
        (b"&amp;amp;", "&amp;"),
        (b"&#xFFFFFFFFFFFF;", "\ufffd"),
    ],
)
def test_references_read_as_characters(written, read):
    assert unescape(written).decode() == read


def test_a_parser_reads_numbered_references_as_we_do():
    written = b"&mdash;&lgr;&#150;&unheard;&amp;"
    assert unescape(number_entities(written)).decode() == "—λ–&unheard;&"
