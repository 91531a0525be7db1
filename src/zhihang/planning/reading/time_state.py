# SPDX-License-Identifier: Apache-2.0
"""Which time holds where a paragraph names none: that of its heading, of the line that opens its list, of its goals."""

from __future__ import annotations

import re

from zhihang.planning.reading.moment import moments
from zhihang.planning.reading.outline import Passage
from zhihang.planning.reading.statement import Timed, as_carried

_FAR = re.compile("展望|远景|愿景|更长")


class TimeState:
    """Times told earlier that may hold for the paragraph at hand."""

    def __init__(self) -> None:
        self._headings: dict[str, Timed] = {}
        self._list: tuple[str, bool, Timed] | None = None
        self._goal: tuple[str, Timed] | None = None

    def before(self, passage: Passage) -> Timed | None:
        """The time that holds at the beginning of a paragraph."""
        if self._list and not self._in_list(passage):
            self._list = None
        if self._list:
            return self._list[2]
        if self._goal and passage.kind == "goal" and _root(passage) == self._goal[0]:
            return self._goal[1]
        above = (passage.clause[:length] for length in range(len(passage.clause), 0, -1))
        return next((self._headings[clause] for clause in above if clause in self._headings), None)

    def after(self, passage: Passage, last: Timed | None) -> None:
        """Note what a paragraph leaves to those behind it."""
        self._note_heading(passage)
        if last is None or (last.carried and last == self.before(passage)):
            return
        if not passage.paragraph.bullet and not _FAR.search(passage.text):
            opened = passage.text.endswith(":") and not passage.is_heading
            self._list = (passage.clause, opened, as_carried(last))
        if passage.kind == "goal" and not _FAR.search(passage.text):
            self._goal = (_root(passage), as_carried(last))

    def _note_heading(self, passage: Passage) -> None:
        if passage.heading_end <= passage.paragraph.behind_marker:
            return
        found = [
            m
            for m in moments(passage.text[: passage.heading_end], [])
            if m.dated and m.kind in ("date", "period")
        ]
        self._headings.pop(passage.clause, None)
        if found and passage.clause != "前言":
            span = passage.paragraph.folded.span(found[-1].start, found[-1].end)
            self._headings[passage.clause] = Timed(found[-1], *span, carried=True)

    def _in_list(self, passage: Passage) -> bool:
        """Whether a paragraph is an item under the line that named the time: a bullet, or a clause below a colon."""
        if self._list is None:
            return False
        clause, opened, _ = self._list
        if passage.clause == clause:
            return passage.paragraph.bullet
        return opened and passage.clause.startswith(clause)


def _root(passage: Passage) -> str:
    found = re.match(r"(?:第[^章节编篇]{1,5}[编篇章]|[一二三四五六七八九十]{1,3})", passage.clause)
    return found.group() if found else passage.clause
