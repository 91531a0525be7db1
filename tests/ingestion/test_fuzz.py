# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a file of any kind we read, it gives sound rows, rejections, or one clear message.

Each reader with samples is tried by being there. `benchmarks/fuzz_readers.py` does the same for as long as wanted;
what either found is kept here as an example.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.examples import examples
from tests.mutations import MUTATIONS, mutated
from tests.raw_rows import SAMPLES
from tests.sound_reading import read_soundly

from zhihang.ingestion.reader import readers

WORKBOOKS = (".xlsx", ".xls")
"""Each costs a process of its own; tests of workbooks spoil them byte by byte."""
FILES = sorted(
    path
    for name in readers().names()
    for path in (SAMPLES / name).glob("*.*")
    if path.name != "expected.json" and path.suffix not in WORKBOOKS
)
READERS = sorted({path.parent.name for path in FILES})


@cache
def sample(reader: str) -> list[tuple[str, bytes]]:
    """Names and contents of a reader's samples."""
    return [(path.name, path.read_bytes()) for path in FILES if path.parent.name == reader]


def outcome(name: str, content: bytes) -> str:
    """Read a file of this content."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_soundly(path)


@pytest.mark.parametrize("reader", READERS)
def test_samples_as_they_are_give_sound_rows(reader):
    assert all(outcome(name, content) != "refused" for name, content in sample(reader))


@pytest.mark.parametrize("reader", READERS)
@examples(3, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_spoilt_files_are_read_or_refused(reader, random):
    name, content = random.choice(sample(reader))
    outcome(name, mutated(content, random))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_each_way_of_spoiling_is_tried_on_each_form_of_file(mutation):
    forms = {path.suffix: path for path in FILES}
    for number, path in enumerate(forms.values()):
        outcome(path.name, mutation(path.read_bytes(), Random(number)))


@examples(10, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=200), suffix=st.sampled_from([".csv", ".xml", ".json", ".txt", ".dat"]))
def test_any_bytes_are_read_or_refused(content, suffix):
    outcome(f"file{suffix}", content)


def spoilt(path: str, old: bytes, new: bytes) -> tuple[str, bytes]:
    """A sample with one thing changed."""
    content = (SAMPLES / path).read_bytes()
    assert old in content
    return Path(path).name, content.replace(old, new, 1)


# Found by spoiling, mended since.
FOUND = {
    "only a header without line end": (
        "list.csv",
        "id,title,inventors,applicants,database,申请号".encode(),
    ),
    "a byte-order mark far behind the beginning": (
        "list.csv",
        b"id,title,inventors,applicants\n" * 3_000 + b"\xff\xfe1\0,\0\n",
    ),
    "a long word in a text that may be Chinese or Western": spoilt(
        "lens/export_2014_mac.csv", b"\r", b"\r" + b"a" * 20_000
    ),
    "half a surrogate pair in JSON": spoilt(
        "uspto_odp/enriched_citations.json",
        b'"patentApplicationNumber": "',
        b'"patentApplicationNumber": "\\ud800',
    ),
    "half a surrogate pair in refused JSON": spoilt(
        "uspto_odp/enriched_citations.json",
        b'"patentApplicationNumber": "17900001"',
        b'"patentApplicationNumber": "", "nplIndicator": "\\ud800"',
    ),
    "a page that is one comment": spoilt("cn_google_page/page.html", b"<!doctype html>", b"<!--html>"),
    "a region name longer than any": spoilt(
        "statistics_table/chinese.csv", "桂林市".encode(), ("桂林" * 10_000).encode()
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_was_found_stays_mended(case):
    name, content = FOUND[case]
    began = process_time()
    outcome(name, content)
    assert process_time() - began < 5
