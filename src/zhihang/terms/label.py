# SPDX-License-Identifier: Apache-2.0
"""A name in Chinese and English, as every table, column, code and indicator carries one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhihang.errors import DefinitionError

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Label:
    """The official term (zh) and its English rendering (en); neither may be blank."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not (self.zh.strip() and self.en.strip()):
            raise DefinitionError(
                "A label lacks one of its two languages.",
                {"zh": self.zh or "(blank)", "en": self.en or "(blank)"},
                todo="Give both, as in {zh: 申请日, en: Filing date}.",
            )

    @classmethod
    def from_mapping(cls, given: Mapping[str, str]) -> Label:
        """Read a label from the form it has in YAML: ``{zh: ..., en: ...}``."""
        unknown = sorted(set(given) - {"zh", "en"})
        if unknown:
            raise DefinitionError(
                "A label has keys it does not know.",
                {"unknown keys": ", ".join(unknown), "known keys": "zh, en"},
                todo="Keep only zh and en.",
            )
        return cls(zh=given.get("zh", ""), en=given.get("en", ""))

    def in_language(self, language: Language) -> str:
        """Return the name in the language asked for."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.zh} ({self.en})"
