# SPDX-License-Identifier: Apache-2.0
"""How well topics agree with flags set by hand, and how right a landscape tagged from few labels is.

``python benchmarks/quality/topics.py SHARED [--vectors DIR]`` prints both; `--vectors` also writes the vectors of each
set, so that other pipelines can be run on the same ones.
"""

from __future__ import annotations

import argparse
import ast
import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LANDSCAPES = ("nighttime_driver_visibility", "offshore_plant", "underwater_glider")
SEEDS = range(10)


@dataclass(frozen=True)
class Flagged:
    """Texts with one hand-made or examiner-made group each; texts of several or no groups are left out of the score."""

    name: str
    texts: list[str]
    group: list[str | None]


def flagged_sets(shared: Path) -> list[Flagged]:
    """Return the flagged sets of the shared data."""
    import pandas as pd

    patents = shared / "data" / "patents"
    found = []
    aviation = pd.read_excel(
        patents / "cn-patsnap-green-aviation" / "patsnap_export_rows1-1399.xlsx", engine="calamine", dtype=str
    )
    texts = (aviation["标题(译)(简体中文)"] + "。" + aviation["摘要(译)(简体中文)"]).fillna("").tolist()
    found.append(
        Flagged("green aviation (zh), main IPC subclass", texts, _common(aviation["IPC主分类号"].str[:4]))
    )
    waste = pd.read_excel(patents / "dwpi-ewaste" / "ewaste.xlsx", engine="calamine")
    titles = waste["DWPI Title"].fillna("").tolist()
    for short, flag in (
        ("products", "01 E-Waste Products"),
        ("processes", "02 Processes"),
        ("materials", "03 Recovered Materials"),
    ):
        column = waste[f"Technical Categorization:{flag}"]
        single = column.where(~column.fillna(";").str.contains(";"))
        found.append(Flagged(f"e-waste titles, {short} (one flag)", titles, _common(single)))
    synbio = pd.read_excel(
        patents / "thomson-innovation-synbio" / "synbio.xlsx", engine="calamine", dtype=str
    )
    texts = (
        synbio["title_original_english_cleaned"].fillna("") + ". " + synbio["abstract"].fillna("")
    ).tolist()
    first = synbio["international_classifications_subclass_codes"].str.split(";").str[0]
    found.append(Flagged("synthetic biology, first IPC subclass", texts, _common(first)))
    drones = pd.read_csv(patents / "lens-drones" / "drones_fulltext_families_5884_raw.csv.gz", dtype=str)
    first = drones["IPCR Classifications"].str.split(";").str[0].str[:4]
    found.append(
        Flagged("drones (titles), first IPC subclass", drones["Title"].fillna("").tolist(), _common(first))
    )
    for name in LANDSCAPES:
        texts, _, _, _, belongs = landscape(shared, name)
        found.append(Flagged(f"{name}, in or out", texts, ["in" if yes else "out" for yes in belongs]))
    return [*found, _derwent(patents / "derwent-drones")]


