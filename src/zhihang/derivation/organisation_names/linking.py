# SPDX-License-Identifier: Apache-2.0
"""The rules by which two keys are one organisation, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zhihang.derivation.organisation_names.chinese_name import ABROAD
from zhihang.derivation.organisation_names.vocabulary import Vocabulary
from zhihang.methods.linkage import one_edit_apart

_NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千万甲乙丙丁东南西北中")
_SHORTEST_ALIKE = 5
_SHORTEST_LATIN = 8
_MARK = re.compile(r"/[SLGF]$")
_LONGEST_LATIN = 100
_COMMON_WORD = 3
_LONG_WORD = 7
_LONG_BODY = 10
_MORE_COMMON = 5
"""How many times more often than a rare word the word must occur that the rare one is taken for a slip of."""


class Link(NamedTuple):
    """Two keys that are one organisation, and by which evidence."""

    one: str
    other: str
    evidence: str


@dataclass(frozen=True)
class Key:
    """What the names under one key have in common."""

    key: str
    script: str
    type: str
    trade_name: str
    sector: str
    place_name: str
    kinds: frozenset[str]
    """Kinds of legal form among the names of this key."""


def links(keys: Mapping[str, Key], words: Vocabulary, known_here: Collection[str] = ()) -> Iterator[Link]:
    """Return the links that follow from the wording alone, the surest rules first.

    `known_here` are keys of organisations that are known not to be abroad.
    """
    organisations = {
        key: each for key, each in keys.items() if each.type != "individual" and not key.startswith("none:")
    }
    chinese = [each for each in organisations.values() if each.script == "han"]
    latin = [each for each in organisations.values() if each.script == "latin"]
    yield from _legal_forms(chinese)
    yield from _upgraded(organisations)
    yield from _groups(organisations)
    yield from _abroad(organisations, known_here)
    yield from _unplaced(chinese, words)
    yield from _doubled(organisations)
    yield from _look_alike([each.key for each in chinese], words)
    yield from _joined_words(latin)
    yield from _one_letter(latin)


def _legal_forms(keys: Iterable[Key]) -> Iterator[Link]:
    """Link keys that carry the legal form because they say little else: one without it to the only one with it."""
    marked: dict[str, list[str]] = defaultdict(list)
    for each in keys:
        if _MARK.search(each.key) and ">" not in each.key:
            marked[each.key[:-2]].append(each.key)
    for body, found in marked.items():
        if len(found) < 2 or len(body) < 2:
            continue
        general = f"{body}/G"
        others = sorted(key for key in found if key != general)
        if general in found and len(others) == 1 and not others[0].endswith("/F"):
            yield Link(general, others[0], "form")
        if len(body) > 4 and {f"{body}/S", f"{body}/L"} <= set(found):
            yield Link(f"{body}/S", f"{body}/L", "form")


def _upgraded(keys: Mapping[str, Key]) -> Iterator[Link]:
    for key in keys:
        if key.endswith("研究所") and len(key) > 6 and (raised := key[:-1] + "院") in keys:
            yield Link(key, raised, "upgraded")


def _groups(keys: Mapping[str, Key]) -> Iterator[Link]:
    for key, each in keys.items():
        if key.endswith("集团") and "stock" in each.kinds and len(key) > 6:
            other = keys.get(key.removesuffix("集团"))
            if other is not None and other.kinds == {"stock"} and each.kinds == {"stock"}:
                yield Link(key, other.key, "group_stock")


def _abroad(keys: Mapping[str, Key], known_here: Collection[str]) -> Iterator[Link]:
    """Link a Japanese corporate body to its name without 国立大学法人, unless that is a body in China."""
    for key in keys:
        if key.endswith(ABROAD):
            other = keys.get(key.removesuffix(ABROAD))
            if other is not None and not other.place_name and other.key not in known_here:
                yield Link(other.key, key, "spelling")


def _unplaced(keys: Iterable[Key], words: Vocabulary) -> Iterator[Link]:
    """Link a firm named without place to the only one of the same trade name and sector with a place.

    Only stock companies, of which there are few, and long names where the place is a province.
    """
    placed: dict[str, list[Key]] = defaultdict(list)
    unplaced = []
    for each in keys:
        if len(each.trade_name) < 2 or ">" in each.key or not each.kinds & {"stock", "limited"}:
            continue
        if each.place_name:
            placed[each.trade_name + each.sector].append(each)
        elif each.sector or len(each.trade_name) >= _LONG_BODY:
            unplaced.append(each)
    for each in unplaced:
        body = each.trade_name + each.sector
        found = placed.get(body, [])
        if len(found) != 1:
            continue
        stock = "stock" in each.kinds and "stock" in found[0].kinds and each.sector != ""
        long = len(body) >= _LONG_BODY and found[0].place_name in words.places.provinces
        if stock or (long and each.kinds == found[0].kinds):
            yield Link(each.key, found[0].key, "unplaced")


def _doubled(keys: Mapping[str, Key]) -> Iterator[Link]:
    for key, each in keys.items():
        if each.script != "han" or len(key) < _SHORTEST_ALIKE:
            continue
        for match in re.finditer(r"([\u4e00-\u9fff])\1", key):
            single = key[: match.start()] + key[match.end() - 1 :]
            if match[1] not in _NUMERALS and single in keys:
                yield Link(key, single, "doubled")


def _look_alike(keys: Sequence[str], words: Vocabulary) -> Iterator[Link]:
    """Link keys that differ in one or two look-alike characters to the one made of known words."""
    classes = _classes(words.alike)
    table = str.maketrans(classes)
    suspects = re.compile("[" + "".join(sorted(classes)) + "]")
    groups: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if len(key) >= _SHORTEST_ALIKE and suspects.search(key):
            groups[key.translate(table)].append(key)
    for found in groups.values():
        if len(found) < 2:
            continue
        hub, *others = sorted(found, key=lambda key: (unknown_words(key, words), key))
        for other in others:
            if _only_alike(hub, other, words.alike):
                yield Link(other, hub, "look_alike")


def _only_alike(one: str, other: str, alike: frozenset[tuple[str, str]]) -> bool:
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) <= 2 and all(pair in alike and not _NUMERALS & set(pair) for pair in unlike)


def unknown_words(key: str, words: Vocabulary) -> int:
    """Characters of a key that belong to no known word of trade."""
    place, unknown = 0, 0
    while place < len(key):
        for length in range(6, 1, -1):
            if key[place : place + length] in words.words or key[place : place + length] in words.forms:
                place += length
                break
        else:
            place, unknown = place + 1, unknown + 1
    return unknown


def _classes(alike: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each look-alike character the one that stands for all it can be mistaken for."""
    stands: dict[str, str] = {}
    for one, other in sorted(alike):
        first, second = stands.get(one, one), stands.get(other, other)
        low, high = min(first, second), max(first, second)
        stands.update({character: low for character, stand in stands.items() if stand == high})
        stands[one] = stands[other] = low
    return stands


