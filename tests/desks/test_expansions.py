# SPDX-License-Identifier: Apache-2.0
"""Growing a corpus from seeds: numbers in any spelling, and what is asked to be labelled."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from zhihang.desks.expansions import ExpansionsDesk, _mixed, _spellings
from zhihang.errors import NotFound


def test_a_number_is_known_in_the_spelling_of_its_source_and_of_the_store() -> None:
    assert _spellings(["US-2012212350-A1", "CN 101551481 B"]) == [
        {"US2012212350A1", "US20120212350A1"},
        {"CN101551481B"},
    ]


def test_every_fourth_to_be_labelled_is_one_that_no_way_found() -> None:
    candidates, strangers = [f"c{n}" for n in range(6)], ["s0", "s1"]
    assert _mixed(candidates, strangers, 8) == ["c0", "c1", "c2", "s0", "c3", "c4", "c5", "s1"]
    assert _mixed(candidates, strangers, 3) == ["c0", "c1", "c2"]


def test_an_unknown_way_names_those_there_are() -> None:
    with pytest.raises(NotFound) as caught:
        ExpansionsDesk(SimpleNamespace()).grow(Path("seeds.csv"), ways=["classes"])
    assert "class" in str(caught.value.facts)
