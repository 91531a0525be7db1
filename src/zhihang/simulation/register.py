# SPDX-License-Identifier: Apache-2.0
"""The register: one line per application, in the columns of the Chinese patent database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
_QUOTE = Book.of(('"',))
_SEMICOLON = Book.of((";",))
_COUNTS = Book.of(str(number) for number in range(200))

#: A cell: texts that stand one after another.
Cell = Sequence[pa.Array | str]


@dataclass(frozen=True)
class Register:
    """Writes the lines of the register."""

    scenario: Scenario
    directory: Directory
    subjects: SubjectDrawer
    dates: Dates
    provinces: Book
    cities: Book
    county_names: Book
    agencies: Book
    persons: Book

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
        counties = directory.counties
        return cls(
            scenario=scenario,
            directory=directory,
            subjects=subjects,
            dates=dates,
            provinces=Book.of(county.province for county in counties),
            cities=Book.of(county.city for county in counties),
            county_names=Book.of(
                name for c in counties for name in (c.name, c.former_name if c.name else "")
            ),
            agencies=Book.of(f"{agency.name} {agency.code}" for agency in vocabulary.names.agencies),
            persons=persons,
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
        cells: dict[str, Cell] = {
            "专利名称": [titles],
            "专利类型": [_KINDS.look_up(chunk.lives.kind + 1)],
            **self._who(applicants, faulty),
            "申请号": [faulty.spoil_numbers(numbers)],
            **self._when(chunk, faulty),
            **self._classes(subjects, faulty, published),
            "发明人": self._inventors(chunk, applicants, faulty),
            "摘要文本": ['"', *abstract, '"'],
            "主权项内容": ['"', *claim, '"'],
            **self._holder(chunk, applicants, dealings, published),
            **self._citations(chunk, published),
            **self._agent(chunk, applicants),
            "法律状态": [WORDS.look_up(legal_status(chunk))],
            "数据来源": [MARK],
        }
        return join_lines([cells[column] for column in COLUMNS])

    def _who(self, applicants: Applicants, faulty: Faulty) -> Mapping[str, Cell]:
        directory = self.directory
        quote = _QUOTE.look_up(directory.quoted[applicants.name] | directory.quoted[applicants.joint_name])
        county = applicants.county.astype(np.int32)
        named = 1 + county * 2 + applicants.old_county
        return {
            "申请人": [
                quote,
                directory.names.look_up(applicants.name),
                _SEMICOLON.look_up(applicants.joint_name > 0),
                directory.names.look_up(applicants.joint_name),
                quote,
            ],
            "申请人类型": [_TYPE_WORDS.look_up(faulty.blank("no_applicant_type", applicants.type + 1))],
            "申请人地址": [directory.addresses.book.look_up(faulty.blank("no_address", applicants.address))],
            "申请人地区": [self.provinces.look_up(county + 1)],
            "申请人城市": [self.cities.look_up(county + 1)],
            "申请人区县": [
                self.county_names.look_up(
                    faulty.blank("no_county", np.where(applicants.named_county, named, 0))
                )
            ],
        }

    def _when(self, chunk: Chunk, faulty: Faulty) -> Mapping[str, Cell]:
        lives = chunk.lives
        published = np.where(chunk.known(lives.published), lives.published, NEVER)
        granted = np.where(chunk.known(lives.granted), lives.granted, NEVER)
        style = faulty.date_style(chunk)
        return {
            "申请日": [self.dates.write(lives.filed, faulty.filing_style(chunk))],
            "公开公告号": [publication_numbers(lives, published)],
            "公开公告日": [self.dates.write(published, style)],
            "授权公告号": [grant_numbers(lives, granted)],
            "授权公告日": [self.dates.write(faulty.spoil_grants(granted, lives.filed), style)],
        }

    def _classes(
        self, subjects: Subjects, faulty: Faulty, published: NDArray[np.bool_]
    ) -> Mapping[str, Cell]:
        classes = self.subjects.classes
        symbols = faulty.blank("no_classification", np.where(published, subjects.classes, 0))
        designs = faulty.blank("no_classification", np.where(published, subjects.locarno, 0))
        locarno = classes.locarno.look_up(designs)
        return {
            "IPC分类号": [classes.lists.look_up(symbols), locarno],
            "IPC主分类号": [classes.mains.look_up(symbols), locarno],
        }

    def _inventors(self, chunk: Chunk, applicants: Applicants, faulty: Faulty) -> Cell:
        teams = self.directory.organisations.teams
        alone = applicants.individual
        team = teams.of.pick(np.maximum(applicants.organisation, 0), chunk.chance("team"))
        joint = np.where(alone, applicants.joint_name, 0)
        return [
            teams.book.look_up(faulty.blank("no_inventor", np.where(alone, 0, team))),
            self.directory.names.look_up(
                faulty.blank("no_inventor", np.where(alone, applicants.official_name, 0))
            ),
            _SEMICOLON.look_up(~faulty.rows["no_inventor"] & (joint > 0)),
            self.directory.names.look_up(faulty.blank("no_inventor", joint)),
        ]

    def _holder(
        self, chunk: Chunk, applicants: Applicants, dealings: Dealings, published: NDArray[np.bool_]
    ) -> Mapping[str, Cell]:
        """The holder at the end: the buyer of a right sold, else the applicants under the names they have by then."""
        directory = self.directory
        sold = chunk.known(dealings.transferred)
        buyer = np.maximum(dealings.buyer, 0)
        changed = chunk.known(dealings.name_changed)
        own = np.where(
            changed,
            directory.official_name(np.maximum(applicants.organisation, 0), chunk.last_day),
            applicants.official_name,
        )
        name = np.where(sold, directory.official_name(buyer, chunk.last_day), own)
        joint = np.where(sold, 0, applicants.joint_name)
        full = np.zeros(len(chunk), np.int64)
        bought_at = directory.addresses.of_organisation(buyer, full, full.astype(bool))
        address = np.where(sold, bought_at, applicants.official_address)
        organisations = directory.organisations
        code = np.where(applicants.individual, 0, applicants.organisation + 1)
        code = np.where(chunk.chance("credit code") < self.scenario.variants.no_credit_code, 0, code)
        return {
            "当前权利人": [
                directory.names.look_up(np.where(published, name, 0)),
                _SEMICOLON.look_up(published & (joint > 0)),
                directory.names.look_up(np.where(published, joint, 0)),
            ],
            "当前专利权人地址": [directory.addresses.book.look_up(np.where(published, address, 0))],
            "统一社会信用代码": [organisations.credit_codes.look_up(code)],
        }

    def _citations(self, chunk: Chunk, published: NDArray[np.bool_]) -> Mapping[str, Cell]:
        """Citations made by examined inventions, and received since publication: most have few."""
        examined = chunk.known(chunk.lives.examined)
        made = np.where(examined, 1 + chunk.chance("citing") ** 2 * 11, 0).astype(np.int32)
        years = np.where(published, (chunk.last_day - chunk.lives.published) / 365.25, 0)
        received = -np.log1p(-chunk.chance("cited")) * 0.35 * years
        return {
            "引证次数": [_COUNTS.look_up(made + 1)],
            "被引证次数": [_COUNTS.look_up(np.minimum(received, 150).astype(np.int32) + 1)],
        }

    def _agent(self, chunk: Chunk, applicants: Applicants) -> Mapping[str, Cell]:
        shares = np.array([self.scenario.applicants.with_agency.get(type_, 0.0) for type_ in APPLICANT_TYPES])
        has = chunk.chance("with agency") < shares[applicants.type]
        agency = 1 + (chunk.chance("agency") ** 2 * (len(self.agencies) - 1)).astype(np.int32)
        agent = name_of(agency, (chunk.chance("agent") * 14).astype(np.int64))
        return {
            "代理机构": [self.agencies.look_up(np.where(has, agency, 0))],
            "代理人": [self.persons.look_up(np.where(has, agent, 0))],
        }


def join_lines(cells: Sequence[Cell]) -> pa.Array:
    """Join cells with commas into lines."""
    pieces: list[pa.Array | str] = []
    for cell in cells:
        pieces += [*cell, ","]
    pieces[-1] = "\r\n"
    return pc.binary_join_element_wise(*pieces, "")
