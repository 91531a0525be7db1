# SPDX-License-Identifier: Apache-2.0
"""Run the benchmarks: all of them, or those named.

::

    make bench                          all, about an hour on 2 cores
    make bench BENCH="start xlsx"       some
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = {
    "start": ("start_up.py",),
    "csv": ("chinese_tables.py", "csv", "1000000", "2000000", "4000000"),
    "xlsx": ("chinese_tables.py", "xlsx"),
    "docdb": ("docdb_xml.py",),
    "uspto": ("uspto_xml.py",),
    "allocation": ("allocation.py", "1000"),
    "measure": ("measurement.py", "5000000"),
    "citations": ("citation_graph.py",),
    "intensity": ("intensity.py", "5000000"),
    "queries": ("engine_queries.py", "5000000", "20000000"),
}


def main(names: list[str]) -> int:
    """Run the benchmarks named; return how many failed."""
    unknown = set(names) - BENCHMARKS.keys()
    if unknown:
        print(
            f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.",
            file=sys.stderr,
        )
        return 2
    failed = 0
    for name in names or BENCHMARKS:
        script, *arguments = BENCHMARKS[name]
        print(f"--- {name}", flush=True)
        failed += (
            subprocess.run([sys.executable, str(HERE / script), *arguments], check=False).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
