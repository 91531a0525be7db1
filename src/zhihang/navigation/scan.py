# SPDX-License-Identifier: Apache-2.0
"""A query answered without a text index: structured parts by the store, words by looking through the texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhihang.facts.codelist import CodeLists
from zhihang.methods.segmentation import fold, is_wide
from zhihang.retrieval.query import Near, Phrase, Query, Term, Wildcard, is_text, leaves
from zhihang.retrieval.query_language.parse import read
from zhihang.retrieval.query_language.plan import combined
from zhihang.retrieval.query_language.structured import structured
from zhihang.retrieval.query_language.tables import Tables

if TYPE_CHECKING:
    import pyarrow as pa

    from zhihang.store.snapshot import Snapshot

_PARTS = {"title": ("title",), "abstract": ("abstract", "novelty"), "text": ("title", "abstract", "novelty")}


@dataclass
class Scan:
    """The texts of a store, read once, looked through for every query."""

    snapshot: Snapshot
    today: date
    codes: CodeLists

    def ids(self, text: str, style: str = "") -> list[str]:
        """Return the applications a query finds, sorted."""
        query = read(text, style=style, codes=self.codes).query
        if not any(is_text(leaf) for leaf in leaves(query)):
            return sorted(self._stored(query))
        return sorted(combined(query, self._leaf, self._everything))

    @cached_property
    def _everything(self) -> frozenset[str]:
        rows = self.snapshot.table("application").select("application_id")
        return frozenset(self.snapshot.engine.collect(rows)["application_id"].to_pylist())

    def _stored(self, query: Query) -> frozenset[str]:
        tables = Tables(self.snapshot.table, self.today, self.codes)
        found = self.snapshot.engine.collect(structured(query, tables))
        return frozenset(found["application_id"].to_pylist())

    def _leaf(self, leaf: Any) -> frozenset[str]:
        if not is_text(leaf):
            return self._stored(leaf)
        import pyarrow.compute as pc

        texts = self._texts
        chosen = pc.match_substring_regex(texts["text"], _pattern(leaf))
        parts = _PARTS.get(leaf.left.field if isinstance(leaf, Near) else leaf.field, _PARTS["text"])
        chosen = pc.and_(chosen, pc.is_in(texts["part"], value_set=_strings(parts)))
        return frozenset(texts["application_id"].filter(chosen).to_pylist())

    @cached_property
    def _texts(self) -> pa.Table:
        import pyarrow as pa

        rows = self.snapshot.table("text")
        rows = rows.filter(rows.part.isin(list(_PARTS["text"])))
        found = self.snapshot.engine.collect(rows.select("application_id", "part", "text"))
        told = pa.array([fold(text or "") for text in found["text"].to_pylist()], pa.large_string())
        return found.set_column(2, "text", told)


def _strings(values: tuple[str, ...]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, pa.string())


def word_pattern(word: str) -> str:
    """Regular expression for a word: Chinese ones anywhere, others from the beginning of a word on."""
    told = re.escape(fold(word.strip())).replace(r"\ ", r"\s+")
    return told if is_wide(word) else r"\b" + told


def _pattern(leaf: Term | Phrase | Near | Wildcard) -> str:
    if isinstance(leaf, Wildcard):
        told = re.escape(fold(leaf.pattern)).replace(r"\*", r"\w*").replace(r"\?", r"\w")
        return rf"\b{told}\b" if not is_wide(leaf.pattern) else told
    if isinstance(leaf, Near):
        left, right = _pattern(leaf.left), _pattern(leaf.right)
        gap = rf"(?:\W+\w+){{0,{leaf.distance}}}\W*"
        return f"{left}{gap}{right}" if leaf.ordered else f"(?:{left}{gap}{right}|{right}{gap}{left})"
    pattern = word_pattern(leaf.text)
    return pattern if is_wide(leaf.text) else rf"{pattern}(?:s|es)?\b"
