# SPDX-License-Identifier: Apache-2.0
"""DOCDB, the EPO's database of patent documents of all offices, as XML of back file and front file."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.element_stream import Elements, stream_elements
from zhihang.ingestion.exchange_document import add_exchange_document
from zhihang.ingestion.exchange_text import elements, is_regular, regular
from zhihang.ingestion.reader import OFFICE_SEARCH, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import number_entities
from zhihang.terms.label import Label

BATCH = 4 << 20
"""Bytes of source per draft."""
_ROOTS = ("exchange-documents", "exchange-document")


def _recognise(sample: Sample) -> float:
    """A root element exchange-documents or exchange-document."""
    return 1.0 if sample.root.rpartition(":")[2] in _ROOTS else 0.0


@reader(label=Label("欧专局DOCDB", "EPO DOCDB"), recognise=_recognise, precedence=OFFICE_SEARCH)
def epo_docdb(source: Source, sample: Sample) -> Iterator[Draft]:
    """DOCDB XML: a file of exchange-documents, or a single one; each is one publication of an application.

    A notice that a document was deleted (status D) is no patent: it is listed among the rejections, so that
    it neither counts as an application nor goes unseen.
    """
    draft, size = Draft(), 0
    with source.open() as stream:
        for run in stream_elements(stream, "exchange-document", sample.encoding or "utf-8"):
            _add_run(draft, run)
            size += len(run.data)
            if size >= BATCH:
                yield draft
                draft, size = Draft(), 0
    yield draft


def _add_run(draft: Draft, run: Elements) -> None:
    """Read a run of documents at once; one by one where it is out of the ordinary, so that none takes others with it."""
    if run.oversize:
        draft.reject(
            run.line, run.data[:500].decode("utf-8", "replace"), "the document is larger than 256 MiB"
        )
        return
    data = _plain(run)
    try:
        text = data.decode() if is_regular(data) else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        _add_each(draft, run)
        return
    for line, (written, content) in zip(run.lines(), elements(text, "exchange-document"), strict=True):
        add_exchange_document(draft, written, content, line)


def _plain(run: Elements) -> bytes:
    """Return the documents without prefix, and without what follows the last of them."""
    data = number_entities(run.data)
    if run.last:
        end = data.rfind(b"</" + run.tag[1:] + b"s")
        data = data[:end] if end >= 0 else data
    if run.prefix:
        data = data.replace(b"<" + run.prefix, b"<").replace(b"</" + run.prefix, b"</")
    return data


def _add_each(draft: Draft, run: Elements) -> None:
    for line, data in run.each():
        try:
            document = read_document(data)
        except Unreadable as error:
            draft.reject(line, data[:500].decode("utf-8", "replace"), str(error))
            continue
        before = len(draft)
        for written, content in elements(regular(document.root), "exchange-document"):
            add_exchange_document(draft, written, content, line)
        if document.mended and len(draft) > before:
            draft.add("attribute", name="document_mended", value=document.mended)