def _derwent(folder: Path) -> Flagged:
    texts, groups = [], []
    for path in sorted(folder.glob("*.ciw.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for record in stream.read().split("\nER")[:-1]:
                parts: dict[str, str] = {}
                tag = ""
                for line in record.splitlines():
                    tag = line[:2].strip() or tag
                    parts[tag] = f"{parts.get(tag, '')} {line[3:]}"
                texts.append(f"{parts.get('TI', '')}. {parts.get('AB', '')}")
                groups.append(parts.get("IP", "").strip()[:4] or None)
    return Flagged("Derwent drones, first IPC subclass", texts, _common(groups))


def _common(values: Sequence[object]) -> list[str | None]:
    """Keep groups of at least ten."""
    given = [value if isinstance(value, str) and value.strip(" -") else None for value in values]
    counts = {value: given.count(value) for value in set(given)}
    return [value if value and counts[value] >= 10 else None for value in given]


def landscape(
    shared: Path, name: str
) -> tuple[list[str], list[list[str]], list[list[str]], list[str], np.ndarray]:
    """Return texts, classes, references (with the own number), numbers and labels of a labelled landscape."""
    import pandas as pd

    rows = pd.read_csv(shared / "data" / "patents" / "landscape-labelled" / f"{name}.csv.gz")

    def items(cell: object) -> list[str]:
        return list(ast.literal_eval(cell)) if isinstance(cell, str) and cell.startswith("[") else []

    texts = [
        f"{title}. {abstract}" for title, abstract in zip(rows.title_text, rows.abstract_text, strict=True)
    ]
    classes = [items(one) + items(other) for one, other in zip(rows.cpc_code, rows.ipc_code, strict=True)]
    references = [[*items(cell), own] for cell, own in zip(rows.refs, rows.publication_number, strict=True)]
    return texts, classes, references, list(rows.publication_number), rows.valid.to_numpy(bool)


def topic_agreement(one: Flagged) -> tuple[float, int]:
    """V-measure of topics against the groups, over the texts that have one, and the number of topics."""
    from sklearn.metrics import v_measure_score

    from zhihang.methods.topic_map import map_topics

    made = map_topics(one.texts)
    rows = [i for i, group in enumerate(one.group) if group is not None]
    return float(v_measure_score([one.group[i] for i in rows], made.members[rows])), len(made.topics)


def f1(true: np.ndarray, said: np.ndarray) -> float:
    """F1 of what was said to belong (0-1)."""
    both = (true & said).sum()
    return float(2 * both / max(true.sum() + said.sum(), 1))


def landscape_scores(shared: Path, name: str, labels: int) -> Mapping[str, list[float]]:
    """F1 on everything not labelled, for each seed: ours, a keyword query and a class query built from the same labels.

    The split: `labels` patents drawn at random by the seed, all others are the test.
    """
    from zhihang.methods.landscape import class_levels, landscape_space, tag
    from zhihang.methods.segmentation import words

    texts, classes, references, _, belongs = landscape(shared, name)
    space = landscape_space(texts, classes, references)
    terms = [set(words(text)) for text in texts]
    symbols = [{symbol for symbol in class_levels(one) if len(symbol) == 4} for one in classes]
    found: dict[str, list[float]] = {"ours": [], "asked": [], "keywords": [], "classes": []}
    for seed in SEEDS:
        order = np.random.default_rng(seed).permutation(len(belongs))
        drawn, test = order[:labels], np.sort(order[labels:])
        given = {int(row): bool(belongs[row]) for row in drawn}
        found["ours"].append(f1(belongs[test], tag(space, given).inside[test]))
        for kind, sets in (("keywords", terms), ("classes", symbols)):
            said = query_by_labels(sets, given)
            found[kind].append(f1(belongs[test], said[test]))
        asked = {int(row): bool(belongs[row]) for row in order[: min(12, labels)]}
        while len(asked) < labels:
            more = tag(space, asked, ask=min(max(6, labels // 9), labels - len(asked))).ask_next
            asked |= {row: bool(belongs[row]) for row in more}
        rest = np.array([row for row in range(len(belongs)) if row not in asked])
        found["asked"].append(f1(belongs[rest], tag(space, asked).inside[rest]))
    return found


def query_by_labels(sets: Sequence[set[str]], labels: Mapping[int, bool], most: int = 10) -> np.ndarray:
    """Say which sets match `any of` the items that make the best query on the labels, added one by one while F1 grows."""
    inside = np.array([labels[row] for row in labels])
    rows = list(labels)
    items = sorted({item for row in rows if labels[row] for item in sets[row]})
    matched = np.zeros(len(rows), bool)
    chosen: list[str] = []
    best = 0.0
    while len(chosen) < most and items:
        scored = [
            (f1(inside, matched | np.array([item in sets[row] for row in rows])), item) for item in items
        ]
        score, item = max(scored, key=lambda pair: (pair[0], pair[1]))
        if score <= best:
            break
        best = score
        chosen.append(item)
        matched |= np.array([item in sets[row] for row in rows])
    return np.array([bool(one & set(chosen)) for one in sets])


def main() -> None:
    """Print both tables."""
    ask = argparse.ArgumentParser()
    ask.add_argument("shared", type=Path)
    ask.add_argument("--vectors", type=Path)
    chosen = ask.parse_args()
    for labels in (24, 100):
        for name in LANDSCAPES:
            scores = landscape_scores(chosen.shared, name, labels)
            told = (
                f"{kind} {np.mean(one):.3f} (sd {np.std(one):.3f}, least {min(one):.3f})"
                for kind, one in scores.items()
            )
            print(f"{name:<28} {labels:>3} labels  {'  '.join(told)}", flush=True)
    for one in flagged_sets(chosen.shared):
        score, topics = topic_agreement(one)
        print(f"{one.name:<42} V {score:.3f}  topics {topics}  texts {len(one.texts)}", flush=True)
        if chosen.vectors:
            _write_vectors(one, chosen.vectors)


def _write_vectors(one: Flagged, folder: Path, words: Callable[[str], list[str]] | None = None) -> None:
    from zhihang.methods.segmentation import words as split
    from zhihang.methods.text_vectors import count_words, reduce, weigh

    folder.mkdir(parents=True, exist_ok=True)
    vectors = reduce(weigh(count_words(map(words or split, one.texts))).matrix)
    np.savez(
        folder / (one.name.replace("/", " ") + ".npz"),
        vectors=vectors,
        group=np.array([g or "" for g in one.group]),
    )


if __name__ == "__main__":
    main()
