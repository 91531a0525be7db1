# SPDX-License-Identifier: Apache-2.0
"""What a document is: its title, the year it was issued, the period it plans, whether it is a legal act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhihang.facts.codelist import CodeLists
from zhihang.planning.reading.folded import fold
from zhihang.planning.reading.moment import moments
from zhihang.planning.reading.outline import Passage

_TITLE = re.compile(
    "(?:计划|方案|规划|纲要|意见|通知|办法|条例|规定|细则|指南|要点|措施|行动|决定|通告|公告|若干政策|安排|任务书|制度|法)$"
)
_REGION = re.compile(
    r"(?![全年各本我])([\u4e00-\u9fff]{2,8}?(?:特别行政区|自治区|自治州|省|市|县|盟|新区|(?<![园社地全片])区))(?!场|级|域|政府采购|区域|容|政)"
)
_YEAR = r"(?:(?:19|20)\d\d)"
_LINE_DATE = re.compile(rf"^\(?({_YEAR})年\d{{1,2}}月\d{{1,2}}日(?:印发|发布|公布)?(?:\(.{{0,20}}\))?\)?$")
_ADOPTED = re.compile(rf"({_YEAR})年\d{{1,2}}月\d{{1,2}}日.{{0,60}}(?:通过|修正|修订|公布|批准|施行|起施行)")
_NUMBER = re.compile(rf"^[^,。;]{{0,24}}[〔\[(]({_YEAR})[〕\])]第?\d+号")
_CITED = re.compile(rf"[〔\[(]({_YEAR})[〕\])]第?\d+号")


@dataclass(frozen=True)
class Profile:
    """What is known of a document as a whole; years are None where it does not tell."""

    title: str
    issued: int | None
    first: int | None
    last: int | None
    legal: bool
    region: str

    @property
    def annual(self) -> bool:
        """Whether it plans a single year."""
        return self.last is not None and self.first == self.last


def profile(passages: Sequence[Passage]) -> Profile:
    """Read what a document is from its first and last lines."""
    title = _title(passages)
    first, last = _period(title, passages)
    articles = sum(passage.paragraph.marker == "article" for passage in passages)
    legal = articles >= 4
    issued = _issued(passages, legal) or (first - 1 if first and last != first else first)
    return Profile(title, issued, first, last, legal, _region(title, passages))


def _title(passages: Sequence[Passage]) -> str:
    lines = [p for p in passages[:40] if p.clause == "前言" and len(p.text) <= 80]
    for passage in reversed(lines):
        text = re.sub(r"\([^()]*\)$", "", passage.text.lstrip("#"))
        if _TITLE.search(text) and not re.search("[。;,]", text):
            return passage.text.lstrip("#")
    return lines[0].text.lstrip("#") if lines else ""


def _period(title: str, passages: Sequence[Passage]) -> tuple[int | None, int | None]:
    near = [p.text for p in passages[:40] if p.clause == "前言" and len(p.text) <= 80]
    for text in (title, *(t for t in near if re.fullmatch(r"\([^()]{4,20}\)", t)), *near[:1]):
        found = [m for m in moments(text, []) if m.kind in ("period", "date") and m.last]
        periods = [m for m in found if m.kind == "period"]
        if periods:
            return periods[-1].first, periods[-1].last
        if found and text == title:
            return found[-1].last, found[-1].last
    return None, None


def _issued(passages: Sequence[Passage], legal: bool) -> int | None:
    texts = [passage.text for passage in passages]
    if legal:
        years = [int(y) for text in (*texts[:12], *texts[-3:]) for y in _ADOPTED.findall(text)]
        if years:
            return max(years)
    for text in texts:
        found = _LINE_DATE.match(text)
        if found:
            return int(found[1])
    for text in texts[:15]:
        found = _NUMBER.match(text)
        if found:
            return int(found[1])
    ends = [int(y) for text in texts[-3:] for y in re.findall(rf"({_YEAR})年\d{{1,2}}月\d{{1,2}}日$", text)]
    if ends:
        return ends[-1]
    cited = Counter(int(y) for text in texts for y in _CITED.findall(text))
    return max(cited) if cited else None


def _region(title: str, passages: Sequence[Passage]) -> str:
    front = [*passages[:12], *reversed(passages[-6:])]
    near = [
        p.text for p in front if len(p.text) <= 60 and not p.text.endswith(":") and not p.paragraph.marker
    ]
    for text in (title, *near):
        if re.match(r"[#\s]*(?:国务院|国家|全国)", text):
            return "全国"
        found = _REGION.search(fold(text).text)
        if found and not re.search("知识|产权|推进|加快|建设|发展|实施|创新|强[市县区省]", found[1]):
            return re.sub("^(?:关于|印发|转发|加快|推进|促进|发展|实施|中共)+", "", found[1])
        short = re.search("|".join(_provinces()), text)
        if short:
            return _provinces()[short.group()]
    return "全国" if re.search("国务院|国家知识产权局", "".join(p.text for p in passages[:30])) else ""


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """Short names of the provinces, each with the full one."""
    ending = "(?:省|市|维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区)$"
    full = [region.label.zh for region in CodeLists()["region"] if region.details["level"] == "province"]
    return {re.sub(ending, "", name): name for name in full}
