# SPDX-License-Identifier: Apache-2.0
"""What a writer is: it turns a document into the bytes of one kind of file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from zhihang.reporting.document import Document
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Render: TypeAlias = Callable[[Document], bytes]


@dataclass(frozen=True)
class Writer:
    """A kind of file we can write.

    `render` must give the same bytes for the same document, and must show every text of it as text: nothing in a
    document is markup, a formula or an address to fetch.
    """

    name: str
    label: Label
    description: str
    suffix: str
    media_type: str
    render: Render


def writer(*, label: Label, suffix: str, media_type: str) -> Callable[[Render], Writer]:
    """Turn a function from document to bytes into the writer of that name; its docstring describes it."""

    def make(render: Render) -> Writer:
        description = " ".join((render.__doc__ or "").split())
        return Writer(render.__name__, label, description, suffix, media_type, render)

    return make


def writers(folders: Sequence[Path] = ()) -> Shelf[Writer]:
    """Return the shelf of writers; `folders` are a workspace's own, looked at first."""
    return Shelf("writer", Writer, "zhihang.reporting.writers", tuple(folders))
