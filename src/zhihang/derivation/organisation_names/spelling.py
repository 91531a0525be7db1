# SPDX-License-Identifier: Apache-2.0
"""How a name is spelt, set aside: width, script variant, blanks, brackets, entities, control characters."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from zhihang.errors import NotInstalled

LONGEST = 300
"""Longer names are cut: no register prints one, so the rest is another field run into it."""

_MARKUP = re.compile(r"<[/a-zA-Z!][^<>]{0,200}>")
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffd\ue000-\uf8ff]+"
)
_BLANKS = re.compile(r"\s+")
_BRACKETS = str.maketrans("【】[]{}〔〕〈〉《》「」『』<>", "()()()()()()()()()")
_MARKS = str.maketrans(dict.fromkeys("▲▼·•・‧∙●.。,，、;；:：'’‘`\"“”*#_~!！?？/\\|^-—–‐－―=+", ""))
_WIDE = r"\u3007\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af々〆"
_BLANK_IN_WIDE = re.compile(rf"(?<=[{_WIDE}()]) +| +(?=[{_WIDE}()])")
_NOT_LETTERS = re.compile(r"[^0-9a-z\u0400-\u04ff]+")
_ASCII = re.compile(r"[\x20-\x7e]*")
_VARIANTS = str.maketrans("鑛発髙囯淸邨峯硏朮樂觀冨塚濱濵浜脇〇○", "矿发高国清村峰研术乐观富冢滨滨滨胁00")
_JAPANESE = re.compile(r"[\u3040-\u30ff]|株式|会社|學校法人|学校法人|国立大学法人|法人")

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]")
KANA = re.compile(r"[\u3041-\u30fa]")
HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")
LATIN = re.compile(r"[a-z\u0400-\u04ff]", re.IGNORECASE)


def clean(name: str) -> str:
    r"""Return a name as one would print it: no entities, markup, control characters or needless blanks.

    >>> clean(" 桂林&amp;某<b>厂</b>\x07 ")
    '桂林&某厂'
    """
    if _ASCII.fullmatch(name) and "&" not in name and "<" not in name:
        return _BLANKS.sub(" ", name).strip()[:LONGEST]
    if "&" in name:
        name = html.unescape(name)
    if "<" in name:
        name = _MARKUP.sub("", name)
    return _BLANKS.sub(" ", _CONTROL.sub("", _BLANKS.sub(" ", name))).strip()[:LONGEST]


def fold(names: Sequence[str]) -> list[str]:
    """Return clean names for comparison: half width, simplified characters, lower case, round brackets.

    >>> fold(["桂林三金藥業（集團） 有限公司", "ＧＵＩＬＩＮ  Sanjin Co."])
    ['桂林三金药业(集团)有限公司', 'guilin sanjin co.']
    """
    half = [_narrow(name) for name in names]
    wide = [number for number, name in enumerate(half) if not name.isascii()]
    japanese = [number for number in wide if _JAPANESE.search(half[number])]
    for numbers, configuration in ((japanese, "jp2t"), (wide, "t2s")):
        for number, text in zip(numbers, _converted([half[n] for n in numbers], configuration), strict=True):
            half[number] = text.translate(_VARIANTS)
    return half


def bare(folded: str) -> str:
    """Return a folded name in Chinese, Japanese or Korean without punctuation between its characters."""
    return folded.translate(_MARKS)


def tokens(folded: str) -> list[str]:
    """Return the words of a folded name in Latin or Cyrillic letters, accents removed.

    >>> tokens("l'électricité & cie s.a.")
    ['l', 'electricite', 'cie', 's', 'a']
    """
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
        folded = folded.replace("ß", "ss").replace("ø", "o").replace("æ", "ae").replace("ł", "l")
    return _NOT_LETTERS.sub(" ", folded).split()


def _narrow(name: str) -> str:
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name).translate(_BRACKETS).translate(_VARIANTS)
        if " " in name:
            name = _BLANK_IN_WIDE.sub("", _BLANKS.sub(" ", name))
    else:
        name = name.translate(_BRACKETS)
    return name.strip().casefold()


def _converted(texts: Sequence[str], configuration: str) -> list[str]:
    if not texts:
        return []
    return str(_converter(configuration).convert("\n".join(texts))).split("\n")


@cache
def _converter(configuration: str) -> Any:
    """Return a converter, made once: making it takes longer than converting thousands of names."""
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise NotInstalled(
            "Comparing names of organisations needs the library opencc.",
            {"missing": "opencc"},
            todo="pip install 'zhihang[names]'",
        ) from error
    return OpenCC(configuration)
