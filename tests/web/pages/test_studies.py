# SPDX-License-Identifier: Apache-2.0
"""Studies: made, labelled one by one and together, mapped, decided on by one at a time, computed as one job."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

NAME = "试验"
HERE = f"/studies/of/{NAME}/"
RESULT: dict[str, Any] = {
    "made_on": "2017-06-01",
    "cutoff": "2017-05-31",
    "findings": [{"key": "a", "section": "direction", "text": "增长<b>快</b>", "figures": [], "evidence": ["CN1"]}],
    "limits": [{"section": "corpus", "text": "没有标注"}],
    "corpus": {
        "level": "family",
        "reference": "本库",
        "patents": [{"number": f"CN{i}", "title": f"<i>题{i}</i>", "holders": ["甲"]} for i in range(4)],
    },
    "direction": {
        "roadmaps": [{"refused": "no_citations", "spots": [], "links": [], "remarks": []}],
        "topics": {
            "refused": "",
            "topics": [
                {"number": 7, "size": 3, "words_zh": ["电池"], "words_en": []}
                | {"typical": ["CN1"], "recent": 1, "direction": "rising"}
            ],
            "points": [
                {"number": f"CN{i}", "x": i, "y": i, "topic": 7 if i else -1, "year": 2010 + i}
                for i in range(4)
            ],
        },
    },
    "path": {
        "recommendations": [
            {"key": "enter:A", "title": "进入A", "text": "理由", "owner": "市科技局（拟）", "due": "", "status": "draft"}
            | {"note": "", "confidence": "high", "why_confidence": "4件", "evidence": ["CN1"], "kind": "enter"}
        ]
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def study(office: Path) -> Iterator[Path]:
    """A study of the office's own that was run once."""
    from zhihang.web.studying import folder_of
    from zhihang.workspace import open_workspace

    made = open_workspace(office).studies.new(NAME, query="TI=电池", region="450300", question="往哪里去")
    folder = folder_of(NAME)
    folder.mkdir(parents=True)
    (folder / f"{NAME}.json").write_text(json.dumps(RESULT, ensure_ascii=False), "utf-8")
    (folder / f"{NAME}.docx").write_bytes(b"docx")
    yield made
    shutil.rmtree(office / "studies", ignore_errors=True)
    shutil.rmtree(office / "web" / "papers", ignore_errors=True)


def test_a_study_says_what_was_found_on_what_and_what_cannot_be_said(signed_in: Callable[..., Any]) -> None:
    client = signed_in("analyst")
    assert NAME in client.get("/studies/").content.decode()
    text = client.get(HERE).content.decode()
    assert "1 条结论、1 条建议" in text
    assert "增长&lt;b&gt;快&lt;/b&gt;" in text
    assert "不能给出主路径" in text
    assert "没有标注" in text
    taken = client.get(HERE, {"file": f"{NAME}.docx"})
    assert b"".join(taken.streaming_content) == b"docx"
    assert client.get(HERE, {"file": "../../web.sqlite3"}).status_code == 404
    assert client.get("/studies/of/none/").status_code == 404


