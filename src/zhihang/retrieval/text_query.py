# SPDX-License-Identifier: Apache-2.0
"""Text leaves of a query as questions to the index: words, and every way in which they may stand divided."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import tantivy

from zhihang.methods.segmentation import Segmenter, fold, is_wide, printable, stop_words
from zhihang.retrieval.layout import field_name, stems_analyzer
from zhihang.retrieval.lexicon import Lexicon
from zhihang.retrieval.query import Near, Phrase, Scope, TextLeaf, Wildcard
from zhihang.retrieval.readings import Placed, Readings

WEIGHTS: Mapping[str, float] = {
    "title": 3.0,
    "abstract": 1.0,
    "first_claim": 1.0,
    "claims": 0.5,
    "description": 0.3,
}
"""How much a word counts by where it stands; see docs/explanation/search-quality.md for how they were chosen."""
RUN_WEIGHT = 0.5
"""How much it counts that the characters of a term stand in a row, beside that its words are there."""
AMONG_SCORE = 2.0
"""What it counts that some word holds what is looked for."""
FIELDS: Mapping[str, Sequence[str]] = {
    "text": ("title", "abstract", "first_claim", "claims"),
    "claims": ("first_claim", "claims"),
}
FEW = 8
"""Up to this many words or runs are asked for one by one; more are put together."""
ALTERNATIVES = 40
"""Words in one expression; the index takes no long ones."""
MOST_RUNS = 500
"""Runs of words that are asked for one by one."""
GAP = 4
"""Words that a star between two parts of a Chinese pattern may stand for."""
LONGEST_PATTERN = 8
"""Characters of a Chinese pattern that may fall into several words."""

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")

Token = tuple[int, str]


@dataclass(frozen=True)
class TextReader:
    """Turns text leaves into questions to one index.

    Parameters
    ----------
    segmenter
        Divides Chinese as it was divided when the index was made.
    lexicon
        The Chinese words of the index.
    synonyms
        Folded word to other folded words that are looked for with it.
    weights
        Weight of each scope.
    """

    schema: tantivy.Schema
    segmenter: Segmenter
    lexicon: Lexicon
    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    def question(self, leaf: TextLeaf) -> tantivy.Query | None:
        """Return what a leaf asks of the index; None where it holds no word that could be looked for."""
        if isinstance(leaf, Wildcard):
            return self._anywhere(leaf.field, lambda scope: self._wildcard(scope, _plain(leaf.pattern)))
        if isinstance(leaf, Near):
            return self._anywhere(leaf.field, lambda scope: self._near(scope, leaf))
        if isinstance(leaf, Phrase):
            found = self._read(_plain(leaf.text))
            return self._anywhere(leaf.field, lambda scope: self._phrase(scope, found))
        texts = [_plain(leaf.text), *self.synonyms.get(_plain(leaf.text), ())]
        read = [self._read(text) for text in texts]
        return self._anywhere(leaf.field, lambda scope: _any(self._term(scope, one) for one in read))

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

    def _term(self, scope: str, found: Readings) -> tantivy.Query | None:
        if not is_wide(found.text):
            return self._phrase(scope, found)
        name = field_name(scope, "words")
        kept = [word for _, (word,) in found.plain if _counts(word)]
        together = _all([self._one(name, word) for word in kept])
        apart = self._runs(name, found, plain=len(found.plain) > 1 or together is None, exact=not found.sure)
        if together is None:
            return apart
        return _any([together, None if apart is None else self._weighted(apart, RUN_WEIGHT)])

    def _phrase(self, scope: str, found: Readings) -> tantivy.Query | None:
        runs = self._runs(field_name(scope, "words"), found, plain=True, exact=True)
        if is_wide(found.text):
            return runs
        stemmed = [(place, (word,)) for place, word in stems(found.text)]
        return _any([self._run(field_name(scope, "stems"), stemmed), runs])

    def _runs(self, name: str, found: Readings, *, plain: bool, exact: bool) -> tantivy.Query | None:
        """Return what finds a run of characters; `exact`: in each way it may stand divided."""
        return _any(
            [
                self._run(name, found.plain) if plain else None,
                *(self._run(name, reading) for reading in (found.others if exact else ())),
                self._among(name, found.within),
            ]
        )

    def _among(self, name: str, words: Sequence[str]) -> tantivy.Query | None:
        """Return what finds any of some words, all alike: rare ones do not count more."""
        if len(words) < FEW:
            return _any(self._one(name, word) for word in words)
        chosen = tantivy.Query.term_set_query(self.schema, name, list(words))
        return tantivy.Query.const_score_query(chosen, AMONG_SCORE)

    def _wildcard(self, scope: str, pattern: str) -> tantivy.Query | None:
        wide = is_wide(pattern)
        if wide and "?" not in pattern and pattern.rstrip("*").find("*") < 0:
            return self._phrase(scope, self._read(pattern.rstrip("*")))
        words = field_name(scope, "words")
        expression = "".join({"*": ".*", "?": "."}.get(sign) or _escaped(sign) for sign in pattern)
        if wide and "*" not in pattern:
            return _any(self._pattern_run(words, run) for run in self._divided(pattern))
        found: list[tantivy.Query | None] = [self._regex(words, expression)]
        if wide:
            sides = [self._read(side) for side in pattern.split("*") if side and "?" not in side]
            found.append(self._run(words, _following(sides), GAP * (len(sides) - 1)))
        else:
            found.append(self._regex(field_name(scope, "stems"), expression))
        if not wide and pattern.endswith("*") and "?" not in pattern and pattern.count("*") == 1:
            found += [self._one(field_name(scope, "stems"), word) for word in _shortened(pattern[:-1])]
        return _any(found)

    def _divided(self, pattern: str) -> Iterator[list[str]]:
        """Give the ways to divide a pattern of Chinese into expressions of words, the first and last open outwards."""
        if len(pattern) > LONGEST_PATTERN:
            yield [f".*{_open(pattern)}.*"]
            return
        for borders in range(2 ** (len(pattern) - 1)):
            parts, start = [], 0
            for place in range(1, len(pattern) + 1):
                if place == len(pattern) or borders >> (place - 1) & 1:
                    parts.append(pattern[start:place])
                    start = place
            if all("?" in part or len(part) == 1 or part in self.lexicon for part in parts[1:-1]):
                made = [_open(part) for part in parts]
                made[0], made[-1] = f".*{made[0]}", f"{made[-1]}.*"
                yield made

    def _near(self, scope: str, leaf: Near) -> tantivy.Query | None:
        sides = self._read(_plain(leaf.left.text)), self._read(_plain(leaf.right.text))
        if not sides[0].text or not sides[1].text:
            return None
        orders = [sides] if leaf.ordered else [sides, sides[::-1]]
        words = field_name(scope, "words")
        found = [self._run(words, _following(pair), leaf.distance) for pair in orders]
        if not is_wide(sides[0].text + sides[1].text):
            name = field_name(scope, "stems")
            for pair in orders:
                first, second = (stems(side.text) for side in pair)
                found.append(self._run(name, _joined(first, second), leaf.distance))
        return _any(found)

    def _run(self, name: str, placed: Sequence[Placed], slack: int = 0) -> tantivy.Query | None:
        """Return what finds words at places beside each other; of several at one place, any."""
        if not placed:
            return None
        if len(placed) == 1:
            return self._among(name, placed[0][1])
        ways = math.prod(len(words) for _, words in placed)
        if ways > MOST_RUNS:
            return self._of_many(name, placed, slack)
        places = [place - placed[0][0] for place, _ in placed]
        return _any(
            tantivy.Query.phrase_query(self.schema, name, list(zip(places, words, strict=True)), slack)
            for words in product(*(words for _, words in placed))
        )

    def _of_many(self, name: str, placed: Sequence[Placed], slack: int) -> tantivy.Query | None:
        """Return what finds words beside each other where there are many to choose from."""
        parts = [
            [(place - placed[0][0], expression) for expression in _alternatives(words)]
            for place, words in placed
        ]
        return _any(
            tantivy.Query.regex_phrase_query(self.schema, name, list(chosen), slack)
            for chosen in product(*parts)
        )

    def _pattern_run(self, name: str, patterns: Sequence[str]) -> tantivy.Query:
        if len(patterns) == 1:
            return self._regex(name, patterns[0])
        return tantivy.Query.regex_phrase_query(self.schema, name, list(patterns))

    def _read(self, text: str) -> Readings:
        return Readings(_EDGE.sub("", text), self.segmenter, self.lexicon)

    def _regex(self, name: str, pattern: str) -> tantivy.Query:
        return tantivy.Query.regex_query(self.schema, name, pattern)

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


def _plain(text: str) -> str:
    return fold(printable(text)).strip()


def _counts(word: str) -> bool:
    return any(map(str.isalnum, word)) and word not in stop_words()


def _following(sides: Sequence[Readings]) -> list[Placed]:
    """Return runs one after the other as one; a run that is one word may be part of a longer one."""
    made: list[Placed] = []
    for side in sides:
        start = made[-1][0] + 1 if made else 0
        read = side.plain
        if len(read) == 1 and side.within:
            read = ((read[0][0], (*read[0][1], *side.within)),)
        first = read[0][0] if read else 0
        made += [(start + place - first, words) for place, words in read]
    return made


def _alternatives(words: Sequence[str]) -> list[str]:
    """Return expressions that stand for some words, none of them too long for the index."""
    parts = [words[n : n + ALTERNATIVES] for n in range(0, len(words), ALTERNATIVES)]
    return ["|".join(f"({_expression(word)})" for word in part) for part in parts]


def _expression(word: str) -> str:
    return "".join(map(_escaped, word))


def _open(pattern: str) -> str:
    return "".join("." if sign == "?" else _escaped(sign) for sign in pattern)


def _joined(first: Sequence[Token], second: Sequence[Token]) -> list[Placed]:
    if not first or not second:
        return []
    shift = first[-1][0] + 1 - second[0][0]
    both = (*first, *((place + shift, word) for place, word in second))
    return [(place, (word,)) for place, word in both]


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
