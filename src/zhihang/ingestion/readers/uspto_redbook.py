# SPDX-License-Identifier: Apache-2.0
"""Red Book: grants and published applications of the USPTO since 2005, as XML of version 4."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.redbook.document import RedbookDocuments, is_sequence_listing
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_stream import drafts
from zhihang.terms.label import Label

_ROOTS = ("us-patent-grant", "us-patent-application", "sequence-cwu")


def _recognise(sample: Sample) -> float:
    """The root element us-patent-grant or us-patent-application."""
    return 1.0 if sample.root in _ROOTS else 0.0


@reader(
    label=Label("美国专利商标局 Red Book", "USPTO Red Book"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
    default_office="US",
    divisible=True,
)
def uspto_redbook(source: Source, _: Sample) -> Iterator[Draft]:
    """Red Book XML v4.0 to v4.7: weekly files of many documents one after the other, and single documents.

    Of a classification symbol its level, status, data source and date are left out; of a figure all but its file.
    """
    with source.open() as stream:
        yield from drafts(
            stream, RedbookDocuments().read, belongs_to_last=is_sequence_listing, share=source.share
        )
