# SPDX-License-Identifier: Apache-2.0
"""The files of a simulated region: their shape, what holds in them, and that the same seed gives the same bytes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from zhihang.errors import NotAllowed
from zhihang.simulation import simulate as door
from zhihang.simulation import texts
from zhihang.simulation.register import COLUMNS
from zhihang.simulation.simulate import Simulated, simulate
from zhihang.terms.application_number import settle

Row = dict[str, str]

FIRST, LAST = 2006, 2017
SCALE = 0.1


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    folder = tmp_path_factory.mktemp("guilin")
    return simulate("450300", FIRST, LAST, seed=1, scale=SCALE, to=folder)


@pytest.fixture(scope="module")
def register(made: Simulated) -> list[Row]:
    return rows(made.paths[0])


@pytest.fixture(scope="module")
def events(made: Simulated) -> list[Row]:
    return rows(made.paths[1])


@pytest.fixture(scope="module")
def truth(made: Simulated) -> list[Row]:
    return rows(made.paths[2])


# ------------------------------------------------------------------------------------------------ shape


def test_files_say_in_their_names_that_they_are_simulated(made):
    names = [path.name for path in made.paths]
    assert names == [
        "simulated-450300-register-2006-2017.csv",
        "simulated-450300-events-2006-2017.csv",
        "simulated-450300-truth-2006-2017.csv",
        "README.txt",
        "simulated-450300-enterprises-2006-2017.csv",
        "simulated-450300-industries-2006-2017.csv",
        "simulated-450300-parks-2006-2017.csv",
    ]
    assert made.paths[2].parent.name == "truth"


def test_every_row_carries_the_mark(register, events, truth):
    assert {row["数据来源"] for row in (*register, *events)} == {"模拟数据"}
    assert {row["origin"] for row in truth} == {"simulated"}


def test_rows_are_counted(made, register, events, truth):
    assert [made.counts[path.name] for path in made.paths[:3]] == [len(register), len(events), len(truth)]


def test_every_line_has_all_cells(made, register):
    assert tuple(register[0]) == COLUMNS
    assert all(None not in row and None not in row.values() for row in register)


def test_files_begin_with_a_byte_order_mark_and_end_lines_as_exports_do(made):
    content = made.paths[0].read_bytes()
    assert content.startswith("\ufeff专利名称,".encode())
    assert content.count(b"\r\n") == content.count(b"\n")


def test_the_readme_says_what_this_is_in_both_languages(made):
    text = made.paths[3].read_text(encoding="utf-8")
    assert text.startswith("模拟数据，非真实专利。 Simulated data.")
    assert "zhihang simulate --region 450300 --from 2006 --to 2017 --seed 1 --scale 0.1" in text
    assert "桂林市发明专利双倍增计划" in text


# ------------------------------------------------------------------------------------------------ what holds


def test_true_numbers_are_unique_and_right(truth):
    numbers = [row["application_number"] for row in truth]
    assert len(set(numbers)) == len(numbers)
    assert set(settle(pa.array(numbers)).check_digit.to_pylist()) == {"right"}


def test_numbers_agree_with_kind_and_year(truth):
    read = settle(pa.array([row["application_number"] for row in truth]))
    assert read.kind.to_pylist() == [row["kind"] for row in truth]
    assert read.filing_year.to_pylist() == [int(row["filed"][:4]) for row in truth]


def test_both_eras_of_numbers_occur(truth):
    lengths = Counter(len(row["application_number"]) for row in truth)
    assert set(lengths) == {len("CN02112345.6"), len("CN201610123456.7")}


def test_documents_have_different_numbers(register):
    clean = {row["申请号"]: row for row in register if row["公开公告号"]}
    published = [row["公开公告号"] for row in clean.values()]
    assert len(set(published)) > len(published) - 5  # rows without a number share one place in `clean`


def test_a_life_goes_forward(truth):
    for row in truth:
        steps = [row[step] for step in ("filed", "decided", "ended") if row[step]]
        assert steps == sorted(steps), row
        assert not row["ended"] or row["decision"] == "granted"


def test_nothing_later_than_the_last_year_is_known(events, truth):
    assert max(row["公告日"] for row in events) <= f"{LAST}-12-31"
    assert max(row["decided"] for row in truth) <= f"{LAST}-12-31"


def test_the_register_holds_earlier_filings_that_still_lived(truth):
    early = [row for row in truth if row["filed"] < str(FIRST)]
    assert early
    for row in early:
        over = row["ended"] if row["decision"] == "granted" else row["decided"]
        assert over == "" or over >= str(FIRST)


def test_inventions_are_published_before_they_are_granted(events):
    days: dict[tuple[str, str], str] = {(row["申请号"], row["事件代码"]): row["公告日"] for row in events}
    granted = [number for number, code in days if code == "GR01" and (number, "PB01") in days]
    assert len(granted) > 200
    for number in granted:
        order = [days[number, code] for code in ("PB01", "SE01", "GR01")]
        assert order == sorted(order)


def test_publication_comes_at_most_eighteen_months_after_the_filing(events, truth):
    filed = {row["application_number"]: date.fromisoformat(row["filed"]) for row in truth}
    waits = [
        (date.fromisoformat(row["公告日"]) - filed[row["申请号"]]).days
        for row in events
        if row["事件代码"] == "PB01"
    ]
    assert max(waits) <= 548 + 7
    assert min(waits) >= 60
    assert 0.3 < sum(wait < 400 for wait in waits) / len(waits) < 0.95


def test_status_is_that_of_the_last_event(register, events):
    last: dict[str, str] = {}
    for row in events:
        if row["事件代码"] in {"PB01", "SE01", "GR01", "CF01", "CX01", "RJ01", "WD01"}:
            last[row["申请号"]] = row["法律状态"]
    agreeing = [
        row
        for row in register
        if row["申请号"] in last and row["法律状态"] not in {"全部无效", "放弃专利权", "撤回"}
    ]
    assert len(agreeing) > 2000
    assert all(row["法律状态"] == last[row["申请号"]] for row in agreeing)


def test_lapses_take_effect_on_an_anniversary_of_the_filing(truth):
    lapsed = [row for row in truth if row["ending"] == "lapsed" and row["filed"][5:] != "02-29"]
    assert len(lapsed) > 100
    assert all(row["ended"][5:] == row["filed"][5:] for row in lapsed)


def test_terms_are_twenty_and_ten_years(truth):
    expired = [row for row in truth if row["ending"] == "expired"]
    terms = {(row["kind"], int(row["ended"][:4]) - int(row["filed"][:4])) for row in expired}
    assert terms <= {("invention", 20), ("utility_model", 10), ("design", 10)}
    assert ("utility_model", 10) in terms


def test_what_is_not_published_tells_nothing_of_its_content(register):
    hidden = [row for row in register if not row["公开公告号"]]
    assert hidden
    assert not any(
        row["摘要文本"] or row["主权项内容"] or row["IPC分类号"] or row["当前权利人"] for row in hidden
    )


def test_abstracts_are_as_long_as_real_ones(register):
    lengths = sorted(
        len(row["摘要文本"]) for row in register if row["摘要文本"] and row["专利类型"] != "外观设计"
    )
    assert lengths[len(lengths) // 100] >= 80
    assert 120 <= lengths[len(lengths) // 2] <= 200
    assert lengths[-1] <= 300


def test_texts_have_no_gaps_in_their_grammar(register):
    for row in register:
        text = row["专利名称"] + row["摘要文本"] + row["主权项内容"]
        assert "{" not in text
        assert "，，" not in text
        assert "：，" not in text
        assert "。，" not in text


def test_abstracts_speak_of_the_kind_of_right_they_are(register):
    for row in register:
        if row["专利类型"] == "实用新型":
            assert "本发明" not in row["摘要文本"]
        elif row["专利类型"] == "发明专利":
            assert "本实用新型" not in row["摘要文本"]


def test_designs_have_locarno_classes_and_no_claim(register):
    designs = [row for row in register if row["专利类型"] == "外观设计" and row["IPC分类号"]]
    assert designs
    assert all(re.fullmatch(r"\d\d-\d\d", row["IPC主分类号"]) and not row["主权项内容"] for row in designs)


def test_the_main_class_is_the_first(register):
    assert all(row["IPC分类号"].split(";")[0] == row["IPC主分类号"] for row in register)


def test_lingui_is_a_county_before_2013_and_a_district_after(register):
    lingui = [
        row
        for row in register
        if row["申请人区县"].startswith("临桂") and re.fullmatch(r"\d{4}-\d\d-\d\d", row["申请日"])
    ]
    before = {row["申请人区县"] for row in lingui if row["申请日"] < "2013-01-18"}
    after = Counter(row["申请人区县"] for row in lingui if row["申请日"] >= "2013-01-18")
    assert before == {"临桂县"}
    assert after["临桂区"] > 5 * after["临桂县"]


def test_names_vary_but_the_truth_knows_who_it_is(register, truth):
    by_number = {row["application_number"]: row for row in truth}
    names: dict[str, set[str]] = {}
    for row in register:
        known = by_number.get(row["申请号"])
        if known and known["applicant_type"] != "individual":
            names.setdefault(known["organisation_id"], set()).add(row["申请人"].split(";")[0])
    assert sum(len(written) > 1 for written in names.values()) > 20


def test_joint_applicants_stand_after_a_semicolon(register, truth):
    by_number = {row["application_number"]: row for row in truth}
    for row in register:
        if (known := by_number.get(row["申请号"])) is not None:
            assert (";" in row["申请人"]) == bool(known["joint_id"])


def test_faults_are_in_the_register_and_named_in_the_truth(register, truth):
    faults = Counter(fault for row in truth for fault in row["faults"].split(";") if fault)
    assert faults["no_check_digit"] > 5
    repeated = len(register) - len(truth)
    assert repeated == faults["repeated"]
    assert sum(not row["申请人区县"] for row in register) >= faults["no_county"]


# ------------------------------------------------------------------------------------------------ same seed, same bytes

SCALE_OF_SMALL = 0.02


@pytest.fixture(scope="module")
def few_texts() -> Iterator[None]:
    """Fewer sentences to choose from, which are quickly written; nothing below looks at them."""
    with pytest.MonkeyPatch.context() as patch:
        for count in ("_PREFIXES", "_CORES", "_BODIES", "_DETAILS", "_ENDS", "_TITLES"):
            patch.setattr(texts, count, 2)
        yield


@pytest.fixture(scope="module")
def small(few_texts, tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return simulate("450300", 2010, 2013, seed=5, scale=SCALE_OF_SMALL, to=tmp_path_factory.mktemp("small"))


def test_the_same_seed_gives_the_same_bytes_whatever_the_chunks(small, tmp_path, monkeypatch):
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(door, "CHUNK", 61)
    again = simulate(
        "450300",
        2010,
        2013,
        seed=5,
        scale=SCALE_OF_SMALL,
        to=tmp_path,
        progress=lambda done, total: told.append((done, total)),
    )
    for first, second in zip(small.paths[:3], again.paths[:3], strict=True):
        assert first.read_bytes() == second.read_bytes()
    # Progress is told after each of the many chunks, up to the end.
    assert len(told) > 10
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]


def test_another_seed_gives_another_register(small, tmp_path):
    other = simulate("450300", 2010, 2013, seed=6, scale=SCALE_OF_SMALL, to=tmp_path)
    assert rows(other.paths[0])[0]["申请号"] != rows(small.paths[0])[0]["申请号"]


def test_an_application_is_the_same_in_a_longer_register(small, tmp_path):
    longer = simulate("450300", 2009, 2014, seed=5, scale=SCALE_OF_SMALL, to=tmp_path)
    known = {row["application_number"]: row for row in rows(longer.paths[2])}
    for row in rows(small.paths[2]):
        again = known[row["application_number"]]
        for column in (
            "filed",
            "organisation_id",
            "canonical_name",
            "technical_field",
            "county_code",
            "faults",
        ):
            assert row[column] == again[column]


# ------------------------------------------------------------------------------------------------ choices


def test_unpublished_applications_can_be_left_out(few_texts, tmp_path):
    path = tmp_path / "published.yaml"
    path.write_text("name: published\nbased_on: guilin\nunpublished: leave_out\n", encoding="utf-8")
    made = simulate("450300", 2012, 2015, seed=5, scale=SCALE_OF_SMALL, scenario=path, to=tmp_path / "out")
    register = rows(made.paths[0])
    assert register
    assert all(row["公开公告号"] for row in register)
    years = Counter(row["申请日"][:4] for row in register)
    assert years["2015"] < years["2014"]  # 1.5 times as many were filed; most are not published yet


def test_any_other_region_follows_the_generic_scenario(few_texts, tmp_path):
    made = simulate("450100", 2013, 2014, seed=1, scale=0.02, to=tmp_path)
    register = rows(made.paths[0])
    assert len(register) > 50
    assert Counter(row["申请人城市"] for row in register).most_common(1)[0][0] == "南宁市"


def test_years_before_the_history_of_a_scenario_are_refused(tmp_path):
    with pytest.raises(NotAllowed, match="does not reach back so far"):
        simulate("450300", 1990, 1992, seed=5, scale=SCALE_OF_SMALL, to=tmp_path / "out")


@pytest.mark.parametrize(
    ("first", "last", "scale"), [(2015, 2014, 1.0), (1970, 1990, 1.0), (2010, 2012, 0.0), (2010, 2012, -1.0)]
)
def test_impossible_wishes_are_refused_before_anything_is_written(tmp_path, first, last, scale):
    with pytest.raises(NotAllowed):
        simulate("450300", first, last, seed=1, scale=scale, to=tmp_path / "out")
    assert not (tmp_path / "out").exists()
