# SPDX-License-Identifier: Apache-2.0
"""A digest as its reader gets it: patents and events apart, in the reader's language and its punctuation."""

from __future__ import annotations

from datetime import date
from typing import Any

from zhihang.reporting.document import Heading
from zhihang.reporting.push_letter import PushDigest, document_of, feed_of, page_of, text_of

RECORD: dict[str, Any] = {
    "key": "CN1",
    "kind": "record",
    "title": "隔膜<b>",
    "publication_id": "CN111A",
    "applicants": ["甲公司", "乙公司"],
    "day": "2020-06-10",
    "reasons": [{"matcher": "classes", "label": "分类相同", "by": ["H01M", "H01M10"]}],
}
EVENT: dict[str, Any] = {
    "key": "lapse:CN2",
    "kind": "event",
    "label": "权利终止",
    "title": "《杯》因未缴年费终止",
    "applicants": ["本单位"],
    "day": "2020-06-12",
}


def digest(language: Any = "zh") -> PushDigest:
    return PushDigest("蓝天", date(2020, 6, 14), [RECORD, EVENT], language, "https://ip.example/push/x")


def test_patents_and_events_stand_under_their_own_headings() -> None:
    text = text_of(digest())
    assert (
        text.index("【相关新公开专利】") < text.index("隔膜") < text.index("【动态】") < text.index("《杯》")
    )
    assert [block.text for block in document_of(digest()).blocks if isinstance(block, Heading)] == [
        "相关新公开专利",
        "动态",
    ]
    page = page_of(digest())
    assert page.count("<h2") == 2
    assert "隔膜&lt;b&gt;（CN111A）" in page


def test_an_event_has_no_applicant_and_is_not_published() -> None:
    told = text_of(digest()).split("【动态】")[1]
    assert "涉及：本单位" in told
    assert "日期：2020-06-12" in told
    assert "申请人" not in told
    assert "公开日" not in told
    assert "申请人：甲公司；乙公司" in text_of(digest())


def test_an_english_letter_has_english_signs() -> None:
    text = text_of(digest("en"))
    for part in (
        "Applicants: 甲公司; 乙公司",
        "Published: 2020-06-10",
        "(H01M, H01M10)",
        "Concerns: 本单位",
        "(CN111A)",
    ):
        assert part in text
    assert "（" not in text
    assert "隔膜&lt;b&gt; (CN111A)" in feed_of("x", "", [(date(2020, 6, 14), RECORD)], "en").decode()
