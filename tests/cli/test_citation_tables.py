# SPDX-License-Identifier: Apache-2.0
"""Main paths, the CD index and networks from the command line, on sound and on broken tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command_line import zhihang

A = "1>3 2>3 2>4 3>5 3>7 4>6 4>10 4>11 5>8 5>9 6>9 6>10"
SPC = [3, 3, 4, 4, 2, 2, 1, 1, 2, 2, 1, 1]
YEARS = [1992, 1992, 1993, 1993, 1995, 1997, 1998, 1999, 1999, 1998, 1997]
CITED = "4>2 4>0 4>1 4>3 5>2 6>2 6>4 7>4 8>4 9>4 9>1 9>3 10>4"


def _table(folder: Path, text: str, *, name: str = "edges.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _network_a(folder: Path) -> Path:
    pairs = [link.split(">") for link in A.split()]
    return _table(folder, "citing,cited\n" + "".join(f"{new},{old}\n" for old, new in pairs))


def test_main_path_as_json_leads_from_cited_to_citing(tmp_path: Path) -> None:
    ran = zhihang(
        "mainpath", _network_a(tmp_path), "--weights", "spc", "--search", "global", "--format", "json"
    )
    assert ran.code == 0
    expected = [
        {"from": old, "to": new, "weight": weight}
        for (old, new), weight in zip((link.split(">") for link in A.split()), SPC, strict=True)
    ]
    assert ran.json["links"] == expected
    assert sorted("-".join(path) for path in ran.json["paths"]) == [
        "1-3-5-8",
        "1-3-5-9",
        "2-3-5-8",
        "2-3-5-9",
    ]
    assert ran.json["totals"] == [9, 9, 9, 9]
    assert ran.json["path_count"] == 4


def test_every_way_of_weighing_and_searching_runs(tmp_path: Path) -> None:
    path = _network_a(tmp_path)
    for weights in ("spc", "splc", "spnp"):
        for search in ("local", "global", "key-route"):
            ran = zhihang(
                "mainpath", path, "--weights", weights, "--search", search, "-k", 3, "--format", "csv"
            )
            assert ran.code == 0
            assert ran.out.startswith("from,to,weight")


def test_cd_index_of_the_published_graph(tmp_path: Path) -> None:
    rows = [
        f"{new},{old},{YEARS[int(new)]},{YEARS[int(old)]}\n"
        for new, old in (link.split(">") for link in CITED.split())
    ]
    path = _table(tmp_path, "citing,cited,citing_date,cited_date\n" + "".join(rows))
    ran = zhihang("cdindex", path, "--window", 5, "--format", "json")
    found = {row["document"]: row for row in ran.json["documents"]}
    assert found["4"]["cd"] == pytest.approx(0.16667, abs=5e-6)
    assert found["4"]["mcd"] == pytest.approx(0.83333, abs=5e-6)
    assert found["7"]["cd"] is None


def test_broken_rows_are_named_and_the_rest_stands(tmp_path: Path) -> None:
    text = (
        "citing,cited,citing_date,cited_date\n"
        "B,A,2001-01-01,2000-01-01\n"
        "C,B,2002-01-01,2001-01-01\n"
        "C,D,2002-01-01,2005-05-05\n"  # into the future
        "E,E,2001-01-01,2001-01-01\n"
        ",A,2001-01-01,2000-01-01\n"
        "B,A,2001-01-01,2000-01-01\n"
        "F,G,2003-01-01,2003-01-01\n"  # a circle of one day
        "G,F,2003-01-01,2003-01-01\n"
        "F,C,2003-13-01,2002-01-01\n"
        "x,y,z,w,v,u\n"
    )
    ran = zhihang("mainpath", _table(tmp_path, text), "--format", "json")
    assert ran.code == 1
    assert ran.json["paths"] == [["A", "B", "C", "F+G"]]
    assert ran.json["joined"] == {"F+G": ["F", "G"]}
    for told in (
        "line 4: C cites D",
        "line 5: E cites E",
        "line 6: (blank) cites A",
        "line 7: B cites A",
        "line 10: 2003-13-01",
        "line 11: 6 cells",
        "F = G",
    ):
        assert told in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("citing,cited\n", "holds no citations"),
        ("a,b\n1,2\n", 'Column "citing"'),
        ("B,A\nC,B\n", "first row   B, A"),
        ("citing,cited,cited\nB,A,X\n", '2 columns "cited"'),
        ("citing,cited\nB,A" + ",x" * 20_000 + "\n", "far too wide"),
        ("citing,from\n1,2\n", 'Column "cited"'),
        ("citing,cited\nE,E\n", "No citation"),
    ],
)
def test_tables_without_citations_are_refused(tmp_path: Path, text: str, told: str) -> None:
    for verb in ("mainpath", "cdindex"):
        ran = zhihang(verb, _table(tmp_path, text))
        assert ran.code == 2
        assert told in ran.err


def test_chinese_names_are_read_in_the_encoding_of_their_file(tmp_path: Path) -> None:
    path = _table(tmp_path, "citing,cited\n专利甲,专利乙\n专利丙,专利甲\n", encoding="gb18030")
    assert zhihang("mainpath", path, "--format", "json").json["paths"] == [["专利乙", "专利甲", "专利丙"]]


def test_a_window_without_dates_is_refused(tmp_path: Path) -> None:
    ran = zhihang("cdindex", _network_a(tmp_path), "--window", 5)
    assert ran.code == 2
    assert "needs dates" in ran.err
    assert "without dates" in zhihang("cdindex", _network_a(tmp_path)).err


def test_dates_of_different_exactness_count_in_the_coarsest(tmp_path: Path) -> None:
    text = "citing,cited,citing_date,cited_date\nB,A,2001,2000-05-01\nC,A,2000-12-01,2000-05-01\n"
    ran = zhihang("cdindex", _table(tmp_path, text), "--format", "json")
    found = {row["document"]: row for row in ran.json["documents"]}
    assert found["A"]["citing"] == 1  # C is of the same year and so not later
    assert "whole years" in ran.err


def test_who_applies_together_is_measured(tmp_path: Path) -> None:
    text = "id,applicants\n1,甲;乙\n2,乙;丙\n3,甲;乙\n4,丁\n"
    ran = zhihang("network", _table(tmp_path, text), "--members", "applicants", "--format", "json")
    assert ran.code == 0
    weights = {frozenset((link["from"], link["to"])): link["weight"] for link in ran.json["links"]}
    assert weights == {frozenset("甲乙"): 2, frozenset("乙丙"): 1}
    assert ran.json["members"][0]["name"] == "乙"
    assert ran.json["members"][0]["betweenness"] == pytest.approx(1 / 3)  # one of the three pairs of others


def test_links_with_weights_that_are_no_numbers_are_left_out(tmp_path: Path) -> None:
    ran = zhihang(
        "network", _table(tmp_path, "from,to,weight\na,b,2\nb,c,x\n,d,1\nc,d,1\n"), "--format", "json"
    )
    assert ran.code == 1
    assert len(ran.json["links"]) == 2
    assert "without two names, left out: 1" in ran.err
    assert "no number above 0, left out: 1" in ran.err


def test_a_table_without_shared_documents_has_no_network(tmp_path: Path) -> None:
    ran = zhihang("network", _table(tmp_path, "id,applicants\n1,甲\n2,乙\n"), "--members", "applicants")
    assert ran.code == 2
    assert "no link" in ran.err


def test_names_of_columns_may_differ_in_case_and_blanks(tmp_path: Path) -> None:
    path = _table(tmp_path, " Citing ; CITED\nB;A\nC;B\n")
    assert zhihang("mainpath", path, "--format", "json").json["paths"] == [["A", "B", "C"]]


def test_where_all_stand_in_one_circle_there_is_no_path_and_that_is_said(tmp_path: Path) -> None:
    ran = zhihang("mainpath", _table(tmp_path, "citing,cited\nA,B\nB,C\nC,A\n"), "--format", "json")
    assert (ran.code, ran.json["paths"], ran.json["path_count"]) == (0, [], 0)
    assert "no main path: once the circles are joined, no citation is left" in ran.json["remarks"]


def test_columns_the_wrong_way_round_are_suspected(tmp_path: Path) -> None:
    text = "citing,cited,citing_date,cited_date\nA,B,2000,2005\n"
    ran = zhihang("mainpath", _table(tmp_path, text))
    assert ran.code == 2
    assert "wrong way round" in ran.err


def test_a_window_with_dates_that_cannot_be_read_says_which(tmp_path: Path) -> None:
    text = "citing,cited,citing_date,cited_date\nB,A,yesterday,??\n"
    ran = zhihang("cdindex", _table(tmp_path, text), "--window", 5)
    assert ran.code == 2
    assert "line 2: yesterday" in ran.err
    assert "Correct the dates" in ran.err


@pytest.mark.parametrize("cells", ["甲；乙 乙；丙", "甲、乙 乙、丙", "甲;乙 乙;丙"])
def test_what_parts_the_applicants_is_seen_from_the_cells(tmp_path: Path, cells: str) -> None:
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells.split()))
    ran = zhihang("network", _table(tmp_path, "id,ap\n" + rows), "--members", "ap", "--format", "json")
    assert {(link["from"], link["to"]) for link in ran.json["links"]} == {("乙", "甲"), ("丙", "乙")}


def test_every_row_that_makes_no_link_is_told(tmp_path: Path) -> None:
    text = "from,to,weight\na,a,1\nb,c,-1\nc,d,inf\n,x,1\nd,e,\nd,f,2\n"
    ran = zhihang("network", _table(tmp_path, text), "--format", "json")
    assert ran.code == 1
    assert ran.json["remarks"] == [
        "rows without two names, left out: 1",
        "rows with a weight that is no number above 0, left out: 2",
        "links of a member with itself, left out: 1",
        "rows without a weight, counted 1: 1",
    ]
    assert {(link["from"], link["to"], link["weight"]) for link in ran.json["links"]} == {
        ("d", "e", 1.0),
        ("d", "f", 2.0),
    }


def test_patent_quality_of_any_table_of_citations_and_patents(tmp_path: Path) -> None:
    # P (A61K) cites R, whose six symbols are 3 A61K, 2 C07D, 1 G01N: originality 1 - (9 + 4 + 1) / 36, radicalness 3 / 6.
    # X (A61K), Y and Z (C07D) cite P: generality 1 - (1/9 + 4/9); Z cites it after more than five years.
    edges = _table(
        tmp_path,
        "citing,cited,citing_date,cited_date\nP,R,2000,1990\nX,P,2001,2000\nY,P,2005,2000\nZ,P,2006,2000\n",
    )
    six = "A61K 1/00;A61K 3/00;A61K 5/00;C07D 1/00;C07D 3/00;G01N 1/00"
    rows = ["P,2000-01-01,A61K 31/00,2000-01-31", f"R,1990-01-01,{six},", "X,2001-01-01,A61K 9/00,"]
    rows += ["Y,2005-01-01,C07D 1/00,", "Z,2006-01-01,C07D 3/00,", "Q,2006-01-01,??,"]
    patents = _table(tmp_path, "no,filed,ipc,granted\n" + "\n".join(rows) + "\n", name="patents.csv")
    words = ("--number", "no", "--date", "filed", "--classes", "ipc", "--grant", "granted")
    ran = zhihang("patentquality", edges, "--patents", patents, *words, "--format", "json")
    assert ran.code == 0
    found = {row["number"]: row for row in ran.json["patents"]}
    assert found["P"]["originality"] == pytest.approx(0.6111, abs=5e-5)
    assert found["P"]["radicalness"] == 0.5
    assert found["P"]["generality"] == pytest.approx(4 / 9, abs=1e-6)
    assert (found["P"]["forward"], found["P"]["backward"], found["P"]["grant_lag"]) == (2, 1, 30)
    assert (found["P"]["forward_complete"], found["Y"]["forward_complete"]) == (True, False)
    assert found["R"]["scope"] == 3
    assert (
        found["Q"]["forward"] is found["Q"]["generality"] is None
    )  # no citation names it: not known, and not 0
    assert {one["code"] for one in ran.json["remarks"]} >= {
        "q_absent",
        "q_symbols",
        "q_cohorts",
        "q_composite",
    }


def test_patent_quality_without_a_table_of_patents_counts_citations(tmp_path: Path) -> None:
    ran = zhihang("patentquality", _network_a(tmp_path), "--format", "json")
    assert ran.code == 0
    assert {row["number"]: row["forward"] for row in ran.json["patents"]}["4"] == 3
    assert {one["code"] for one in ran.json["remarks"]} >= {"q_undated", "q_classes"}
