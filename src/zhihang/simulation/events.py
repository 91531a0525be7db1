# SPDX-License-Identifier: Apache-2.0
"""The legal events of the applications, as the gazettes announce them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.applicants import Applicants
from zhihang.simulation.book import Book
from zhihang.simulation.calendar import NEVER, Days, year_of
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.date_text import Dates
from zhihang.simulation.dealings import Dealings
from zhihang.simulation.directory import Directory
from zhihang.simulation.lives import ABANDONED, EXPIRED, INVALIDATED, LAPSED, REFUSED, WITHDRAWN
from zhihang.simulation.organisation_names import BEFORE, NOW
from zhihang.simulation.register import MARK, join_lines

COLUMNS = ("申请号", "事件代码", "法律状态", "公告日", "生效日", "说明", "数据来源")

#: Codes of the gazette. Those of rights (C, E, I, P, T) are in the code list `legal_event_cn`; those of applications
#: (PB, SE, GR, RJ, WD, WW) are general knowledge of the gazette's codes.
_WORDS = {
    "PB01": "公开",
    "SE01": "实质审查的生效",
    "GR01": "授权",
    "RJ01": "发明专利申请公布后的驳回",
    "WD01": "发明专利申请公布后的视为撤回",
    "WW01": "发明专利申请公布后的撤回",
    "TR01": "专利权的转移",
    "CP01": "专利权人的姓名或者名称的变更",
    "EE01": "专利实施许可合同备案的生效",
    "PE01": "专利权质押合同登记的生效",
    "PM01": "专利权质押合同登记的变更",
    "PC01": "专利权质押合同登记的注销",
    "IP01": "无效公告",
    "IW01": "专利权全部无效",
    "AV01": "专利权的主动放弃",
    "CF01": "未缴年费专利权终止",
    "CX01": "专利权有效期届满",
}
_CODES = list(_WORDS)
_CODES_AND_WORDS = Book.of_cells(_WORDS.items(), width=2)

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class _Event:
    """Events of one code: the rows of the chunk they belong to, their days, and what the gazette adds."""

    code: str
    rows: Rows
    announced: Days
    effective: Days
    note: pa.Array


@dataclass(frozen=True)
class Events:
    """Writes the lines of the file of legal events."""

    directory: Directory
    dates: Dates
    banks: Book

    @staticmethod
    def head() -> bytes:
        """Return the byte-order mark and the line of column names."""
        return ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()

    def lines(
        self,
        chunk: Chunk,
        applicants: Applicants,
        dealings: Dealings,
        numbers: pa.Array,
        kept: NDArray[np.bool_],
    ) -> pa.Array:
        """Write the events known of the applications kept, by application and day."""
        found = [
            *self._procedure(chunk, kept),
            *self._dealings(chunk, applicants, dealings, kept),
            *self._ends(chunk, kept),
        ]
        rows = np.concatenate([event.rows for event in found])
        announced = np.concatenate([event.announced for event in found])
        code = np.concatenate(
            [np.full(len(event.rows), 1 + _CODES.index(event.code), np.int32) for event in found]
        )
        order = np.lexsort((code, announced, rows))
        effective = np.concatenate([event.effective for event in found])
        note = pa.concat_arrays([event.note for event in found])
        return join_lines(
            [
                [numbers.take(pa.array(rows[order]))],
                _CODES_AND_WORDS.cells(code[order]),
                self.dates.cells(announced[order]),
                self.dates.cells(effective[order]),
                [note.take(pa.array(order))],
                [MARK],
            ]
        )

    def _procedure(self, chunk: Chunk, kept: NDArray[np.bool_]) -> Iterator[_Event]:
        lives = chunk.lives
        published = chunk.known(lives.published) & kept
        invention = lives.kind == 0
        yield _plain("PB01", published & invention, lives.published, None)
        yield _plain("SE01", chunk.known(lives.examined) & kept, lives.examined, lives.examined - 19)
        yield _plain("GR01", chunk.known(lives.granted) & kept, lives.granted, lives.granted)
        closed = chunk.known(lives.closed) & published
        refused, withdrawn = lives.closing == REFUSED, lives.closing == WITHDRAWN
        yield _plain("RJ01", closed & refused, lives.closed, None)
        yield _plain("WW01", closed & withdrawn, lives.closed, None)
        yield _plain("WD01", closed & ~refused & ~withdrawn, lives.closed, None)

    def _ends(self, chunk: Chunk, kept: NDArray[np.bool_]) -> Iterator[_Event]:
        lives = chunk.lives
        over = chunk.known(lives.end_announced) & kept
        for code, ending in (("CF01", LAPSED), ("CX01", EXPIRED), ("IW01", INVALIDATED), ("AV01", ABANDONED)):
            yield _plain(code, over & (lives.ending == ending), lives.end_announced, lives.ended)

    def _dealings(
        self, chunk: Chunk, applicants: Applicants, dealings: Dealings, kept: NDArray[np.bool_]
    ) -> Iterator[_Event]:
        yield self._transfer(_rows(chunk, dealings.transferred, kept), applicants, dealings)
        yield self._name_change(_rows(chunk, dealings.name_changed, kept), applicants, dealings)
        yield self._licence(_rows(chunk, dealings.licensed, kept), chunk, applicants, dealings)
        for code, days in (
            ("PE01", dealings.pledged),
            ("PM01", dealings.pledge_changed),
            ("PC01", dealings.released),
        ):
            yield self._pledge(code, _rows(chunk, days, kept), days, chunk, applicants, dealings)
        rows = _rows(chunk, dealings.partly_invalidated, kept)
        yield _noted(
            "IP01",
            rows,
            dealings.partly_invalidated,
            35,
            ["决定号:", _number(40_000 + chunk.lives.serial[rows] % 9_999)],
        )

    def _transfer(self, rows: Rows, applicants: Applicants, dealings: Dealings) -> _Event:
        directory, addresses = self.directory, self.directory.addresses
        buyer = dealings.buyer[rows]
        whole = np.zeros(len(rows), np.int64)
        note = [
            "变更前权利人:",
            directory.names.look_up(applicants.official_name[rows]),
            ";变更后权利人:",
            directory.names.look_up(directory.official_name(buyer, dealings.transferred[rows])),
            ";变更前地址:",
            addresses.book.look_up(applicants.official_address[rows]),
            ";变更后地址:",
            addresses.book.look_up(addresses.of_organisation(buyer, whole, whole.astype(bool))),
        ]
        return _noted("TR01", rows, dealings.transferred, 17, note)

    def _name_change(self, rows: Rows, applicants: Applicants, dealings: Dealings) -> _Event:
        names, organisation = self.directory.names, applicants.organisation[rows]
        note = [
            "变更前:",
            names.look_up(self.directory.organisation_name(organisation, BEFORE)),
            ";变更后:",
            names.look_up(self.directory.organisation_name(organisation, NOW)),
        ]
        return _noted("CP01", rows, dealings.name_changed, 0, note)

    def _licence(self, rows: Rows, chunk: Chunk, applicants: Applicants, dealings: Dealings) -> _Event:
        names = self.directory.names
        licensee = np.maximum(dealings.licensee[rows], 0)
        taker = np.where(
            dealings.licensee[rows] >= 0, self.directory.official_name(licensee, dealings.licensed[rows]), 0
        )
        note = [
            "合同备案号:",
            self._registration(chunk, rows, dealings.licensed),
            ";让与人:",
            names.look_up(applicants.official_name[rows]),
            ";受让人:",
            names.look_up(taker),
            ";许可种类:普通许可",
        ]
        return _noted("EE01", rows, dealings.licensed, 24, note)

    def _pledge(
        self, code: str, rows: Rows, days: Days, chunk: Chunk, applicants: Applicants, dealings: Dealings
    ) -> _Event:
        bank = 1 + dealings.bank[rows] % (len(self.banks) - 1)
        note = [
            "登记号:",
            self._registration(chunk, rows, dealings.pledged),
            ";出质人:",
            self.directory.names.look_up(applicants.official_name[rows]),
            ";质权人:",
            self.banks.look_up(bank),
        ]
        return _noted(code, rows, days, 15, note)

    def _registration(self, chunk: Chunk, rows: Rows, days: Days) -> pa.Array:
        """Registration numbers: year, province, running number."""
        province = np.array([int(county.code[:2]) for county in self.directory.counties])[
            chunk.lives.county[rows]
        ]
        number = (year_of(days[rows]).astype(np.int64) * 100 + province) * 10_000_000 + chunk.lives.serial[
            rows
        ]
        return _number(number)


def _rows(chunk: Chunk, days: Days, kept: NDArray[np.bool_]) -> Rows:
    return np.flatnonzero(chunk.known(days) & kept)


def _plain(code: str, which: NDArray[np.bool_], announced: Days, effective: Days | None) -> _Event:
    rows = np.flatnonzero(which)
    begins = np.full(len(rows), NEVER, np.int32) if effective is None else effective[rows]
    return _Event(code, rows, announced[rows], begins, pa.repeat("", len(rows)))


def _noted(code: str, rows: Rows, days: Days, earlier: int, note: list[pa.Array | str]) -> _Event:
    """Make events with a note, in force some days before they are announced."""
    text = pc.binary_join_element_wise(*note, "")
    return _Event(code, rows, days[rows], days[rows] - earlier, text)


def _number(numbers: NDArray[np.integer]) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())
