# SPDX-License-Identifier: Apache-2.0
"""Tasks, measures, duties and procedures: one row per clause that asks for something, with the bodies it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from zhihang.planning.reading.bodies import Bodies, bodies_of
from zhihang.planning.reading.moment import moments
from zhihang.planning.reading.outline import Passage
from zhihang.planning.reading.profile import Profile
from zhihang.planning.reading.reading import Row
from zhihang.planning.reading.sentence import names

_TYPES = {
    "task": "task",
    "measure": "measure",
    "duty": "responsibility",
    "procedure": "procedure",
    "award": "measure",
}
_LINE_LIMIT = 40
_TITLE_LIMIT = 36


def tasks(passages: Sequence[Passage], about: Profile, text: str) -> list[Row]:
    """Rows of all clauses of tasks, measures, duties and procedures; a legal act has none."""
    if about.legal:
        return []
    found: list[Row] = []
    parents = _parents(passages)
    for clause, group in groupby(passages, key=lambda passage: passage.clause):
        members = list(group)
        kind = _TYPES.get(members[0].kind, "")
        if not kind or clause in parents or clause.startswith(("前言", "附件")):
            continue
        found.extend(_rows(clause, members, kind, about, text))
    return found


def _parents(passages: Sequence[Passage]) -> set[str]:
    """Clauses that are divided further; their parts are the tasks."""
    clauses = sorted({passage.clause for passage in passages if _is_heading_like(passage)})
    return {one for one, other in pairwise(clauses) if other.startswith(one)}


def _is_heading_like(passage: Passage) -> bool:
    return bool(passage.paragraph.marker) and passage.heading_end > passage.paragraph.behind_marker


def _rows(clause: str, members: Sequence[Passage], kind: str, about: Profile, text: str) -> Iterator[Row]:
    if not members[0].paragraph.marker and kind != "responsibility":
        return
    body = [passage for passage in members if not passage.is_heading]
    run_in = [p for p in body if not p.paragraph.marker and p.heading_end and p.heading_end < _LINE_LIMIT]
    if len(run_in) >= 2 and len(run_in) == len(body):
        for passage in run_in:
            title = passage.text[: passage.heading_end].strip("。:")
            yield _row(f"{clause}p{passage.number}", title, [passage], kind, about, text)
        return
    acting = [p for p in body if not p.paragraph.marker and bodies_of(p.text).lead]
    if kind == "responsibility" and len(acting) >= 2 and len(acting) >= 0.6 * len(body):
        for passage in body:
            who = bodies_of(passage.text).lead
            yield _row(clause, "、".join(who)[:30] + "职责", [passage], kind, about, text)
        return
    first = members[0]
    title = (
        first.titles[-1]
        if _is_heading_like(first) and first.titles
        else first.text[first.paragraph.behind_marker :]
    )
    title = re.split("[,。;]", title)[0] if len(title) > _TITLE_LIMIT else title
    if title:
        yield _row(clause, title, members, kind, about, text)


def _row(clause: str, title: str, members: Sequence[Passage], kind: str, about: Profile, text: str) -> Row:
    bodies = Bodies()
    together = "".join(_body(passage) for passage in members)
    read = bodies_of(together)
    bodies.lead, bodies.support = read.lead, read.support
    first = members[0].paragraph.folded
    begin, end = first.span(0, max(members[0].heading_end, 1))
    stop = members[-1].paragraph.folded.at[-1]
    return {
        "clause": clause,
        "type": kind,
        "title": title,
        "lead_units": "；".join(bodies.lead) or None,
        "supporting_units": "；".join(bodies.support) or None,
        "deadline": _deadline(members, about),
        "quote": text[begin:end],
        "start": begin,
        "end": stop,
    }


def _body(passage: Passage) -> str:
    text = passage.text[passage.heading_end :] if not passage.is_heading or passage.text.endswith(")") else ""
    return text if not text or text.endswith(("。", ";", ")")) else text + "。"


def _deadline(members: Sequence[Passage], about: Profile) -> str | None:
    """The last date that the clause tells, if it lies ahead."""
    best: tuple[int, str] | None = None
    for passage in members:
        masked = [span for span in names(passage.text) if passage.text[span[0]] in "《〈"]
        for moment in moments(passage.text, masked):
            if (
                moment.role
                or not moment.last
                or moment.kind not in ("date", "period")
                or moment.last < (about.issued or 0)
            ):
                continue
            told = f"{moment.first}-{moment.last}" if moment.kind == "period" else str(moment.last)
            if best is None or moment.last > best[0]:
                best = (moment.last, told)
    return best[1] if best and re.match(r"\d", best[1]) else None
