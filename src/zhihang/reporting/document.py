# SPDX-License-Identifier: Apache-2.0
"""A document: blocks in order, with what an official paper carries around them; writers know only this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from zhihang.errors import DefinitionError
from zhihang.reporting.chart import Chart
from zhihang.reporting.data_table import DataTable
from zhihang.terms.label import Language


@dataclass(frozen=True)
class Heading:
    """A heading; writers put the number before it: 一、 （一） 1. （1）."""

    text: str
    level: Literal[1, 2, 3, 4] = 1
    numbered: bool = True


@dataclass(frozen=True)
class Prose:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Note:
    """A remark in small type: method, cut-off day, what the figures do not say."""

    text: str


Block: TypeAlias = Heading | Prose | DataTable | Chart | Note


@dataclass(frozen=True)
class OfficialHeader:
    """The head above the red rule (版头).

    Parameters
    ----------
    issuer
        Mark of the issuing body in red (发文机关标志), such as ``××市人民政府办公室文件``.
    number
        Document number (发文字号), such as ``×政办〔2018〕3号``.
    copy_number, secrecy, urgency
        Lines at the top left (份号、密级和保密期限、紧急程度); may be blank.
    approved_by
        Who signed it for issue (签发人), for papers that go upwards; may be blank.
    """

    issuer: str
    number: str = ""
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Imprint:
    """The lines at the foot of the last page (版记): who gets copies, who printed it and when."""

    printed_by: str
    printed_on: date
    copies_to: str = ""


@dataclass(frozen=True)
class Annex:
    """An annex (附件): starts on a page of its own, with its own title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A document.

    Parameters
    ----------
    title, date
        Title, and the day it is dated (成文日期); also the day in the files' properties, so that the same document
        always gives the same bytes.
    blocks, annexes
        What it says.
    simulated
        Whether any figure in it comes from simulated data; then every page and sheet says so.
    language
        Of the captions that writers add.
    header, imprint
        Head and foot of an official paper; None for a plain report.
    addressee
        Whom it is for (主送机关), without the colon.
    signature
        Body that signs it (发文机关署名); with it the date is set under the text.
    attachments
        Names of further attachments, in files of their own; they are listed after the annexes.
    contents
        Whether a table of contents stands before the text; "headings" leaves out tables, charts and what is below the
        second level.
    subject
        One sentence on it, for the files' properties.
    form
        "official" is the page of official papers, "report" one with smaller type for long reading.
    interactive
        Whether charts of the page answer to the pointer, where the scripts for it are installed.
    """

    title: str
    date: date
    blocks: tuple[Block, ...]
    simulated: bool
    language: Language = "zh"
    header: OfficialHeader | None = None
    addressee: str = ""
    signature: str = ""
    annexes: tuple[Annex, ...] = ()
    attachments: tuple[str, ...] = ()
    imprint: Imprint | None = None
    contents: bool | Literal["headings"] = False
    subject: str = ""
    form: Literal["official", "report"] = "official"
    interactive: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise DefinitionError("A document has no title.", todo="Give it one.")

    def all_blocks(self) -> Iterator[Block]:
        """Yield the blocks of the text, then those of the annexes."""
        yield from self.blocks
        for annex in self.annexes:
            yield from annex.blocks

    def in_contents(self, block: Block) -> bool:
        """Whether a block stands in the table of contents."""
        if isinstance(block, Heading):
            return self.contents != "headings" or block.level <= 2
        return self.contents != "headings" and isinstance(block, (DataTable, Chart))

    def tables(self) -> list[DataTable]:
        """Return its tables in order."""
        return [block for block in self.all_blocks() if isinstance(block, DataTable)]

    def charts(self) -> list[Chart]:
        """Return its charts in order."""
        return [block for block in self.all_blocks() if isinstance(block, Chart)]

    def attachment_names(self) -> list[str]:
        """Return what the attachment note lists: titles of annexes, then further attachments."""
        return [*(annex.title for annex in self.annexes), *self.attachments]
