# SPDX-License-Identifier: Apache-2.0
"""Words of a text: scripts, widths, stems, pairs."""

from __future__ import annotations

import pytest

from zhihang.methods.segmentation import fold, is_wide, pairs, printable, segmenter_with, words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("電動車輛", "电动车辆"),
        ("ＬＥＤ燈", "led灯"),
        ("Ｈ２Ｏ", "h2o"),
        ("LiFePO₄", "lifepo4"),
        ("", ""),
        ("ABC", "abc"),
        ("⑤号", "5号"),
    ],
)
def test_script_width_and_case_are_set_aside(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_folding_twice_changes_nothing() -> None:
    for text in ("電動車輛 ＬＥＤ", "Ünïcode ﬁ", "㎡ ⅷ"):
        assert fold(fold(text)) == fold(text)


def test_traditional_and_simplified_texts_have_the_same_words() -> None:
    assert words("鋰離子電池") == words("锂离子电池") == ["锂离子", "电池"]


def test_english_words_are_stems_without_stop_words() -> None:
    assert words("The batteries, wherein said battery is charged") == ["batteri", "batteri", "charg"]


def test_a_text_of_both_languages_keeps_its_order() -> None:
    assert words("石墨 graphene sheets 电池") == ["石墨", "graphen", "sheet", "电池"]


def test_a_learned_word_is_one_word() -> None:
    text = "磷酸铁锂正极"
    assert "磷酸铁锂" not in words(text)
    assert words(text, segmenter_with({"磷酸铁锂": 20})) == ["磷酸铁锂", "正极"]


def test_learning_a_word_for_one_segmenter_leaves_the_others_alone() -> None:
    segmenter_with({"磷酸铁锂": 20})
    assert "磷酸铁锂" not in words("磷酸铁锂正极")


def test_the_same_text_has_the_same_words_every_time() -> None:
    text = "一种基于卷积神经网络的甘蔗病虫害识别方法" * 20
    assert len({tuple(words(text)) for _ in range(5)}) == 1


@pytest.mark.parametrize("text", ["", " ", "。，！", "\x00\x07", "\ud800", "😀😀", "a", "-" * 10_000])
def test_texts_without_words_have_none(text: str) -> None:
    assert words(text) == []


def test_pairs_overlap_and_stop_at_other_scripts() -> None:
    assert pairs("采用5g通信。锂") == ["采用", "用$", "5g", "通信", "信$", "锂$"]
    assert pairs("电池组") == ["电池", "池组", "组$"]


def test_wide_scripts_are_told_from_others() -> None:
    assert is_wide("a电")
    assert is_wide("カメラ")
    assert not is_wide("résumé 5°")


def test_what_no_index_can_take_becomes_blank() -> None:
    assert printable("a\x00b\ud800c") == "a b c"
