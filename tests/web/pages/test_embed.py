# SPDX-License-Identifier: Apache-2.0
"""Charts for other sites: only open data without an account, only in the frames of the sites that are named."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest

ASKED = "indicator=invention_filings&basis=published&from=2010&to=2017&region=450300"


def test_only_the_sites_of_the_settings_may_frame_it(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = signed_in("office")
    assert (
        "frame-ancestors 'self';" in office.get(f"/embed/?{ASKED}").headers["Content-Security-Policy"] + ";"
    )
    monkeypatch.setenv("ZHIHANG_WEB_FRAME_ANCESTORS", "https://www.example.cn,https://b.example.cn")
    policy = office.get(f"/embed/?{ASKED}").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://www.example.cn https://b.example.cn" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in office.get("/plans/").headers["Content-Security-Policy"]


def test_without_an_account_only_open_data_is_embedded(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get(f"/embed/?{ASKED}").status_code == 302
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_DATA", "true")
    assert client.get(f"/embed/?{ASKED}").status_code == 403
    monkeypatch.setenv("ZHIHANG_WEB_OPEN_INDICATORS", "invention_filings")
    answered = client.get(f"/embed/?{ASKED}")
    assert answered.status_code == 200
    assert "<table" in answered.content.decode()
    assert client.get("/embed/?indicator=invention_grants&region=450300").status_code == 403


def test_figures_are_taken_away_as_parquet(signed_in: Callable[..., Any]) -> None:
    answered = signed_in("office").get(f"/indicators/measure/?{ASKED}&form=parquet")
    table = pq.read_table(io.BytesIO(answered.content))
    assert table.num_rows == 8
    assert str(table.schema.field("value").type) in ("double", "int64")


def test_an_english_page_names_indicator_and_place_in_english(signed_in: Callable[..., Any]) -> None:
    shown = signed_in("office").get(f"/indicators/measure/?{ASKED}&lang=en").content.decode()
    main = shown[shown.index("<main") :]
    assert "Guilin" in main
    assert "桂林市" not in main
    assert "发明专利申请量" not in main
