# SPDX-License-Identifier: Apache-2.0
"""Whatever a table holds, it gives records, rejections or one clear message, and nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from tests.examples import examples
from tests.raw_rows import SAMPLES

from zhihang.errors import SourceError
from zhihang.ingestion.normalise import Habits, normalise
from zhihang.ingestion.readers.patent_table import patent_table
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import sources
from zhihang.terms.missing import MARKS

HEADER = "申请号,名称,申请人,申请日,IPC,主分类号,地址\n"
ROW = "CN201310012345.6,一种杯子,甲;乙,2013-01-02,A01B1/00;B01D1/00,B01D1/00,A;B\n"


def read(content: bytes, name: str) -> tuple[int, int]:
    """Read and normalise a file of this content; records and rejections, or -1 with a message."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            source = sources(path)[0]
            sample = take_sample(source)
            if not patent_table.recognise(sample):
                return -1, -1
            drafts = list(patent_table.read(source, sample))
        except SourceError:
            return -1, -1
        made = [normalise(draft, Habits.of(patent_table)) for draft in drafts]
        return sum(part.records for part in made), sum(part.rejected for part in made)


@examples(15, suppress_health_check=[HealthCheck.too_slow])
@given(tail=st.binary(max_size=300), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@example(tail=b'"', encoding="utf-8")
@example(tail=b"\0" * 100, encoding="utf-16")
@example(tail=b"\xff", encoding="utf-16")
@example(tail=b"\r\r\n\n\r", encoding="gb18030")
def test_any_bytes_behind_a_good_table_do_not_lose_it(tail, encoding):
    records, rejected = read((HEADER + ROW * 3).encode(encoding) + tail, "table.csv")
    assert records == -1 or records >= 3
    assert rejected <= records


@examples(20, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    read(b"\xef\xbb\xbf" + content, "table.csv")


CELLS = st.text(st.sampled_from("甲A1;|,、 -\u3000(（/.X"), max_size=12)


@examples(10, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=8))
def test_every_row_with_anything_in_it_is_accounted_for(rows):
    text = "\n".join(
        [HEADER.strip().replace(",", "\t"), ROW.strip().replace(",", "\t"), *map("\t".join, rows)]
    )
    filled = sum(any(cell.strip().upper() not in MARKS for cell in row) for row in rows)
    assert read(text.encode(), "table.tsv")[0] == 1 + filled


@pytest.mark.parametrize("place", range(0, 6000, 600))
def test_a_workbook_with_a_flipped_byte_is_read_or_refused(place):
    content = bytearray((SAMPLES / "incopat" / "export.xlsx").read_bytes())
    content[place % len(content)] ^= 0xFF
    read(bytes(content), "book.xlsx")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(part):
    content = (SAMPLES / "incopat" / "export.xlsx").read_bytes()
    assert read(content[: int(len(content) * part)], "book.xlsx") == (-1, -1)


def test_a_table_of_nothing_but_bad_rows_gives_rejections_alone():
    assert read((HEADER + ",,,,,,x\n" * 50).encode(), "table.csv") == (50, 50)


def test_an_empty_line_of_ten_million_delimiters_is_refused_at_once():
    assert read(b"," * 10_000_000, "table.csv") == (-1, -1)
