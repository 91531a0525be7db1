# SPDX-License-Identifier: Apache-2.0
"""Tests of names in two languages."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label


def test_a_label_has_both_languages():
    label = Label.from_mapping({"zh": "申请日", "en": "Filing date"})
    assert (label.in_language("zh"), label.in_language("en")) == ("申请日", "Filing date")
    assert str(label) == "申请日 (Filing date)"


@pytest.mark.parametrize(
    "given", [{"zh": "申请日"}, {"zh": "申请日", "en": " "}, {}, {"zh": "日", "en": "day", "fr": "jour"}]
)
def test_half_a_label_is_refused(given):
    with pytest.raises(DefinitionError) as caught:
        Label.from_mapping(given)
    assert "what to do" in str(caught.value)