def test_the_roadmap_of_a_study_is_drawn_and_says_its_unit_in_both_languages(
    signed_in: Callable[..., Any],
) -> None:
    from zhihang.web.studying import folder_of

    spot: dict[str, Any] = {
        "number": "CN1",
        "title": "题",
        "holder": "甲",
        "year": None,
        "nodes": [],
        "x": 0.0,
        "lane": 0,
    }
    later = spot | {"number": "CN2", "x": 1.0}
    road: dict[str, Any] = {"refused": "", "spots": [spot, later], "remarks": ["自引1条。"]}
    road["links"] = [{"from": "CN1", "to": "CN2", "weight": 1}]
    found = RESULT | {"direction": RESULT["direction"] | {"roadmaps": [road]}}
    (folder_of(NAME) / f"{NAME}.json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    client = signed_in("analyst")
    text = client.get(HERE).content.decode()
    assert "主路径上的 2 件文献" in text
    assert "引证路径数 · 年份不详" in text
    assert "自引1条。" in text
    assert "The 2 documents of the main path" in client.get(HERE, {"lang": "en"}).content.decode()


def test_a_new_study_keeps_what_was_typed_when_its_query_cannot_be_read(
    signed_in: Callable[..., Any], office: Path
) -> None:
    client = signed_in("analyst")
    wrong = client.post("/studies/", {"name": "新的", "query": "TI=(", "region": "450300", "question": "问"})
    assert wrong.status_code == 200
    assert "fault-box" in wrong.content.decode()
    assert 'value="新的"' in wrong.content.decode()
    again = client.post("/studies/", {"name": NAME, "query": "TI=电池", "region": "450300"})
    assert "fault-box" in again.content.decode(), "a name that is taken"
    assert (
        client.post("/studies/", {"name": "新的", "query": "TI=电池", "region": "450300"}).status_code == 302
    )
    assert (office / "studies" / "新的.yaml").exists()
    assert signed_in("county").post("/studies/", {"name": "县", "query": "TI=x"}).status_code == 403


def test_computing_is_one_job_however_often_it_is_asked_for(signed_in: Callable[..., Any]) -> None:
    client = signed_in("analyst")
    assert client.post(HERE).url == client.post(HERE).url
    assert signed_in("auditor").post(HERE).status_code == 403


def test_patents_are_labelled_one_by_one_and_the_last_can_be_mended(
    signed_in: Callable[..., Any], office: Path
) -> None:
    from zhihang.web.jobs.models import Job
    from zhihang.web.studying import write_queue

    asked = {
        "text": "一种<b>电池</b>",
        "holders": ["甲"],
        "year": 2015,
        "nodes": ["A"],
        "sample": "retrieved",
    }
    write_queue(NAME, [{"number": f"CN20151000000{i}", "title": f"题{i}", **asked} for i in range(3)])
    client = signed_in("analyst")
    text = client.get(f"{HERE}tag/").content.decode()
    assert "队列中还有 3 件" in text
    assert "一种&lt;b&gt;电池" in text
    first = {"number": "CN201510000000"}
    assert client.post(f"{HERE}tag/", {**first, "what": "keep", "node": ["A"]}).status_code == 302
    assert client.post(f"{HERE}tag/", {"number": "CN201510000001", "what": "noise"}).status_code == 302
    assert Job.objects.filter(verb="choose_to_tag").count() == 1, (
        "the next are chosen while there are some left"
    )
    labels = (office / "studies" / NAME / "labels.csv").read_text("utf-8-sig")
    assert re.search(r"A,retrieved", labels)
    assert re.search(r"noise,retrieved", labels)
    text = client.get(f"{HERE}tag/").content.decode()
    assert "已标引 2 件，队列中还有 1 件" in text
    assert "number=CN201510000001" in text
    assert client.post(f"{HERE}tag/", {"number": "CN201510000001", "what": "in"}).status_code == 302
    wrong = client.post(f"{HERE}tag/", {"number": "CN201510000002", "what": "keep", "node": ["Z9"]})
    assert "fault-box" in wrong.content.decode()
    assert client.get(f"{HERE}tag/?number=CN9").status_code == 404
    assert signed_in("county").get(f"{HERE}tag/").status_code == 403


def test_the_map_is_a_table_too_and_what_is_chosen_is_labelled_together(
    signed_in: Callable[..., Any], office: Path
) -> None:
    client = signed_in("analyst")
    text = client.get(f"{HERE}map/").content.decode()
    assert "4 件专利按文字相近聚成 1 组，最大一组是“电池”" in text
    assert "<i>题" not in text
    listed = client.get(f"{HERE}map/?group=0").content.decode()
    assert "&lt;i&gt;题1&lt;/i&gt;" in listed
    many = {"number": ["CN201510000001", "CN201510000002"], "node": "A", "what": "keep"}
    assert client.post(f"{HERE}tag/", many).status_code == 302
    assert (office / "studies" / NAME / "labels.csv").read_text("utf-8-sig").count(",A,") == 2


def _decide(client: Any, over: str, **said: str) -> Any:
    return client.post(
        f"{HERE}board/", {"key": "enter:A", "over": over, "owner": "市科技局", "status": "accepted", **said}
    )


def _over(text: str) -> str:
    found = re.search(r'name="over" value="(\w+)"', text)
    assert found
    return found[1]


def test_a_recommendation_gets_owner_and_date_in_the_studys_own_file_whose_comments_stay(
    signed_in: Callable[..., Any], study: Path
) -> None:
    client, other = signed_in("analyst"), signed_in("office")
    before = study.read_text("utf-8")
    seen = _over(client.get(f"{HERE}board/").content.decode())
    assert _decide(client, seen, due="2016-12-31").status_code == 302
    written = study.read_text("utf-8")
    assert "2016-12-31" in written
    kept = [line for line in before.splitlines() if line.startswith("#") or "技术分解表" in line]
    assert all(line in written for line in kept)
    text = client.get(f"{HERE}board/").content.decode()
    assert "1 条建议，1 条已逾期" in text
    clash = _decide(other, seen, owner="市工信局").content.decode()
    assert "已被他人修改" in clash
    assert "市工信局" in clash
    assert "市工信局" not in study.read_text("utf-8")
    assert _decide(other, _over(clash), owner="市工信局").status_code == 302
    assert "市工信局" in study.read_text("utf-8")
    assert study.read_text("utf-8").count("recommendations:") == 1
    for wrong in ({"status": "unknown"}, {"due": "someday"}):
        refused = _decide(other, _over(other.get(f"{HERE}board/").content.decode()), **wrong)
        assert "fault-box" in refused.content.decode()


def test_examples_of_the_package_are_not_changed(signed_in: Callable[..., Any]) -> None:
    client = signed_in("analyst")
    answered = client.post("/studies/of/drones/board/", {"key": "x", "over": "", "status": "done"})
    assert "示例研究不能修改" in answered.content.decode()


def test_in_the_browser_years_slide_a_lasso_lists_what_lies_inside_and_keys_label(
    browsing: Callable[..., Any],
) -> None:
    from zhihang.web.studying import write_queue

    page = browsing("analyst")
    page.goto(f"{HERE}map/")
    page.wait_for_selector(".map canvas")
    assert page.inner_text("[data-years] output") == "2013 年，4 件"
    page.fill("#m-year", "2011")
    assert page.inner_text("[data-years] output") == "2011 年，2 件"
    page.fill("#m-year", "2013")
    page.click("[data-brush=rect]")
    box = page.locator(".map .drawing").bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 16)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100, steps=4)
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] - 80, steps=4)
    page.mouse.up()
    page.wait_for_selector("[data-chosen]:not([hidden])")
    assert "已圈选" in page.inner_text("[data-count]")
    asked = {"text": "t", "holders": [], "year": 2015, "nodes": [], "sample": "asked"}
    write_queue(NAME, [{"number": f"CN20151000000{i}", "title": f"题{i}", **asked} for i in range(9)])
    page.goto(f"{HERE}tag/")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=队列中还有 8 件")
    page.keyboard.press("x")
    page.wait_for_selector("text=队列中还有 7 件")
