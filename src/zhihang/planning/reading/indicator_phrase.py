# SPDX-License-Identifier: Apache-2.0
"""The name of an indicator, made from the words about a quantity."""

from __future__ import annotations

import re
from functools import lru_cache

from zhihang.planning.reading.predicate import Predicate
from zhihang.planning.reading.words import one_of, words

_TIME = re.compile(
    r"^(?:(?:截至|到|至|在|于|自|从|力争|争取)?(?:(?:19|20)\d\d年?(?:\d{1,2}月)?(?:底|末|年底|年末|前|底前|度)?|[“\"]?十[一二三四五]?五[”\"]?(?:规划)?(?:期间|时期|末期|末|期末)?"
    r"|每年度?|逐年|今年|全年|年内|年底前?|本年度?|[1-9一二三四五]年(?:内|累计|间|来)|未来[^,]{0,6}年(?:内|时间)?|期间|[-~至到、和]))+[,]?"
)
_LEAD = re.compile(
    r"^(?:和|与|及|以及|并且|并|且|同时|其中|使得|使|则|而|将|要|确保|保证|力争|争取|努力|预计|推动|促进|带动|引导|鼓励|实现|保持|"
    r"基本|累计|分别|合计|进一步|不断|大力|积极|择优|重点|继续|平均|总计|共|各|即|如|是|为|在[^,]{0,12}(?:方面|领域|中|内)|或|\d{1,2}[.、)](?!\d)|[-、,:;·•.()\[\]])+"
)


@lru_cache(maxsize=1)
def _region() -> re.Pattern[str]:
    return re.compile(f"^{one_of('region')}(?:范围内?|内|共|各级|上下)?")


@lru_cache(maxsize=1)
def _metric() -> re.Pattern[str]:
    return re.compile(f"{one_of('metric')}(?:\\([^()]*\\))?$")


@lru_cache(maxsize=1)
def _acting() -> re.Pattern[str]:
    """A body and what it does: 小微企业申请发明专利."""
    return re.compile(f"^(?P<who>.{{0,24}}?{one_of('entity')})(?P<does>{one_of('make')}.+)$")


@lru_cache(maxsize=1)
def _drop() -> re.Pattern[str]:
    return re.compile(f"^(?:{one_of('drop')}|一批|若干)+")


def clean(text: str) -> str:
    """Take times, regions, conjunctions and modal words off the front of a phrase.

    >>> clean("到2020年,全区商标有效注册量")
    '商标有效注册量'
    """
    for _ in range(6):
        before = text
        for pattern in (_TIME, _LEAD, _region()):
            text = pattern.sub("", text)
        if text == before:
            break
    return text.strip("的,、;。:- ")


@lru_cache(maxsize=1)
def _led() -> re.Pattern[str]:
    """A place or a means before what is done: 在重点国家布局服务站."""
    return re.compile(f"^(?:在|对|为|依托|通过|围绕|面向)[^,]{{2,40}}?(?P<what>{one_of('make')}.{{2,}})$")


def is_metric(name: str) -> bool:
    """Whether a phrase names something measured (申请量, 总额, 比重) rather than things that are counted."""
    return bool(_metric().search(name))


def left_name(predicate: Predicate) -> str:
    """Name of the indicator where its words stand before the number."""
    name = clean(predicate.rest)
    led = _led().match(name)
    if led:
        name = led["what"]
    stripped = _drop().sub("", name)
    return clean(stripped) if len(stripped) >= 2 else name


def right_name(verb: str, right: str) -> str:
    """Name of what is counted where the noun stands behind the number: 培育2000家企业."""
    noun = re.sub(r"^(?:的|以上|以下|左右|以内)+", "", right)
    noun = re.sub(r"(?:[,、;。:]|和|与|及|以及|并|或)+$", "", noun)
    keep = "" if verb in words("drop") or not verb else verb
    acting = _acting().match(noun)
    if acting and len(acting["does"]) > 2 and not acting["who"].startswith(tuple(words("make"))):
        return f"{keep}{acting['does']}的{acting['who']}"
    return keep + noun


def named(name: str, kind: str, change: str, annual: bool) -> str:
    """Finish a name: counts end in 数, growth in 增长率, shares in 比重."""
    if kind == "growth_rate":
        rate = "下降率" if change == "down" else "增长率"
        return f"{name}{'年均' if annual else ''}{rate}"
    if kind == "share" and re.search("占[^占]+$", name) and not is_metric(name):
        return name + "比重"
    if kind in ("count", "cumulative") and name and not is_metric(name):
        return name + "数"
    return name
