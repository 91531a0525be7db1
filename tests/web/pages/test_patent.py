# SPDX-License-Identifier: Apache-2.0
"""The record page: texts with markup, claims, what is not derived, origin of each value, similar records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.web.pages.conftest import check

NUMBER = f"CN201910000001.{check('201910000001')}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_record_is_shown_with_markup_as_text(
    signed_in: Callable[..., Any], patents: Path, settled: Callable[..., Any], language: str
) -> None:
    told = settled(signed_in("county"), f"/patents/{NUMBER}/?lang={language}").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "<script>alert" not in told
    assert "<img" not in told
    assert "桂" * 60 in told
    assert "H01M10/0525" in told
    assert ("尚未推算" if language == "zh" else "not derived yet") in told


def test_each_value_tells_file_and_line(
    signed_in: Callable[..., Any], patents: Path, settled: Callable[..., Any]
) -> None:
    told = settled(signed_in("county"), f"/patents/{NUMBER}/origin/").content.decode()
    assert "records.csv:2" in told
    assert "<script>alert" not in told


def test_similar_records_say_why(
    signed_in: Callable[..., Any], patents: Path, settled: Callable[..., Any]
) -> None:
    told = settled(signed_in("county"), f"/patents/{NUMBER}/similar/").content.decode()
    assert "电池" in told
    assert "<strong>文本</strong>" in told


def test_a_number_that_is_none_is_not_found(
    signed_in: Callable[..., Any], patents: Path, settled: Callable[..., Any]
) -> None:
    for address in ("/patents/CN1/", "/patents/CN1/origin/", "/patents/CN1/similar/"):
        assert settled(signed_in("county"), address).status_code == 404


def test_the_line_of_life_has_a_bar_for_each_state_and_a_mark_for_the_day() -> None:
    from zhihang.web.life_line import life_line

    def state(name: str, begin: str, end: str | None) -> dict[str, Any]:
        return {"state": name, "state_said": {"zh": name, "en": name}, "valid_from": begin, "valid_to": end}

    states = [state("pending", "2010-01-01", "2012-01-01"), state("in_force", "2012-01-01", None)]
    line = life_line(states, [], date(2014, 1, 1), "zh")
    assert line is not None
    # Four years on 944 units after a margin of 8: the first two years take 730 of 1461 days.
    assert [bar["x"] for bar in line["bars"]] == [8.0, 479.7]
    assert line["today"] == 952.0
    assert [tick["year"] for tick in line["ticks"]] == [2011, 2012, 2013, 2014]
    assert life_line([], [], date(2014, 1, 1), "zh") is None


def test_claims_stand_below_the_one_they_refer_to() -> None:
    from zhihang.reporting.dossier import _claims

    def row(number: str, on: str | None) -> dict[str, Any]:
        return {"publication_id": "CN1A", "number": number, "language": "zh", "depends_on": on, "text": "t"}

    top = _claims(
        [row("10", "9"), row("1", None), row("2", "1"), row("9", None), row("3", "1,2"), row("4", "4")]
    )
    assert [(one["number"], [below["number"] for below in one["below"]]) for one in top] == [
        (1, [2, 3]),
        (4, []),
        (9, [10]),
    ]
