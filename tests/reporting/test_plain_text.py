# SPDX-License-Identifier: Apache-2.0
"""Texts of strangers are made fit before any writer sees them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.reporting_sample import notice

from zhihang.reporting.plain_text import plain, with_plain_text


@given(st.text())
def test_plain_text_fits_every_format(text: str) -> None:
    made = plain(text)
    made.encode("utf-8")
    assert made == plain(made)
    assert not any(ord(character) < 32 for character in made)


def test_order_of_text_cannot_be_reversed() -> None:
    assert plain("a\u202eb") == "a\ufffdb"


def test_a_sound_document_stays_the_same_object() -> None:
    document = notice()
    assert with_plain_text(document) is document
