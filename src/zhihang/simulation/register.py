# SPDX-License-Identifier: Apache-2.0
"""The register: one line per application, in the columns of the Chinese patent database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.applicants import Applicants
from zhihang.simulation.book import Book
from zhihang.simulation.calendar import NEVER
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.date_text import Dates
from zhihang.simulation.dealings import Dealings
from zhihang.simulation.directory import Directory
from zhihang.simulation.faults import Faulty
from zhihang.simulation.legal_status import WORDS, legal_status
from zhihang.simulation.number_text import grant_numbers, publication_numbers
from zhihang.simulation.person_names import name_of
from zhihang.simulation.scenario import APPLICANT_TYPES, Scenario
from zhihang.simulation.subjects import SubjectDrawer, Subjects
from zhihang.simulation.vocabulary import Vocabulary

COLUMNS = (
    "专利名称", "专利类型", "申请人", "申请人类型", "申请人地址", "申请人地区", "申请人城市", "申请人区县",
    "申请号", "申请日", "公开公告号", "公开公告日", "授权公告号", "授权公告日", "IPC分类号", "IPC主分类号",
    "发明人", "摘要文本", "主权项内容", "当前权利人", "当前专利权人地址", "统一社会信用代码",
    "引证次数", "被引证次数", "代理机构", "代理人", "法律状态", "数据来源",
)  # fmt: skip
MARK = "模拟数据"
"""What every row says of its origin."""

_KINDS = Book.of(("发明专利", "实用新型", "外观设计"))
_TYPES = {
    "university": "大专院校",
    "research_institute": "科研单位",
    "enterprise": "企业",
    "public_body": "机关团体",
    "individual": "个人",
}
_TYPE_WORDS = Book.of(_TYPES[type_] for type_ in APPLICANT_TYPES)
_MOST_MADE, _MOST_RECEIVED, _AGENTS = 14, 150, 14
_CITATIONS = Book.of_cells(
    ((str(made), str(received)) for made in range(_MOST_MADE) for received in range(_MOST_RECEIVED)), width=2
)

#: A cell: texts that end with their comma, or several texts to be written one after another and a comma after them.
Cell: TypeAlias = pa.Array | Sequence[pa.Array | str]


@dataclass(frozen=True)
class Register:
    """Writes the lines of the register."""

    scenario: Scenario
    directory: Directory
    subjects: SubjectDrawer
    dates: Dates
    places: Book
    agents: Book

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        directory: Directory,
        subjects: SubjectDrawer,
        dates: Dates,
        persons: Book,
        vocabulary: Vocabulary,
    ) -> Register:
        """Prepare the books a register needs."""
        places = (
            (county.province, county.city, name)
            for county in directory.counties
            for name in ("", county.name, county.former_name if county.name else "")
        )
        agents = (
            (f"{agency.name} {agency.code}", persons[int(name_of(number, agent)[0])])
            for number, agency in enumerate(vocabulary.names.agencies)
            for agent in range(_AGENTS)
        )
        return cls(
            scenario,
            directory,
            subjects,
            dates,
            Book.of_cells(places, width=3),
            Book.of_cells(agents, width=2),
        )

    @staticmethod
    def head() -> bytes:
        """Return the byte-order mark and the line of column names."""
        return ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()

    def lines(
        self,
        chunk: Chunk,
        applicants: Applicants,
        subjects: Subjects,
        dealings: Dealings,
        numbers: pa.Array,
        faulty: Faulty,
    ) -> pa.Array:
        """Write the lines of a chunk, each with its line end."""
        published = chunk.known(chunk.lives.published)
        titles = self.subjects.titles(chunk, subjects)
        abstract, claim = self.subjects.texts_of(chunk, subjects, titles, published)
        joint = self._joint(applicants.joint_name)
        code = np.where(applicants.individual, 0, applicants.organisation + 1)
        code = np.where(chunk.chance("credit code") < self.scenario.variants.no_credit_code, 0, code)
        classes = faulty.blank("no_classification", np.where(published, subjects.classes, 0))
        return join_lines(
            [
                [titles],
                _KINDS.cells(chunk.lives.kind + 1),
                *self._who(applicants, joint, faulty),
                [faulty.spoil_numbers(numbers)],
                *self._when(chunk, faulty),
                self.subjects.classes.book.cells(classes),
                self._inventors(chunk, applicants, joint, faulty),
                ['"', *abstract, '"'],
                ['"', *claim, '"'],
                *self._holder(chunk, applicants, dealings, published),
                self.directory.organisations.credit_codes.cells(code),
                self._citations(chunk, published),
                self._agent(chunk, applicants),
                WORDS.cells(legal_status(chunk)),
                [MARK],
            ]
        )

    def _who(self, applicants: Applicants, joint: pa.Array, faulty: Faulty) -> list[Cell]:
        """Applicants, their type, address, and the province, city and county read from it."""
        named = np.where(applicants.named_county, 1 + applicants.old_county, 0)
        place = 1 + applicants.county.astype(np.int32) * 3 + faulty.blank("no_county", named)
        return [
            [self.directory.names.look_up(applicants.name), joint],
            _TYPE_WORDS.cells(faulty.blank("no_applicant_type", applicants.type + 1)),
            self.directory.addresses.book.cells(faulty.blank("no_address", applicants.address)),
            self.places.cells(place),
        ]

    def _when(self, chunk: Chunk, faulty: Faulty) -> list[Cell]:
        """Day of filing; number and day of the first publication; number and day of the grant."""
        lives = chunk.lives
        published = np.where(chunk.known(lives.published), lives.published, NEVER)
        granted = np.where(chunk.known(lives.granted), lives.granted, NEVER)
        style = faulty.date_style(chunk)
        return [
            self.dates.cells(lives.filed, faulty.filing_style(chunk)),
            [publication_numbers(lives, published)],
            self.dates.cells(published, style),
            [grant_numbers(lives, granted)],
            self.dates.cells(faulty.spoil_grants(granted, lives.filed), style),
        ]

    def _inventors(self, chunk: Chunk, applicants: Applicants, joint: pa.Array, faulty: Faulty) -> Cell:
        """The team of an organisation; a person who files, with the other one where there are two."""
        teams = self.directory.organisations.teams
        alone = applicants.individual
        team = teams.of.pick(np.maximum(applicants.organisation, 0), chunk.chance("team"))
        shown = alone & ~faulty.rows["no_inventor"]
        return [
            teams.book.look_up(faulty.blank("no_inventor", np.where(alone, 0, team))),
            self.directory.names.look_up(np.where(shown, applicants.official_name, 0)),
            pc.if_else(pa.array(shown), joint, ""),
        ]

    def _holder(
        self, chunk: Chunk, applicants: Applicants, dealings: Dealings, published: NDArray[np.bool_]
    ) -> list[Cell]:
        """The holder at the end: the buyer of a right sold, else the applicants under the names they have by then."""
        directory = self.directory
        sold = chunk.known(dealings.transferred)
        changed = chunk.known(dealings.name_changed)
        name, address = applicants.official_name.copy(), applicants.official_address.copy()
        organisation = applicants.organisation[changed]
        name[changed] = directory.official_name(organisation, chunk.last_day)
        buyer = dealings.buyer[sold]
        name[sold] = directory.official_name(buyer, chunk.last_day)
        whole = np.zeros(len(buyer), np.int64)
        address[sold] = directory.addresses.of_organisation(buyer, whole, whole.astype(bool))
        joint = self._joint(np.where(published & ~sold, applicants.joint_name, 0))
        return [
            [directory.names.look_up(np.where(published, name, 0)), joint],
            directory.addresses.book.cells(np.where(published, address, 0)),
        ]

    def _joint(self, names: NDArray[np.int32]) -> pa.Array:
        """Second names with a semicolon before them; blank for the many that have none."""
        rows = np.flatnonzero(names)
        few = pc.binary_join_element_wise(";", self.directory.names.look_up(names[rows]), "")
        place = np.zeros(len(names), np.int32)
        place[rows] = np.arange(1, len(rows) + 1)
        return Book(pa.concat_arrays([pa.array([""]), few])).look_up(place)

    def _citations(self, chunk: Chunk, published: NDArray[np.bool_]) -> pa.Array:
        """Citations made by examined inventions, and received since publication: most have few."""
        examined = chunk.known(chunk.lives.examined)
        made = np.where(examined, 1 + chunk.chance("citing") ** 2 * (_MOST_MADE - 2), 0).astype(np.int32)
        years = np.where(published, (chunk.last_day - chunk.lives.published) / 365.25, 0)
        received = np.minimum(-np.log1p(-chunk.chance("cited")) * 0.35 * years, _MOST_RECEIVED - 1).astype(
            np.int32
        )
        return _CITATIONS.cells(1 + made * _MOST_RECEIVED + received)

    def _agent(self, chunk: Chunk, applicants: Applicants) -> pa.Array:
        """Agency and agent; a few agencies have most of the work."""
        shares = np.array([self.scenario.applicants.with_agency.get(type_, 0.0) for type_ in APPLICANT_TYPES])
        has = chunk.chance("with agency") < shares[applicants.type]
        agency = (chunk.chance("agency") ** 2 * ((len(self.agents) - 1) // _AGENTS)).astype(np.int32)
        agent = (chunk.chance("agent") * _AGENTS).astype(np.int32)
        return self.agents.cells(np.where(has, 1 + agency * _AGENTS + agent, 0))


def join_lines(cells: Sequence[Cell]) -> pa.Array:
    """Join cells into lines; the last one is given in texts without a comma."""
    pieces: list[pa.Array | str] = []
    for cell in cells:
        pieces += [cell] if isinstance(cell, pa.Array) else [*cell, ","]
    pieces[-1] = "\r\n"
    return pc.binary_join_element_wise(*pieces, "")
