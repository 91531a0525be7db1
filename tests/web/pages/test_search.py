# SPDX-License-Identifier: Apache-2.0
"""Search: hits, markup in titles, facets, faults at the field, sets, export, following."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

SignedIn = Callable[..., Any]


def _text(answered: Any) -> str:
    assert answered.status_code == 200, answered.status_code
    return str(answered.content.decode())


def test_the_first_line_says_how_many_are_found_and_hits_stand_in_pages_of_20(
    signed_in: SignedIn, patents: Path
) -> None:
    asking = signed_in("analyst")
    first = _text(asking.get("/search/?q=TI%3D电池&sort=oldest"))
    assert "找到 30 件专利申请" in first
    assert first.count("/similar/") == 2 * 20, "one link of each hit: address and the address of the panel"
    second = _text(asking.get("/search/?q=TI%3D电池&sort=oldest&page=2"))
    assert second.count("/similar/") == 2 * 10
    assert "21–30 / 30" in second


def test_a_title_with_markup_is_shown_as_it_is_written(signed_in: SignedIn, patents: Path) -> None:
    told = _text(signed_in("analyst").get("/search/?q=" + quote('电池 AND IPC="H01M10/0525"')))
    assert "找到 1 件" in told
    assert "<script>alert" not in told
    assert "<img" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "<mark>电池</mark>" in told


def test_a_facet_narrows_the_search_and_can_be_taken_off(signed_in: SignedIn, patents: Path) -> None:
    asking = signed_in("analyst")
    told = _text(asking.get("/search/?q=TI%3D电池&f=class:H01M&f=year:2019"))
    assert "找到 30 件" in told
    assert told.count('class="chip"') == 2
    none = _text(asking.get("/search/?q=TI%3D电池&f=year:2001"))
    assert "没有找到" in none
    assert "去掉全部筛选" in none


def test_a_faulty_query_is_told_at_the_field_and_kept(signed_in: SignedIn, patents: Path) -> None:
    told = _text(signed_in("analyst").get("/search/?q=" + quote("TI=(电池")))
    assert 'aria-invalid="true"' in told
    assert "此处的括号没有配对" in told
    assert "TI=(电池</textarea>" in told


@pytest.mark.parametrize(
    "faulty", ["page=0", "page=x", "page=99999999999", "sort=best", "f=colour:red", "f=year"]
)
def test_an_address_that_says_nothing_is_refused(signed_in: SignedIn, patents: Path, faulty: str) -> None:
    assert signed_in("analyst").get(f"/search/?q=电池&{faulty}").status_code == 400


def test_without_an_index_the_next_step_is_a_button(signed_in: SignedIn, office: Path) -> None:
    asking = signed_in("office")
    assert 'action="/search/index/' in _text(asking.get("/search/?q=电池"))
    assert "联系数据管理人员" in _text(signed_in("analyst").get("/search/?q=电池"))


def test_a_set_is_saved_used_and_removed_by_its_owner_only(signed_in: SignedIn, patents: Path) -> None:
    mine, other = signed_in("analyst"), signed_in("county")
    assert mine.post("/search/sets/", {"name": "外壳", "query": "TI=外壳"}).status_code == 302
    assert "找到 29 件" in _text(mine.get("/search/?q=SET%3D外壳"))
    assert other.post("/search/sets/", {"forget": "外壳"}).status_code == 403
    assert other.post("/search/sets/", {"name": "外壳", "query": "铅"}).status_code == 403
    assert mine.post("/search/sets/", {"name": "两层", "query": "SET=外壳 AND 电池"}).status_code == 302
    assert mine.post("/search/sets/", {"forget": "外壳"}).status_code == 400, "another set uses it"
    for name in ("两层", "外壳"):
        assert mine.post("/search/sets/", {"forget": name}).status_code == 302
    assert "还没有检索集" in _text(mine.get("/search/sets/"))


def test_a_faulty_set_is_told_at_the_form_and_what_was_typed_stays(
    signed_in: SignedIn, patents: Path
) -> None:
    told = _text(signed_in("analyst").post("/search/sets/", {"name": "甲", "query": "TI=("}))
    assert "fault-box" in told
    assert "TI=(</textarea>" in told


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_an_export_is_a_job_whose_file_only_its_owner_takes(
    signed_in: SignedIn, patents: Path, form: str
) -> None:
    from zhihang.web.jobs.made_files import folder_of
    from zhihang.web.jobs.models import Job
    from zhihang.web.jobs.verb import verbs
    from zhihang.workspace import open_workspace

    mine = signed_in("analyst")
    assert mine.post("/search/export/", {"query": "TI=外壳", "form": form}).status_code == 302
    job = Job.objects.get(verb="export_hits")
    result = verbs()["export_hits"](open_workspace(patents), lambda *_: None, **job.arguments)
    assert (result["applications"], result["files"]) == (29, [f"search.{form}"])
    address = f"/jobs/{job.pk}/files/search.{form}"
    taken = mine.get(address)
    assert (
        b"".join(taken.streaming_content)
        == (folder_of(job.arguments["folder"]) / f"search.{form}").read_bytes()
    )
    assert signed_in("county").get(address).status_code == 404
    assert mine.get(f"/jobs/{job.pk}/files/..%2Fsecret").status_code == 404


def test_who_may_not_download_cannot_export(signed_in: SignedIn, patents: Path) -> None:
    assert (
        signed_in("analyst").post("/search/export/", {"query": "TI=外壳", "form": "exe"}).status_code == 404
    )
    assert signed_in("firm").get("/search/?q=电池").status_code == 403


def test_a_query_is_followed_by_a_watch_of_ones_own(signed_in: SignedIn, patents: Path) -> None:
    from zhihang.workspace import open_workspace

    asking = signed_in("analyst")
    assert (
        asking.post("/search/follow/", {"name": "电池", "query": "TI=电池", "address": ""}).status_code == 302
    )
    assert (
        asking.post("/search/follow/", {"name": "电池", "query": "TI=外壳", "address": ""}).status_code == 302
    )
    (watch,) = open_workspace(patents).watches.profiles()
    assert watch.queries == ("TI=电池", "TI=外壳")
    stolen = signed_in("county").post("/search/follow/", {"name": "电池", "query": "铅", "address": ""})
    assert "fault-box" in _text(stolen)
    assert "fault-box" in _text(
        asking.post("/search/follow/", {"name": "乙", "query": "TI=(", "address": ""})
    )


def test_fields_are_listed_with_examples(signed_in: SignedIn, patents: Path) -> None:
    told = _text(signed_in("analyst").get("/search/fields/?lang=en"))
    assert told.count("<tr>") > 40
    assert "PA=广西大学" in told


def test_who_saves_a_set_over_a_newer_one_is_told_first(signed_in: SignedIn, patents: Path) -> None:
    first, second = signed_in("analyst"), signed_in("analyst")
    assert first.post("/search/sets/", {"name": "双人", "query": "TI=电池"}).status_code == 302
    assert first.post("/search/sets/", {"name": "双人", "query": "TI=电池"}).status_code == 302, (
        "nothing differs"
    )
    told = _text(second.post("/search/sets/", {"name": "双人", "query": "TI=外壳", "note": "新"}))
    assert "您的修改尚未保存" in told
    assert "TI=电池" in told
    over = re.findall(r'name="over" value="(\w+)"', told)[0]
    assert first.post("/search/sets/", {"name": "双人", "query": "TI=装置", "over": over}).status_code == 302
    again = second.post("/search/sets/", {"name": "双人", "query": "TI=外壳", "over": over})
    assert "TI=装置" in _text(again), "it changed once more in between"
    newest = re.findall(r'name="over" value="(\w+)"', _text(again))[0]
    sent = {"name": "双人", "query": "TI=外壳", "over": newest}
    assert second.post("/search/sets/", sent).status_code == 302
    assert "<code>TI=外壳</code>" in _text(second.get("/search/sets/"))
    assert second.post("/search/sets/", {"forget": "双人"}).status_code == 302
