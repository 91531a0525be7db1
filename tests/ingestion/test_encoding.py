# SPDX-License-Identifier: Apache-2.0
"""Tests of the encodings told from a text's beginning."""

from __future__ import annotations

import io

import pytest

from zhihang.ingestion import encoding
from zhihang.ingestion.encoding import detect_encoding, detect_stream_encoding, is_wide, utf8_pieces

CHINESE = "申请号,专利名称,申请人\nCN201310012345.6,一种用于检测的装置及方法,桂林某某大学\n"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_chinese_texts_are_told_by_their_bytes(name):
    assert detect_encoding(CHINESE.encode(name)) == name


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_a_character_cut_at_the_end_of_the_sample_is_no_fault(name, cut):
    text = "专利名称" * 50
    assert detect_encoding(text.encode(name)[:-cut]) == name


def test_a_utf8_text_with_a_few_broken_bytes_is_still_utf8():
    broken = ("专利" * 200).encode() + b"\xff\xfe" + ("名称" * 200).encode()
    assert detect_encoding(broken) == "utf-8"


@pytest.mark.parametrize("name", ["cp1252", "mac_roman"])
def test_western_letters_tell_windows_from_macintosh(name):
    text = "Procédé de séchage à l'été; für größere Öfen; señal número uno – “zwölf”"
    assert detect_encoding(text.encode(name)) == name


def test_western_text_is_not_taken_for_chinese():
    # In GB 18030 "é" and the letter after it would be one rare character.
    assert detect_encoding("présenté, gérés, créée, fenêtres".encode("cp1252")) == "cp1252"


def test_nul_bytes_do_not_make_a_text_utf16():
    assert detect_encoding(b"a,b\0\n1,2\n" * 20) == "utf-8"


def test_a_file_that_begins_in_ascii_is_searched_for_its_first_other_character(monkeypatch):
    text = b"US1234567A,pump\n" * 5000 + "CN1A,一种水泵\n".encode("gb18030") * 20
    stream = io.BytesIO(text)
    assert detect_stream_encoding(stream, stream.read(1000)) == "gb18030"
    monkeypatch.setattr(encoding, "BEYOND", 2000)
    stream.seek(0)
    assert detect_stream_encoding(stream, stream.read(2000)) == "utf-8"


def test_wide_texts_are_known_so_that_their_bytes_are_not_taken_for_binary():
    assert is_wide(CHINESE.encode("utf-16"))
    assert is_wide(CHINESE.encode("utf-16-be"))
    assert not is_wide(CHINESE.encode())


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pieces_of_any_size_join_to_the_text_in_utf8(name, size):
    pieces = utf8_pieces(io.BytesIO(CHINESE.encode(name)), name, size)
    assert b"".join(pieces).decode() == CHINESE
