# SPDX-License-Identifier: Apache-2.0
"""Tests of cutting a stream into documents: wherever the stream is cut into blocks, the documents are the same."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihang.ingestion import xml_stream
from zhihang.ingestion.xml_stream import documents


class Dribble(io.RawIOBase):
    """A stream that gives only a few bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__()
        self._content, self._size = io.BytesIO(content), size

    def read(self, size: int = -1) -> bytes:
        return self._content.read(min(self._size, size))


BODIES = st.lists(
    st.text("<?xml ver=\n>ab&", max_size=30).filter(lambda text: "<?xml " not in text), min_size=1
)


@given(bodies=BODIES, size=st.integers(1, 50))
def test_blocks_do_not_matter(bodies, size):
    wanted = [f'<?xml version="1.0"?>{body}|\n'.encode() for body in bodies]
    found = list(documents(Dribble(b"".join(wanted), size)))
    assert [document.content for document in found] == wanted
    lines = [1]
    for document in wanted[:-1]:
        lines.append(lines[-1] + document.count(b"\n"))
    assert [document.line for document in found] == lines


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_a_document_over_the_limit_is_dropped_and_its_lines_are_counted(size, monkeypatch):
    monkeypatch.setattr(xml_stream, "_CHUNK", 64)
    small = b"<?xml version='1.0'?>\n<a/>\n"
    large = b"<?xml version='1.0'?>\n" + b"x\n" * 500
    found = list(documents(Dribble(small + large + small, size), limit=100))
    assert [document.content for document in found] == [small, None, small]
    assert [document.line for document in found] == [1, 3, 504]


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b"<!DOCTYPE a []>\n<a>1</a>\n<!DOCTYPE a []>\n<a>2</a>", 2),
        (b"<a>1</a>\n<a>2</a>\n<a>3</a>", 3),
        (b"\n \n<?xml version='1.0'?><a/>", 1),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/><?xml-stylesheet?>", 1),
        (b" \n", 0),
        (b"", 0),
        (b"no markup at all", 1),
    ],
)
def test_documents_begin_as_the_first_one_does(content, count):
    assert len(list(documents(io.BytesIO(content)))) == count


def test_a_mark_counts_only_at_the_beginning_of_a_line():
    content = b"HEAD\nPATN\nWKU  1\nPAR  see PATN 2\nPATN\nWKU  2\n"
    found = list(documents(io.BytesIO(content), mark=b"PATN"))
    assert [document.line for document in found] == [1, 2, 5]
