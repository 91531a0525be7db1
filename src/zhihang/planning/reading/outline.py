# SPDX-License-Identifier: Apache-2.0
"""Where a paragraph stands: its clause, the headings above it, and what kind of part that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhihang.planning.reading.paragraph import RANK, Paragraph

_KINDS: tuple[tuple[str, str], ...] = (
    ("goal", r"目标(?:任务|指标)?$|目标[(:和与及]|指标$|指标体系$|愿景$|^展望|远景"),
    (
        "background",
        "形势|现状|回顾|^.{0,6}(?:发展|工作|现实)基础$|成就$|成效$|取得.{0,10}(?:进展|成效|成就)|面临|突出(?:问题|短板)|"
        "意义$|必要性|机遇|发展环境$|规划背景|^背景",
    ),
    ("penalty", "罚则|法律责任|处罚"),
    ("procedure", "程序$|流程|申报受理|评审|验收|申报方式|申报材料|材料报送|附则"),
    (
        "award",
        "奖励(?:标准|办法|内容|政策)?$|奖补|(?:资助|补助|补贴|扶持|支持|奖励)(?:标准|方式|额度|范围|内容|政策)",
    ),
    (
        "eligibility",
        "条件$|资格|申报主体|申报对象|适用范围|(?:支持|资助|奖励)(?:对象|范围)|认定标准|申报要求",
    ),
    ("principle", "指导思想|基本原则|总体思路|总体要求|工作思路"),
    ("duty", "职责|责任分工|任务分工|组织管理|部门分工"),
    ("measure", "保障|措施$|措施[(（]|组织实施|支持政策|政策措施|工作要求|组织领导"),
)
_WEAK = re.compile(
    "任务|行动|工程|举措|内容|安排|工作|重点|体系|能力|建设|计划|^(?:强化|提升|促进|夯实|加强|完善|推进|健全|优化|深化|构建|实施|加快|"
    "培育|拓展|提高|打造|建立|推动|开展|落实|突出|抓好|做好|着力|聚焦|坚持|全面|大力|积极|深入|严格|严厉|压减|加大|统筹|引导|支持|鼓励)"
)
_PLAIN_HEADING = 22


@dataclass(frozen=True)
class Passage:
    """A paragraph in its place.

    `clause` is the chain of marks (``四(一)``, ``二(一)2``, ``第五条``; ``前言`` before the first), `number` counts the
    unnumbered paragraphs of the clause, `titles` are the headings above it and its own, outermost first.
    """

    paragraph: Paragraph
    clause: str
    number: int
    titles: tuple[str, ...]
    kind: str
    rank: int
    heading_end: int

    @property
    def text(self) -> str:
        """Folded text of the paragraph."""
        return self.paragraph.text

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading and nothing else."""
        return self.heading_end >= len(self.text)


def outline(found: Sequence[Paragraph]) -> list[Passage]:
    """Give each paragraph its place."""
    return list(_walk(found))


def _walk(found: Sequence[Paragraph]) -> Iterator[Passage]:
    path: list[tuple[int, str, str]] = []
    number = 0
    plain = ""
    numbered = False
    for paragraph in found:
        if paragraph.marker:
            rank = RANK[paragraph.marker]
            heading_end = _heading_end(paragraph)
            title = paragraph.text[paragraph.behind_marker : heading_end].strip("。:;、")
            path = [step for step in path if step[0] < rank]
            if paragraph.marker == "annex":
                path = []
                label = f"附件{paragraph.number}" if numbered else ""
            else:
                label = _label(paragraph)
                numbered = True
            path.append((rank, label, title))
            number, plain = 0, ""
        else:
            rank, heading_end = len(RANK), _plain_heading_end(paragraph)
            if heading_end:
                plain = paragraph.text[paragraph.behind_marker : heading_end].strip("。:")
            number += 1
        titles = tuple(title for _, _, title in path if title) + ((plain,) if plain else ())
        yield Passage(paragraph, _clause(path), number, titles, kind_of(titles), rank, heading_end)


def _label(paragraph: Paragraph) -> str:
    if paragraph.marker in ("chapter", "section", "part", "article", "box"):
        return paragraph.text[: paragraph.behind_marker].lstrip("#").rstrip(":：")
    if paragraph.marker in ("two", "four"):
        return f"({paragraph.number})"
    return paragraph.number


def _clause(path: Sequence[tuple[int, str, str]]) -> str:
    article = [label for rank, label, _ in path if rank == RANK["article"]]
    if article:
        after = [label for rank, label, _ in path if rank > RANK["article"]]
        return "".join(article + after)
    return "".join(label for _, label, _ in path) or "前言"


def _heading_end(paragraph: Paragraph) -> int:
    """Where the heading ends and the body begins: at the first full stop if that comes early, else at the end."""
    if paragraph.marker == "article":
        return paragraph.behind_marker
    body = paragraph.text[paragraph.behind_marker :]
    stop = re.search("[。:]", body)
    if stop and stop.start() <= 45 and not re.search(r"[;；]", body[: stop.start()]):
        return paragraph.behind_marker + stop.end()
    if stop or len(body) > 60 or body.endswith((";", ",")):
        return paragraph.behind_marker
    return len(paragraph.text)


def _plain_heading_end(paragraph: Paragraph) -> int:
    """End of a heading without a number; 0 if the paragraph does not begin with one."""
    text = paragraph.text[paragraph.behind_marker :]
    run_in = re.match(r"[^,。;:、\d]{4,24}。(?=.{10})", text)
    if run_in:
        return paragraph.behind_marker + run_in.end()
    if len(text) <= _PLAIN_HEADING and not re.search(r"[,。;:\d]", text) and not paragraph.bullet:
        return len(paragraph.text)
    return 0


def kind_of(titles: Sequence[str]) -> str:
    """What kind of part the headings tell of; the innermost heading that tells goes first."""
    for title in reversed(titles):
        for kind, pattern in _KINDS:
            if re.search(pattern, title):
                return kind
    return "task" if any(_WEAK.search(title) for title in titles) else ""
