# SPDX-License-Identifier: Apache-2.0
"""Tests of the marks by which sources say that there is nothing."""

from __future__ import annotations

import pyarrow as pa

from zhihang.terms.missing import as_missing, as_text


def test_marks_become_nulls_and_all_else_is_trimmed():
    texts = pa.array(["", " - ", "NA", "n/a", "NULL", "None", "无", "\u3000", "无锡", " a-b ", None])
    assert as_missing(texts).to_pylist() == [None] * 8 + ["无锡", "a-b", None]


def test_any_array_is_taken():
    assert as_missing(pa.chunked_array([["a"], [None]])).to_pylist() == ["a", None]
    assert as_missing(pa.array(["a", "-", "a"]).dictionary_encode()).to_pylist() == ["a", None, "a"]
    assert as_text(pa.array([1, None])).to_pylist() == ["1", None]
    assert as_text(pa.nulls(2)).to_pylist() == [None, None]
