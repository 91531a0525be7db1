# SPDX-License-Identifier: Apache-2.0
"""The pipeline others use, on the same vectors: UMAP to five axes, HDBSCAN, both with their usual settings.

Run with an interpreter that has umap-learn and scikit-learn, on the folder that `topics.py --vectors` wrote; umap-learn is
no part of this project.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def main(folder: Path) -> None:
    """Print the V-measure of each set; what HDBSCAN leaves out counts as a group of its own, and beside it not at all."""
    import umap
    from sklearn.cluster import HDBSCAN
    from sklearn.metrics import v_measure_score

    for path in sorted(folder.glob("*.npz")):
        data = np.load(path)
        spoken = np.abs(data["vectors"]).sum(axis=1) > 0
        group, vectors = data["group"][spoken], data["vectors"][spoken]
        for seed in (0,):
            axes = umap.UMAP(
                n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
            ).fit_transform(vectors)
            found = HDBSCAN(min_cluster_size=10, copy=True).fit_predict(axes)
            known = group != ""
            placed = known & (found >= 0)
            print(
                f"{path.stem:<42} V {v_measure_score(group[known], found[known]):.3f}"
                f"  placed only {v_measure_score(group[placed], found[placed]):.3f}"
                f"  left out {np.mean(found < 0):.0%}  topics {found.max() + 1}",
                flush=True,
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
