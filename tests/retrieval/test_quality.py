# SPDX-License-Identifier: Apache-2.0
"""How good the order of hits is on real files: landscapes labelled by hand, citations, classes; beside plain BM25."""

from __future__ import annotations

import math
import random
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tantivy

from zhihang.methods.segmentation import fold, is_wide, pairs
from zhihang.retrieval.generation import Generation, require
from zhihang.retrieval.record import Record, records
from zhihang.retrieval.similar import Subject, _divided, _links, by_class, by_text, similar
from zhihang.workspace import Workspace, create_workspace

pytestmark = pytest.mark.quality

FILES = (
    "landscape-labelled/nighttime_driver_visibility.csv.gz",
    "landscape-labelled/offshore_plant.csv.gz",
    "landscape-labelled/underwater_glider.csv.gz",
    "cn-taian-applications/taian_patents_1985-2015.xlsx",
)
ASKED = 150
RUNS = 250
Rank = Callable[[Record], Sequence[str]]


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = create_workspace(tmp_path_factory.mktemp("quality") / "ws")
    made.ingest([shared / "data" / "patents" / name for name in FILES])
    made.search.index()
    return made


def figures(ranked: Sequence[str], relevant: set[str]) -> tuple[float, float]:
    """Return recall@100 and nDCG@10 with gains of 0 and 1."""
    gains = [1.0 if name in relevant else 0.0 for name in ranked[:10]]
    found = sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
    best = sum(1 / math.log2(place + 2) for place in range(min(10, len(relevant))))
    return len(relevant & set(ranked[:100])) / len(relevant), found / best


def measured(
    workspace: Workspace, relevant: Mapping[str, set[str]], ways: Mapping[str, Rank]
) -> dict[str, tuple[float, float]]:
    chosen = np.random.default_rng(5).permutation(sorted(relevant))[:ASKED].tolist()
    known = records(workspace.store.snapshot, chosen)
    result = {}
    for way, rank in ways.items():
        each = [figures([n for n in rank(known[name]) if n != name], relevant[name]) for name in chosen]
        recall, gain = np.mean(each, axis=0)
        result[way] = (round(float(recall), 3), round(float(gain), 3))
        sys.stdout.write(f"{way:24s} recall@100 {recall:.3f}  nDCG@10 {gain:.3f}  ({len(chosen)} asked)\n")
    return result


def _text(record: Record) -> str:
    return "\n".join(part for part in (record.title, record.abstract, record.first_claim) if part)


def ways(workspace: Workspace) -> dict[str, Rank]:
    found = require(workspace.folder / "index")
    plain = PlainIndex(workspace, found, lambda text: re.findall(r"\w+", text.lower()))
    couples = PlainIndex(workspace, found, lambda text: pairs(fold(text)))

    def terms(script: str, divided: Callable[[str], Sequence[str]]) -> Rank:
        def rank(record: Record) -> list[str]:
            words = list(dict.fromkeys(divided(_text(record))))[:1000]
            parts = [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(found.index.schema, f"{scope}_{script}", word),
                )
                for word in words
                for scope in ("title", "abstract", "first_claim")
            ]
            hits = found.searcher.search(tantivy.Query.boolean_query(parts), 101, count=False).hits
            ordinals = found.searcher.fast_field_values("ordinal", [address for _, address in hits])
            column = found.register["application_id"]
            return [column[int(ordinal or 0)].as_py() for ordinal in ordinals]

        return rank

    def subject(record: Record) -> Subject:
        return Subject(f"{record.title}\n{_text(record)}", record.ipc)

    return {
        "plain BM25 defaults": plain.rank,
        "segmented only": lambda record: terms(
            "words" if is_wide(_text(record)) else "stems",
            lambda text: list(_divided(text, found.segmenter)),
        )(record),
        "bigram only": couples.rank,
        "text": lambda record: [name for name, _ in by_text(found, subject(record))],
        "class": lambda record: [name for name, _ in by_class(found, subject(record))],
        "text and class": lambda record: [
            one.application_id for one in similar(found, workspace.store.snapshot, subject(record), limit=300)
        ],
    }


class PlainIndex:
    """One field, the usual BM25, texts divided in a usual way: what one gets without thinking."""

    def __init__(
        self, workspace: Workspace, found: Generation, divided: Callable[[str], Sequence[str]]
    ) -> None:
        self.divided = divided
        self.names = [name for name in found.register["application_id"].to_pylist() if name]
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("n", stored=True, fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace")
        self.index = tantivy.Index(builder.build())
        writer = self.index.writer(50_000_000, 1)
        known = records(workspace.store.snapshot, self.names)
        for number, name in enumerate(self.names):
            document = tantivy.Document()
            document.add_unsigned("n", number)
            document.add_text("text", " ".join(divided(_text(known[name]))))
            writer.add_document(document)
        writer.commit()
        self.index.reload()

    def rank(self, record: Record) -> list[str]:
        words = list(dict.fromkeys(self.divided(_text(record))))[:1000]
        schema = self.index.schema
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word)) for word in words]
        searcher = self.index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(parts), 101, count=False).hits
        return [self.names[int(n or 0)] for n in searcher.fast_field_values("n", [a for _, a in hits])]


