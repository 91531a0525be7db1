# SPDX-License-Identifier: Apache-2.0
"""Words of a text: Chinese by dictionary, English by stem; script, width and case set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import add
from typing import TYPE_CHECKING, Protocol

from zhihang.errors import NotInstalled

if TYPE_CHECKING:
    from rjieba import Jieba

WIDE = r"\u3007\u3005\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003ffff"
"""Characters written without blanks between words (a class of regular expressions, without its brackets)."""
RUN_END = "$"
"""Stands in a pair for what is no such character."""
_WIDE_CHARACTER = re.compile(f"[{WIDE}]")
_UNIT = re.compile(rf"[{WIDE}]+|[^\W_{WIDE}]+")
_COMPATIBLE = re.compile(r"[\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\u2070-\u209c\u2100-\u2188\u2460-\u24ff\u3200-\u33ff"
                         r"\uf900-\ufaff\ufb00-\ufb4f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f]")  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Segmenter(Protocol):
    """What divides a run of Chinese into words."""

    def cut(self, text: str) -> list[str]:
        """Return the words and whatever stands between them, in order."""
        ...


def fold(text: str) -> str:
    """Return a text with script, width and case set aside: simplified, half width, lower case.

    >>> fold("ＬｉＦｅＰＯ４ 電動車輛")
    'lifepo4 电动车辆'
    """
    if text.isascii():
        return text.lower()
    if _COMPATIBLE.search(text):
        text = unicodedata.normalize("NFKC", text)
    if _traditional().search(text):
        text = _simplifier()(text)
    return text.lower()


def printable(text: str) -> str:
    """Return a text without control characters and halves of characters, which no index can take."""
    return _CONTROL.sub(" ", text)


def is_wide(text: str) -> bool:
    """Whether any character of a text belongs to a script without blanks (Chinese, Japanese, Korean)."""
    return not text.isascii() and _WIDE_CHARACTER.search(text) is not None


def words(text: str, segmenter: Segmenter | None = None) -> list[str]:
    """Return what a text is about as words in their order: Chinese words, English stems, no stop words.

    Parameters
    ----------
    segmenter
        Divides Chinese; without it, one that knows the general dictionary only (see `segmenter_with`).

    Examples
    --------
    >>> words("一种锂离子电池的制备方法 Batteries having cathodes")
    ['锂离子', '电池', '制备', 'batteri', 'cathod']
    """
    return list(iterate_words(text, segmenter))


def iterate_words(text: str, segmenter: Segmenter | None = None) -> Iterator[str]:
    """Give the words of a text one by one; see `words`."""
    folded = fold(printable(text))
    if folded.isascii():
        yield from _stems(folded)
        return
    stopped = stop_words()
    for piece in (segmenter or _general()).cut(folded):
        if _WIDE_CHARACTER.match(piece):
            if piece not in stopped:
                yield piece
        elif any(map(str.isalnum, piece)):
            yield from _stems(piece)


def pairs(folded: str) -> list[str]:
    """Return the overlapping pairs of characters of a folded text; words of other scripts stay whole.

    The last character of a run stands with a mark, so that every character begins one pair. Two texts have a run of
    characters in common where they have its pairs in a row.

    >>> pairs("5g通信方法, a")
    ['5g', '通信', '信方', '方法', '法$', 'a']
    """
    found: list[str] = []
    for unit in _UNIT.findall(folded):
        if _WIDE_CHARACTER.match(unit):
            found.extend(map(add, unit, unit[1:] + RUN_END))
        else:
            found.append(unit)
    return found


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of what a patent is about, Chinese and English (stop_words.txt)."""
    return frozenset(files("zhihang.methods").joinpath("stop_words.txt").read_text("utf-8").split())


@dataclass(frozen=True)
class DictionaryOnly:
    """Divides by dictionary alone: what it does not know falls into characters, the same way in every text."""

    jieba: Jieba

    def cut(self, text: str) -> list[str]:
        """Return the likeliest words and whatever stands between them, in order."""
        return self.jieba.cut(text, False)


def segmenter_with(dictionary: Mapping[str, int]) -> Jieba:
    """Return a segmenter that knows the general dictionary and these words (word to frequency)."""
    if not dictionary:
        return _general()
    made = _new()
    for word in sorted(dictionary):
        made.add_word(word, max(dictionary[word], made.suggest_freq(word)), None)
    return made


def known_words(candidates: Iterable[str]) -> set[str]:
    """Return those of the candidates that the general dictionary knows already."""
    has_word = _general().has_word
    return {word for word in candidates if has_word(word)}


def everyday_frequency(word: str) -> int:
    """Return how often the general dictionary met a word; for one it does not know, what its parts suggest, about 1."""
    return int(_general().suggest_freq(word))


def _stems(folded: str) -> Iterator[str]:
    for word in _UNIT.findall(folded):
        if word not in stop_words() and (len(word) > 1 or not word.isascii()):
            yield _stem(word) if word.isalpha() else word


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return _stemmer()(word) if len(word) <= 60 else word


@cache
def _stemmer() -> Callable[[str], str]:
    try:
        from snowballstemmer import stemmer
    except ImportError as error:
        raise _missing("snowballstemmer") from error
    stem: Callable[[str], str] = stemmer("english").stemWord
    return stem


@cache
def _simplifier() -> Callable[[str], str]:
    """Return what turns traditional characters into simplified ones; without opencc, texts stay as they are."""
    try:
        from opencc import OpenCC
    except ImportError:
        return str
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _traditional() -> re.Pattern[str]:
    """Return what finds a character that stands otherwise in simplified Chinese: looking is quicker than converting."""
    every = [chr(code) for code in range(0x3400, 0xA000)]
    turned = _simplifier()("\n".join(every)).split("\n")
    changed = "".join(old for old, new in zip(every, turned, strict=True) if old != new)
    # Beyond 0xffff a class of characters is searched one by one: rare characters count as traditional altogether.
    return re.compile(f"[{changed}]|[\U00020000-\U0003ffff]" if changed else r"(?!)")


@cache
def _general() -> Jieba:
    return _new()


def _new() -> Jieba:
    try:
        from rjieba import Jieba
    except ImportError as error:
        raise _missing("rjieba") from error
    return Jieba()


def _missing(library: str) -> NotInstalled:
    return NotInstalled(
        f"Searching texts needs the library {library}.",
        {"missing": library},
        todo="pip install 'zhihang[search]'",
    )
