# SPDX-License-Identifier: Apache-2.0
"""What growing a corpus from 20 seeds finds: python benchmarks/quality/growth.py WORKSPACE [--seeds 20] [--draws 5].

The three labelled landscapes (US patents; ZHIHANG_SHARED) are ingested into one store, so that each lies among the others.
Of each landscape seeds are drawn at random from its positives; all other labelled patents, of all three, judge what
`zhihang landscape SEEDS` finds in each way. Means over the draws, with the least and the largest.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from topics import landscape

NAMES = ("underwater_glider", "offshore_plant", "nighttime_driver_visibility")
COLUMNS = {
    "number": "publication.number",
    "title": "text.title.en",
    "abstract": "text.abstract.en",
    "published": "publication.date",
    "ipc": "classification.ipc.symbol",
    "cpc": "classification.cpc.symbol",
    "cites": "citation.number",
}


def main() -> None:
    """Print a line for each landscape and way."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("workspace", type=Path)
    asked.add_argument("--seeds", type=int, default=20)
    asked.add_argument("--draws", type=int, default=5)
    asked.add_argument("--links", type=int, default=2)
    chosen = asked.parse_args()
    shared = Path(os.environ["ZHIHANG_SHARED"])
    if not (chosen.workspace / "zhihang.toml").exists():
        make_store(shared, chosen.workspace)
    for name in NAMES:
        tell(shared, chosen, name)


def make_store(shared: Path, folder: Path) -> None:
    """Ingest, derive and index the three landscapes in a new workspace."""
    run("--workspace", folder, "init")
    mapping = "\n".join(f"  {one}: {field}" for one, field in COLUMNS.items())
    (folder / "map.yaml").write_text(
        f"name: landscapes\nlabel: {{zh: 标注集, en: Landscapes}}\ncolumns:\n{mapping}\n"
        'separators: {classification: ["|"], citation: ["|"]}\ndefault_office: US\n',
        "utf-8",
    )
    for name in NAMES:
        path = folder / f"{name}.csv"
        write_table(shared, name, path)
        run("--workspace", folder, "ingest", "--map", folder / "map.yaml", path)
    run("--workspace", folder, "derive")
    run("--workspace", folder, "index")


def write_table(shared: Path, name: str, path: Path) -> None:
    """Write a landscape as a plain table that a mapping file can explain."""
    import ast

    import pandas as pd

    def items(cell: object) -> str:
        return "|".join(ast.literal_eval(cell)) if isinstance(cell, str) and cell.startswith("[") else ""

    rows = pd.read_csv(shared / "data" / "patents" / "landscape-labelled" / f"{name}.csv.gz")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for row in rows.itertuples():
            texts = (str(row.title_text), str(row.abstract_text))
            out.writerow(
                [
                    row.publication_number,
                    *texts,
                    row.publication_date,
                    *map(items, (row.ipc_code, row.cpc_code, row.refs)),
                ]
            )


def tell(shared: Path, chosen: argparse.Namespace, name: str) -> None:
    """Draw seeds of one landscape, grow, and print precision and recall of each way."""
    from zhihang.workspace import open_workspace

    labels: dict[str, bool] = {}
    for one in NAMES:
        _, _, _, numbers, belongs = landscape(shared, one)
        for number, inside in zip(numbers, belongs.tolist(), strict=True):
            labels[number] = labels.get(number, False) or (inside and one == name)
    positives = sorted(number for number, inside in labels.items() if inside)
    listed, judged = chosen.workspace / "seeds.csv", chosen.workspace / "labels.csv"
    judged.write_text(
        "number,label\n" + "".join(f"{number},{int(inside)}\n" for number, inside in labels.items()), "utf-8"
    )
    found: dict[str, list[tuple[int, float, float, float]]] = {}
    for draw in range(chosen.draws):
        drawn = np.random.default_rng(draw).permutation(len(positives))[: chosen.seeds]
        listed.write_text("\n".join(["number", *(positives[row] for row in drawn.tolist())]), "utf-8")
        desk = open_workspace(chosen.workspace).expansions
        made = desk.grow(listed, links=chosen.links, labels=judged)
        for way in made.parts["ways"]:
            precision, recall = way["precision"], way["recall"]
            f1 = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
            shown = (way["found"], np.nan if precision is None else precision, recall or 0.0, f1)
            found.setdefault(way["by"], []).append(shown)
        scored = [row for row in made.rows if row["label"] is not None]
        if draw == 0:
            print(f"{name}: {len(positives)} belong, {len(labels)} in all, {len(scored)} candidates labelled")
    for way, rows in found.items():
        table = np.array(rows)
        print(
            f"  {way:13s} found {table[:, 0].mean():6.1f}  "
            + "  ".join(
                f"{what} {np.nanmean(table[:, i]):.2f} [{np.nanmin(table[:, i]):.2f}, {np.nanmax(table[:, i]):.2f}]"
                if not np.isnan(table[:, i]).all()
                else f"{what} nothing found"
                for i, what in enumerate(("precision", "recall", "F1"), start=1)
            )
        )


def run(*arguments: object) -> None:
    """Run the command line; its messages go to standard error."""
    command = [sys.executable, "-m", "zhihang.cli.app", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()
