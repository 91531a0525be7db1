# SPDX-License-Identifier: Apache-2.0
"""The guide to searching: every query in it is read, and means what stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhihang.errors import QuerySyntaxError
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.plan import flattened
from zhihang.retrieval.query_language.unparse import unparse

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "search-patents.md"
SETS = {"龙头企业": "PA=玉柴"}


def _tables() -> list[list[str]]:
    lines = GUIDE.read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|") and "---" not in line]
    return [row for row in rows if "`" in row[-1] or "`" in row[0]]


def test_every_query_of_the_tables_is_read() -> None:
    queries = [query for row in _tables() if "`" not in row[0] for query in re.findall(r"`([^`]+)`", row[-1])]
    assert len(queries) > 50
    for query in queries:
        assert unparse(parse(query, SETS, style="own"))


def test_every_long_example_is_read() -> None:
    fenced = re.findall(r"^```(\w*)\n(.*?)\n```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    blocks = [text for language, text in fenced if not language and not text.startswith("$")]
    assert len(blocks) == 5
    for block in blocks:
        assert unparse(parse(block, SETS, style="own"))


def test_queries_of_other_services_mean_what_stands_beside_them() -> None:
    pairs = [re.findall(r"`([^`]+)`", " ".join(row)) for row in _tables() if "`" in row[0]]
    told = [pair for pair in pairs if len(pair) == 2]
    assert len(told) == 4
    for theirs, ours in told:
        assert flattened(parse(theirs)) == flattened(parse(ours, style="own"))
    refused = [pair[0] for pair in pairs if len(pair) == 1]
    assert refused
    for query in refused:
        with pytest.raises(QuerySyntaxError, match="MAINF"):
            parse(query)


def test_the_message_shown_is_the_message_given() -> None:
    text = GUIDE.read_text("utf-8")
    query = re.search(r'zhihang search "(标题[^"]+)"', text)
    assert query
    with pytest.raises(QuerySyntaxError) as raised:
        parse(query[1])
    shown = text.split(f'zhihang search "{query[1]}"\n', 1)[1].split("\n```", 1)[0]
    assert str(raised.value) == shown
