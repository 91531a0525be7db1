# SPDX-License-Identifier: Apache-2.0
# /// script
# requires-python = ">=3.11"
# dependencies = ["splink>=4.0,<5", "pandas>=2.2,<3", "pyarrow"]
# ///
"""Group names by a default Splink model, to compare with: foreign_names.py, chinese_beside_splink.py.

Runs in an environment of its own, for the product does not need Splink. It is written for Splink 4, whose figures
stand in docs/explanation/organisations.md; another major version is refused, for its model and calls may differ.

    uv run benchmarks/quality/splink_names.py NAMES.json GROUPS.json
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


def grouped(names: list[str]) -> dict[str, str]:
    """Return the cluster of each name: name and first word compared, trained without labels, threshold 0.5."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    lower = [name.lower() for name in names]
    rows: list[dict[str, Any]] = [
        {"unique_id": n, "name": name, "first": name.split(" ")[0], "head": name[:6], "last": name[-8:]}
        for n, name in enumerate(lower)
    ]
    rules = [block_on("first"), block_on("head")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8]), cl.ExactMatch("first")],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(pd.DataFrame(rows), settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in ("head", "last"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5).as_pandas_dataframe()
    return {names[row.unique_id]: str(row.cluster_id) for row in clusters.itertuples()}


def grouped_chinese(names: list[str]) -> dict[str, str]:
    """Return the cluster of each Chinese name, which has no words: blocked on its first and its next characters.

    No two names are equal, so equal first eight characters are the rule that tells how many pairs match.
    """
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = [
        {
            "unique_id": n,
            "name": name,
            "head": name[:4],
            "middle": name[2:6],
            "start": name[:8],
            "tail": name[4:],
        }
        for n, name in enumerate(names)
    ]
    rules = [block_on("head"), block_on("middle")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.9, 0.8]), cl.ExactMatch("head")],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(pd.DataFrame(rows), settings, db_api=DuckDBAPI())
    linker.training.estimate_probability_two_random_records_match([block_on("start")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in ("head", "tail"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5).as_pandas_dataframe()
    return {names[row.unique_id]: str(row.cluster_id) for row in clusters.itertuples()}


def missing() -> str:
    """Say what keeps this script from running; nothing does where Splink 4 is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("splink")
    except PackageNotFoundError:
        found = "none"
    return "" if found.startswith("4.") else f"Splink 4 is needed, found: {found}"


if __name__ == "__main__":
    if len(sys.argv) != 3 or missing():
        sys.exit(missing() or "usage: splink_names.py NAMES.json GROUPS.json")
    given = json.loads(Path(sys.argv[1]).read_text())
    made: dict[str, Any] = {}
    for title, listed in given.items():
        begin, busy = time.perf_counter(), time.process_time()
        made[title] = (grouped_chinese if title == "chinese" else grouped)(listed)
        spent = time.process_time() - busy
        print(
            title,
            len(listed),
            f"{time.perf_counter() - begin:.1f} s by the clock, {spent:.1f} s of computing",
        )
    Path(sys.argv[2]).write_text(json.dumps(made))
