# SPDX-License-Identifier: Apache-2.0
"""Which language a text in Latin letters is in, by the little words every sentence needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

LEAST_WORDS = 2
"""So many words of another language, more than English ones, make a text one of that language. A parameter."""
_LITTLE: Mapping[str, str] = {
    "en": "the of and for with by an to from its is are using having method device system",
    "fr": "le la les des du une pour avec dans et au aux sur par dont procede procédé est ainsi",
    "de": "der die das und zur zum mit für fuer ein eine einer eines verfahren von auf bei dem",
    "es": "el los las para con del una por sistema que procedimiento mediante sobre vehículo",
    "pt": "os da do das dos para com uma em por sistema que não método",
    "it": "il lo gli della dello per con una di del sistema che metodo delle",
}
_WORD = re.compile(r"[^\W\d_]+")


def latin_language(text: str) -> str:
    """Return the language of a text in Latin letters: en, fr, de, es, pt, it; `en` where nothing tells, `` without words.

    >>> [latin_language(text) for text in ("Procede de suivi d'une camera", "Helicopter drone", "电池")]
    ['fr', 'en', '']
    """
    words = [word for word in _WORD.findall(text[:1000].lower()) if word.isascii() or word[0] < "\u0250"]
    if not words:
        return ""
    hits = {language: len(known.intersection(words)) for language, known in _little_words().items()}
    best = max(hits, key=lambda language: (hits[language], language == "en", language))
    return best if hits[best] >= LEAST_WORDS and hits[best] > hits["en"] else "en"


@cache
def _little_words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _LITTLE.items()}
