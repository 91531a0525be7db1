# SPDX-License-Identifier: Apache-2.0
"""What stands before a quantity, read from the right: comparison, change, frequency, and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zhihang.planning.reading.words import one_of, words

_BASELINE = re.compile(
    r"(?:(?:比|较|与|相对于|相较于?|对比)[^,;]{0,30}?|(?:在|同|以)[^,;]{0,4}?)"
    r"(?P<base>[“\"]?(?:(?:19|20)\d\d年?|十[一二三四五]?五|上年|去年|上一?年度?|同期|基期|往年|前[一两三五]年|规划初|期末)[^,;]{0,12}?)"
    r"(?:的?基础上|相比|为基数|水平|基数)?(?:再|年均|均|都|分别|双双)*$"
)


_FROM = re.compile(r"(?:由|从)(?P<base>[^,;由从]{0,30}\d[^,;由从]{0,14})$")
_SHARE_OF = re.compile(
    r"(?P<told>不低于|不少于|不得低于|不得少于|超过|高于|不超过|不高于|低于|少于)(?P<of>[^,;。]{2,20})的$"
)


@dataclass(frozen=True)
class Predicate:
    """The words that govern a quantity.

    `rest` is what stands before them, `verb` a verb whose object is the quantity with its noun (培育, 支持),
    `comparator` as told before the number, `change` up, down or empty for 增长20% and the like, `reached` says
    that a level is named (达到, 提高到). `respectively` says that several values follow.
    """

    rest: str
    verb: str = ""
    comparator: str = ""
    change: str = ""
    direction: str = ""
    reached: bool = False
    frequency: str = ""
    hedge: str = ""
    respectively: bool = False
    each: bool = False
    baseline: str = ""
    tokens: tuple[str, ...] = ()

    @property
    def governed(self) -> bool:
        """Whether any word of comparison, level or change was found."""
        return bool(self.comparator or self.change or self.reached)


@lru_cache(maxsize=1)
def _ending() -> re.Pattern[str]:
    return re.compile(
        f"{one_of('before', 'reach', 'change', 'frequency', 'hedge', 'adverb', 'make', 'tail_verb')}$"
    )


@lru_cache(maxsize=1)
def _longest() -> int:
    classes = ("before", "reach", "change", "frequency", "hedge", "adverb", "make", "tail_verb")
    return max(len(word) for name in classes for word in words(name))


def predicate(left: str, *, folds: bool = False) -> Predicate:
    """Read the words that govern a quantity from what stands before it in its clause.

    `folds` says that the quantity is a change by itself (翻一番), so that a base may stand before it.

    >>> predicate("全区技术交易合同成交总额力争达到").rest
    '全区技术交易合同成交总额'
    >>> predicate("发明专利申请量比“十二五”时期年均增长").baseline
    '“十二五”时期'
    """
    found: dict[str, object] = {}
    rest = left
    tokens: list[str] = []
    for _ in range(8):
        rest = re.sub("[的,、:“(]+$", "", rest) if tokens or not rest.endswith("的") else rest
        started = _FROM.search(rest[-60:]) if found.get("reached") else None
        if started and not found.get("baseline"):
            found["baseline"] = started["base"]
            rest = rest[: len(rest[:-60]) + started.start()]
            continue
        based = _BASELINE.search(rest[-60:]) if folds or found.get("change") or found.get("reached") else None
        if based and not found.get("baseline"):
            found["baseline"] = based["base"]
            if "年均" in based.group()[-6:]:
                found["frequency"] = words("frequency")["年均"]
                tokens.append("年均")
            found["respectively"] = found.get("respectively") or "分别" in based.group()[-6:]
            rest = rest[: len(rest[:-60]) + based.start()]
            continue
        share = _SHARE_OF.search(rest[-40:]) if not tokens else None
        if share and not found.get("comparator"):
            found["comparator"] = words("before")[share["told"]]
            rest = rest[: len(rest[:-40]) + share.start()] + "占" + share["of"]
            break
        word = _last_word(rest)
        if not word or not _take(word, found):
            break
        tokens.append(word)
        rest = rest[: -len(word)]
        if word in ("累计", "合计", "共"):
            rest = re.sub(r"[一二三四五六七八九十\d]{1,2}年(?:内|间|来)?$", "", rest)
        if found.get("verb"):
            break
    return Predicate(rest, tokens=tuple(tokens), **found)  # type: ignore[arg-type]


def _last_word(text: str) -> str:
    tail = text[-_longest() :]
    for start in range(len(tail)):
        if _ending().fullmatch(tail, start):
            return tail[start:]
    return ""


def _take(word: str, found: dict[str, object]) -> bool:
    """Note what a word means; False if it does not belong to the predicate."""
    governed = bool(found.get("comparator") or found.get("change") or found.get("reached"))
    if word in words("before"):
        if not found.get("comparator"):
            found["comparator"] = words("before")[word]
    elif word in words("frequency"):
        found["frequency"] = found.get("frequency") or words("frequency")[word]
    elif (word in words("change") and not governed) or (word in words("change") and found.get("comparator")):
        found["change"] = found["direction"] = words("change")[word]
    elif word in words("reach"):
        found["reached"] = True
        found["direction"] = found.get("direction") or words("reach")[word]
    elif word in words("hedge"):
        found["hedge"] = word
    elif word in words("adverb"):
        found["respectively"] = found.get("respectively") or word == "分别"
        found["each"] = found.get("each") or word in ("均", "都", "各")
    elif word in words("tail_verb") and governed:
        pass
    elif (word in words("make") and not governed) or (
        word in words("make")
        and found.get("comparator")
        and not found.get("reached")
        and not found.get("change")
    ):
        found["verb"] = word
    else:
        return False
    return True
