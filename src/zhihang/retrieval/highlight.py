# SPDX-License-Identifier: Apache-2.0
"""Where in a text the words of a query stand, marked in HTML that is safe to show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhihang.methods.segmentation import Segmenter, fold, is_wide, printable, stop_words
from zhihang.retrieval.query import And, Near, Not, Or, Phrase, Query, Term, Wildcard
from zhihang.retrieval.text_query import stems

MOST_WORDS = 200
"""Words of a query that are marked."""
OPEN, CLOSE = "<mark>", "</mark>"

_LATIN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Marker:
    """Marks the words of one query.

    `runs` are folded Chinese texts and beginnings, `stemmed` English stems.
    """

    runs: tuple[str, ...]
    stemmed: frozenset[str]
    beginnings: tuple[str, ...] = ()

    def marked(self, text: str, *, longest: int | None = None) -> str | None:
        """Return the text as HTML with the words marked, or the part of it around the first; None: none is there."""
        text = printable(text)
        places = self._places(text)
        if not places:
            return None
        first, last = 0, len(text)
        if longest is not None and last > longest:
            first = max(places[0][0] - longest // 3, 0)
            last = min(first + longest, last)
        return _html(text, places, first, last)

    def _places(self, text: str) -> list[tuple[int, int]]:
        folded, back = _folded(text)
        found = [(at.start(), at.end()) for run in self.runs for at in re.finditer(re.escape(run), folded)]
        if self.stemmed or self.beginnings:
            found += [(at.start(), at.end()) for at in _LATIN.finditer(folded) if self._asked(at[0])]
        return _merged((back[start], back[end]) for start, end in found)

    def _asked(self, word: str) -> bool:
        return word.startswith(self.beginnings) or any(stem in self.stemmed for _, stem in stems(word))


def marker(query: Query, segmenter: Segmenter, synonyms: Mapping[str, Sequence[str]] | None = None) -> Marker:
    """Return what marks the words that a query asks for, in whatever field; what it excludes is not marked."""
    runs: dict[str, None] = {}
    stemmed: set[str] = set()
    beginnings: dict[str, None] = {}
    for leaf in _wanted(query):
        if isinstance(leaf, Wildcard):
            head = re.split(r"[*?]", fold(leaf.pattern))[0]
            (runs if is_wide(head) else beginnings)[head] = None
            continue
        folded = fold(printable(leaf.text)).strip()
        for text in (folded, *(synonyms or {}).get(folded, ())):
            stemmed.update(word for _, word in stems(text) if not is_wide(word))
            if is_wide(text):
                runs[text] = None
                if isinstance(leaf, Term):
                    runs.update(dict.fromkeys(word for word in segmenter.cut(text) if _says(word)))
    some = tuple(run for run in list(runs)[:MOST_WORDS] if run)
    return Marker(some, frozenset(sorted(stemmed)[:MOST_WORDS]), tuple(filter(None, beginnings)) or ())


def _says(word: str) -> bool:
    return is_wide(word) and word not in stop_words()


def _wanted(query: Query) -> Iterator[Term | Phrase | Wildcard]:
    """Yield the text leaves that hits have, left to right."""
    if isinstance(query, (And, Or)):
        for part in query.parts:
            yield from _wanted(part)
    elif isinstance(query, Near):
        yield from (query.left, query.right)
    elif isinstance(query, (Term, Phrase, Wildcard)) and not isinstance(query, Not):
        yield query


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return a folded text, and for each place in it (and its end) the place in the text."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text) + 1)
    parts, back = [], []
    for place, sign in enumerate(text):
        part = fold(sign)
        parts.append(part)
        back += [place] * len(part)
    return "".join(parts), [*back, len(text)]


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(places)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def _html(text: str, places: Sequence[tuple[int, int]], first: int, last: int) -> str:
    parts = ["…"] if first else []
    at = first
    for start, end in places:
        if start < at or end > last:
            continue
        parts += [html.escape(text[at:start]), OPEN, html.escape(text[start:end]), CLOSE]
        at = end
    parts += [html.escape(text[at:last]), "…" if last < len(text) else ""]
    return "".join(parts)
