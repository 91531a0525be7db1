# SPDX-License-Identifier: Apache-2.0
"""What each clause of a policy document says, word for word."""

from __future__ import annotations

from pathlib import Path

from zhihang.planning.reading.grid_text import find_grids
from zhihang.planning.reading.load import load
from zhihang.planning.reading.outline import outline
from zhihang.planning.reading.paragraph import paragraphs


def clause_texts(path: Path) -> dict[str, str]:
    """Return the text of each clause by its chain of marks (``四(一)``); its paragraphs stand on lines of their own."""
    document = load(path)
    grids = [*document.grids] or find_grids(document.text)
    found: dict[str, list[str]] = {}
    for passage in outline(paragraphs(document, grids)):
        found.setdefault(passage.clause, []).append(passage.text)
    return {clause: "\n".join(texts) for clause, texts in found.items()}
