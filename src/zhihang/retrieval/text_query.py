# SPDX-License-Identifier: Apache-2.0
"""Text leaves of a query as questions to the index: words for ranking, pairs of characters so that nothing is missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import tantivy

from zhihang.methods.segmentation import RUN_END, Segmenter, fold, is_wide, pairs, printable, stop_words
from zhihang.retrieval.layout import field_name, stems_analyzer
from zhihang.retrieval.query import Near, Phrase, Scope, TextLeaf, Wildcard

WEIGHTS: Mapping[str, float] = {
    "title": 3.0,
    "abstract": 1.0,
    "first_claim": 1.0,
    "claims": 0.5,
    "description": 0.3,
}
"""How much a word counts by where it stands; see docs/explanation/search-quality.md for how they were chosen."""
PAIRS_WEIGHT = 0.5
"""How much pairs of characters count beside words."""
FIELDS: Mapping[str, Sequence[str]] = {
    "text": ("title", "abstract", "first_claim", "claims"),
    "claims": ("first_claim", "claims"),
}
CHARACTERS_PER_WORD = 2
"""A Chinese word has two characters on average; a distance in words is turned into one in characters by this."""

Token = tuple[int, str]


@dataclass(frozen=True)
class TextReader:
    """Turns text leaves into questions to one index.

    Parameters
    ----------
    segmenter
        Divides Chinese as it was divided when the index was made.
    synonyms
        Folded word to other folded words that are looked for with it.
    weights
        Weight of each scope.
    """

    schema: tantivy.Schema
    segmenter: Segmenter
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    def question(self, leaf: TextLeaf) -> tantivy.Query | None:
        """Return what a leaf asks of the index; None where it holds no word that could be looked for."""
        if isinstance(leaf, Wildcard):
            return self._anywhere(leaf.field, lambda scope: self._wildcard(scope, _plain(leaf.pattern)))
        if isinstance(leaf, Near):
            return self._anywhere(leaf.field, lambda scope: self._near(scope, leaf))
        if isinstance(leaf, Phrase):
            text = _plain(leaf.text)
            return self._anywhere(leaf.field, lambda scope: self._phrase(scope, text))
        texts = [_plain(leaf.text), *self.synonyms.get(_plain(leaf.text), ())]
        return self._anywhere(leaf.field, lambda scope: _any(self._term(scope, text) for text in texts))

    def similar(self, scope: str, words: Iterable[tuple[str, float]]) -> tantivy.Query | None:
        """Return a question for texts with any of some words, each with its weight."""
        parts = []
        for word, weight in words:
            name = f"{scope}_words" if is_wide(word) else f"{scope}_stems"
            parts.append(self._weighted(self._one(name, word), weight * self.weights[scope]))
        return _any(parts)

    def _anywhere(self, scope: Scope, made: Callable[[str], tantivy.Query | None]) -> tantivy.Query | None:
        found = []
        for name in FIELDS.get(scope, (scope,)):
            part = made(name)
            if part is not None:
                found.append(self._weighted(part, self.weights.get(name, 1.0)))
        return _any(found)

    def _term(self, scope: str, text: str) -> tantivy.Query | None:
        if not is_wide(text):
            return self._phrase(scope, text)
        kept = [word for word in self.segmenter.cut(text) if _counts(word)]
        together = _all([self._one(field_name(scope, "words"), word) for word in kept])
        apart = self._phrase(scope, text)
        if together is None:
            return apart
        return _any([together, None if apart is None else self._weighted(apart, PAIRS_WEIGHT)])

    def _phrase(self, scope: str, text: str) -> tantivy.Query | None:
        couples = open_pairs(text)
        if not couples:
            return self._character(scope, pairs(text)[-1][0]) if is_wide(text) else None
        run = self._run(field_name(scope, "pairs"), _places(couples))
        if is_wide(text):
            return run
        return _any([self._run(field_name(scope, "stems"), stems(text)), run])

    def _character(self, scope: str, character: str) -> tantivy.Query:
        pattern = tantivy.Query.regex_query(
            self.schema, field_name(scope, "pairs"), f"{_escaped(character)}."
        )
        word = self._one(field_name(scope, "words"), character)
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, word), (tantivy.Occur.Should, self._weighted(pattern, 0.1))]
        )

    def _wildcard(self, scope: str, pattern: str) -> tantivy.Query | None:
        wide = is_wide(pattern)
        if wide and "?" not in pattern and pattern.rstrip("*").find("*") < 0:
            return self._phrase(scope, pattern.rstrip("*"))
        expression = "".join({"*": ".*", "?": "."}.get(sign) or _escaped(sign) for sign in pattern)
        regex = tantivy.Query.regex_query
        names = ("words", "pairs") if wide else ("stems", "pairs")
        found: list[tantivy.Query | None] = [
            regex(self.schema, f"{scope}_{name}", expression) for name in names
        ]
        if wide and "*" not in pattern:
            units = [a + b for a, b in pairwise(pattern)]
            found.append(self._regex_run(field_name(scope, "pairs"), units))
        elif wide:
            sides = [side for side in pattern.split("*") if side and "?" not in side]
            couples = [
                (n * 3 + k, pair) for n, side in enumerate(sides) for k, pair in enumerate(open_pairs(side))
            ]
            found.append(self._slack(field_name(scope, "pairs"), couples, 8))
        elif not wide and pattern.endswith("*") and "?" not in pattern and pattern.count("*") == 1:
            found += [self._one(field_name(scope, "stems"), word) for word in _shortened(pattern[:-1])]
        return _any(found)

    def _near(self, scope: str, leaf: Near) -> tantivy.Query | None:
        left, right = _plain(leaf.left.text), _plain(leaf.right.text)
        if is_wide(left + right):
            name, sides = field_name(scope, "pairs"), (_places(open_pairs(left)), _places(open_pairs(right)))
            slack = leaf.distance * CHARACTERS_PER_WORD + 1
        else:
            name, sides = field_name(scope, "stems"), (stems(left), stems(right))
            slack = leaf.distance
        if not sides[0] or not sides[1]:
            return None
        orders = [sides] if leaf.ordered else [sides, sides[::-1]]
        return _any(self._slack(name, _joined(first, second), slack) for first, second in orders)

    def _run(self, name: str, tokens: Sequence[Token]) -> tantivy.Query | None:
        return self._slack(name, tokens, 0)

    def _slack(self, name: str, tokens: Sequence[Token], slack: int) -> tantivy.Query | None:
        if not tokens:
            return None
        if len(tokens) == 1:
            return self._one(name, tokens[0][1])
        first = tokens[0][0]
        places: list[str | tuple[int, str]] = [(place - first, word) for place, word in tokens]
        return tantivy.Query.phrase_query(self.schema, name, places, slack)

    def _regex_run(self, name: str, units: Sequence[str]) -> tantivy.Query | None:
        patterns: list[str | tuple[int, str]] = [
            "".join("." if sign == "?" else _escaped(sign) for sign in unit) for unit in units
        ]
        if len(patterns) < 2:
            return None
        return tantivy.Query.regex_phrase_query(self.schema, name, patterns)

    def _one(self, name: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, name, word)

    @staticmethod
    def _weighted(part: tantivy.Query, weight: float) -> tantivy.Query:
        return part if weight == 1.0 else tantivy.Query.boost_query(part, weight)


def stems(folded: str) -> list[Token]:
    """Return the stems of an English text with their places; words that are everywhere leave a gap."""
    return [(token.position, token.text) for token in stems_analyzer().pre_tokenize(folded).tokens]


def _shortened(beginning: str) -> list[str]:
    """Return the stems, shorter than a beginning, of words that begin so: unmann- begins unmanned, of stem unman."""
    endings = (
        "",
        "d",
        "e",
        "ed",
        "ing",
        "ng",
        "g",
        "s",
        "es",
        "y",
        "ly",
        "er",
        "ers",
        "ion",
        "tion",
        "able",
        "ment",
    )
    found = {word for ending in endings for _, word in stems(beginning + ending)}
    return sorted(word for word in found if not word.startswith(beginning))


def open_pairs(folded: str) -> list[str]:
    """Return the pairs of a text that goes on in what is found: its last character may have any other behind it."""
    found = pairs(folded)
    return found[:-1] if found and found[-1].endswith(RUN_END) else found


def _plain(text: str) -> str:
    return fold(printable(text)).strip()


def _counts(word: str) -> bool:
    return any(map(str.isalnum, word)) and word not in stop_words()


def _places(words: Sequence[str]) -> list[Token]:
    return list(enumerate(words))


def _joined(first: Sequence[Token], second: Sequence[Token]) -> list[Token]:
    after = first[-1][0] + 1
    start = second[0][0]
    return [*first, *((after + place - start, word) for place, word in second)]


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() else f"\\{sign}"


def _any(parts: Iterable[tantivy.Query | None]) -> tantivy.Query | None:
    return _combined(parts, tantivy.Occur.Should)


def _all(parts: Iterable[tantivy.Query | None]) -> tantivy.Query | None:
    return _combined(parts, tantivy.Occur.Must)


def _combined(parts: Iterable[tantivy.Query | None], occur: tantivy.Occur) -> tantivy.Query | None:
    found = [part for part in parts if part is not None]
    if len(found) < 2:
        return found[0] if found else None
    return tantivy.Query.boolean_query([(occur, part) for part in found])
