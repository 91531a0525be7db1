# SPDX-License-Identifier: Apache-2.0
"""Dates and periods as plans write them: 到2020年底, “十三五”期间, 2016—2020年, 未来五年, 每年, 建设期满后."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhihang.planning.reading.amount import mask
from zhihang.planning.reading.numeral import chinese_number

_PLANS = ("十五", "十一五", "十二五", "十三五", "十四五", "十五五", "十六五")
_Y = r"(?:(?:19|20)\d\d|二[〇零][〇零一二三四五六七八九]{2})"
_TO = r"(?:--?|~|至|到)"
_PATTERN = re.compile(
    rf"(?P<years>(?:到|自|从|在)?(?P<y1>{_Y})年?度?(?:\d{{1,2}}月)?{_TO}(?P<y2>{_Y}|\d\d(?!\d|月))年?(?:\d{{1,2}}月)?(?:度|间|期间|年间)?)"
    r"|(?P<plan>(?:到|至|在)?[“\"‘']?(?P<p>十[一二三四五六]?五)(?P<q>[”\"’'])?(?:规划|计划)?"
    r"(?P<tail>期间|时期|期末|末期|末年?|期内|以来|收官之年|初期?|前[两三]年|后[两三]年)?)"
    rf"|(?P<date>(?P<lead>截至|截止到?|到|至|力争|自|从|于|在)?(?:公历)?(?P<y>{_Y})年"
    r"(?:度|(?P<m>\d{1,2})月(?:份)?(?:(?P<d>\d{1,2})日)?)?(?P<end>年?底以?前|年?末以?前|年底|年末|底|末|之前|以前|前|内|起|以来|以后)?)"
    r"|(?P<relative>(?:利用|再用|用|经过|通过|力争|争取|未来|今后|在未来|接下来)(?:的)?(?:(?P<n1>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"[-~至到])?(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})个?年(?:左右|以内|内|之内|或更长)?的?(?:时间|努力|内|左右)?)"
    r"|(?P<phase>(?:建设|规划|实施|培育|试点|示范|创建|计划|资助|合同|执行)期(?:满|末|满后|结束)后?|期满后?)"
    r"|(?P<within>(?<![\d一二三四五六七八九十])(?:\d|[一二两三四五])年内(?=,|实现|完成|建成|力争))"
    r"|(?P<this>今年(?:内|底前?|年底前?)?|本年度?(?:内|底)?|当年|年内|年底前|年底|全年)"
    r"|(?P<each>每年度?|每[个一]?年|逐年|年均|年平均|按年度?|每季度|每月)"
)
_BASE_BEFORE = re.compile(r"(?:比|较|与|同|在|以|相对于?|对比|高于|低于|由|从)$")
_BASE_AFTER = re.compile(
    r"^(?:的)?(?:基础上|同期|水平|实际|相比|增长|提高|翻|下降|减少|增加|降低|为基[数期年]|为基准|的\d|的[一二两三四五六七八九十]|(?:时期|期间|末)?的?[\d.]+倍)"
)


@dataclass(frozen=True)
class Moment:
    """A time named in a text.

    `kind` is date, period, start, annual, this_year or phase. `role` is `baseline` where something is compared
    with it, else empty. `derived` says that the year was computed.
    """

    start: int
    end: int
    kind: str
    first: int | None = None
    last: int | None = None
    phase: str = ""
    role: str = ""
    derived: bool = False
    lead: str = ""
    tail: str = ""

    @property
    def dated(self) -> bool:
        """Whether it gives, or stands for, the end of something."""
        return self.kind in ("date", "period", "this_year", "phase", "relative") and not self.role


def moments(text: str, masked: Sequence[tuple[int, int]]) -> list[Moment]:
    """All times of a folded text but those in the masked stretches."""
    return list(_found(text, mask(len(text), masked)))


def _found(text: str, masked: bytearray) -> Iterator[Moment]:
    for match in _PATTERN.finditer(text):
        if masked[match.start()]:
            continue
        moment = _read(match)
        if moment:
            yield _with_role(text, moment)


def _read(match: re.Match[str]) -> Moment | None:
    start, end = match.span()
    if match["years"]:
        return _years(match)
    if match["plan"]:
        return _plan(match)
    if match["date"]:
        year, tail = _year(match["y"]), match["end"] or ""
        kind = (
            "start"
            if tail in ("起", "以后") or (match["lead"] in ("自", "从") and tail != "以来")
            else "date"
        )
        month = match["m"]
        if month and not 1 <= int(month) <= 12:
            return None
        return Moment(start, end, kind, None, year, lead=match["lead"] or "", tail=tail)
    if match["relative"]:
        count = _count(match["n"])
        return None if count is None else Moment(start, end, "relative", None, count, derived=True)
    if match["within"]:
        count = _count(match["within"][0])
        return None if count is None else Moment(start, end, "relative", None, count, derived=True)
    if match["phase"]:
        return Moment(start, end, "phase", phase=re.sub("后$", "", match["phase"]))
    return Moment(start, end, "this_year" if match["this"] else "annual", derived=bool(match["this"]))


def _year(text: str) -> int:
    value = int(text) if text.isascii() else chinese_number(text)
    return int(value or 0)


def _years(match: re.Match[str]) -> Moment | None:
    first, last = _year(match["y1"]), match["y2"]
    year = first // 100 * 100 + int(last) if len(last) == 2 else _year(last)
    if year == first and "月" in match.group():
        return Moment(*match.span(), "date", None, year)
    if not first < year <= first + 40:
        return None
    return Moment(*match.span(), "period", first, year)


def _plan(match: re.Match[str]) -> Moment | None:
    tail, name = match["tail"] or "", match["p"]
    quoted = bool(match["q"])
    if name not in _PLANS or not (quoted or tail) or (name == "十五" and not quoted):
        return None
    first = 2001 + 5 * _PLANS.index(name)
    at_end = tail in ("期末", "末期", "末", "末年", "收官之年")
    return Moment(
        *match.span(), "date" if at_end else "period", None if at_end else first, first + 4, tail=tail
    )


def _count(text: str) -> int | None:
    value = int(text) if text.isascii() else chinese_number(text)
    return None if value is None else int(value)


def _with_role(text: str, moment: Moment) -> Moment:
    before, after = text[max(0, moment.start - 4) : moment.start], text[moment.end : moment.end + 8]
    if moment.kind in ("annual", "phase", "relative", "this_year"):
        return moment
    if moment.lead in ("到", "至", "截至") or moment.tail == "以来":
        return moment
    compared = _BASE_BEFORE.search(before) or (
        moment.lead in ("在", "从", "自") and after.startswith(("基础上", "的基础"))
    )
    if compared and (_BASE_AFTER.match(after) or re.search("[比较]$|相对于?$|由$", before)):
        return replace(moment, role="baseline")
    if re.match(r"^(?:的)?(?:基础上|同期|数据|不变价|价格|统计|版)", after) or (
        re.search("(?:是|为|达到?)$", before) and re.match("的", after)
    ):
        return replace(moment, role="baseline")
    return moment
