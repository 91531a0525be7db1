# SPDX-License-Identifier: Apache-2.0
"""The words that policy texts are read by, from `words.csv` and `units.csv` beside this file."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    classes: dict[str, dict[str, str]] = {}
    with (_HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            classes.setdefault(row["class"], {})[row["word"]] = row["meaning"]
    return classes


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """Each unit and measure word, and its class: counter, money, physical, time, percent ..."""
    with (_HERE / "units.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["unit"].replace("（", "(").replace("）", ")"): row["class"] for row in csv.DictReader(file)
        }


def words(name: str) -> dict[str, str]:
    """The words of a class, each with what it means."""
    return _words()[name]


@lru_cache(maxsize=64)
def one_of(*names: str) -> str:
    """A pattern that matches any word of the classes, the longest first."""
    together = {word for name in names for word in (units() if name == "unit" else words(name))}
    return "(?:" + "|".join(map(re.escape, sorted(together, key=lambda w: (-len(w), w)))) + ")"
