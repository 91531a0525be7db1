# SPDX-License-Identifier: Apache-2.0
"""English names of Chinese firms: place and trade name in pinyin, line of business translated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from zhihang.derivation.organisation_names.linking import Key, Link
from zhihang.derivation.organisation_names.vocabulary import Vocabulary
from zhihang.errors import NotInstalled

_LONGEST_LETTERS = 24
_FORMS = frozenset({"factory", "cooperative", "work", "plant", "group"})
"""Words of English names that render the legal form."""
_SPLIT = re.compile(r"[ -]+")


def romanised_links(keys: Mapping[str, Key], words: Vocabulary) -> Iterator[Link]:
    """Link an English name to the one Chinese name whose place, trade name and business it renders."""
    latin = [each for each in keys.values() if each.script == "latin" and each.type != "individual"]
    chinese = [
        each
        for each in keys.values()
        if each.script == "han"
        and each.trade_name
        and each.sector
        and each.place_name
        and ">" not in each.key
    ]
    if not latin or not chinese:
        return
    letters = _letters({c for each in chinese for c in each.place_name + each.trade_name})
    by_letters: dict[str, list[Key]] = defaultdict(list)
    for each in chinese:
        for place in {each.place_name, each.place_name[:2]}:
            by_letters[(place + each.trade_name).translate(letters)].append(each)
    english = _english_of_words(words)
    for each in latin:
        found = sorted(match.key for match in _matches(each.trade_name.split(), by_letters, english, words))
        if len(found) == 1:
            yield Link(each.key, found[0], "romanised")


def _matches(
    parts: Sequence[str],
    by_letters: Mapping[str, list[Key]],
    english: Mapping[str, frozenset[str]],
    words: Vocabulary,
) -> list[Key]:
    """Return the Chinese names that open with the same sounds and whose business has all the words that follow."""
    for cut in range(len(parts) - 1, 0, -1):
        sounds = "".join(parts[:cut])
        if len(sounds) > _LONGEST_LETTERS or sounds not in by_letters:
            continue
        wanted = set(parts[cut:]) - _FORMS
        return [each for each in by_letters[sounds] if wanted == _english_of(each.sector, english, words)]
    return []


def _english_of(sector: str, english: Mapping[str, frozenset[str]], words: Vocabulary) -> set[str]:
    found: set[str] = set()
    end = len(sector)
    while end:
        for length in range(min(words.longest_word, end), 0, -1):
            if (word := sector[end - length : end]) in english:
                found |= english[word]
                end -= length
                break
        else:
            return set()
    return found


def _english_of_words(words: Vocabulary) -> dict[str, frozenset[str]]:
    return {
        word: frozenset(
            _singular(words.abbreviations.get(part, part))
            for part in _SPLIT.split(en)
            if part not in ("of", "and")
        )
        for word, en in words.words.items()
        if en
    }


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _letters(characters: set[str]) -> dict[int, str]:
    try:
        from pypinyin import lazy_pinyin
    except ImportError as error:
        raise NotInstalled(
            "Comparing English with Chinese names needs the library pypinyin.",
            {"missing": "pypinyin"},
            todo="pip install 'zhihang[names]'",
        ) from error
    return {ord(c): lazy_pinyin(c, v_to_u=False)[0].replace("ü", "v") for c in characters}
