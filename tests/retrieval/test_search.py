# SPDX-License-Identifier: Apache-2.0
"""What queries find in a small workspace: scripts, widths, stems, fields, structure, facets, order, families."""

from __future__ import annotations

import pytest

from zhihang.errors import NotFound, QueryError, ZhihangError
from zhihang.workspace import Workspace

LITHIUM, CAR, BATTERY, CANE = "CN201010000001", "CN201110000002", "US201200003", "CN201310000004"


def ids(workspace: Workspace, query: str) -> set[str]:
    return set(workspace.search.ids(query))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("锂离子电池", {LITHIUM}),
        ("电动车辆", {CAR}),
        ("電動車輛", {CAR}),
        ("电池", {LITHIUM, CAR}),
        ("锂", {LITHIUM, CAR}),
        ("磷酸铁锂", {LITHIUM}),
        ("酸铁", {LITHIUM}),
        ("5G通信", {CANE}),
        ("用5G", {CANE}),
        ("刀", {CANE}),
        ('"刀。"', {CANE}),
        ("磷", {LITHIUM}),
        ("５ｇ", {CANE}),
        ("batteries", {BATTERY}),
        ("BATTERY", {BATTERY}),
        ("coating", {BATTERY}),
        ("lithium-ion", {BATTERY}),
        ("cathod*", {BATTERY}),
        ("coati*", {BATTERY}),
        ("甘蔗*", {CANE}),
        ("收?机", {CANE}),
        ("TI=收割机", {CANE}),
        ("TI=切割刀", set()),
        ("CL=磷酸铁锂", {LITHIUM}),
        ("电池 AND NOT 磷酸铁锂", {CAR}),
        ("NOT 电池", {BATTERY, CANE}),
        ("石墨烯 OR graphene", {LITHIUM, BATTERY}),
        ("IPC=H01M", {LITHIUM, CAR, BATTERY}),
        ("IPC=H01M4/58", {LITHIUM}),
        ("IPC=H01M10/", {LITHIUM}),
        ("KIND=实用新型 AND 电池", {CAR}),
        ("KIND=实用新型 OR 石墨烯", {CAR, CANE, LITHIUM}),
        ("APD=2012", {BATTERY}),
        ("APD>=2011 AND APD<=2012", {CAR, BATTERY}),
        ("PA=玉柴", {CAR, CANE}),
        ("PA=玉柴 AND 电池", {CAR}),
        ("CC=US", {BATTERY}),
    ],
)
def test_a_query_finds_what_it_asks_for(searched: Workspace, query: str, found: set[str]) -> None:
    assert ids(searched, query) == found
    assert searched.search.count(query) == len(found)


def test_a_phrase_is_exactly_that_run_of_characters(searched: Workspace) -> None:
    """The abstract of CAR holds 水池 and 组件 apart; only its title and claim hold 电池组 as one."""
    assert ids(searched, 'TI="锂电池组"') == {CAR}
    assert ids(searched, 'AB="池组件"') == set()


def test_words_apart_in_one_text_are_found_without_quotes_and_not_with(searched: Workspace) -> None:
    assert ids(searched, "石墨烯正极") == {LITHIUM}
    assert ids(searched, '"石墨烯正极"') == set()


def test_nearness_counts_words_between(searched: Workspace) -> None:
    assert ids(searched, "battery NEAR/3 coated") == {BATTERY}
    assert ids(searched, "battery NEAR/0 graphene") == set()


def test_hits_tell_what_the_contract_names(searched: Workspace) -> None:
    (hit,) = searched.search.search("磷酸铁锂").hits
    assert set(hit) == {
        "publication_id", "application_id", "score", "title", "applicants", "filing_date", "ipc", "highlights",
    }  # fmt: skip
    assert hit["applicants"] == ("桂林电子科技大学",)
    assert hit["ipc"] == ("H01M4/58", "H01M10/0525")
    assert "<mark>磷酸铁锂</mark>" in hit["highlights"]["abstract"]


def test_highlights_are_safe_to_show(searched: Workspace) -> None:
    (hit,) = searched.search.search("graphene").hits
    assert "&lt;b&gt;<mark>graphene</mark>&lt;/b&gt; &amp;" in hit["highlights"]["abstract"]


def test_a_word_in_the_title_counts_more_than_in_the_abstract(searched: Workspace) -> None:
    assert searched.search.ids("电池")[0] in {LITHIUM, CAR}
    assert searched.search.ids("收割机 OR 石墨烯")[0] == CANE


