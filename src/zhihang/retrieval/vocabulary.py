# SPDX-License-Identifier: Apache-2.0
"""The patent dictionary: words learned from the user's own titles and claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from zhihang.methods.new_words import new_words
from zhihang.methods.segmentation import WIDE, fold, known_words, stop_words

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.store.snapshot import Snapshot

MOST_CHARACTERS = 4_000_000
"""Characters read, half of titles and half of claims: enough for words that matter, bounded in time and memory."""
MOST_WORDS = 20_000

_RUN = re.compile(f"[{WIDE}]+")
_LAST = frozenset("的了和与及或在是为于由以其该将把被从对所之而并且可一个种各每有含述")
_FIRST = _LAST | frozenset("使用具备式化型中升")


def learned_words(snapshot: Snapshot, collect: Callable[[ir.Table], pa.Table]) -> dict[str, int]:
    """Return the words that the titles and claims of a store hold and the general dictionary has not."""
    text, claim = snapshot.table("text"), snapshot.table("claim")
    titles = text.filter((text.part == "title") & (text.language == "zh"))
    claims = claim.filter((claim.number == 1) & (claim.language == "zh"))
    runs: list[str] = []
    for rows, width in ((titles, 25), (claims, 250)):
        some = rows.order_by("application_id").limit(MOST_CHARACTERS // 2 // width).select("text")
        runs += _runs(collect(some)["text"].to_pylist())
    return learned(runs)


def learned(runs: Iterable[str]) -> dict[str, int]:
    """Return the words found in runs of folded Chinese, with how often each comes."""
    found = [word for word in new_words(list(runs)) if _is_likely(word.text)]
    old = known_words(word.text for word in found)
    fresh = [word for word in found if word.text not in old]
    return {word.text: word.times for word in fresh[:MOST_WORDS]}


def _runs(texts: Iterable[str]) -> list[str]:
    found: list[str] = []
    left = MOST_CHARACTERS // 2
    for text in texts:
        if left <= 0:
            break
        found += _RUN.findall(fold(text[:left]))
        left -= len(text)
    return found


def _is_likely(word: str) -> bool:
    """Whether a run may be a word: no helping word within or at its ends."""
    if word[0] in _FIRST or word[-1] in _LAST or "的" in word:
        return False
    stops = _long_stops()
    return not (word.startswith(stops) or word.endswith(stops))


@cache
def _long_stops() -> tuple[str, ...]:
    return tuple(word for word in stop_words() if len(word) > 1 and not word.isascii())
