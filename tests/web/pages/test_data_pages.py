# SPDX-License-Identifier: Apache-2.0
"""Files, quality, review lists and history of the data: what is there, who may change it, what they say when empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_files_and_history_tell_what_was_read_and_when(signed_in: Callable[..., Any]) -> None:
    office = signed_in("office")
    files = office.get("/data/files/").content.decode()
    assert "guilin.csv" in files
    assert "statistics_table" in files
    history = office.get("/data/history/").content.decode()
    assert "数据共变更 1 次" in history
    assert "入库" in history
    one = office.get("/data/files/1/").content.decode()
    assert "全部入库" in one
    assert office.get("/data/files/999/").status_code == 404


def test_a_file_is_removed_only_by_its_name_and_only_by_who_may(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.jobs.models import Job

    office = signed_in("office")
    refused = office.post("/data/files/1/", {"name": "something else"})
    assert "文件名不一致" in refused.content.decode()
    assert signed_in("auditor").post("/data/files/1/", {"name": "x"}).status_code == 403
    assert not Job.objects.filter(verb="remove_file").exists()
    text = office.get("/data/files/1/").content.decode()
    name = re.search(r"<h1>([\w.-]+)", text)[1]  # type: ignore[index]
    assert office.post("/data/files/1/", {"name": name}).status_code == 302
    assert Job.objects.get(verb="remove_file").arguments == {"number": 1}


def test_refused_rows_are_shown_escaped_and_handed_out(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.desks.intake import IntakeDesk

    rows = [
        {
            "line": 3,
            "column_name": "title",
            "value": "<script>x</script>",
            "reason": "too long",
            "scope": "record",
        }
    ]
    monkeypatch.setattr(IntakeDesk, "rejected", lambda *_, **__: rows)
    monkeypatch.setattr(
        IntakeDesk,
        "reasons",
        lambda *_: [{"scope": "record", "column_name": "title", "reason": "too long", "rows": 1}],
    )
    monkeypatch.setattr(
        IntakeDesk, "to_mend", lambda *_: [["名称", "原文件行号", "未入库原因"], ["=1+1", "3", "too long"]]
    )
    office = signed_in("office")
    text = office.get("/data/files/2/").content.decode()
    assert "&lt;script&gt;x" in text
    assert "<script>x" not in text
    handed = office.get("/data/files/2/?mend=csv").content.decode("utf-8-sig")
    assert "'=1+1,3,too long" in handed, "no formula leaves the house"


def test_quality_says_the_answer_first(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web.answers import Answers

    found = [
        {
            "name": "a",
            "severity": "error",
            "zh": "授权早于申请",
            "en": "granted before filed",
            "count": 2,
            "description": "",
            "examples": [{"application_id": "<b>", "line": 1}],
        },
        {
            "name": "b",
            "severity": "info",
            "zh": "无",
            "en": "none",
            "count": 0,
            "description": "",
            "examples": [],
        },
    ]
    usual = Answers.__call__

    def fake(self: Answers, verb: str, *args: Any, **named: Any) -> Any:
        return (
            {"quality": found, "check": []}.get(verb)
            if verb in ("quality", "check")
            else usual(self, verb, *args, **named)
        )

    monkeypatch.setattr(Answers, "__call__", fake)
    text = signed_in("office").get("/data/quality/?lang=zh&x=1").content.decode()
    assert "有 2 处不可能的数据" in text
    assert "&lt;b&gt;" in text
    assert "另有 1 项检查没有发现问题" in text


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web.answers import Answers

    case = {
        "kind": "place",
        "case": "某路1号<i>",
        "found": "",
        "reason": "no division",
        "applications": 7,
        "question": "address: code",
    }
    usual = Answers.__call__

    def fake(self: Answers, verb: str, *args: Any, **named: Any) -> Any:
        if verb == "review.cases":
            return [case]
        return ["patent"] if verb == "stale" else usual(self, verb, *args, **named)

    monkeypatch.setattr(Answers, "__call__", fake)


def test_cases_are_decided_in_the_name_of_who_decides_and_faults_keep_what_was_typed(
    signed_in: Callable[..., Any], doubtful: None, office: Path
) -> None:
    from zhihang.web.audit.models import Entry

    client = signed_in("office")
    text = client.get("/data/review/?kind=place").content.decode()
    assert "1 项待核定，涉及 7 件申请" in text
    assert "某路1号&lt;i&gt;" in text
    said = {
        "kind": "place",
        "case-0": "某路1号<i>",
        "question-0": "address: code",
        "answer-0": "没有这个地方",
    }
    wrong = client.post("/data/review/", said).content.decode()
    assert "fault-box" in wrong
    assert 'value="没有这个地方"' in wrong
    decisions = office / "decisions" / "place.csv"
    try:
        assert client.post("/data/review/", {**said, "answer-0": "450305"}).status_code == 302
        written = decisions.read_text("utf-8-sig")
        assert "450305" in written
        assert "office" in written
    finally:
        decisions.unlink(missing_ok=True)
    assert Entry.objects.first().action == "cases decided"  # type: ignore[union-attr]
    assert signed_in("county").get("/data/review/").status_code == 403


def test_who_decides_on_what_was_decided_meanwhile_is_told_first(
    signed_in: Callable[..., Any], doubtful: None, office: Path
) -> None:
    client, decisions = signed_in("office"), office / "decisions" / "place.csv"
    gone = {
        "kind": "place",
        "case-0": "已核定路2号",
        "question-0": "address: code",
        "answer-0": "450302",
        "because-0": "现场核对",
    }
    try:
        told = client.post("/data/review/", gone)
        assert "已由他人核定" in told.content.decode()
        assert "已核定路2号 → 450302" in told.content.decode()
        assert 'value="现场核对"' in told.content.decode(), "nothing typed is lost"
        assert not decisions.exists()
        assert client.post("/data/review/", {**gone, "over": "1"}).status_code == 302
        assert "450302" in decisions.read_text("utf-8-sig")
    finally:
        decisions.unlink(missing_ok=True)


def test_bringing_up_to_date_twice_is_one_job(signed_in: Callable[..., Any], doubtful: None) -> None:
    client = signed_in("office")
    sent = [client.post("/data/review/", {"kind": "place", "what": "derive"}).url for _ in range(2)]
    assert sent[0] == sent[1]


def test_contradictions_between_published_figures_are_sentences(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web.answers import Answers

    row = {
        "severity": "error", "identity": "parts_and_totals", "indicators": ["grants"], "regions": ["451400"],
        "periods": ["2017"], "message": "崇左市2017：各部分之和与合计不符", "message_en": "Parts do not sum",
        "arithmetic": "113 + 221 = 334", "sources": ["<i>统计</i>"],
    }  # fmt: skip
    told = {"quality": [], "check": [row]}
    monkeypatch.setattr(Answers, "run", lambda _: 1)
    monkeypatch.setattr(Answers, "__call__", lambda _, verb, *args, **named: told.get(verb))
    text = signed_in("office").get("/data/quality/?at=2016-05-04").content.decode()
    assert "崇左市2017：各部分之和与合计不符" in text
    assert "113 + 221 = 334" in text
    assert "&lt;i&gt;统计&lt;/i&gt;" in text
    assert "['grants']" not in text
    assert "parts_and_totals" not in text