def _joined_words(keys: Sequence[Key]) -> Iterator[Link]:
    """Link foreign names whose words are written apart in one and together in the other."""
    first: dict[str, str] = {}
    for each in sorted(keys, key=lambda each: each.key):
        joined = each.trade_name.replace(" ", "")
        if len(joined) >= _SHORTEST_LATIN - 2 and first.setdefault(joined, each.key) != each.key:
            yield Link(each.key, first[joined], "spelling")


def _one_letter(keys: Sequence[Key]) -> Iterator[Link]:
    """Link foreign names that differ in one letter of a word that is not common by itself."""
    ordered = sorted(keys, key=lambda each: each.key)
    common = Counter(word for each in ordered for word in set(each.trade_name.split()))
    names = [each.trade_name for each in ordered]
    yield from _mended_words(ordered, common)
    for one, other in one_edit_apart(names, longest=_LONGEST_LATIN):
        first, second = set(names[one].split()), set(names[other].split())
        if len(names[one]) < _SHORTEST_LATIN or _figures(names[one]) != _figures(names[other]):
            continue
        ours, theirs = first - second, second - first
        if any(len(word) < 5 for word in ours | theirs):
            continue
        if not ours or not theirs or all(common[word] >= _COMMON_WORD for word in ours | theirs):
            continue
        yield Link(ordered[one].key, ordered[other].key, "letter")


def _mended_words(keys: Sequence[Key], common: Mapping[str, int]) -> Iterator[Link]:
    """Link foreign names that are equal once long rare words are read as the common word one letter away."""
    right = _slips_of_words(common)
    mended: dict[str, str] = {each.key: each.key for each in keys}
    for each in keys:
        words = each.trade_name.split()
        if any(word in right for word in words):
            key = " ".join(sorted(right.get(word, word) for word in words)) + "/w"
            hub = mended.setdefault(key, each.key)
            if hub != each.key:
                yield Link(each.key, hub, "letter")


def _slips_of_words(common: Mapping[str, int]) -> dict[str, str]:
    """Return for each long rare word the one common word that is one letter, or two changed places, away."""
    words = sorted(
        (word for word in common if len(word) >= _LONG_WORD), key=lambda word: (-common[word], word)
    )
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in one_edit_apart(words):
        near[words[other]].add(words[one])
    anagrams: dict[str, str] = {}
    for word in words:
        first = anagrams.setdefault("".join(sorted(word)), word)
        if first != word:
            near[word].add(first)
    found = {}
    for word, others in near.items():
        usual = [other for other in others if common[other] >= _MORE_COMMON * common[word]]
        if len(usual) == 1 and _figures(word) == _figures(usual[0]):
            found[word] = usual[0]
    return found


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
