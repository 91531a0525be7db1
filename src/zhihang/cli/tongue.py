# SPDX-License-Identifier: Apache-2.0
"""The language a document is asked for in."""

from __future__ import annotations

from enum import StrEnum


class Tongue(StrEnum):
    """Language of a document."""

    zh = "zh"
    en = "en"
