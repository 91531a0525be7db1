# SPDX-License-Identifier: Apache-2.0
"""How right organisations are told apart by foreign names, beside plain match, harmonisation in the ECOOM way, Splink.

Two sets of the shared real files: variants of assignees that hand labellers put together (`assignee-samples`; its
groups are those that were marked for checking, so they hold mistakes of their own), and names of government bodies
with their clean name (`org-name-lookup`). Splink is optional and runs on its own (splink_names.py), with a default model:
name compared by Jaro-Winkler, blocking on the first word and on the first six letters.

    python benchmarks/quality/foreign_names.py
    python benchmarks/quality/foreign_names.py --write /tmp/names.json
    uv run benchmarks/quality/splink_names.py /tmp/names.json /tmp/groups.json
    python benchmarks/quality/foreign_names.py --splink /tmp/groups.json
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from zhihang.derivation.organisation_names.resolving import resolve_names
from zhihang.methods.linkage import Groups, agreement

SHARED = Path(os.environ.get("ZHIHANG_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "patents"
ECOOM_FORMS = re.compile(
    r"\b(INC|INCORPORATED|CORP|CORPORATION|CO|COMPANY|LTD|LIMITED|LLC|LP|LLP|PLC|GMBH|AG|KG|KGAA|MBH|SA|SAS|SARL|SPA|SRL"
    r"|BV|NV|AB|AS|OY|KK|KABUSHIKI KAISHA|AKTIENGESELLSCHAFT|SOCIETE ANONYME|PTY|PTE|THE|ET CIE|AND CO)\b"
)


def assignees() -> dict[str, str]:
    """Return the true group of each name of the assignee sample."""
    csv.field_size_limit(1 << 24)
    with gzip.open(SHARED / "assignee-samples/error_log.csv.gz", "rt", encoding="utf-8") as stream:
        lists = [json.loads(row["data"]) for row in csv.DictReader(stream) if row["data"].startswith("[")]
    names = sorted({str(name) for listed in lists for name in listed if name})
    number = {name: n for n, name in enumerate(names)}
    groups = Groups(len(names))
    for listed in lists:
        rows = [number[str(name)] for name in listed if name]
        for row in rows[1:]:
            groups.join(rows[0], row)
    return {name: str(label) for name, label in zip(names, groups.labels().tolist(), strict=True)}


def bodies() -> dict[str, str]:
    """Return the clean name of each name of a government body; those that name two bodies are left out."""
    with (SHARED / "org-name-lookup/existing_orgs_lookup.csv").open(encoding="utf-8") as stream:
        rows = [(row["original"].strip(), row["clean"].strip()) for row in csv.DictReader(stream)]
    true = {name: clean for name, clean in rows if clean and "|" not in clean}
    return {**true, **{clean: clean for clean in set(true.values())}}


def plain(names: Sequence[str]) -> list[str]:
    """Group by the name in capitals."""
    return [" ".join(name.upper().split()) for name in names]


def ecoom(names: Sequence[str]) -> list[str]:
    """Group as the ECOOM / Eurostat harmonisation does: characters, punctuation, legal forms, blanks cleaned."""
    return [_cleaned(name) or name for name in names]


def _cleaned(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    text = re.sub("[^A-Z0-9 ]", "", text.replace("&", " AND ").replace("-", " ").replace(",", " "))
    return re.sub(" +", "", ECOOM_FORMS.sub(" ", " ".join(text.split())))


def ours(names: Sequence[str]) -> list[str]:
    """Group by the resolver."""
    table = resolve_names(names)
    found = dict(zip(table["name"].to_pylist(), table["organisation_id"].to_pylist(), strict=True))
    return [found[name] for name in names]


def report(title: str, true: dict[str, str], others: dict[str, dict[str, str]]) -> None:
    """Print precision, recall and F1 of every way of grouping."""
    names = list(true)
    print(f"{title}: {len(names)} names, {len(set(true.values()))} organisations")
    labels = {"plain match": plain(names), "ECOOM-style": ecoom(names), "zhihang": ours(names)}
    labels |= {way: [found.get(name, name) for name in names] for way, found in others.items()}
    truth = list(true.values())
    for way, found in labels.items():
        result = agreement(found, truth)
        low, high = _resampled(found, truth)
        shown = "  ".join(
            f"{part} {value:.3f} ({a:.3f}-{b:.3f})"
            for part, value, a, b in zip(
                ("precision", "recall", "F1"),
                (result.precision, result.recall, result.f1),
                low,
                high,
                strict=True,
            )
        )
        print(f"  {way:14} {shown}")


def _resampled(found: Sequence[object], true: Sequence[object]) -> tuple[list[float], list[float]]:
    """95 % intervals by drawing true organisations again; a wrong pair counts half for each of its two."""
    frame: dict[object, dict[object, int]] = {}
    for a, b in zip(true, found, strict=True):
        frame.setdefault(a, {}).setdefault(b, 0)
        frame[a][b] += 1
    size: dict[object, int] = {}
    for b in found:
        size[b] = size.get(b, 0) + 1
    rows = []
    for parts in frame.values():
        total = sum(parts.values())
        right = sum(n * (n - 1) / 2 for n in parts.values())
        wrong = sum(n * (size[b] - n) / 2 for b, n in parts.items())
        rows.append((right, right + wrong, total * (total - 1) / 2))
    counts = np.array(rows)
    chance = np.random.default_rng(1)
    drawn = np.array([counts[chance.integers(0, len(counts), len(counts))].sum(axis=0) for _ in range(1000)])
    precision = drawn[:, 0] / np.maximum(drawn[:, 1], 1)
    recall = drawn[:, 0] / np.maximum(drawn[:, 2], 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    low, high = np.percentile(np.stack([precision, recall, f1]), [2.5, 97.5], axis=1)
    return low.tolist(), high.tolist()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="write the names of both sets here, for splink_names.py")
    parser.add_argument("--splink", type=Path, help="read Splink's groups from this file")
    arguments = parser.parse_args()
    sets = {"assignee-samples": assignees(), "org-name-lookup": bodies()}
    if arguments.write:
        arguments.write.write_text(json.dumps({title: list(true) for title, true in sets.items()}))
    splink = json.loads(arguments.splink.read_text()) if arguments.splink else {}
    for title, true in sets.items():
        report(title, true, {"Splink default": splink[title]} if title in splink else {})


if __name__ == "__main__":
    main()
