# SPDX-License-Identifier: Apache-2.0
"""Watches from the register to the letter box: week by week, after a pause, with feedback, with what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from tests.matching.letter_box import LetterBox, serving

from zhihang.desks.search import SearchDesk
from zhihang.desks.watch_round import WatchRound
from zhihang.desks.watches import WatchesDesk
from zhihang.errors import DefinitionError, NotFound
from zhihang.workspace import Workspace, create_workspace, open_workspace

HEADER = "申请号,申请日,公开公告号,公开公告日,专利名称,申请人,IPC分类号,摘要\n"


def line(
    number: int, published: str, title: str, applicant: str, symbol: str = "H01M10/05", abstract: str = ""
) -> str:
    """A line of the register; the check digit of the application number is computed."""
    digits = f"2019100{number:05d}"
    check = (
        sum(
            int(digit) * weight
            for digit, weight in zip(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5], strict=True)
        )
        % 11
    )
    shown = "X" if check == 10 else str(check)
    text = abstract or f"{title}，包括电解液与隔膜"
    days = f"2019-01-0{number % 9 + 1},CN11{number:07d}A,{published}"
    return f"CN{digits}.{shown},{days},{title},{applicant},{symbol},{text}\n"


REGISTER = [
    line(1, "2019-05-01", "锂离子电池正极材料", "桂林蓝天科技有限公司"),
    line(2, "2019-05-08", "锂离子电池电解液", "桂林蓝天科技有限公司"),
    line(3, "2020-05-20", "锂离子电池隔膜", "南宁绿水科技有限公司"),
    line(4, "2020-06-03", "锂离子电池负极", "柳州红山科技有限公司"),
    line(5, "2020-06-03", "拖拉机犁具", "柳州红山科技有限公司", "A01B3/00", "一种犁"),
    line(6, "2020-06-10", "锂离子电池<b>壳体</b>&盖", "南宁绿水科技有限公司"),
    line(7, "2020-06-10", "水稻插秧机", "北海黄沙科技有限公司", "A01C11/00", "一种插秧机"),
    line(8, "2020-06-17", "锂离子电池极耳", "柳州红山科技有限公司"),
]
LATE = [line(9, "2020-06-02", "锂离子电池电极片", "北海黄沙科技有限公司")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watches") / "workspace"
    create_workspace(folder)
    (folder / "register.csv").write_text(HEADER + "".join(REGISTER), "utf-8")
    workspace = open_workspace(folder)
    assert workspace.ingest([folder / "register.csv"])[0].applications == len(REGISTER)
    workspace.derive()
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    """A copy of the workspace on 1 July 2020."""
    import shutil

    return at_july(Path(shutil.copytree(made, tmp_path / "workspace")))


def at_july(folder: Path) -> Workspace:
    opened = open_workspace(folder)
    opened.store.clock = lambda: datetime(2020, 7, 1, 8, tzinfo=UTC)
    return opened


@pytest.fixture
def desk(workspace: Workspace) -> WatchesDesk:
    desk = workspace.watches
    desk.add_one(
        name="lantian", addressee="蓝天", organisation="桂林蓝天科技有限公司", address="ip@lantian.example"
    )
    return desk


def titles(desk: WatchesDesk, name: str = "lantian", *, kind: str = "score") -> list[list[str]]:
    return [
        [item["title"] for item in desk.log.items(digest.number) if item["kind"] == "record"]
        for digest in reversed(desk.log.digests(name))
    ]


def test_week_by_week_each_record_is_told_once(desk: WatchesDesk) -> None:
    for day in (4, 11, 18, 25):
        desk.run(date(2020, 6, day))
    assert [sorted(week) for week in titles(desk)] == [
        ["锂离子电池负极", "锂离子电池隔膜"],
        ["锂离子电池<b>壳体</b>&盖"],
        ["锂离子电池极耳"],
    ]


@pytest.mark.slow
def test_after_a_pause_all_of_it_is_told_at_once_and_nothing_again(desk: WatchesDesk) -> None:
    desk.run(date(2020, 6, 4))
    done = desk.run(date(2020, 7, 1))
    assert (done.since, done.digests) == (date(2020, 6, 4), 1)
    assert [sorted(week) for week in titles(desk)][1] == ["锂离子电池<b>壳体</b>&盖", "锂离子电池极耳"]
    again = desk.run(date(2020, 7, 1))
    assert (again.readers, again.digests) == (0, 0)
    assert "1个订阅此前已推送" in again.notes[0]


@pytest.mark.slow
def test_what_comes_late_into_the_store_is_told_in_the_next_round(
    desk: WatchesDesk, workspace: Workspace
) -> None:
    desk.run(date(2020, 6, 11))
    path = workspace.folder / "late.csv"
    path.write_text(HEADER + "".join(LATE), "utf-8")
    workspace.ingest([path])
    later = at_july(workspace.folder).watches
    assert any("派生表落后于数据" in note for note in later.run(date(2020, 6, 18)).notes)
    assert titles(later)[-1] == ["锂离子电池电极片", "锂离子电池极耳"] or sorted(titles(later)[-1]) == [
        "锂离子电池极耳",
        "锂离子电池电极片",
    ]


@pytest.mark.slow
def test_a_new_reader_is_told_of_four_weeks_and_those_served_are_not_told_again(desk: WatchesDesk) -> None:
    desk.run(date(2020, 6, 25))
    desk.add_one(name="shahe", scope="锂离子电池隔膜与电极")
    desk.run(date(2020, 6, 26))
    assert len(desk.log.digests("lantian")) == 1
    assert "锂离子电池隔膜" not in str(titles(desk, "shahe"))
    assert "锂离子电池负极" in str(titles(desk, "shahe"))


def test_what_is_not_found_or_cannot_be_asked_is_told_and_the_others_are_served(desk: WatchesDesk) -> None:
    desk.add_one(name="lost", organisation="查无此公司", rivals=("查无此对手", "南宁绿水科技有限公司"))
    text = desk.file.read_text("utf-8-sig")
    desk.file.write_text(text + "q,,,,,,,,,标题=(电池,,sometimes,,\nbad name,,甲,,,,,,,,,,,\n", "utf-8-sig")
    done = desk.run(date(2020, 6, 25))
    told = "\n".join(done.notes)
    assert "订阅lost的本单位“查无此公司”" in told
    assert "订阅lost的关注对象“查无此对手”" in told
    assert "绿水" not in told
    assert "订阅q的检索式“标题=(电池”未能执行" in told
    assert "事件类型不存在：sometimes" in told
    assert "订阅表第" in told
    assert "订阅q此次未推送" in told
    assert done.digests == 2
    assert "q" not in desk.log.served()


@pytest.mark.slow
def test_an_empty_store_and_no_watches_are_told(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w")
    desk = at_july(tmp_path / "w").watches
    assert desk.run().notes == ("没有有效的订阅 (there are no active watches: zhihang watch add)",)
    desk.add_one(name="a", scope="电池")
    notes = "\n".join(desk.run().notes)
    assert "派生表尚未计算" in notes
    assert "库中所有申请没有公开日" in notes


@pytest.mark.slow
def test_a_query_without_an_index_is_told(desk: WatchesDesk) -> None:
    desk.add_one(name="q", queries=("标题=电池",))
    assert any("没有全文索引" in note for note in desk.run().notes)


def test_the_index_is_opened_once_for_all_queries_of_a_round(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.search.index()
    for name, query in (
        ("a", "标题=负极"),
        ("b", "标题=极耳"),
        ("c", "标题=负极 OR 标题=壳体"),
        ("d", "标题=负极"),
    ):
        workspace.watches.add_one(name=name, queries=(query,))
    opened: list[object] = []
    searching = SearchDesk._open

    def noted(desk: SearchDesk) -> object:
        opened.append(desk)
        return searching(desk)

    monkeypatch.setattr(SearchDesk, "_open", noted)
    done = workspace.watches.run(since=date(2020, 5, 31))
    assert done.digests == 4
    assert [sorted(one) for one in titles(workspace.watches, "c")] == [
        ["锂离子电池<b>壳体</b>&盖", "锂离子电池负极"]
    ]
    assert len(opened) <= 2  # once to tell whether it is behind, once for the queries


@pytest.mark.parametrize(("until", "since"), [(date(2020, 7, 2), None), (date(2020, 6, 1), date(2020, 6, 1))])
def test_days_to_come_or_turned_round_are_refused(desk: WatchesDesk, until: date, since: date | None) -> None:
    with pytest.raises(DefinitionError, match="no days"):
        desk.run(until, since=since)
    assert desk.log.served() == {}


@pytest.mark.slow
def test_events_are_told_to_those_they_concern(desk: WatchesDesk) -> None:
    desk.add_one(name="near", rivals=("北海黄沙科技有限公司",), classes=("A01C",), region="450000")
    desk.run(date(2020, 6, 25))
    events = [
        item for d in desk.log.digests("near") for item in desk.log.items(d.number) if item["kind"] == "event"
    ]
    assert all(item["rule"] in desk.rules for item in events)


def test_letters_go_out_escaped_once_and_stop_when_unsubscribed(
    desk: WatchesDesk, workspace: Workspace
) -> None:
    desk.add_one(name="second", organisation="桂林蓝天科技有限公司", address="IP@lantian.example")
    desk.run(date(2020, 6, 11))
    box = LetterBox()
    with serving(box) as port:
        workspace.settings = {
            "mail": {
                "host": "127.0.0.1",
                "port": port,
                "sender": "ip@office.example",
                "link": "https://ip.example",
            }
        }
        assert vars(desk.send()) | {"unreachable": ""} == vars(type(desk.send())(sent=1))
        desk.run(date(2020, 6, 25))
        desk.stop("lantian")
        assert desk.send().sent == 0
    (letter,) = box.taken
    assert "申请人：南宁绿水科技有限公司" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    page = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "锂离子电池&lt;b&gt;壳体&lt;/b&gt;&amp;盖" in page
    assert "<b>壳体" not in page
    token = desk.log.token("lantian")
    assert f"https://ip.example/push/{token}/stop" in page
    assert desk.log.digests("lantian")[0].state == "kept"
    assert desk.run(date(2020, 7, 1)).readers == 1


def test_the_feed_is_valid_and_gives_titles_back(desk: WatchesDesk) -> None:
    desk.run(date(2020, 6, 25))
    atom = "{http://www.w3.org/2005/Atom}"
    feed = Xml.fromstring(desk.feed("lantian"))
    assert feed.tag == f"{atom}feed"
    for parent in (feed, *feed.findall(f"{atom}entry")):
        for name in ("id", "title", "updated"):
            assert parent.findtext(f"{atom}{name}")
    entries = feed.findall(f"{atom}entry")
    assert any("<b>壳体</b>&盖" in (entry.findtext(f"{atom}title") or "") for entry in entries)
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 0


@pytest.mark.slow
def test_a_digest_becomes_a_document(desk: WatchesDesk, tmp_path: Path) -> None:
    from docx import Document

    desk.run(date(2020, 6, 25))
    number = desk.log.digests("lantian")[0].number
    desk.write(number, tmp_path / "digest.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "digest.docx")).paragraphs)
    assert "锂离子电池<b>壳体</b>&盖" in text
    assert "蓝天：截至2020-06-25" in text
    with pytest.raises(NotFound, match="no digest 99"):
        desk.write(99, tmp_path / "x.docx")


@pytest.mark.slow
def test_feedback_moves_what_comes_next(workspace: Workspace) -> None:
    desk = workspace.watches
    desk.add_one(name="r", rivals=("南宁绿水科技有限公司",), scope="锂离子电池", events=("none",))
    desk.run(date(2020, 6, 4))
    for item in desk.log.items(desk.log.digests("r")[0].number):
        desk.judge("r", item["key"], "隔膜" in item["title"])

    def score() -> float:
        work = WatchRound(desk.room, desk.log, desk.rules, desk.matchers, desk.profiles(), ())
        factors = work._settings().usefulness["r"]
        return float(factors["rivals"])

    assert score() == pytest.approx(0.5 + 2 / 3)
    with pytest.raises(NotFound, match="was not sent"):
        desk.judge("r", "CN999", True)


def test_a_wrong_setting_is_named(desk: WatchesDesk, workspace: Workspace) -> None:
    workspace.settings = {"push": {"words": "much"}}
    with pytest.raises(DefinitionError, match="setting of the push"):
        desk.run()


def test_bad_lines_survive_adding_and_stopping(desk: WatchesDesk) -> None:
    text = desk.file.read_text("utf-8-sig")
    desk.file.write_text(text + "bad name,某单位,甲,,,,,,,,,,,\n", "utf-8-sig")
    desk.stop("lantian")
    desk.add_one(name="b", scope="电池")
    profiles, refused = desk.read()
    assert {one.name: one.active for one in profiles} == {"lantian": False, "b": True}
    assert refused[0].cells["addressee"] == "某单位"


def test_watches_of_a_file_are_checked_one_by_one(desk: WatchesDesk, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(
        "订阅名,经营范围,检索式,事件\na,电池,,\nb,,标题=(x,\nc,电池,,laps\nd,电池,标题=电池,lapse;transfer\n",
        "utf-8",
    )
    added, refused = desk.add_from(path)
    assert added == 2
    assert [line.reason.split(":")[0] for line in refused] == ["b", "c"]
    assert [one.name for one in desk.profiles()] == ["a", "d", "lantian"]
