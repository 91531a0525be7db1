# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a vendor's file, its reader gives rows, rejections or one clear message."""

from __future__ import annotations

import importlib
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.raw_rows import SAMPLES

from zhihang.errors import ZhihangError
from zhihang.ingestion.normalise import Habits, normalise
from zhihang.ingestion.reader import Reader
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

NAMES = [
    "derwent_ciw",
    "dwpi",
    "espacenet",
    "google_patents",
    "landscape_labelled",
    "lens",
    "number_list",
    "patentscope",
    "sep_list",
    "thomson_innovation",
    "wipo_technology_statistics",
]
PIECES = [b",", b";", b'"', b"\r", b"\n", b"\0", b"'", b"[", b"|", b"   ", b"\xff\xfe", b"ER\n", b"PT P\n"]

cuts = st.tuples(st.just("cut"), st.floats(0, 1), st.integers(1, 60).map(lambda size: b"\0" * size))
pieces = st.tuples(st.just("put"), st.floats(0, 1), st.sampled_from(PIECES))
blows = st.lists(cuts | pieces, min_size=1, max_size=8)


def damaged(content: bytes, strokes: list[tuple[str, float, bytes]]) -> bytes:
    """Cut pieces out of a file and put others in, each at a share of its length."""
    for kind, share, piece in strokes:
        place = int(share * len(content))
        behind = content[place + len(piece) :] if kind == "cut" else piece + content[place:]
        content = content[:place] + behind
    return content or b"x"


@pytest.mark.parametrize("name", NAMES)
@examples(4)
@given(share=st.floats(0, 1), strokes=blows)
def test_a_damaged_file_gives_rows_rejections_or_a_message(name, share, strokes):
    reader: Reader = getattr(importlib.import_module(f"zhihang.ingestion.readers.{name}"), name)
    files = sorted(path for path in (SAMPLES / name).iterdir() if path.suffix != ".json")
    path = files[min(int(share * len(files)), len(files) - 1)]
    with tempfile.TemporaryDirectory() as folder:
        source = Source(Path(folder) / path.name)
        source.path.write_bytes(damaged(path.read_bytes(), strokes))
        with suppress(ZhihangError):
            sample = take_sample(source)
            for draft in reader.read(source, sample) if reader.recognise(sample) else ():
                found = normalise(draft, Habits.of(reader))
                assert found.records == len(draft) + len(draft.rejections)
