# SPDX-License-Identifier: Apache-2.0
"""Applications like one, or like a text: by words, by classes and by citations, joined by rank, each with reasons."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import tantivy

from zhihang.methods.segmentation import Segmenter, fold, is_wide, printable, stop_words
from zhihang.retrieval.text_query import stems

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.retrieval.generation import Generation
    from zhihang.store.snapshot import Snapshot

DEPTH = 300
"""Hits of each way that are joined."""
WORDS = 200
"""Words of the given text that are looked for: those that tell most."""
RARITY = 0.5
"""Power of the rarity of a word in its weight; the ranking of the index counts rarity once more."""
LONGEST = 60_000
"""Characters of the given text that are read."""
SMOOTHING = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): sum of weight / (60 + rank)."""
WAYS: Mapping[str, float] = {"text": 1.0, "class": 0.5, "citation": 0.7, "embedding": 1.0}
"""Weight of each way; see docs/explanation/search-quality.md."""
_SCOPES: Mapping[str, float] = {"title": 1.5, "abstract": 1.0, "first_claim": 1.0}
"""Where words are looked for, with weights; a title counts less than in a search by words."""

Ranking = Sequence[tuple[str, tuple[str, ...]]]
"""Applications, the nearest first, each with what it has in common."""


@dataclass(frozen=True)
class Subject:
    """What others are compared with."""

    text: str
    ipc: tuple[str, ...] = ()
    application_id: str | None = None


@dataclass(frozen=True)
class Alike:
    """An application like the subject: joined score, place in each way, and what both have in common."""

    application_id: str
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def similar(
    found: Generation,
    snapshot: Snapshot,
    subject: Subject,
    *,
    limit: int = 20,
    ways: Mapping[str, float] = WAYS,
    more: Mapping[str, Ranking] | None = None,
) -> list[Alike]:
    """Return the applications most like a subject, the nearest first; `more` adds rankings made elsewhere."""
    made: dict[str, Callable[[], Ranking]] = {
        "text": lambda: by_text(found, subject),
        "class": lambda: by_class(found, subject),
        "citation": lambda: by_citation(snapshot, subject),
    }
    rankings = {way: make() for way, make in made.items() if ways.get(way, 0) > 0}
    rankings |= {way: ranking for way, ranking in (more or {}).items() if ways.get(way, 0) > 0}
    return _fused(rankings, ways, without=subject.application_id)[:limit]


def by_text(found: Generation, subject: Subject) -> Ranking:
    """Rank by the words that tell most, weighted by how often they come here and how rare they are elsewhere."""
    told = telling_words(found, subject.text)
    parts = [
        (tantivy.Occur.Should, tantivy.Query.boost_query(_one(found, scope, word), weight * share))
        for word, weight in told
        for scope, share in _SCOPES.items()
    ]
    if not parts:
        return []
    hits = _hits(found, tantivy.Query.boolean_query(parts))
    kept = [word for word, _ in told[:15]]
    return _with_shared(found, hits, "words", kept)


def by_class(found: Generation, subject: Subject) -> Ranking:
    """Rank by shared IPC symbols, the rarer the better, and their groups and subclasses beside."""
    weights: dict[str, float] = {}
    for symbol in subject.ipc:
        for part, share in ((symbol, 1.0), (symbol.partition("/")[0], 0.5), (symbol[:4], 0.25)):
            rarity = math.log(1 + found.searcher.num_docs / (1 + found.searcher.doc_freq("ipc", part)))
            weights[part] = max(weights.get(part, 0.0), share * rarity)
    parts = [
        (
            tantivy.Occur.Should,
            tantivy.Query.const_score_query(_term(found, "ipc", part), weight),
        )
        for part, weight in weights.items()
    ]
    if not parts:
        return []
    hits = _hits(found, tantivy.Query.boolean_query(parts))
    return _with_shared(found, hits, "ipc", [part for part in weights if len(part) >= 4])


def by_citation(snapshot: Snapshot, subject: Subject) -> Ranking:
    """Rank what the subject cites or what cites it first, then what shares cited or citing documents with it."""
    if subject.application_id is None:
        return []
    links = _links(snapshot)
    own = _pairs(
        snapshot,
        links.filter((links.citing == subject.application_id) | (links.cited == subject.application_id)),
    )
    cited = {b for a, b in own if a == subject.application_id}
    citing = {a for a, b in own if b == subject.application_id}
    near = sorted(cited | citing)
    if not near:
        return []
    second = _pairs(snapshot, links.filter(links.citing.isin(near) | links.cited.isin(near)))
    shared: Counter[str] = Counter()
    for a, b in second:
        if b in cited:
            shared[a] += 1
        if a in citing:
            shared[b] += 1
    reasons: dict[str, list[str]] = {}
    for number in cited:
        reasons.setdefault(number, []).append("被本申请引用")
    for number in citing:
        reasons.setdefault(number, []).append("引用本申请")
    for number, times in shared.items():
        reasons.setdefault(number, []).append(f"共同引证{times}件")
    direct = cited | citing
    order = sorted(reasons, key=lambda number: (number not in direct, -shared[number], number))
    return [(number, tuple(reasons[number])) for number in order if number != subject.application_id][:DEPTH]


