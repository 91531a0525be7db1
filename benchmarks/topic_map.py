# SPDX-License-Identifier: Apache-2.0
"""Time a map of topics of made-up abstracts, step by step, beside the bare steps of the libraries on the same texts.

``python benchmarks/topic_map.py [COUNT] [--bare] [--twice]``: texts of 90 words from a vocabulary of Zipf's shape, each
with a share of words of one of 60 subjects; the seed is fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

VOCABULARY, SUBJECTS, WORDS, SEED = 40_000, 60, 90, 20_261_122


def made_up_texts(count: int, seed: int = SEED) -> tuple[list[str], np.ndarray]:
    """Return texts and their subjects."""
    random = np.random.default_rng(seed)
    names = _names(VOCABULARY)
    common = np.cumsum(1 / np.arange(1, VOCABULARY + 1))
    common /= common[-1]
    own = np.cumsum(1 / np.arange(1, 2001))
    own /= own[-1]
    vocabularies = random.integers(200, VOCABULARY, size=(SUBJECTS, 2000))
    subjects = random.integers(0, SUBJECTS, count)
    texts = []
    for start in range(0, count, 10_000):
        chosen = subjects[start : start + 10_000]
        general = np.searchsorted(common, random.random((len(chosen), WORDS)))
        special = vocabularies[chosen[:, None], np.searchsorted(own, random.random((len(chosen), WORDS)))]
        words = np.where(random.random((len(chosen), WORDS)) < 0.4, special, general)
        texts.extend(" ".join(line) for line in names[words])
    return texts, subjects


def _names(count: int) -> np.ndarray:
    syllables = np.array([a + b for a in "bdfgklmnprtvz" for b in "aeiou"])
    number = np.arange(count)
    parts = [syllables[(number // len(syllables) ** power) % len(syllables)] for power in range(3)]
    return np.array(["".join(one) for one in zip(*parts, strict=True)], object)


@contextmanager
def step(name: str, found: dict[str, Any]) -> Iterator[None]:
    """Note the wall and processor seconds of a step."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    found[name] = (round(time.perf_counter() - wall, 1), round(time.process_time() - cpu, 1))
    print(f"  {name:<12} {found[name][0]:>7} s wall {found[name][1]:>7} s processor", flush=True)


def ours(texts: list[str]) -> tuple[dict[str, Any], str]:
    """Time the whole map, and its steps through the functions it calls."""
    from zhihang.methods import topic_map

    found: dict[str, Any] = {}
    names = ("count_words", "weigh", "reduce", "nearest", "joined", "communities", "lay_out", "label_topics")
    before = {name: getattr(topic_map, name) for name in names}

    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            with step(name, found):
                return call(*given, **named)

        return run

    for name, call in before.items():
        setattr(topic_map, name, timed(name, call))
    try:
        with step("whole map", found):
            made = topic_map.map_topics(texts)
    finally:
        for name, call in before.items():
            setattr(topic_map, name, call)
    digest = hashlib.sha256(made.points.tobytes() + made.members.tobytes() + repr(made.topics).encode())
    found["topics"] = len(made.topics)
    found["members"] = made.members
    return found, digest.hexdigest()


def bare(texts: list[str]) -> dict[str, Any]:
    """Time the same steps with the libraries alone: TF-IDF, SVD, neighbours, t-SNE, HDBSCAN."""
    import faiss
    import openTSNE
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    found: dict[str, Any] = {}
    with step("whole bare", found):
        with step("tf-idf", found):
            weights = TfidfVectorizer(min_df=3, dtype=np.float32).fit_transform(texts)
        with step("svd", found):
            vectors = normalize(TruncatedSVD(100, random_state=0).fit_transform(weights)).astype(np.float32)
        with step("neighbours", found):
            index = faiss.IndexFlatIP(vectors.shape[1])
            index.add(vectors)
            index.search(vectors, 16)
        with step("t-sne", found):
            points = openTSNE.TSNE(n_jobs=-1, random_state=0, initialization="pca").fit(vectors)
        with step("hdbscan", found):
            found["members"] = HDBSCAN(min_cluster_size=100, copy=True).fit_predict(np.asarray(points))
    return found


def main() -> None:
    """Run, print, and write the figures into benchmarks/data/topic_map.json."""
    ask = argparse.ArgumentParser()
    ask.add_argument("count", type=int, nargs="?", default=100_000)
    ask.add_argument("--bare", action="store_true")
    ask.add_argument("--twice", action="store_true")
    chosen = ask.parse_args()
    texts, subjects = made_up_texts(chosen.count)
    from sklearn.metrics import v_measure_score

    print(f"{chosen.count:,} texts")
    found, digest = ours(texts)
    agreed = {"ours": v_measure_score(subjects, found.pop("members"))}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  {found['topics']} topics, peak {peak:.1f} GB, sha256 {digest[:16]}")
    result: dict[str, Any] = {
        "texts": chosen.count,
        "ours": found,
        "peak_gb": round(peak, 2),
        "sha256": digest,
    }
    if chosen.twice:
        result["same_again"] = ours(texts)[1] == digest
        print(f"  the same bytes again: {result['same_again']}")
    if chosen.bare:
        result["bare"] = bare(texts)
        agreed["bare"] = v_measure_score(subjects, result["bare"].pop("members"))
    result["agreement with the subjects, V-measure"] = agreed
    print(f"  V-measure {agreed}")
    into = Path(__file__).parent / "data" / "topic_map.json"
    into.parent.mkdir(exist_ok=True)
    into.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
