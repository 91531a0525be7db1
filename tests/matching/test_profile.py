# SPDX-License-Identifier: Apache-2.0
"""The file of watches: good lines stand, bad ones are named and kept, nothing in it harms a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound, SourceError
from zhihang.matching.profile import Profile, chosen, read_profiles, stopped, write_profiles

FULL = Profile(
    "lantian-1",
    "桂林蓝天",
    "桂林蓝天科技有限公司",
    "ip@lantian.example",
    "en",
    "=污水处理，\n设备",
    ("C35", "3811"),
    ("C02F", "B09B 3/00"),
    ("甲公司", "@乙"),
    ("标题=电池", "IPC=H01M"),
    "450300",
    ("lapse", "transfer"),
    5,
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "watches.csv"
    bare = Profile("裸", scope="电池", events=())
    write_profiles([FULL, bare, stopped(Profile("z", rivals=("甲",)))], path)
    found, refused = read_profiles(path)
    assert refused == []
    assert {one.name: one for one in found} == {
        "lantian-1": Profile(**{**vars(FULL), "scope": "=污水处理， 设备"}),
        "裸": Profile("裸", scope="电池", events=("none",)),
        "z": Profile("z", rivals=("甲",), active=False),
    }
    assert "\n=" not in path.read_text("utf-8-sig")
    assert ",=" not in path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("bad name,甲公司,,", "1 to 60 letters"),
        (",甲公司,,", "name"),
        ("a,甲公司,nobody,", "e-mail"),
        ("a,甲公司,a@x.example;b@x.example,", "e-mail"),
        ('a,甲公司,"a@x.example\nBcc: b@x.example",', "e-mail"),
        ("a,甲公司,,many", "whole number"),
        ("a,甲公司,,0", "1 to 100"),
        ("a,甲公司,,９", "whole number"),
        ("a,,,", "says nothing"),
        (f"a,{'长' * 20_001},,", "longer than"),
    ],
)
def test_a_bad_line_is_named_and_the_others_stand(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "watches.csv"
    path.write_text(f"订阅名,本单位（专利权人）,邮箱,每期条数\n{line}\ngood,乙公司,,\n", "utf-8")
    found, refused = read_profiles(path)
    assert [one.name for one in found] == ["good"]
    assert len(refused) == 1
    assert reason in refused[0].reason
    write_profiles(found, path, refused)
    assert len(read_profiles(path)[1]) == 1


def test_of_two_lines_with_one_name_the_first_stands(tmp_path: Path) -> None:
    path = tmp_path / "watches.csv"
    path.write_text("name,organisation\na,甲\na,乙\n\n", "gb18030")
    found, refused = read_profiles(path)
    assert [one.organisation for one in found] == ["甲"]
    assert (refused[0].line, "the first one stands" in refused[0].reason) == (3, True)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01"])
def test_a_file_without_names_of_columns_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "watches.csv"
    path.write_text(text)
    with pytest.raises(SourceError):
        read_profiles(path)


def test_no_file_is_no_watches(tmp_path: Path) -> None:
    assert read_profiles(tmp_path / "watches.csv") == ([], [])


def test_a_semicolon_within_an_entry_is_refused_rather_than_split() -> None:
    with pytest.raises(DefinitionError, match="watch"):
        Profile("a", queries=("标题=甲;乙",))


def test_an_unknown_name_is_told_with_those_close_to_it() -> None:
    with pytest.raises(NotFound, match="lantain-1") as caught:
        chosen([FULL], "lantain-1")
    assert "lantian-1" in str(caught.value)
