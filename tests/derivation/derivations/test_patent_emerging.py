# SPDX-License-Identifier: Apache-2.0
"""Tests of the strategic emerging industries: patterns, exclusions, keywords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.derivation.made_facts import derived, own_lists

from zhihang.derivation.derivations.patent_emerging import patent_emerging
from zhihang.derivation.emerging_rule import read_rules
from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.store.engine import Engine, start_engine

HEAD = "branch,rule,kind,ipc_pattern,needs_keyword,keywords,keywords_complete"
TABLE = f"""{HEAD}
1.1,1,include,G06F11*,0,,0
1.1,1,exclude,G06F11/14,0,,0
1.2,1,include,H01L21/02,0,,0
1.2,2,include,G16*,0,,0
4.1,1,include,A61K*,1,疫苗|抗体药,0
4.2,1,include,A61B*,1,超声诊断,1
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def branches(engine, folder, applications, *, table=TABLE):
    """Branches and bases by application; each has a symbol and, or not, a text."""
    lists = own_lists(folder, strategic_emerging_industries_ipc=table)
    tables = {
        "application": [{"application_id": name} for name in applications],
        "classification": [
            {"application_id": name, "scheme": "ipc", "symbol": symbol, "position": 1}
            for name, (symbol, _) in applications.items()
        ],
        "text": [
            {"application_id": name, "part": "abstract", "language": "zh", "text": text}
            for name, (_, text) in applications.items()
            if text
        ],
    }
    rows = derived(patent_emerging, engine, tables, codes=lists)
    return {row["application_id"]: (row["code"], row["branch"], row["basis"]) for row in rows}


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        (["G06F11/07"], {"1.1"}),  # below G06F11*
        (["G06F11/14"], set()),  # excluded
        (["G06F11/14", "G06F11/00"], {"1.1"}),  # the other symbol is not excluded
        (["G06F110/00"], set()),  # another main group
        (["H01L21/02"], {"1.2"}),  # exactly
        (["H01L21/027"], set()),  # below, and no star
        (["G16H50/20"], {"1.2"}),  # a class with all below it
    ],
)
def test_a_star_means_the_level_and_all_below_it_and_no_star_exactly_that(tmp_path, symbols, expected):
    rules = read_rules(own_lists(tmp_path, strategic_emerging_industries_ipc=TABLE))
    assert {rules.rules[place].branch for symbol in symbols for place in rules.met_by(symbol)} == expected


def test_the_basis_says_whether_a_keyword_was_found_and_a_complete_list_of_them_decides(engine, tmp_path):
    found = branches(
        engine,
        tmp_path,
        {
            "class": ("G06F11/07", "一种服务器"),
            "found": ("A61K39/00", "一种禽流感疫苗及其制备方法"),
            "not found": ("A61K39/00", "一种中药"),
            "no text": ("A61K39/00", None),
            "complete, found": ("A61B8/00", "一种超声诊断设备"),
            "complete, not found": ("A61B8/00", "一种手术刀"),
            "complete, no text": ("A61B8/00", None),
            "no branch": ("B60K1/00", "一种疫苗"),
        },
    )
    assert found == {
        "class": ("1", "1.1", "class"),
        "found": ("4", "4.1", "class_and_keyword"),
        "not found": ("4", "4.1", "class_keyword_not_found"),
        "no text": ("4", "4.1", "class_only_keyword_unchecked"),
        "complete, found": ("4", "4.2", "class_and_keyword"),
        "complete, no text": ("4", "4.2", "class_only_keyword_unchecked"),
    }


def test_faults_of_the_table_are_told_together(engine, tmp_path):
    table = f"{HEAD}\n99,1,include,G06F11*,0,,0\n1.1,1,exclude,nonsense,0,,0\n1.1,1,perhaps,H01L*,1,甲,0\n"
    with pytest.raises(DefinitionError) as caught:
        branches(engine, tmp_path, {}, table=table)
    said = str(caught.value)
    assert 'branch "99" does not exist' in said
    assert '"nonsense" is no pattern' in said
    assert 'kind "perhaps"' in said
    assert "keywords differ" in said
    assert "rule 1.1/1 includes nothing" in said
    with pytest.raises(DefinitionError, match="no column"):
        branches(engine, tmp_path, {}, table="branch,rule\n1.1,1\n")


def test_the_packaged_table_has_40_branches_and_303_rules():
    rules = read_rules(CodeLists())
    assert len(rules.rules) == 303
    assert len({rule.branch for rule in rules.rules}) == 40
    assert not any(rule.complete for rule in rules.rules)
    # Rule 1 of branch 1.1 includes G06F11* and excludes G06F11/14.
    first = next(n for n, rule in enumerate(rules.rules) if (rule.branch, rule.number) == ("1.1", "1"))
    assert first in rules.met_by("G06F11/07")
    assert first not in rules.met_by("G06F11/14")


def test_lists_of_the_workspace_go_before_those_of_the_package(tmp_path: Path):
    assert len(read_rules(own_lists(tmp_path, strategic_emerging_industries_ipc=TABLE)).rules) == 5
