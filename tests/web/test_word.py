# SPDX-License-Identifier: Apache-2.0
"""What the program writes about itself is said in Chinese on Chinese pages: log, runs, evidence, faults, settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_every_action_of_the_log_and_every_setting_has_its_words(office: object) -> None:
    from zhihang.settings import KNOWN_SETTINGS
    from zhihang.web.settings import HERE
    from zhihang.web.word import knows

    source = "\n".join(path.read_text("utf-8") for path in HERE.rglob("*.py"))
    calls = re.findall(r"\brecord\(\s*(?:request|None),\s*((?:f?\"[^\"]+\"|\S+ if .*? else )+)", source)
    actions = {one for call in calls for one in re.findall(r"(?<!f)\"([^\"{]+)\"", call)}
    assert len(actions) > 35
    assert not [one for one in actions if not knows("action", one)]
    assert all(knows("action", f"job {one}") for one in ("done", "failed", "stopped"))
    assert not [name for name in KNOWN_SETTINGS["web"] if not knows("setting", name)]


def test_evidence_of_every_code_and_remarks_on_places_are_said_in_chinese() -> None:
    from zhihang.facts.codelist import CodeLists
    from zhihang.reporting.evidence_word import evidence_word, place_word

    for one in CodeLists()["organisation_evidence"]:
        assert evidence_word(f"{one.code}: 某公司", "zh") == f"{one.label.zh}：某公司"
        assert evidence_word(f"{one.label.zh} {one.code}: 某公司", "en") == f"{one.label.en}: 某公司"
    assert evidence_word("low confidence of the whole", "zh") == "整体把握不足"
    assert evidence_word("unheard of: 某公司", "zh") == "unheard of: 某公司"
    assert place_word("没有地址 no address", "zh") == "没有地址"
    told = place_word("county named without city or province; no other bears the name; today 临桂区", "zh")
    assert told == "只写县名，全国仅此一个；现为临桂区"


def test_remarks_that_the_finder_of_places_makes_are_all_known() -> None:
    from zhihang.derivation.places import placer
    from zhihang.reporting.evidence_word import place_word

    source = Path(str(placer.__file__)).read_text("utf-8")
    fixed = set(
        re.findall(r"= \"([a-z][^\"{]{9,})\"|notes=\(\"([^\"{]+)\",\)|: \"([a-z][^\"{]{12,})\"", source)
    )
    remarks = {one for group in fixed for one in group if " " in one}
    assert len(remarks) >= 6
    assert not [one for one in remarks if re.search("[a-z]{3}", place_word(one, "zh"))]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("removed 登记簿.csv: 1200 records", "移除 登记簿.csv，1,200 条记录"),
        ("30 files became 4", "30 个文件合并为 4 个"),
        ("10 files, 238184 records, 3 rejected", "10 个文件，238,184 条记录，未入库 3 条"),
        ("something else", "something else"),
        ("", ""),
    ],
)
def test_a_run_is_told_in_chinese(message: str, told: str) -> None:
    from zhihang.reporting.run_word import run_word

    assert run_word(message, "zh") == told
    assert run_word(message, "en") == message


def test_a_fault_is_told_in_the_language_of_the_page(office: object) -> None:
    from zhihang.errors import NotFound
    from zhihang.web.fault_word import fault_word

    error = NotFound.named("study", "dornes", ["drones"], see="Open the list. 请打开列表。")
    zh = fault_word(error.what, error.facts, error.todo, "zh")
    assert zh == {"what": "没有“dornes”。", "facts": {"相近的有": "drones"}, "todo": "请打开列表。"}
    assert fault_word(error.what, error.facts, error.todo, "en") == {
        "what": 'Study "dornes" is not known.',
        "facts": {"close to": "drones"},
        "todo": "Open the list.",
    }


def test_the_log_and_the_result_of_a_job_are_in_chinese(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.audit.record import record
    from zhihang.web.jobs.models import Job

    client = signed_in("administrator")
    record(None, "job done", "derive", who="command line", job=7)
    page = client.get("/administration/log/").content.decode()
    row = next(one for one in re.findall(r"<tr>.*?</tr>", page) if "命令行" in one)
    assert "任务完成" in row
    assert "更新派生数据" in row
    assert "任务：7" in row
    job = Job.objects.create(
        verb="derive",
        person=Person.objects.get(name="administrator"),
        state="done",
        result={"tables": [{"table": "family", "rows": 12345}], "记录 records": 7},
    )
    try:
        page = client.get(f"/jobs/{job.pk}/").content.decode()
        assert "<dt>更新的表</dt><dd>同族 12,345</dd>" in page
        assert "<dt>记录</dt><dd>7</dd>" in page
        assert "<dt>records</dt>" in client.get(f"/jobs/{job.pk}/?lang=en").content.decode()
    finally:
        job.delete()


def test_both_ends_of_a_step_by_step_are_in_one_language() -> None:
    from zhihang.reporting.arithmetic_word import arithmetic_word

    assert arithmetic_word("1 ÷ 1.6 = 0.6250; ≥1 green; ≥0.9 yellow; ≥0.75 orange; falling", "zh") == (
        "1 ÷ 1.6 = 0.6250；≥1 绿；≥0.9 黄；≥0.75 橙；以下降为好"
    )
    assert arithmetic_word("模拟数据 simulated register", "zh") == "模拟数据"
    assert arithmetic_word("模拟数据 simulated register", "en") == "simulated register"
    assert arithmetic_word("四(一)", "zh") == "四(一)"
