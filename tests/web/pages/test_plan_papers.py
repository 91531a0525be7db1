# SPDX-License-Identifier: Apache-2.0
"""Bulletin and letters: asked for once, previewed safely, taken away, those of other counties withheld."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = "/plans/guilin-2016-2020/papers/"


@pytest.fixture
def made(office: Path) -> Iterator[Path]:
    folder = office / "web" / "papers" / "guilin-2016-2020" / "2017-12-31" / "zh"
    names = (
        "annual-bulletin-2017",
        "undertakings/undertaking-2018-450305-七星区",
        "notices/notice-2017-450324-全州县",
    )
    for name in names:
        for kind in ("docx", "pdf", "html"):
            path = folder / f"{name}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<p>{name}</p>", "utf-8")
    yield folder
    shutil.rmtree(office / "web" / "papers")


def test_nothing_made_yet_says_what_to_do_and_asking_twice_is_one_job(signed_in: Callable[..., Any]) -> None:
    from zhihang.web.jobs.models import Job

    office = signed_in("office")
    assert "还没有生成" in office.get(HERE).content.decode()
    first, second = office.post(HERE), office.post(HERE)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    job = Job.objects.get(verb="plan_papers")
    assert job.arguments == {"plan": "guilin-2016-2020", "at": "2017-12-31", "language": "zh"}
    assert "正在生成" in office.get(HERE).content.decode()


def test_a_preview_may_run_nothing_and_other_kinds_are_taken_away(
    signed_in: Callable[..., Any], made: Path
) -> None:
    office = signed_in("office")
    text = office.get(HERE).content.decode()
    assert "年度通报 2017" in text
    assert "七星区目标责任书 2018" in text
    page = office.get(HERE, {"file": "annual-bulletin-2017.html"})
    assert b"".join(page.streaming_content) == b"<p>annual-bulletin-2017</p>"
    assert page.headers["Content-Security-Policy"].endswith("sandbox")
    assert page.headers["Content-Disposition"].startswith("inline")
    taken = office.get(HERE, {"file": "undertakings/undertaking-2018-450305-七星区.docx"})
    assert b"".join(taken.streaming_content)
    assert taken.headers["Content-Disposition"].startswith("attachment")
    packed = zipfile.ZipFile(io.BytesIO(office.get(HERE, {"all": "1"}).content))
    assert len(packed.namelist()) == 9


def test_a_county_gets_its_own_letters_and_the_bulletin_only(
    signed_in: Callable[..., Any], made: Path
) -> None:
    county = signed_in("county")  # bound to 450305
    text = county.get(HERE).content.decode()
    assert "七星区" in text
    assert "notice-2017-450324" not in text
    assert county.get(HERE, {"file": "notices/notice-2017-450324-全州县.pdf"}).status_code == 404


@pytest.mark.parametrize(
    "file", ["../../../secret", "..%2f..%2fweb.sqlite3", "/etc/passwd", "x.docx", ".", "\x00"]
)
def test_no_other_file_is_handed_out(signed_in: Callable[..., Any], made: Path, file: str) -> None:
    assert signed_in("office").get(HERE, {"file": file}).status_code in (400, 404)


def test_a_set_takes_the_place_of_the_old_one_whole_or_not_at_all(made: Path) -> None:
    from zhihang.errors import StoreError
    from zhihang.web.papers import fresh_folder, papers_in

    def half_done() -> None:
        with fresh_folder(made) as folder:
            (folder / "bulletin.pdf").write_text("half", "utf-8")
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="文件无法写入"):
        half_done()
    assert len(papers_in(made)) == 3
    with fresh_folder(made) as folder:
        (folder / "bulletin-2017-12.pdf").write_text("whole", "utf-8")
    assert [one.label.zh for one in papers_in(made)] == ["通报 2017-12"]
    assert [path.name for path in made.parent.iterdir()] == ["zh"]
