# SPDX-License-Identifier: Apache-2.0
"""What persons write down on pages: tasks of a plan, nodes of a breakdown; who saves second is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PLAN = "/plans/guilin-2016-2020/tasks/"
NAME = "分解"
TREE = f"/studies/of/{NAME}/breakdown/"


@pytest.fixture
def no_reports(office: Path) -> Iterator[None]:
    """Forget the reports afterwards."""
    yield
    shutil.rmtree(office / "plans" / "tasks", ignore_errors=True)


@pytest.fixture
def study(office: Path) -> Iterator[Path]:
    """A study of the office's own."""
    from zhihang.workspace import open_workspace

    yield open_workspace(office).studies.new(NAME, query="TI=电池", region="450300", question="往哪里去")
    shutil.rmtree(office / "studies", ignore_errors=True)


def _seen(text: str, of: str) -> str:
    found = re.search(rf'name="(?:task|code)" value="{of}">.*?name="seen" value="([^"]+)"', text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.usefixtures("no_reports")
def test_a_task_is_reported_on_and_who_saves_second_is_told(signed_in: Callable[..., Any]) -> None:
    office, other = signed_in("office"), signed_in("administrator")
    text = office.get(PLAN).content.decode()
    task = re.findall(r'name="task" value="(\w+)"', text)[0]
    seen = _seen(text, task)
    said = {"task": task, "status": "stuck", "due": "2016-06-30", "note": "<b>经费</b>未到位", "seen": seen}
    assert office.post(PLAN, said).status_code == 302
    text = office.get(PLAN).content.decode()
    assert "，1 项已逾期" in text
    assert "&lt;b&gt;经费&lt;/b&gt;未到位" in text
    clash = other.post(PLAN, {**said, "status": "done", "note": "完成"}).content.decode()
    assert "已由他人更新" in clash
    assert 'value="完成"' in clash
    assert other.post(PLAN, {**said, "status": "done", "seen": _seen(clash, task)}).status_code == 302
    assert "历次报送 2 次" in office.get(PLAN).content.decode()
    assert "1 项已完成" in office.get(PLAN).content.decode()


@pytest.mark.usefixtures("no_reports")
def test_a_fault_keeps_what_was_typed_and_counties_only_look(signed_in: Callable[..., Any]) -> None:
    office = signed_in("office")
    text = office.get(PLAN).content.decode()
    task = re.findall(r'name="task" value="(\w+)"', text)[0]
    wrong = {"task": task, "status": "done", "due": "someday", "note": "留住", "seen": _seen(text, task)}
    answered = office.post(PLAN, wrong).content.decode()
    assert "不是日期" in answered
    assert 'value="留住"' in answered
    county = signed_in("county")
    assert county.get(PLAN).status_code == 200
    assert county.post(PLAN, {**wrong, "due": ""}).status_code == 403
    assert "责任单位" in office.get(f"{PLAN}?form=csv").content.decode("utf-8-sig")
    assert signed_in("auditor").get(f"{PLAN}?form=xlsx").status_code == 200
    assert office.get("/plans/none/tasks/").status_code == 404


def test_nodes_are_added_changed_moved_and_deleted_on_a_page(
    signed_in: Callable[..., Any], study: Path
) -> None:
    client = signed_in("analyst")
    text = client.get(f"{TREE}?below=A").content.decode()
    assert "1 个节点，1 级" in text
    seen = re.findall(r'name="seen" value="([^"]+)"', text)[0]
    node = {"code": "A1", "zh": "正极", "parent": "A", "keywords": "正极\n三元、NCM", "seen": seen}
    assert client.post(TREE, {**node, "what": "add"}).status_code == 302
    assert client.post(TREE, {**node, "code": "A2", "zh": "负极", "what": "add"}).status_code == 302
    assert "已有节点 A1" in client.post(TREE, {**node, "what": "add"}).content.decode()
    assert "keywords: [正极, 三元, NCM]" in study.read_text("utf-8")
    assert client.post(TREE, {"code": "A2", "what": "up"}).status_code == 302
    text = client.get(TREE).content.decode()
    assert text.index("A2</span>") < text.index("A1</span>")
    text = client.get(f"{TREE}?node=A1").content.decode()
    held = re.findall(r'name="seen" value="([^"]+)"', text)[0]
    assert client.post(TREE, {**node, "zh": "阴极", "seen": held, "what": "change"}).status_code == 302
    clash = signed_in("office").post(TREE, {**node, "zh": "正极材料", "seen": held, "what": "change"})
    assert "已被他人修改" in clash.content.decode()
    assert 'value="正极材料"' in clash.content.decode()
    assert "阴极" in study.read_text("utf-8")
    unsure = client.post(TREE, {"code": "A2", "confirm": "", "what": "delete"}).content.decode()
    assert "以确认" in unsure
    now = re.findall(r'name="seen" value="([^"]+)"', client.get(f"{TREE}?node=A2").content.decode())[0]
    gone = client.post(TREE, {"code": "A2", "confirm": "A2", "seen": now, "what": "delete"})
    assert gone.status_code == 302
    assert "A2" not in study.read_text("utf-8")


def test_who_may_not_study_only_looks_and_examples_are_copied(
    signed_in: Callable[..., Any], study: Path, office: Path
) -> None:
    auditor = signed_in("auditor")
    assert "增加节点" not in auditor.get(TREE).content.decode()
    assert auditor.post(TREE, {"code": "A", "what": "up"}).status_code == 403
    client = signed_in("analyst")
    example = "/studies/of/drones/breakdown/"
    assert "不能修改" in client.get(example).content.decode()
    assert "示例研究不能修改" in client.post(example, {"code": "A", "what": "up"}).content.decode()
    assert client.post(example, {"name": "我的", "what": "copy"}).status_code == 302
    assert (office / "studies" / "我的.yaml").exists()
    assert client.get(f"{TREE}?node=Z").status_code == 404
    assert client.post(TREE, {"code": "A", "what": "explode"}).status_code == 200
    assert study.exists()
