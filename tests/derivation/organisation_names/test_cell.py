# SPDX-License-Identifier: Apache-2.0
"""Cells with several applicants are taken apart, names with commas and blanks are not."""

from __future__ import annotations

import pytest

from zhihang.derivation.organisation_names.cell import split_cell, split_cells
from zhihang.derivation.organisation_names.reading import Reader
from zhihang.derivation.organisation_names.vocabulary import vocabulary
from zhihang.facts.codelist import CodeLists

WORDS = vocabulary(CodeLists())
READER = Reader.of(WORDS)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("甲市机械厂;乙市大学", ["甲市机械厂", "乙市大学"]),
        ("甲市机械厂；王小明", ["甲市机械厂", "王小明"]),
        ("甲市机械厂 | 乙市大学", ["甲市机械厂", "乙市大学"]),
        ("桂林某某机械厂、桂林师范大学", ["桂林某某机械厂", "桂林师范大学"]),
        ("桂林某某机械厂，王小明", ["桂林某某机械厂", "王小明"]),
        ("桂林某某机械有限公司 桂林师范大学", ["桂林某某机械有限公司", "桂林师范大学"]),
        ("甲市机械厂;甲市机械厂", ["甲市机械厂"]),
        ("桂林电子科技大 学", ["桂林电子科技大 学"]),
        ("王 小明", ["王 小明"]),
        ("Huawei Technologies Co., Ltd.", ["Huawei Technologies Co., Ltd."]),
        ("Smith, John", ["Smith, John"]),
        ("某市医院(某学院附属医院、某红十字医院)", ["某市医院(某学院附属医院、某红十字医院)"]),
        (";;", [";;"]),
    ],
)
def test_cells(cell, names):
    assert split_cell(cell, READER) == names


def test_parts_are_numbered_from_one():
    rows = split_cells(["甲市机械厂;乙市大学", "丙市机械厂"], WORDS).to_pylist()
    assert [(row["part"], row["name"]) for row in rows] == [
        (1, "甲市机械厂"),
        (2, "乙市大学"),
        (1, "丙市机械厂"),
    ]