def telling_words(found: Generation, text: str) -> list[tuple[str, float]]:
    """Return the words of a text that tell most (tf-idf over abstracts and titles), with weights."""
    counts = Counter(_divided(text[:LONGEST], found.segmenter))
    whole = max(found.searcher.num_docs, 1)
    rated = []
    for word, times in counts.items():
        name = "abstract_words" if is_wide(word) else "abstract_stems"
        title = "title_words" if is_wide(word) else "title_stems"
        often = max(found.searcher.doc_freq(name, word), found.searcher.doc_freq(title, word))
        if often:
            rated.append((word, 1 + math.log(times), math.log(1 + whole / often)))
    rated.sort(key=lambda each: (-each[1] * each[2], each[0]))
    return [(word, weight * rarity**RARITY) for word, weight, rarity in rated[:WORDS]]


def _divided(text: str, segmenter: Segmenter) -> Iterable[str]:
    """Give the words of a text as the index divides them; a text of both scripts is divided by line."""
    stopped = stop_words()
    for line in fold(printable(text)).splitlines():
        if is_wide(line):
            for word in segmenter.cut(line):
                if word not in stopped and any(map(str.isalnum, word)) and len(word) > 1:
                    yield word
        else:
            for _, word in stems(line):
                if len(word) > 1 and word not in stopped and not word.isdigit():
                    yield word


def _fused(rankings: Mapping[str, Ranking], ways: Mapping[str, float], *, without: str | None) -> list[Alike]:
    scores: dict[str, float] = {}
    ranks: dict[str, dict[str, int]] = {}
    reasons: dict[str, dict[str, tuple[str, ...]]] = {}
    for way, ranking in rankings.items():
        kept = [(number, why) for number, why in ranking if number != without]
        for rank, (number, why) in enumerate(kept, 1):
            scores[number] = scores.get(number, 0.0) + ways[way] / (SMOOTHING + rank)
            ranks.setdefault(number, {})[way] = rank
            if why:
                reasons.setdefault(number, {})[way] = why
    order = sorted(scores, key=lambda number: (-scores[number], number))
    return [Alike(n, scores[n], ranks[n], reasons.get(n, {})) for n in order]


def _hits(found: Generation, question: tantivy.Query) -> list[tuple[int, tantivy.DocAddress]]:
    hits = found.searcher.search(question, DEPTH, count=False).hits
    addresses = [address for _, address in hits]
    ordinals = found.searcher.fast_field_values("ordinal", addresses)
    return [(int(ordinal or 0), address) for ordinal, address in zip(ordinals, addresses, strict=True)]


def _with_shared(
    found: Generation, hits: Sequence[tuple[int, tantivy.DocAddress]], kind: str, looked_for: Sequence[str]
) -> Ranking:
    """Add to each hit which of some words or symbols it has: one question for each of these, not for each hit."""
    ordinals = [ordinal for ordinal, _ in hits]
    among = tantivy.Query.term_set_query(found.index.schema, "ordinal", ordinals)
    has: dict[int, list[str]] = {ordinal: [] for ordinal in ordinals}
    for word in looked_for:
        one = [(tantivy.Occur.Should, _one(found, scope, word)) for scope in _SCOPES]
        asked = tantivy.Query.boolean_query(one) if kind == "words" else _term(found, "ipc", word)
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, among), (tantivy.Occur.Must, asked)])
        found_too = found.searcher.search(both, max(len(hits), 1), count=False).hits
        for ordinal in found.searcher.fast_field_values("ordinal", [address for _, address in found_too]):
            has[int(ordinal or 0)].append(word)
    names = found.register["application_id"].take(pa.array(ordinals, pa.int64())).to_pylist()
    return [(name, tuple(has[n][:5])) for name, n in zip(names, ordinals, strict=True)]


def _one(found: Generation, scope: str, word: str) -> tantivy.Query:
    return _term(found, f"{scope}_words" if is_wide(word) else f"{scope}_stems", word)


def _term(found: Generation, name: str, word: str) -> tantivy.Query:
    return tantivy.Query.term_query(found.index.schema, name, word)


def _links(snapshot: Snapshot) -> ir.Table:
    """Return who cites whom, as applications; documents that are not in the store are left out."""
    rows = snapshot.table("citation")
    rows = rows.filter(rows.cited_publication_id.notnull())
    printed = snapshot.table("publication").select("publication_id", cited="application_id")
    both = rows.inner_join(printed, rows.cited_publication_id == printed.publication_id)
    links = both.select(citing=both.application_id, cited=both.cited)
    return links.filter(links.citing != links.cited).distinct()


def _pairs(snapshot: Snapshot, links: ir.Table) -> list[tuple[str, str]]:
    rows = snapshot.engine.collect(links.order_by("citing", "cited"))
    return list(zip(pc.cast(rows["citing"], pa.string()).to_pylist(), rows["cited"].to_pylist(), strict=True))
