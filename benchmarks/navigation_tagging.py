# SPDX-License-Identifier: Apache-2.0
"""Tags of a study beside hand-made flags: python benchmarks/navigation_tagging.py WORKSPACE.

The workspace holds the DWPI export on electronic waste with its hand-made flags. Rules are held against the flags of all
patents; with labels (drawn at random from the flags) rule or classifier decides, judged on all patents not labelled.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from zhihang.methods.search_quality import wilson
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.patents import load
from zhihang.navigation.rules import Matcher, bare
from zhihang.navigation.study import Node, Study, StudyFile
from zhihang.navigation.tagging import Labelled, tag_nodes
from zhihang.workspace import open_workspace

FLAGS = "Technical Categorization (MASTER2)"
NODES = {
    "BAT": (
        "Product/Item - Batteries",
        ["battery", "batteries", "accumulator", "lithium ion", "lithium-ion"],
    ),
    "PCB": (
        "Product/Item - Printed Circuit Boards",
        ["circuit board", "printed circuit", "wiring board", "pcb"],
    ),
    "CRT": ("Processes - Disassembly - CRT Dismantling", ["cathode ray", "crt", "picture tube", "kinescope"]),
    "WIRE": ("Product/Item - Wiring/Cabling", ["cable", "wire"]),
    "PLA": ("Recovered Materials - Plastic", ["plastic", "resin", "polymer"]),
    "CU": ("Recovered Materials - Non Ferrous Metals - Copper", ["copper"]),
    "AU": ("Recovered Materials - Noble Metals - Gold", ["gold", "precious metal", "noble metal"]),
    "GLA": ("Recovered Materials - Glass", ["glass"]),
}


def main() -> None:
    """Print precision, recall and F1 of every node: rules alone, then with 24 and 100 labels."""
    room = open_workspace(Path(sys.argv[1]))
    store = room.store
    rows = store.table("attribute")
    found = store.collect(rows.filter(rows.name == FLAGS).select("application_id", "value"))
    flags = dict(zip(found["application_id"].to_pylist(), found["value"].to_pylist(), strict=True))
    patents = load(store.snapshot, sorted(flags), "application", store.clock().date())
    told = {patent.unit: flags.get(patent.unit) or "" for patent in patents}
    nodes = [Node(code=code, zh=flag, keywords=words) for code, (flag, words) in NODES.items()]
    says = StudyFile(label={"zh": "试"}, question="?", query="x", breakdown=nodes)  # type: ignore[arg-type]
    study = Study("ewaste", Path("ewaste.yaml"), says)
    truth = {code: np.array([flag in told[p.unit] for p in patents]) for code, (flag, _) in NODES.items()}
    for count in (0, 24, 100):
        drawn = np.random.default_rng(1).permutation(len(patents))[:count]
        labels = {}
        for row in drawn.tolist():
            codes = tuple(code for code in NODES if truth[code][row])
            labels[bare(patents[row].number)] = HandLabel(patents[row].number, codes, not codes)
        judged = np.ones(len(patents), bool)
        judged[drawn] = False
        matcher = Matcher(patents, lambda _: [])
        for one in tag_nodes(matcher, Labelled(patents, labels), nodes, study):
            true, taken = truth[one.node.code][judged], one.decided[judged]
            right = int((true & taken).sum())
            precision, recall = wilson(right, int(taken.sum())), wilson(right, int(true.sum()))
            f1 = 2 * right / max(int(taken.sum() + true.sum()), 1)
            print(
                f"{count:4d} labels  {one.node.code:5s} {one.used:10s} precision {precision.value or 0:.2f}"
                f" [{precision.low:.2f}, {precision.high:.2f}]  recall {recall.value or 0:.2f}"
                f" [{recall.low:.2f}, {recall.high:.2f}]  F1 {f1:.2f}  ({int(true.sum())} flagged)"
            )


if __name__ == "__main__":
    main()
