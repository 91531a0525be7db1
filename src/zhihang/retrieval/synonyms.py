# SPDX-License-Identifier: Apache-2.0
"""Words that mean the same: a text file of the workspace, one group on each line."""

from __future__ import annotations

import re
from pathlib import Path

from zhihang.errors import DefinitionError
from zhihang.methods.segmentation import fold, printable

FILE = "synonyms.txt"
MOST_IN_GROUP = 50

_MARKS = re.compile(r"[,，、;；=\t]")


def read_synonyms(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return each word of ``synonyms.txt`` with the others on its lines, all folded; without the file, none.

    Words on a line are divided by commas; lines that begin with # are remarks::

        # 电池
        锂电池, 锂离子电池, lithium battery
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DefinitionError(
            "The synonyms cannot be read.", {"file": path, "expected": "UTF-8"}, todo="Save it as UTF-8."
        ) from error
    found: dict[str, dict[str, None]] = {}
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        group = [word for word in (fold(printable(part)).strip() for part in _MARKS.split(line)) if word]
        if len(group) > MOST_IN_GROUP:
            raise DefinitionError(
                "A group of synonyms is too long.",
                {"file": path, "line": number, "words": len(group), "at most": MOST_IN_GROUP},
                todo="Divide it.",
            )
        for word in group:
            found.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
    return {word: tuple(others) for word, others in found.items() if others}
