# SPDX-License-Identifier: Apache-2.0
"""What a reader is: it recognises one kind of file by its content and turns it into drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.layout import Layout
from zhihang.ingestion.sample import Sample, take_sample
from zhihang.ingestion.source import Source
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Recognise: TypeAlias = Callable[[Sample], float]
Read: TypeAlias = Callable[[Source, Sample], Iterator[Draft]]
LayoutOf: TypeAlias = Callable[[Sample], Layout]
DateOrder: TypeAlias = Literal["ymd", "dmy", "mdy"]

# Precedence when sources disagree: what is nearer to the office's register wins.
OFFICE_REGISTER = 90
OFFICE_PUBLICATION = 80
OFFICE_SEARCH = 70
VENDOR = 50
LIST = 30


@dataclass(frozen=True)
class Reader:
    """A kind of file we can read.

    Parameters
    ----------
    name, label, description
        Name (that of its file), what people call the format, one sentence on it.
    recognise
        How sure the reader is that a sample is its kind of file: 0 not at all, 1 certain.
        A table with all the columns that only this vendor writes gives 0.9; a root element 1.
    read
        Yields drafts, in batches of about 4 MB of source, so that memory does not grow with the file.
    precedence
        Rank among sources that give different values for one thing; higher wins.
    date_order
        How ``1/2/2013`` is to be understood in this format.
    default_office
        Office of numbers that name none.
    version
        Raised when the reader starts to give other rows for the same file.
    layout
        For tables: which column goes to which field, as `zhihang sniff` shows it.
    divisible
        Whether `read` heeds `Source.share`, so that several processes can read one large file.
    take
        How to take a sample of a source known to be of this kind.
    """

    name: str
    label: Label
    description: str
    recognise: Recognise
    read: Read
    precedence: int
    date_order: DateOrder = "ymd"
    default_office: str | None = None
    version: int = 1
    layout: LayoutOf | None = None
    divisible: bool = False
    take: Callable[[Source], Sample] = take_sample


def reader(
    *,
    label: Label,
    recognise: Recognise,
    precedence: int,
    date_order: DateOrder = "ymd",
    default_office: str | None = None,
    version: int = 1,
    layout: LayoutOf | None = None,
    divisible: bool = False,
) -> Callable[[Read], Reader]:
    """Turn a function ``(source, sample) -> drafts`` into the reader of that name; its docstring is the description."""

    def make(read: Read) -> Reader:
        return Reader(
            name=read.__name__,
            label=label,
            description=(read.__doc__ or "").strip().splitlines()[0],
            recognise=recognise,
            read=read,
            precedence=precedence,
            date_order=date_order,
            default_office=default_office,
            version=version,
            layout=layout,
            divisible=divisible,
        )

    return make


def readers(folders: Sequence[Path] = ()) -> Shelf[Reader]:
    """Return the shelf of readers; `folders` are a workspace's own, looked at first."""
    return Shelf("reader", Reader, "zhihang.ingestion.readers", tuple(folders))
