# SPDX-License-Identifier: Apache-2.0
"""Make a large weekly grant file of the USPTO: real documents repeated, each time as another patent.

Run as ``python benchmarks/make_uspto_weekly.py [--megabytes 512] [--designs 8]``; writes into benchmarks/data.
The documents are those of the shared excerpts of four weeks (v4.0 to v4.3, utility, design, plant, reissue).
Design patents make up 196 of the 271, far more than in any week, so only one in `--designs` is taken each round.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("ZHIHANG_SHARED", ROOT.parent / "shared"))
DATA = ROOT / "benchmarks" / "data"
_PUBLICATION = re.compile(rb"(<publication-reference>.*?<doc-number>[A-Z]*)\d+(</doc-number>)", re.DOTALL)
_APPLICATION = re.compile(rb"(<application-reference.*?<doc-number>)(\d\d)\d+(</doc-number>)", re.DOTALL)
_FILE = re.compile(rb' file="[^"]*"')


def excerpts() -> Iterator[bytes]:
    """Yield the documents of the shared weekly excerpts, line ends as the office writes them."""
    folder = SHARED / "data" / "patents" / "uspto-redbook-grants"
    for path in sorted(folder.glob("ipg*.xml.gz")):
        content = gzip.decompress(path.read_bytes()).replace(b"\r\n", b"\n")
        for document in re.split(rb"(?=<\?xml )", content):
            if b"<us-patent-grant" in document[:400]:
                yield document.rstrip() + b"\n"


def renumbered(document: bytes, serial: int) -> bytes:
    """Return a document as that of another patent: new numbers of publication, application and file."""
    document = _PUBLICATION.sub(rb"\g<1>%08d\g<2>" % (9_000_000 + serial), document, count=1)
    document = _APPLICATION.sub(rb"\g<1>\g<2>%06d\g<3>" % serial, document, count=1)
    return _FILE.sub(b' file="US%08d.XML"' % serial, document, count=1)


def weekly(designs: int) -> Iterator[bytes]:
    """Yield documents without end, in the mix of a week: in each round one design patent out of `designs`."""
    documents = list(excerpts())
    design = [document for document in documents if b'appl-type="design"' in document[:3000]]
    others = [document for document in documents if b'appl-type="design"' not in document[:3000]]
    serial = itertools.count(1)
    for offset in itertools.cycle(range(designs)):
        for document in (*others, *design[offset::designs]):
            yield renumbered(document, next(serial))


def write(path: Path, *, megabytes: int, designs: int) -> int:
    """Write a weekly file of at least that size; return the number of its documents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = count = 0
    with path.open("wb") as stream:
        for document in weekly(designs):
            written += stream.write(document)
            count += 1
            if written >= megabytes * 1_000_000:
                return count
    return count


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=512)
    parser.add_argument("--designs", type=int, default=8)
    given = parser.parse_args()
    path = DATA / f"ipg-{given.megabytes}mb.xml"
    count = write(path, megabytes=given.megabytes, designs=given.designs)
    print(f"{path.relative_to(ROOT)}: {count} documents, {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
