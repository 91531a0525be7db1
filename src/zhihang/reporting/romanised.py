# SPDX-License-Identifier: Apache-2.0
"""Korean syllables written in Latin letters, for files whose embedded Chinese fonts have none of them."""

from __future__ import annotations

import re

_FIRST = 0xAC00
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"
_FINALS = "- k k k n n n t l k m p l l p l m p p t t ng t t k t p t"
_RUN = re.compile("[\uac00-\ud7a3]+")


def romanised(text: str) -> str:
    """Return a text with its Korean syllables in the Revised Romanization, syllable by syllable.

    >>> romanised("이정용 (KR)"), romanised("电池")
    ('I Jeong-yong (KR)', '电池')
    """
    return _RUN.sub(lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    """Write one word; names of three syllables are family name and given name."""
    syllables = [_syllable(character) for character in word]
    if len(syllables) == 3:
        return f"{syllables[0].capitalize()} {syllables[1].capitalize()}-{syllables[2]}"
    return "".join(syllables).capitalize()


def _syllable(character: str) -> str:
    place = ord(character) - _FIRST
    numbers = ((_INITIALS, place // 588), (_VOWELS, place % 588 // 28), (_FINALS, place % 28))
    parts = [letters.split(" ")[number] for letters, number in numbers]
    return "".join(part for part in parts if part != "-")