def test_facets_count_all_hits_and_not_those_shown(searched: Workspace) -> None:
    found = searched.search.search("IPC=H01M", limit=1, facets=("year", "type", "class", "applicant"))
    assert (found.count, len(found.hits)) == (3, 1)
    assert found.facets["year"] == (("2012", "", 1), ("2011", "", 1), ("2010", "", 1))
    assert {value: times for value, _, times in found.facets["type"]} == {"invention": 2, "utility_model": 1}
    assert found.facets["class"] == (("H01M", "", 3),)
    assert found.facets["type"][0][1] == "发明"


def test_sorting_and_paging(searched: Workspace) -> None:
    def shown(**wish: object) -> list[str]:
        return [hit["application_id"] for hit in searched.search.search("IPC=H01M", **wish).hits]

    assert shown(sort="newest") == [BATTERY, CAR, LITHIUM]
    assert shown(sort="oldest") == [LITHIUM, CAR, BATTERY]
    assert shown(sort="newest", limit=1, offset=1) == [CAR]
    assert shown(limit=0) == []
    assert shown(offset=99) == []


@pytest.mark.parametrize("wish", [{"sort": "best"}, {"facets": ("colour",)}])
def test_an_order_or_facet_that_does_not_exist_is_refused(
    searched: Workspace, wish: dict[str, object]
) -> None:
    with pytest.raises(NotFound, match="is not known"):
        searched.search.search("电池", **wish)


def test_more_words_than_can_be_looked_for_at_once_are_refused(searched: Workspace) -> None:
    with pytest.raises(QueryError, match="too many words at once"):
        searched.search.count(" OR ".join(f"词{number}" for number in range(501)))


def test_more_hits_than_can_be_shown_are_refused(searched: Workspace) -> None:
    with pytest.raises(QueryError, match="That many hits"):
        searched.search.search("电池", limit=10**9)


@pytest.mark.parametrize(
    "query",
    [
        "(", "))", "FOO=1", '"', "''", "😀", "\x00", "*", "a*", "的", "(a+)+$", "'; DROP TABLE application; --",
        "电" * 5000, " OR ".join(f"w{n}" for n in range(100_000)), "(" * 5000, "NOT", "AND", "電池 NEAR/9999 x",
        "../../etc/passwd", "TI=<script>", "a" * 190_000, "?*?*?*", "电*电*电*电*电*", ".*.*.*", "%s%n", "\\", "[1 TO",
    ],
)  # fmt: skip
def test_any_query_gets_a_bounded_answer_or_a_clear_error(searched: Workspace, query: str) -> None:
    told = ""
    try:
        assert searched.search.search(query, limit=5, facets=("year",)).count >= 0
    except ZhihangError as error:
        told = str(error)
    assert len(told) < 20_000


def test_synonyms_are_looked_for_too(searched: Workspace) -> None:
    path = searched.folder / "synonyms.txt"
    path.write_text("# 电池\n磷酸铁锂, LFP，lithium iron\n", encoding="utf-8")
    try:
        assert ids(searched, "LFP") == {LITHIUM}
    finally:
        path.unlink()
    assert ids(searched, "LFP") == set()


def test_similar_patents_come_with_reasons_and_without_the_patent_itself(searched: Workspace) -> None:
    found = searched.search.similar(LITHIUM)
    assert found[0]["application_id"] in {CAR, BATTERY}
    assert LITHIUM not in {row["application_id"] for row in found}
    assert any("H01M" in row["reasons"].get("class", ()) for row in found)


def test_a_pasted_text_finds_its_like(searched: Workspace) -> None:
    found = searched.search.similar_to_text("关于甘蔗收割机切割刀的研究")
    assert found[0]["application_id"] == CANE
    assert "甘蔗" in found[0]["reasons"]["text"]


@pytest.mark.parametrize("text", ["，。", "😀", "1 2 3"])
def test_a_text_without_words_is_like_nothing(searched: Workspace, text: str) -> None:
    assert searched.search.similar_to_text(text) == []


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_is_refused(searched: Workspace, text: str) -> None:
    with pytest.raises(ZhihangError, match="empty"):
        searched.search.similar_to_text(text)


def test_a_number_that_is_not_there_is_told(searched: Workspace) -> None:
    with pytest.raises(NotFound, match="no such application"):
        searched.search.similar("CN999999999")
