# SPDX-License-Identifier: Apache-2.0
"""European formats damaged at random: readers reject, refuse with a message, or read; nothing else."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.examples import examples
from tests.raw_rows import SAMPLES

from zhihang.errors import SourceError
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Source

FILES = [
    path
    for name in ("epo_docdb", "epo_ops", "ep_fulltext", "cn_google_page", "cn_invalidation")
    for path in sorted((SAMPLES / name).iterdir())
    if path.suffix != ".json"
]
WOUNDS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.sampled_from(
            [
                b"",
                b"<",
                b">",
                b"&",
                b"</",
                b'"',
                b"\x00",
                b"\xff",
                b"<!--",
                b"]]>",
                b"&#0;",
                b"\n",
                b"</document-id>",
            ]
        ),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@examples(4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wounds=WOUNDS)
def test_damage_never_breaks_a_reader(path, wounds, tmp_path):
    data = path.read_bytes()
    for place, length, filling in wounds:
        begin = int(place * len(data))
        data = data[:begin] + filling + data[begin + length :]
    damaged = tmp_path / path.name
    damaged.write_bytes(data or b" ")
    reader = readers()[path.parent.name]
    source = Source(damaged)
    with contextlib.suppress(SourceError):
        sample = take_sample(source)
        if reader.recognise(sample):
            for draft in reader.read(source, sample):
                assert all(
                    draft.table(name).num_rows >= 0 for name in ("application", "party", "text", "claim")
                )
