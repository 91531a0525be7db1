# SPDX-License-Identifier: Apache-2.0
"""Names of natural persons, told apart from names of organisations."""

from __future__ import annotations

import re

from zhihang.derivation.organisation_names.vocabulary import Vocabulary

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_DOTTED = re.compile(r"[a-z\u3400-\u9fff]{1,12}(?:[·•・‧.][a-z\u3400-\u9fff]{0,12}){1,5}")
_HANGUL_NAME = re.compile(r"[\uac00-\ud7af]{2,4}")
_INITIAL = re.compile(r"(?:^| )[a-z]\.(?: |$)")
_IN_GIVEN_NAMES = frozenset("军会社台队厂部所站院馆店矿局组")
"""Endings of organisations that also end given names, or stand by chance in names of up to three characters."""
_TITLES = re.compile(r"(?:,| )(?:jr|sr|ph\.?d|dr|iii?|prof)\.?$|^(?:dr|mr|mrs|ms|prof)\.? ")
_NOT_A_PERSON = re.compile(r"[0-9&+/@()]|\b(?:of|and|for|the|fuer|und|et|pour|co)\b")
_PARTICLES = re.compile("d[eaiu]|del|dos|den|der|v[ao]n|la|le|el|al|bin|ibn|te[rn]|jr|sr")


def chinese_person(folded: str, words: Vocabulary, *, ending: str, place: bool) -> float:
    """Say how surely a folded name in Chinese characters is a person's (0 to 1); `ending` is a known ending of it."""
    if _DOTTED.fullmatch(folded):
        return 0.9 if not ending or len(ending) == 1 else 0.0
    if not _HAN_NAME.fullmatch(folded):
        return 0.0
    if len(ending) > 1 or (ending and not (len(folded) <= 3 and ending in _IN_GIVEN_NAMES)):
        return 0.0
    surname = folded[:2] in words.surnames or folded[0] in words.surnames
    if len(folded) == 4 and folded[:2] not in words.surnames:
        both = folded[0] in words.surnames and folded[1] in words.surnames
        return 0.0 if place or _ends_in_trade(folded, words) else 0.7 if both else 0.5 if surname else 0.3
    if place and folded[1:] and folded[:2] in words.places.prefectures and len(folded) == 2:
        return 0.0
    if not surname and _ends_in_trade(folded, words):
        return 0.0
    return 0.95 if surname else 0.7


def hangul_person(folded: str) -> float:
    """Say how surely a name in Hangul is a person's."""
    parts = folded.replace(",", " ").split()
    if _HANGUL_NAME.fullmatch(folded.replace(" ", "")) and len(parts) <= 2:
        return 0.9
    return 0.6 if 2 <= len(parts) <= 3 and all(len(part) <= 5 for part in parts) else 0.0


def latin_person(folded: str, parts: list[str], words: Vocabulary) -> float:
    """Say how surely a name in Latin or Cyrillic letters, without legal form, is a person's."""
    if _NOT_A_PERSON.search(folded) or not 2 <= len(parts) <= 5:
        return 0.0
    if any(part in words.latin_words or part in words.abbreviations for part in parts):
        return 0.0
    if _TITLES.search(folded) or _INITIAL.search(folded):
        return 0.9
    if folded.count(",") == 1:
        return 0.85
    names = [part for part in parts if not _PARTICLES.fullmatch(part)]
    return 0.7 if 2 <= len(names) <= 4 and all(len(part) > 1 for part in names) else 0.0


def _ends_in_trade(text: str, words: Vocabulary) -> bool:
    return text[-2:] in words.words or text[-3:] in words.words
