# SPDX-License-Identifier: Apache-2.0
"""Every run of characters of a text is found, however the text around it is divided."""

from __future__ import annotations

import random

import pytest
import tantivy

from zhihang.methods.segmentation import DictionaryOnly, segmenter_with
from zhihang.retrieval.layout import open_folder
from zhihang.retrieval.lexicon import Lexicon
from zhihang.retrieval.query import Phrase
from zhihang.retrieval.readings import Readings
from zhihang.retrieval.text_query import TextReader
from zhihang.retrieval.word_pairs import NotedPairs

TEXTS = (
    "本实用新型公开了一种锂离子电池正极材料的制备方法",
    "进一步改进了供电网络与输电线路的控制中心",
    "将营养液滴入胃肠，输送到主油箱的空气压力阀门",
    "发动作业机械，使用水泵排水管道",
    "一种新型折叠式电动车的制动器提供电力",
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> tuple[TextReader, tantivy.Searcher]:
    segmenter = DictionaryOnly(segmenter_with({}))
    index = open_folder(str(tmp_path_factory.mktemp("text")))
    pairs = NotedPairs.for_applications(len(TEXTS))
    writer = index.writer(15_000_000, 1)
    words: set[str] = set()
    for number, text in enumerate(TEXTS):
        cut = segmenter.cut(text)
        words.update(cut)
        pairs.note([" ".join(cut)])
        made = {"ordinal": number, "abstract_words": [" ".join(cut)]}
        writer.add_document(tantivy.Document.from_dict(made, index.schema))
    writer.commit()
    index.reload()
    return TextReader(index.schema, segmenter, Lexicon(sorted(words), pairs.packed())), index.searcher()


def test_every_run_is_found_where_it_stands_and_nowhere_else(
    reader: tuple[TextReader, tantivy.Searcher],
) -> None:
    read, searcher = reader
    chance = random.Random(1)
    for _ in range(400):
        text = chance.choice(TEXTS)
        length = chance.randint(1, 6)
        start = chance.randrange(len(text) - length)
        run = text[start : start + length]
        if "，" in run:
            continue
        question = read.question(Phrase("abstract", run))
        assert question is not None
        hits = searcher.search(question, 10).hits
        found = set(searcher.fast_field_values("ordinal", [address for _, address in hits]))
        assert found == {number for number, other in enumerate(TEXTS) if run in other}, run


def test_a_longer_word_at_the_edge_is_a_reading() -> None:
    segmenter = DictionaryOnly(segmenter_with({}))
    readings = Readings("新型折叠", segmenter, Lexicon(["实用新型", "新型", "折叠", "折叠式"]))
    assert readings.plain == ((0, ("新型",)), (1, ("折叠",)))
    assert ((0, ("实用新型",)), (1, ("折叠",))) in readings.others
    assert ((0, ("新型",)), (1, ("折叠式",))) in readings.others
