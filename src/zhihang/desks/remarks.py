# SPDX-License-Identifier: Apache-2.0
"""What cannot be concluded and why, in Chinese and English (text_remarks.csv)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def _sentences() -> dict[str, tuple[str, str]]:
    path = Path(__file__).with_name("text_remarks.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(stream)}


def remark(code: str, **facts: object) -> dict[str, str]:
    """Return a remark with its code and its sentence in both languages."""
    zh, en = _sentences()[code]
    return {"code": code, "zh": zh.format(**facts), "en": en.format(**facts)}
