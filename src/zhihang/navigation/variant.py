# SPDX-License-Identifier: Apache-2.0
"""The kinds of studies of GB/T 39551: which part of the standard, and what each calls the place or client it is for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from zhihang.navigation.study import Variant

PARTS: dict[Variant, str] = {"industry": "GB/T 39551.3", "enterprise": "GB/T 39551.4", "rd": "GB/T 39551.5"}
"""The part of the standard each kind follows in its order; clauses are not quoted."""
CLIENTS: dict[Variant, str] = {"industry": "委托方", "enterprise": "本企业", "rd": "本单位"}
OF_PLACES: dict[str, str] = {"区位商": "专业化指数", "请权利人评估": "请评估"}
"""Words that only fit places, and what they are for a client."""
NOT_OF_PLACES = ("本地数据库",)


@dataclass(frozen=True)
class FocusWords:
    """How texts speak of what a study is for: 本地 of a division; another word of a country or a client.

    Names that happen to hold 本地 (such as a firm's) stay as they are.
    """

    own: str = "本地"
    names: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, variant: Variant, focus: str, names: Collection[str] = ()) -> FocusWords:
        """Return the words for a variant and the key of its focus."""
        kept = (*sorted((n for n in names if "本地" in n), key=lambda n: (-len(n), n)), *NOT_OF_PLACES)
        if focus == "holders":
            return cls(CLIENTS[variant], kept, tuple(OF_PLACES.items()))
        if len(focus) == 2:
            quotient = () if variant == "industry" else (("区位商", OF_PLACES["区位商"]),)
            return cls("本国", kept, quotient)
        return cls()

    def __call__(self, text: str) -> str:
        """Return a text in these words.

        >>> FocusWords("本企业", ("本地生活公司",), tuple(OF_PLACES.items()))("占本地的份额（区位商），本地生活公司")
        '占本企业的份额（专业化指数），本地生活公司'
        """
        if self.own == "本地":
            return text
        kept = re.compile("|".join(map(re.escape, self.names))) if self.names else None
        parts = kept.split(text) if kept else [text]
        held = [*(kept.findall(text) if kept else []), ""]
        return "".join(self._said(part) + name for part, name in zip(parts, held, strict=True))

    def _said(self, text: str) -> str:
        for word, said in (("本地", self.own), *self.others):
            text = text.replace(word, said)
        return text
