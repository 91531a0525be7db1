# SPDX-License-Identifier: Apache-2.0
"""The remarks of measured figures (why one is missing, what it rests on) in the language of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhihang.terms.label import Language

NO_DATA = "本数据库未收录该项资料"
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"no data on \S+ here", NO_DATA),
        (r"nobody published \S+ for this place and period", "该地区该期未公布"),
        (r"no two published levels around this date.*", "该时点前后没有两个已公布的数，不能内插"),
        (r"no earlier value within three years", "三年内没有已公布的数"),
        (r"the denominator is 0", "分母为0"),
        (r"the earlier value is 0", "基期为0，不计算增长"),
        (r"no yearly rate of a change of sign.*", "基期与本期不可计算年均增速"),
        (r"nothing to spread: the total is 0.*", "合计为0"),
        (r"values of several divisions cannot be added up", "各地数值不可相加"),
        (r"all places compared have the same value", "各地数值相同"),
        (r"the store holds no patents.*", "数据库尚无专利记录"),
        (r"after the newest date of the store, (\S+)", r"晚于数据截止日（\1）"),
        (r"before the first filing in the store, (\S+)", r"早于数据起始日（\1）"),
        (r"the store ends at (\S+)", r"数据截止于\1，该期不完整"),
        (r"filings after (\S+) are not all published", r"\1以后的申请尚未全部公布，数据不完整"),
        (r"straight line between (\S+) and (\S+)", r"人口按\1与\2两次公布数直线内插"),
        (r"value of (\S+)", r"沿用\1的公布数"),
        (r"([\d,.]+) without county left out", r"另有\1件地址未能落到县，未计入"),
        (r"([\d,.]+) without (\S+) left out", r"另有\1件无此项信息，未计入"),
    )
)
_NUMBER = re.compile(r"(?<=另有)[\d,.]+件|^[\d,.]+(?= without)")
_SOME = {"zh": "部分专利", "en": "some"}
_HEADS = re.compile(r"(numerator|denominator|this period|the earlier period|a part is missing): ")


def told(remark: str, language: Language) -> list[str]:
    """Return the remarks on a figure, each once, in a language.

    >>> told("numerator: no data on gdp here; the denominator is 0", "zh")
    ['本数据库未收录该项资料', '分母为0']
    >>> told("straight line between 2010-11 and 2020-11", "zh")
    ['人口按2010-11与2020-11两次公布数直线内插']
    """
    parts = [part for part in _HEADS.sub("", remark).split("; ") if part]
    if language == "en":
        return list(dict.fromkeys(re.sub(r"no data on \S+ here", "no data in this store", p) for p in parts))
    return list(dict.fromkeys(_in_chinese(part) for part in parts))


def all_told(remarks: Iterable[str], language: Language) -> list[str]:
    """Return the remarks on many figures, each once, in order; those that differ only in a number are told together.

    >>> all_told(["5 without county left out", "7 without county left out"], "zh")
    ['另有部分专利地址未能落到县，未计入']
    """
    found = dict.fromkeys(line for remark in remarks for line in told(remark, language))
    alike: dict[str, list[str]] = {}
    for line in found:
        alike.setdefault(_NUMBER.sub(_SOME[language], line), []).append(line)
    return [lines[0] if len(lines) == 1 else same for same, lines in alike.items()]


def _in_chinese(remark: str) -> str:
    for pattern, zh in _SAID:
        found = pattern.fullmatch(remark)
        if found:
            return found.expand(zh)
    return remark
