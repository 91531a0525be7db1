# SPDX-License-Identifier: Apache-2.0
"""Push: 20,000 readers with their own patents and business scopes against 50,000 new records.

::

    python benchmarks/push.py [READERS] [RECORDS]

Everything is made up from a fixed seed: 300 subjects with words by Zipf's law, classes and citations; 5 own patents for
each reader. Printed are seconds of the wall and of the processor, and peak memory.
"""

from __future__ import annotations

import datetime as dt
import resource
import sys
import time
from collections.abc import Sequence

import numpy as np

from zhihang.matching.interest import Interest
from zhihang.matching.match import match
from zhihang.matching.matcher import matchers
from zhihang.matching.news import Records
from zhihang.matching.profile import Profile

SUBJECTS, VOCABULARY, WORDS = 300, 40_000, 70


def made_up(rng: np.random.Generator, prefix: str, subjects: np.ndarray) -> Records:
    """Return records on the given subjects."""
    count = len(subjects)
    common = np.minimum(rng.zipf(1.3, (count, WORDS // 2)), VOCABULARY)
    special = (subjects[:, None] * 131 + np.minimum(rng.zipf(1.5, (count, WORDS // 2)), 400)) % VOCABULARY
    words = np.concatenate([common, special], axis=1)
    classes = [
        [f"A{s % 100:02d}B{s % 9 + 1}", f"A{s % 100:02d}B{s % 9 + 1}{s % 30}"] for s in subjects.tolist()
    ]
    ids = [f"{prefix}{number:07d}" for number in range(count)]
    blank: Sequence[Sequence[str]] = [()] * count
    return Records(
        ids,
        ids,
        ids,
        [dt.date(2020, 1, 1)] * count,
        [[f"w{number}" for number in row] for row in words.tolist()],
        classes,
        [[f"{s % 97:02d}"] for s in subjects.tolist()],
        [[f"org{s % 5000}"] for s in rng.integers(0, 20_000, count).tolist()],
        blank,
    )


def main(readers: int, records: int) -> None:
    """Match once and print what it took."""
    rng = np.random.default_rng(1)
    of_reader = rng.integers(0, SUBJECTS, readers)
    profiles = [
        Profile(f"firm{n}", organisation=f"org{n}", industries=(f"{s % 97:02d}",))
        for n, s in enumerate(of_reader.tolist())
    ]
    news = made_up(rng, "N", rng.integers(0, SUBJECTS, records))
    own = made_up(rng, "P", np.repeat(of_reader, 5))
    rivals = [[f"org{n % 5000}"] for n in range(readers)]
    interest = Interest(
        profiles, news, own, [[n // 5] for n in range(5 * readers)], rivals, scopes=[()] * readers
    )
    wall, processor = time.perf_counter(), time.process_time()
    found = sum(1 for _ in match(interest, list(matchers()), {}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{readers:,} readers by {records:,} records: {time.perf_counter() - wall:.1f} s, "
        f"{time.process_time() - processor:.1f} s of processor time, peak {peak:,} MB, {found:,} matches"
    )


if __name__ == "__main__":
    main(*(int(argument) for argument in (*sys.argv[1:], *("20000", "50000")[len(sys.argv) - 1 :])))
