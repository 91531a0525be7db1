# SPDX-License-Identifier: Apache-2.0
"""`study tag` and `study evaluate` beside flags that people set: python benchmarks/quality/study_flags.py SET WORKSPACE.

SET is `ewaste` (flags of a landscape report), `derwent` (classes by the analysts of Derwent), `patsnap` or `synbio`
(classes by examiners; the rules read texts only). Of all patents 100 are drawn at random and labelled by the flags, as
`zhihang study tag` has them; what `study evaluate` estimates from them is held against all flags. Figures: the
rules against all flags; how often the estimate's 95 % interval holds the true figure.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml

MASTER = "Technical Categorization (MASTER2)"
NODES: Mapping[str, Mapping[str, tuple[tuple[str, ...], list[str]]]] = {
    "ewaste": {
        "BAT": (("Product/Item - Batteries",), ["battery", "batteries", "accumulator", "lithium ion", "lithium-ion"]),
        "PCB": (("Product/Item - Printed Circuit Boards",), ["circuit board", "printed circuit", "wiring board", "pcb"]),
        "CU": (("Recovered Materials - Non Ferrous Metals - Copper",), ["copper"]),
        "GLA": (("Recovered Materials - Glass",), ["glass"]),
    },
    "derwent": {
        "X16": (("X16",), ["battery", "batteries", "fuel cell", "accumulator", "recharg"]),
        "Q79": (("Q79", "W07"), ["weapon", "missile", "munition", "warhead", "target", "projectile", "explosive"]),
        "W04": (("W04",), ["camera", "video", "image", "imaging", "photograph"]),
        "W02": (("W02",), ["antenna", "broadcast", "radio", "telecommunication", "wireless"]),
    },
    "patsnap": {
        "H02J": (("H02J",), ["电源", "供电", "配电", "充电"]),
        "F02C": (("F02C", "F01D"), ["涡轮", "燃气轮机"]),
        "H01M": (("H01M",), ["电池", "燃料电池"]),
        "B64C25": (("B64C25",), ["起落架", "滑行", "刹车"]),
    },
    "synbio": {
        "A61K39": (("A61K39",), ["vaccine", "immuno", "antigen"]),
        "C40B": (("C40B",), ["library", "libraries", "combinatorial"]),
        "C12P": (("C12P",), ["ferment", "producing", "production of", "biosynthe"]),
        "C12N15": (("C12N15",), ["gene", "vector", "plasmid", "nucleic acid", "dna", "expression"]),
    },
}  # fmt: skip


def main() -> None:
    """Print truth and estimates of every node."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("set", choices=list(NODES))
    asked.add_argument("workspace", type=Path)
    asked.add_argument("--labels", type=int, default=100)
    asked.add_argument("--draws", type=int, default=20)
    chosen = asked.parse_args()
    from zhihang.workspace import open_workspace

    room = open_workspace(chosen.workspace)
    nodes = NODES[chosen.set]
    flags = flags_of(room, chosen.set)
    name = f"flags_{chosen.set}"
    (chosen.workspace / "studies").mkdir(exist_ok=True)
    study = {
        "label": {"zh": "标引对照"}, "question": "标引与人工标记是否一致？", "level": "application",
        "query": "PD=(18000101:20301231)",
        "breakdown": [{"code": code, "zh": code, "keywords": words} for code, (_, words) in nodes.items()],
    }  # fmt: skip
    (chosen.workspace / "studies" / f"{name}.yaml").write_text(
        yaml.safe_dump(study, allow_unicode=True), "utf-8"
    )
    made = room.studies._collected(room.studies.studies[name], {})
    ruled = {one.node.code: one.ruled for one in made.taggings}
    truth = {
        code: np.array([bool(flags.get(p.unit, set()) & set(wanted)) or prefixed(flags.get(p.unit, set()), wanted)
                        for p in made.patents])
        for code, (wanted, _) in nodes.items()
    }  # fmt: skip
    print(f"{chosen.set}: {len(made.patents)} patents")
    true = {code: shares(truth[code], ruled[code]) for code in nodes}
    held = coverage(chosen, made, truth, true)
    for code, (precision, recall) in true.items():
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(
            f"  {code:7s} flagged {int(truth[code].sum()):5d}  precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}"
            f"  estimates that hold it: precision {told(held[code, 'precision'])}, recall {told(held[code, 'recall'])}"
        )


def told(counted: tuple[int, int]) -> str:
    """Write how many of how many."""
    return f"{counted[0]}/{counted[1]}"


def flags_of(room: Any, name: str) -> dict[str, set[str]]:
    """Return the flags of each application."""
    store = room.store
    if name == "ewaste":
        rows = store.table("attribute")
        found = store.collect(rows.filter(rows.name == MASTER).select("application_id", flag=rows.value))
        pairs = [(a, b) for a, text in zip(*columns(found), strict=True) for b in (text or "").split(";")]
    else:
        rows = store.table("classification")
        scheme = "dwpi" if name == "derwent" else "ipc"
        found = store.collect(rows.filter(rows.scheme == scheme).select("application_id", flag=rows.symbol))
        pairs = [(a, "".join((b or "").split())) for a, b in zip(*columns(found), strict=True)]
    held: dict[str, set[str]] = {}
    for application, flag in pairs:
        held.setdefault(application, set()).add(flag.strip())
    return held


def columns(table: Any) -> tuple[list[str], list[str]]:
    """Return both columns of a table of flags."""
    return table["application_id"].to_pylist(), table["flag"].to_pylist()


def prefixed(flags: set[str], wanted: tuple[str, ...]) -> bool:
    """Whether a flag is one of some classes or below."""
    return any(flag.startswith(one) for flag in flags for one in wanted)


def shares(truth: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    """Precision and recall."""
    right = float((truth & said).sum())
    return right / max(float(said.sum()), 1.0), right / max(float(truth.sum()), 1.0)


def coverage(
    chosen: argparse.Namespace,
    made: Any,
    truth: Mapping[str, np.ndarray],
    true: Mapping[str, tuple[float, float]],
) -> dict[tuple[str, str], tuple[int, int]]:
    """Label at random as `study tag` does, and count the estimates whose interval holds the true figure."""
    from zhihang.navigation.labels import HandLabel
    from zhihang.navigation.rules import bare
    from zhihang.navigation.sampled import quality

    held = {(code, what): (0, 0) for code in truth for what in ("precision", "recall")}
    for draw in range(chosen.draws):
        labels = {}
        for row in np.random.default_rng(draw).permutation(len(made.patents))[: chosen.labels].tolist():
            number, codes = made.patents[row].number, tuple(code for code in truth if truth[code][row])
            labels[bare(number)] = HandLabel(number, codes, False, "retrieved")
        for one in quality(made, labels):
            if one.of in true and one.value is not None:
                figure = true[one.of][0 if one.what == "precision" else 1]
                right, told = held[one.of, one.what]
                held[one.of, one.what] = (right + (one.low <= figure <= one.high), told + 1)
    return held


if __name__ == "__main__":
    main()
