# SPDX-License-Identifier: Apache-2.0
"""Read names of persons: which are written alike, which may be one name, and how common each is."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.organisation_names.spelling import clean, fold
from zhihang.derivation.persons.person_name import WIDE, Kind, Written, surname_first, surname_last, written

MISSING = -1


class Name(NamedTuple):
    """A person's name: the block of names it may be compared with, and its parts (blank where not given)."""

    block: str
    surname: str
    first: str = ""
    initial: str = ""
    second: str = ""
    second_initial: str = ""
    joined: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Names:
    """Names read. Parallel to the names as written: `kind`, and `variant` (-1 where it is no person's name).

    By variant: `parts`, the number of its `block`, and its parts as numbers of texts (-1 where not given) for quick
    comparison.
    """

    kind: Sequence[Kind]
    variant: NDArray[np.int64]
    parts: Sequence[Name]
    block: NDArray[np.int64]
    codes: Mapping[str, NDArray[np.int64]]

    @property
    def han(self) -> NDArray[np.bool_]:
        """Say of each variant whether it is written in Chinese characters, kana or Hangul."""
        return np.array([not part.initial for part in self.parts], bool)


def read_names(names: Sequence[str], short_names: Mapping[str, str]) -> Names:
    """Read distinct names as written; `short_names` are short forms of given names and what they stand for."""
    cleaned = [clean(name) for name in names]
    folded = fold(cleaned)
    seen = [
        written(text, one)
        if text.isascii() or WIDE.search(text)
        else written(_unaccented(text), _unaccented(one))
        for text, one in zip(folded, cleaned, strict=True)
    ]
    votes = _Votes.of(seen)
    numbers: dict[Name, int] = {}
    variant = np.full(len(names), MISSING, np.int64)
    for row, each in enumerate(seen):
        if each.kind == "han":
            name = Name(f"h:{each.words[0]}", *_han_parts(each.words[0]))
        elif each.kind == "latin":
            name = _latin_name(each, votes, short_names)
        else:
            continue
        variant[row] = numbers.setdefault(name, len(numbers))
    parts = list(numbers)
    codes = {field: _numbered([getattr(part, field) for part in parts]) for field in _COMPARED}
    return Names([each.kind for each in seen], variant, parts, _numbered([p.block for p in parts]), codes)


_COMPARED = ("first", "second", "second_initial", "joined", "suffix")
_DOUBLE = frozenset(
    """
    欧阳 上官 司马 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 端木 西门 呼延 轩辕 申屠 闻人 淳于 澹台
    """.split()  # noqa: SIM905 - a list of words is easier to read as one
)


def _han_parts(name: str) -> tuple[str, str]:
    cut = 2 if name[:2] in _DOUBLE and len(name) > 2 else 1
    return name[:cut], name[cut:]


def _unaccented(text: str) -> str:
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae").replace("Æ", "AE")
    text = text.replace("ł", "l").replace("Ł", "L").replace("đ", "d").replace("Đ", "D").replace("ı", "i")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class _Votes(NamedTuple):
    """How often each word is a surname or a given name, where the form tells which it is."""

    surnames: Counter[str]
    given: Counter[str]

    @classmethod
    def of(cls, seen: Sequence[Written]) -> _Votes:
        votes = cls(Counter(), Counter())
        for each in seen:
            count = each.surname_words
            if each.kind != "latin" or not count or len(each.words) < 2:
                continue
            ahead = each.words[:count] if count > 0 else each.words[count:]
            behind = each.words[count:] if count > 0 else each.words[:count]
            votes.surnames["".join(ahead)] += 1
            votes.given.update(word for word in behind if len(word) > 1)
        return votes

    def surname_words(self, words: tuple[str, ...]) -> int:
        """Say where the surname stands: at the end unless the words are known in the other order."""
        front, end = surname_first(words), surname_last(words)
        first, last = words[0], words[-1]
        usual = self._odds("".join(words[-end:]), first)
        turned = self._odds("".join(words[:front]), last)
        return front if turned > usual + 1 else -end

    def _odds(self, surname: str, given: str) -> float:
        as_surname = (self.surnames[surname] + 0.5) / (self.given[surname] + 0.5)
        as_given = (self.given[given] + 0.5) / (self.surnames[given] + 0.5)
        return float(np.log(as_surname) + np.log(as_given))


def _latin_name(each: Written, votes: _Votes, short_names: Mapping[str, str]) -> Name:
    words = each.words
    count = each.surname_words or votes.surname_words(words)
    surname_parts = words[:count] if count > 0 else words[count:]
    given = list(words[count:] if count > 0 else words[:count])
    surname = "".join(surname_parts).replace("-", "")
    if not given:
        return Name(f"l:{surname}|", surname, initial="-", suffix=each.suffix)
    first, _, tail = given[0].partition("-")
    rest = [tail.replace("-", "")] if tail else []
    rest += [word.replace("-", "") for word in given[1:]]
    whole = given[0].replace("-", "")
    if len(given) == 1 and tail:
        first = whole
    spelt = len(whole) > 1
    first = short_names.get(first, first) if spelt else ""
    initial = first[0] if spelt else given[0][0]
    joined = "".join([whole, *(word.replace("-", "") for word in given[1:])]) if rest else first
    second = rest[0] if rest and len(rest[0]) > 1 and not (len(given) == 1 and tail) else ""
    return Name(
        block=f"l:{surname}|{initial}",
        surname=surname,
        first=first,
        initial=initial,
        second=second,
        second_initial=rest[0][0] if rest else "",
        joined=joined if spelt and all(len(word) > 1 for word in given) else "",
        suffix=each.suffix,
    )


def _numbered(texts: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {"": MISSING}
    return np.array([numbers.setdefault(text, len(numbers) - 1) for text in texts], np.int64)