def landscapes(workspace: Workspace) -> dict[str, set[str]]:
    """Return for each application in a topic the others in it."""
    rows = workspace.store.table("attribute")
    labels = workspace.store.collect(
        rows.filter(rows.name == "valid").select("application_id", "value", "file_id")
    )
    topics: dict[int, set[str]] = {}
    for row in labels.to_pylist():
        if row["value"] == "True":
            topics.setdefault(row["file_id"], set()).add(row["application_id"])
    return {name: topic - {name} for topic in topics.values() for name in topic}


def test_a_patent_of_a_landscape_finds_the_others(workspace: Workspace) -> None:
    got = measured(workspace, landscapes(workspace), ways(workspace))
    assert got["text and class"][1] >= got["plain BM25 defaults"][1]
    assert got["text and class"][0] >= got["plain BM25 defaults"][0]


def test_words_of_a_topic_find_its_patents(workspace: Workspace) -> None:
    topics = landscapes(workspace)
    for query, least in (
        ("night* AND (vision OR visib* OR glare OR headlamp OR headlight)", 0.5),
        ("(augmented OR virtual) AND (reality OR environment OR model)", 0.5),
        ("underwater AND (glider OR vehicle)", 0.5),
    ):
        ranked = workspace.search.ids(query)
        best = max(
            (figures(ranked, topic | {name}) for name, topic in topics.items()), key=lambda pair: pair[0]
        )
        told = f"{query}: recall@100 {best[0]:.3f} nDCG@10 {best[1]:.3f} of {len(ranked)} found\n"
        sys.stdout.write(told)
        assert best[1] >= least


def test_citing_patents_find_what_they_cite(workspace: Workspace) -> None:
    links = workspace.store.collect(_links(workspace.store.snapshot)).to_pylist()
    relevant: dict[str, set[str]] = {}
    for row in links:
        relevant.setdefault(row["citing"], set()).add(row["cited"])
    got = measured(workspace, relevant, ways(workspace))
    assert got["text and class"][0] >= got["plain BM25 defaults"][0]


def test_chinese_patents_find_those_of_their_main_group(workspace: Workspace) -> None:
    """Sharing the IPC main group stands for relevance, so ways that look at classes are left out."""
    rows = workspace.store.table("classification")
    texts = workspace.store.table("text")
    chinese = texts.filter(texts.language == "zh").select("application_id").distinct()
    rows = rows.filter((rows.scheme == "ipc") & (rows.position == 1)).semi_join(chinese, "application_id")
    groups: dict[str, set[str]] = {}
    for row in workspace.store.collect(rows.select("application_id", "symbol")).to_pylist():
        groups.setdefault(row["symbol"].partition("/")[0], set()).add(row["application_id"])
    relevant = {n: group - {n} for group in groups.values() if 5 <= len(group) <= 100 for n in group}
    some: dict[str, Any] = ways(workspace)
    got = measured(workspace, relevant, {k: v for k, v in some.items() if "class" not in k})
    assert got["text"][1] >= got["segmented only"][1] > got["plain BM25 defaults"][1]


def test_runs_in_quotes_are_found_where_they_stand_and_nowhere_else(workspace: Workspace) -> None:
    """Runs of 2 to 6 characters, most of them cut through words; truth by looking through the texts."""
    texts, claims = workspace.store.table("text"), workspace.store.table("claim")
    texts = texts.filter(texts.part.isin(["title", "abstract"]))
    whole: dict[str, list[str]] = {}
    for rows in (texts, claims):
        rows = rows.filter(rows.language == "zh").select("application_id", "text")
        for row in workspace.store.collect(rows).to_pylist():
            whole.setdefault(row["application_id"], []).append(fold(row["text"]))
    chance = random.Random(3)
    every = [text for name in sorted(whole) for text in whole[name]]
    right = wrong = missed = 0
    for _ in range(RUNS):
        run = _run(chance, every)
        found = set(workspace.search.ids(f'"{run}"'))
        truth = {name for name, parts in whole.items() if any(run in part for part in parts)}
        right, wrong, missed = (
            right + len(found & truth),
            wrong + len(found - truth),
            missed + len(truth - found),
        )
    sys.stdout.write(f"runs in quotes: {right} right, {wrong} wrong, {missed} missed\n")
    assert missed == 0
    assert wrong <= 0.001 * right


def _run(chance: random.Random, texts: Sequence[str]) -> str:
    while True:
        text, length = chance.choice(texts), chance.randint(2, 6)
        start = chance.randrange(max(len(text) - length, 1))
        run = text[start : start + length]
        if len(run) == length and all(map(is_wide, run)):
            return run
