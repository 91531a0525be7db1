# SPDX-License-Identifier: Apache-2.0
"""Tests of folding to half width and of undoing mojibake."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from zhihang.terms.text_repair import to_half_width, undo_mac_roman, undo_utf8_as_latin1, was_encoded_twice


def test_full_width_letters_digits_and_signs_are_folded_and_chinese_stays():
    texts = pa.array(["ＣＮ２０１３．Ｘ（Ａ）", "申请号：１", "a\u3000b", "2013—01", None, "plain"])
    assert to_half_width(texts).to_pylist() == ["CN2013.X(A)", "申请号:1", "a b", "2013-01", None, "plain"]


def test_characters_without_width_go():
    assert to_half_width(pa.array(["\ufeff12\u200b3"])).to_pylist() == ["123"]


@given(st.lists(st.one_of(st.none(), st.text()), max_size=20))
def test_folding_twice_changes_nothing_more(texts):
    once = to_half_width(pa.array(texts, pa.string()))
    assert to_half_width(once).to_pylist() == once.to_pylist()


def test_utf8_taken_for_windows_text_and_saved_on_a_macintosh():
    # U+2002 is E2 80 82 in UTF-8; as CP1252 these bytes read â, € and ‚; Mac Roman writes them 89 DB E2.
    saved = b"PIZZA HUT\x89\xdb\xe2[US]"
    assert undo_mac_roman(saved.decode("mac_roman")) == "PIZZA HUT\u2002[US]"


def test_utf8_taken_for_latin_1():
    assert undo_utf8_as_latin1("CafÃ©") == "Café"
    assert undo_utf8_as_latin1("Müller") is None
    assert undo_utf8_as_latin1("é") is None


@given(st.text(min_size=1))
def test_what_was_taken_for_latin_1_is_undone(text):
    assert undo_utf8_as_latin1(text.encode().decode("latin-1")) in (
        text,
        undo_mac_roman(text.encode().decode("latin-1")),
    )


def test_a_file_is_taken_for_damaged_only_on_good_evidence():
    damaged = "CafÃ© MÃ¼ller GarcÃ­a"
    assert was_encoded_twice(damaged)
    assert not was_encoded_twice("Café Müller García")
    assert not was_encoded_twice("CafÃ© Müller García Peña")
    assert not was_encoded_twice("CafÃ©")
    assert not was_encoded_twice("专利 名称 申请号")
