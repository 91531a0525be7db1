# SPDX-License-Identifier: Apache-2.0
"""Speed and memory of the DOCDB reader beside bare expat on one file, made by repeating real documents.

Run as ``python benchmarks/docdb_xml.py [--megabytes 100] [--rounds 5]``; the file goes into benchmarks/data. Each
round takes both in turn, so that a busy machine slows both; the figure is the best ratio of processor time.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from zhihang.ingestion.readers.epo_docdb import epo_docdb
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ZHIHANG_SHARED", ROOT.parent / "shared"))
DATA = ROOT / "benchmarks" / "data"
GOAL = 0.35
_DOCUMENT = re.compile(rb"<exch:exchange-document .*?</exch:exchange-document>", re.DOTALL)
_NUMBER = re.compile(rb'( doc-number="|<doc-number>)\w+')


def documents() -> Iterator[bytes]:
    """Yield the documents of the shared excerpts: ten short ones of the back file, a long one of the front file."""
    for path in sorted((SHARED / "data" / "patents" / "epo-docdb-xml").glob("*.xml")):
        yield from _DOCUMENT.findall(path.read_bytes())


def write(path: Path, megabytes: int) -> int:
    """Write a file of at least that size, each document renumbered; return the number of documents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = count = 0
    found = list(documents())
    with path.open("wb") as stream:
        stream.write(
            b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE exch:exchange-documents SYSTEM "docdb-entities.dtd">'
        )
        stream.write(b'<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">')
        for document in itertools.cycle(found):
            count += 1
            written += stream.write(_NUMBER.sub(rb"\g<1>%d" % (1_000_000 + count), document, count=2))
            if written >= megabytes * 1_000_000:
                break
        stream.write(b"</exch:exchange-documents>")
    return count


def read(path: Path) -> tuple[int, float]:
    """Return the records and the processor time of the reader."""
    source = Source(path)
    sample = take_sample(source)
    start = time.process_time()
    records = sum(len(draft) for draft in epo_docdb.read(source, sample))
    return records, time.process_time() - start


def parse(path: Path) -> float:
    """Return the processor time of expat without handlers."""
    parser = expat.ParserCreate()
    parser.UseForeignDTD(True)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    start = time.process_time()
    with path.open("rb") as stream:
        parser.ParseFile(stream)
    return time.process_time() - start


def main() -> None:
    """Measure both on the file named by its size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=100)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    path = DATA / f"docdb-{given.megabytes}mb.xml"
    count = write(path, given.megabytes)
    size = path.stat().st_size / 1e6
    rounds = []
    for _ in range(given.rounds):
        expected = parse(path)
        records, seconds = read(path)
        assert records == count
        rounds.append((expected / seconds, size / expected, size / seconds))
    ratio, bare, ours = max(rounds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{path.relative_to(ROOT)}: {count} documents, {size:.0f} MB")
    print(
        f"bare expat {bare:.0f} MB/s, reader {ours:.0f} MB/s, ratio {ratio:.2f} (goal {GOAL}), peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
