# SPDX-License-Identifier: Apache-2.0
"""The parts of a person's name: surname, given names, suffix; and what stands in the field without being a name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["han", "latin", "withheld", "none", "organisation", "several"]

_WITHHELD = re.compile(
    r"不公告|不公开|未公开|不公布|(?:要求|请求|申请|予以)保密|^(?:保密|匿名|无|未知|空缺)$|公告发明人|公开姓名"
    r"|^(?:unknown|none|n/?a|anonymous|not (?:available|disclosed|given|applicable)|undisclosed|withheld|deceased"
    r"|the designation of .*|designation of inventor.*|inventors? not .*|see application|et al)\W*$"
    r"|invention.? has waived|waived (?:its|his|her|their) right|request(?:ed|s)? (?:not|non)|verzicht|renonc"
)
WIDE = re.compile(
    r"[\u3007\u3400-\u9fff\uf900-\ufaff\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7af\U00020000-\U0003ffff]"
)
_LETTER = re.compile(r"[a-z\u00df-\u024f\u0370-\u04ff]")
_NOT_HAN = re.compile(
    r"[^\u3007\u3400-\u9fff\uf900-\ufaff\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7af\U00020000-\U0003ffffa-z]"
)
_BETWEEN = re.compile(r"[;；,，、/|]")
_WHOLE_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_LONGEST = 30
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(r"^[(\[]?\d{1,2}[)\].、:：]\s*|\s*[(\[]\d{1,2}[)\]]$")
_HAN_BODY = re.compile(
    r"(?:公司|集团|大学|学院|研究所|研究院|研究中心|实验室|工厂|中心|医院|委员会|协会|学会|合作社|事务所|株式会社|课题组|项目组)$"
)
_LATIN_BODY = re.compile(
    r"\b(?:inc|corp|corporation|co|company|ltd|limited|llc|gmbh|ag|kg|plc|bv|nv|kk|spa|srl|sarl|oy|"
    r"universit\w*|institut\w*|college|laborator\w*|foundation|technolog\w*|industr\w*|group|holdings?|systems?|"
    r"center|centre|hospital|department|ministry|association|partners?|solutions)\b"
)
_SUFFIX = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii",
    "iv": "iv", "4th": "iv",
}  # fmt: skip
_TITLES = frozenset(
    """
    dr prof professor mr mrs ms miss phd md dipl ing diplom dipling habil msc bsc rer nat ir
    eng esq late sir dring
    """.split()  # noqa: SIM905 - a list of words is easier to read as one
)
_PARTICLES = frozenset(
    """
    van von der den de del della di da dos do du la le ten ter zu zum zur af av al el bin ben
    ibn abu st t vande vanden vander mac mc o dal dalla des das ap y
    """.split()  # noqa: SIM905 - a list of words is easier to read as one
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*(?:-[^\W\d_]+)*", re.UNICODE)
_BARS = str.maketrans("‐‑‒–—−﹣－", "--------")
_QUOTES = str.maketrans("", "", "'’`´\"“”")


class Written(NamedTuple):
    """A name as it stands: its words, in lower case and without accents, and the marks that tell their order."""

    kind: Kind
    words: tuple[str, ...] = ()
    surname_words: int = 0
    """How many words at the front are the surname for certain; negative: at the end; 0: not told."""
    suffix: str = ""


def written(folded: str, clean: str) -> Written:
    """Take a name apart: `folded` is half width, simplified, lower case; `clean` has its capitals."""
    plain = _ORDINAL.sub("", folded.strip())
    if _WITHHELD.search(plain):
        return Written("withheld")
    if WIDE.search(plain):
        return _han(plain)
    if not _LETTER.search(plain):
        return Written("none")
    return _latin(plain, clean)


def _han(text: str) -> Written:
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) > 1 and all(_WHOLE_HAN.fullmatch(part.strip()) for part in parts):
        return Written("several")
    name = _NOT_HAN.sub("", _IN_BRACKETS.sub("", text)) or _NOT_HAN.sub("", text)
    if len(name) > 4 and _HAN_BODY.search(name):
        return Written("organisation")
    return Written("han", (name,)) if 1 < len(name) <= _LONGEST else Written("none")


def _latin(folded: str, clean: str) -> Written:
    text = _IN_BRACKETS.sub(" ", folded.translate(_BARS))
    if _LATIN_BODY.search(text):
        return Written("organisation")
    parts = [part for part in text.split(",") if part.strip()]
    suffix, kept = "", []
    for part in parts:
        words, found = _without_titles(_plain_words(part))
        suffix = suffix or found
        if words:
            kept.append(words)
    if not kept:
        return Written("none")
    words = [word for part in kept for word in part]
    if sum(len(word) for word in words) < 2:
        return Written("none")
    if len(kept) > 1:
        return Written("latin", tuple(words), len(kept[0]), suffix)
    return Written("latin", tuple(words), _told_by_form(words, _words(clean.translate(_BARS))), suffix)


def _words(text: str) -> list[str]:
    return [word.translate(_QUOTES) for word in _WORDS.findall(text)]


def _plain_words(text: str) -> list[str]:
    return [word for word in _words(text) if word]


def _without_titles(words: list[str]) -> tuple[list[str], str]:
    """Take titles and suffixes away; a name is left at least one word."""
    suffix = ""
    kept: list[str] = []
    for place, word in enumerate(words):
        if word in _SUFFIX and place and len(words) > 1:
            suffix = suffix or _SUFFIX[word]
        elif word in _SUFFIX and len(words) == 1:
            suffix = _SUFFIX[word]
        elif word not in _TITLES or len(words) == 1:
            kept.append(word)
    return kept, suffix


def _told_by_form(words: list[str], capitals: list[str]) -> int:
    """Say which words are the surname, by capitals (LABELLE Edward V.) or by where initials stand (Abe H)."""
    if len(words) < 2:
        return len(words)
    as_written = {word.casefold(): word for word in capitals}
    upper = [len(word) > 1 and as_written.get(word, "").isupper() for word in words]
    if any(upper) and not all(flag or len(word) == 1 for flag, word in zip(upper, words, strict=True)):
        ahead = next((n for n, flag in enumerate(upper) if not flag), len(upper))
        behind = next((n for n, flag in enumerate(reversed(upper)) if not flag), len(upper))
        if ahead and not any(upper[ahead:]):
            return ahead
        if behind and not any(upper[: len(upper) - behind]):
            return -behind
    initials = [len(word) == 1 for word in words]
    if initials[0] and not initials[-1]:
        return -_from_particle(words, 1)
    if initials[-1] and not initials[0]:
        return _to_particle(words)
    if any(initials) and not initials[0] and not initials[-1]:
        return -_from_particle(words, 1)
    return 0


def _to_particle(words: list[str]) -> int:
    """How many words a surname at the front has: particles and the word they lead to."""
    count = 1
    while count < len(words) - 1 and words[count - 1] in _PARTICLES:
        count += 1
    return count


def _from_particle(words: list[str], least: int) -> int:
    """How many words a surname at the end has, the particles before it included."""
    count = least
    while count < len(words) - 1 and words[-count - 1] in _PARTICLES and len(words[-count - 1]) > 1:
        count += 1
    return count


def surname_last(words: tuple[str, ...]) -> int:
    """Return how many words a surname at the end has."""
    return _from_particle(list(words), 1)


def surname_first(words: tuple[str, ...]) -> int:
    """Return how many words a surname at the front has."""
    return _to_particle(list(words))
