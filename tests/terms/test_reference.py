# SPDX-License-Identifier: Apache-2.0
"""Tests of references to policies, methods and publications of data."""

from __future__ import annotations

import pytest

from zhihang.errors import DefinitionError
from zhihang.terms.reference import Reference


def test_a_reference_is_read_from_and_written_to_its_yaml_form():
    written = {"policy": "gx-ip-action-plan-2015", "clause": "一(二)"}
    reference = Reference.from_mapping(written)
    assert reference == Reference("policy", "gx-ip-action-plan-2015", "一(二)")
    assert reference.to_mapping() == written
    assert str(reference) == "gx-ip-action-plan-2015, 一(二)"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"policy": "a", "data": "b"},
        {"clause": "一"},
        {"policy": "a", "page": "3"},
        {"policy": " "},
    ],
)
def test_a_reference_to_nothing_or_to_two_things_is_refused(given):
    with pytest.raises(DefinitionError):
        Reference.from_mapping(given)


def test_only_known_kinds_are_taken():
    with pytest.raises(DefinitionError, match="rumour"):
        Reference("rumour", "heard of")  # type: ignore[arg-type]
