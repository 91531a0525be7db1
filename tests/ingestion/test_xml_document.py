# SPDX-License-Identifier: Apache-2.0
"""Tests of reading one XML document: strictly where it is well-formed, mended where it is not, harmless always."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from zhihang.ingestion import xml_document
from zhihang.ingestion.xml_document import Unreadable, line_of, read_document, without_namespaces
from zhihang.ingestion.xml_mending import mend


def text(data: bytes) -> str:
    return "".join(map(str, read_document(data).root.itertext()))


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        (b"<a>R&D</a>", "R&D"),
        (b"<a>1 < 2 & 3 > 2</a>", "1 < 2 & 3 > 2"),
        (b"<a><h><First Embodiment</h>and on</a>", "<First Embodimentand on"),
        (b"<a>x <y> z</a>", "x <y> z"),
        (b"<a><p>one<p>two</p></a>", "onetwo"),
        (b"<a>no start</b></a>", "no start</b>"),
        (b"<a>nul\x00 and &#0;</a>", "nul and \ufffd"),
        (b"<a>&unheard; &mdash; &SACUTE;</a>", "&unheard; — Ś"),
        (b"<a><![CDATA[1 < 2]]> <!-- <gone> --></a>", "1 < 2 "),
        (b"<p:a>prefix</p:a>", "prefix"),
    ],
)
def test_no_text_around_damage_is_lost(damaged, whole):
    assert text(damaged) == whole


def test_what_was_mended_is_told_and_characters_named_as_usual_are_no_damage():
    assert read_document(b"<a>R&D &lt; <1</a>").mended == "'&' escaped (1); '<' that opens no tag escaped (1)"
    assert read_document(b"<a>&mdash;&alpha;</a>").mended is None
    assert read_document(b"<a>fine</a>").mended is None


def test_what_cannot_be_mended_precisely_is_recovered_and_told():
    told = read_document(b'<a x="1" x="2">text</a>').mended
    assert told is not None
    assert told.startswith("read with recovery")


@pytest.mark.parametrize("data", [b"", b"   ", b"plain text", b"<a><b>", b"<!DOCTYPE a [<a></a>"])
def test_what_is_no_whole_document_is_unreadable(data):
    with pytest.raises(Unreadable):
        read_document(data)


def test_entities_of_the_document_and_files_it_names_stay_names():
    bomb = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><a x="&c;">&c;&d;</a>'
    assert text(bomb) == "&c;&d;"


def test_a_wrong_or_unknown_encoding_label_gives_way_to_what_the_bytes_look_like():
    assert text('<?xml version="1.0" encoding="utf-8"?><a>Müller</a>'.encode("cp1252")) == "Müller"
    assert text('<?xml version="1.0" encoding="no-such"?><a>Müller</a>'.encode()) == "Müller"
    assert text('<?xml version="1.0" encoding="UTF-16"?><a>专利</a>'.encode("utf-16")) == "专利"


def test_lines_stay_those_of_the_file():
    document = read_document(b'<?xml version="1.0"?>\n<!DOCTYPE a\n  SYSTEM "a.dtd">\n<a>\n<b>&</b></a>')
    assert [line_of(element) for element in document.root.iter()] == [4, 5]


def test_a_document_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(xml_document, "MAX_DOCUMENT", 10)
    with pytest.raises(Unreadable, match="larger"):
        read_document(b"<a>more than ten</a>")


@pytest.mark.parametrize(
    "unit", [b"<!--", b"<a", b"<a ", b"&", b"<![CDATA[", b"<a><b>", b"</a>", b'<a x="', b"<!DOCTYPE a ["]
)
def test_hostile_repetition_takes_time_in_proportion_to_its_length(unit):
    start = time.process_time()
    with pytest.raises(Unreadable):
        read_document(b"<x>" + unit * (200_000 // len(unit)))
    assert time.process_time() - start < 10


def test_names_lose_their_namespace_whatever_the_prefix():
    root = without_namespaces(read_document(b'<p:a xmlns:p="u"><p:b/><c xmlns="v"/></p:a>').root)
    assert [element.tag for element in root.iter()] == ["a", "b", "c"]


@given(st.text("<>/&;!-?[]='\" ab#x1\n\x00", max_size=60))
def test_any_characters_between_two_tags_are_readable_or_clearly_not(content):
    try:
        document = read_document(f"<a>{content}</a>".encode())
    except Unreadable:
        return
    assert document.root.tag == "a"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&<>\ufffe\uffff"), max_size=60)
)
def test_mending_leaves_well_formed_text_as_it_is(content):
    mended = mend(f'<a x="1"><b>{content}</b></a>')
    assert (mended.text, mended.notes) == (f'<a x="1"><b>{content}</b></a>', ())
    assert etree.fromstring(mended.text.encode())[0].text == (content.replace("\r", "\n") or None)
