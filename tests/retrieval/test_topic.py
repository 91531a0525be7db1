# SPDX-License-Identifier: Apache-2.0
"""Topics: the starter topics can be read, and faults of a file are told together."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.unparse import unparse
from zhihang.retrieval.topic import Topics


def test_there_are_ten_starter_topics() -> None:
    assert len(Topics().names()) == 10


@pytest.mark.parametrize("name", Topics().names())
def test_a_starter_topic_is_whole(name: str) -> None:
    topic = Topics()[name]
    assert topic.notes
    assert topic.owner
    assert len({node.code for node in topic.taxonomy}) == len(topic.taxonomy) >= 3
    for query in (topic.query, *(node.query for node in topic.taxonomy)):
        assert unparse(parse(query, style="own"))


def test_a_topic_of_the_workspace_goes_before_a_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "biology.yaml").write_text("label: {zh: 生物, en: Biology}\nquery: IPC=C12\n", "utf-8")
    assert Topics((tmp_path,))["biology"].query == "IPC=C12"
    assert len(Topics((tmp_path,)).names()) == 10


def test_all_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    text = "label: {zh: 甲}\nqeury: 电池\ntaxonomy:\n  - {code: a, zh: 乙}\n  - {code: a, zh: 丙, query: 丁, x: 1}\n"
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as raised:
        Topics((tmp_path,))["bad"]
    faults = raised.value.facts["faults"]
    for fault in (
        "unknown key: qeury",
        "label wants",
        "no query",
        "taxonomy[1] wants",
        "unknown key: x",
        "twice",
    ):
        assert fault in faults


def test_an_unknown_topic_is_told_with_the_nearest() -> None:
    with pytest.raises(NotFound) as raised:
        Topics()["new_energy_vehicle"]
    assert "new_energy_vehicles" in raised.value.facts["close to"]
