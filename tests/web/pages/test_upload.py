# SPDX-License-Identifier: Apache-2.0
"""Data comes in: received, previewed, mapped by hand, confirmed once; what is too large, empty or unsent is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

TABLE = "编号,名称,谁申请的,日子\n201810000001.2,一种<b>装置</b>,桂林电子科技大学,2018-03-01\n坏的号,乙,丙,2018-13-01\n"
KNOWN = "申请号,名称,申请人,申请日\n201810000001.2,一种装置,桂林电子科技大学,2018-03-01\n坏的号,乙,丙,2018-13-01\n"


@pytest.fixture(autouse=True)
def no_uploads(office: Path) -> Iterator[None]:
    yield
    for name in ("uploads", "mappings"):
        shutil.rmtree(office / name, ignore_errors=True)


def _send(client: Any, text: str | bytes = TABLE, name: str = "本月.csv", **more: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        "/data/receive/", {"file": SimpleUploadedFile(name, content), "kind": "records", **more}
    )


def _id(answered: Any) -> str:
    assert answered.status_code == 302, answered.content.decode()[:2000]
    found = re.match(r"/data/upload/([0-9a-f]{16})/", answered.url)
    assert found
    return found[1]


def test_an_unknown_table_is_mapped_by_hand_previewed_and_confirmed_once(
    signed_in: Callable[..., Any], office: Path
) -> None:
    from zhihang.web.jobs.models import Job

    client = signed_in("office")
    here = f"/data/upload/{_id(_send(client))}/"
    first = client.get(here).content.decode()
    assert "系统不认识这些列名" in first
    assert "一种&lt;b&gt;装置&lt;/b&gt;" in first
    assert "确认入库" not in first
    columns = {"c-编号": "application.number", "c-名称": "no.such.field", "c-日子": "application.filing_date"}
    wrong = client.post(here, {"what": "map", **columns}).content.decode()
    assert "no.such.field" in wrong
    assert 'value="application.number"' in wrong, "what was typed is there still"
    columns["c-名称"] = "text.title.zh" if "text.title.zh" in first else "ignore"
    assert client.post(here, {"what": "map", "keep": "本局月报", **columns}).status_code == 302
    shown = client.get(here).content.decode()
    assert "确认入库" in shown
    assert "201810000001.2" in shown
    assert (office / "mappings" / "本局月报.yaml").exists()
    sent = [client.post(here, {"what": "confirm"}) for _ in range(2)]
    assert sent[0].url == sent[1].url, "a double click is one job"
    assert Job.objects.filter(verb="ingest_upload").count() == 1
    more = TABLE + "2,3,4,5\n"
    other = f"/data/upload/{_id(_send(client, more))}/"
    assert client.post(other, {"what": "use", "mapping": "本局月报"}).status_code == 302
    assert "确认入库" in client.get(other).content.decode()


def test_nothing_of_an_upload_is_in_the_store_before_it_is_confirmed_nor_after_it_is_taken_back(
    signed_in: Callable[..., Any], office: Path
) -> None:
    client = signed_in("office")
    before = (office / "store" / "HEAD").read_text("ascii")
    upload = _id(_send(client, KNOWN))
    assert "确认入库" in client.get(f"/data/upload/{upload}/").content.decode()
    assert client.post(f"/data/upload/{upload}/", {"what": "drop"}).status_code == 302
    assert (office / "store" / "HEAD").read_text("ascii") == before
    assert not (office / "uploads" / upload).exists()
    assert client.get(f"/data/upload/{upload}/").status_code == 404


def test_the_job_takes_it_in_and_refused_rows_can_be_mended(
    signed_in: Callable[..., Any], tmp_path: Path
) -> None:
    from zhihang.web.jobs.verb import verbs
    from zhihang.workspace import create_workspace

    upload = _id(_send(signed_in("office"), KNOWN))
    workspace = create_workspace(tmp_path / "ws")
    told: list[tuple[int, int]] = []
    made = verbs()["ingest_upload"](
        workspace, lambda done, total, doing="": told.append((done, total)), upload=upload, derive=False
    )
    assert (made["记录 records"], made["未入库 rejected"]) == (2, 1)
    assert made["address"] == "/data/files/1/"
    assert told
    workspace.store.refresh()
    lines = workspace.intake.to_mend(1)
    assert lines[0] == ["申请号", "名称", "申请人", "申请日", "原文件行号", "未入库原因"]
    assert [line[0] for line in lines[1:]] == ["坏的号"]
    assert lines[1][4] == "3"
    mended = tmp_path / "mended.csv"
    mended.write_text(
        "\n".join(
            ",".join(line) for line in [lines[0], ["201810000002.0", *lines[1][1:3], "2018-12-01", "3", "x"]]
        ),
        "utf-8",
    )
    outcome = workspace.ingest([mended])[0]
    assert (outcome.records, outcome.rejected) == (1, 0)
    assert "attribute" not in outcome.tables, "the two columns that were added are left out"
    gone = verbs()["remove_file"](workspace, lambda *_: None, number=1)
    assert gone["移除记录 records removed"] == 2
    assert [one["path"].endswith("mended.csv") for one in workspace.catalogue("files")] == [True]


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/x", "..\\..\\x.csv", "a\x00b.csv", "长" * 300 + ".csv", "...", "<img src=x>.csv"],
)
def test_names_of_files_lead_nowhere_else(signed_in: Callable[..., Any], office: Path, name: str) -> None:
    client = signed_in("office")
    upload = _id(_send(client, KNOWN, name))
    inside = list((office / "uploads" / upload).iterdir())
    assert len(inside) == 2
    text = client.get(f"/data/upload/{upload}/").content.decode()
    assert "<img src=x>" not in text


def test_a_session_that_ends_meanwhile_loses_no_upload(signed_in: Callable[..., Any], client: Any) -> None:
    office = signed_in("office")
    form = office.get("/data/upload/").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', form)
    assert ticket
    upload = _id(_send(client, KNOWN, ticket=ticket[1]))  # nobody is signed in any more
    asked = client.get(f"/data/upload/{upload}/")
    assert asked.url.startswith("/sign-in/?")
    assert f"next=%2Fdata%2Fupload%2F{upload}" in asked.url
    assert "本月.csv" in office.get(f"/data/upload/{upload}/").content.decode()


def test_without_session_or_ticket_nothing_is_kept(
    client: Any, signed_in: Callable[..., Any], office: Path
) -> None:
    assert _send(client, KNOWN).status_code == 403
    assert _send(client, KNOWN, ticket="forged").status_code == 403
    assert _send(signed_in("auditor"), KNOWN).status_code == 403
    assert not list((office / "uploads").glob("*")) if (office / "uploads").exists() else True


def test_two_gigabytes_and_more_are_refused_before_they_are_read(signed_in: Callable[..., Any]) -> None:
    office = signed_in("office")
    for path, length in (("/data/receive/", (2048 << 20) + 1), ("/account/", 9 << 20)):
        answered = office.generic(
            "POST", path, b"x", "multipart/form-data; boundary=b", CONTENT_LENGTH=str(length)
        )
        assert answered.status_code == 413
        assert "没有任何内容被修改" in answered.content.decode()


def test_empty_files_and_none_at_all_are_told(signed_in: Callable[..., Any]) -> None:
    office = signed_in("office")
    assert "文件是空的" in _send(office, b"").content.decode()
    assert "没有选择文件" in office.post("/data/receive/", {"kind": "records"}).content.decode()


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", b"%PDF-1.7\n%x", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, b"PK\x03\x04broken"]
)
def test_the_content_decides_what_a_file_is_not_its_name(
    signed_in: Callable[..., Any], content: bytes
) -> None:
    office = signed_in("office")
    answered = office.get(f"/data/upload/{_id(_send(office, content, '本月.xlsx'))}/")
    assert answered.status_code == 200
    text = answered.content.decode()
    assert "还不能读取" in text
    assert "fault-box" in text
    assert "确认入库" not in text


def test_a_full_disk_leaves_nothing_behind(
    signed_in: Callable[..., Any], office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web import uploads

    monkeypatch.setattr(uploads, "SPARE", 10**15)
    text = _send(signed_in("office"), KNOWN).content.decode()
    assert "磁盘空间不足" in text
    assert not list((office / "uploads").glob("*/*"))


def test_nobody_sees_or_confirms_the_upload_of_another(signed_in: Callable[..., Any]) -> None:
    upload = _id(_send(signed_in("office"), KNOWN))
    county = signed_in("county")
    assert county.get(f"/data/upload/{upload}/").status_code == 404
    assert county.post(f"/data/upload/{upload}/", {"what": "confirm"}).status_code == 404
    assert upload not in county.get("/data/upload/").content.decode()
    assert upload in signed_in("administrator").get("/data/upload/").content.decode()


def test_in_the_browser_a_file_is_chosen_sent_and_previewed(
    browsing: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "本月.csv"
    path.write_text(KNOWN, "utf-8")
    page = browsing("office", width=390)
    page.goto("/data/upload/")
    page.set_input_files("#file", str(path))
    page.click("form[data-upload] button")
    page.wait_for_selector("text=确认入库")
    assert "可以读取，尚未写入" in page.inner_text("h1")
