# SPDX-License-Identifier: Apache-2.0
"""What each derivation of a workspace costs: processor seconds, most memory, rows, and a digest of the rows it gives.

The workspace is derived anew, as `zhihang derive --again` does it; digests of two runs tell whether a change of the
code changed an answer. With `--stale` only what is stale is derived, as after an ingest.

::

    zhihang --workspace /tmp/ws init
    zhihang --workspace /tmp/ws simulate --region 450000 --scale 2      about a million applications, `--scale 10` five
    zhihang --workspace /tmp/ws ingest /tmp/ws/simulated/*.csv
    python benchmarks/derivation.py /tmp/ws [--stale] [NAME...]
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from zhihang.derivation.derive import DeriveRequest, derive
from zhihang.facts.table import TABLES
from zhihang.workspace import Workspace, open_workspace

MEMORY_USED = Path("/proc/self/status")
FORGET_PEAK = Path("/proc/self/clear_refs")


class Meter:
    """Notes what one derivation after the other takes; called as each begins."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float, float]] = {}
        self._name = ""
        self._from = (0.0, 0.0)

    def begin(self, name: str, _number: int, _count: int) -> None:
        """End the derivation before and begin another."""
        self.end()
        self._name, self._from = name, (_busy(), time.perf_counter())
        FORGET_PEAK.write_text("5", encoding="ascii")

    def end(self) -> None:
        """Note processor seconds, seconds by the clock, and the most memory in GB of the last one."""
        if self._name:
            busy, clock = self._from
            self.spent[self._name] = (_busy() - busy, time.perf_counter() - clock, _peak())
            print(f"{self._name:24} {self.spent[self._name]}", flush=True)


def main() -> None:
    """Derive, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--stale", action="store_true", help="only what is stale")
    parser.add_argument("--no-digests", action="store_true")
    arguments = parser.parse_args()
    workspace = open_workspace(arguments.workspace)
    meter = Meter()
    request = DeriveRequest(
        names=arguments.names,
        again=not arguments.stale,
        codes=workspace.codes,
        decisions_folder=workspace.decisions_folder,
    )
    shelf = workspace.derivations.all()
    outcomes = derive(workspace.store, shelf, request, progress=meter.begin)
    meter.end()
    applications = sum(part.rows for part in workspace.store.manifest.recorded["application"])
    print(f"{applications:,} records of applications, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}")
    print(
        f"{'derivation':24} {'extent':8} {'rows':>11} {'processor s':>12} {'clock s':>8} {'peak GB':>8}  digest"
    )
    for outcome in outcomes:
        busy, clock, peak = meter.spent[outcome.name]
        digest = "" if arguments.no_digests else _digest(workspace, outcome.name)
        told = f"{busy:12.1f} {clock:8.1f} {peak:8.2f}  {digest}"
        print(f"{outcome.name:24} {outcome.extent:8} {outcome.rows:11,} {told}", flush=True)
    busy, clock, peak = (list(each) for each in zip(*meter.spent.values(), strict=True))
    print(f"{'together':24} {'':8} {'':11} {sum(busy):12.1f} {sum(clock):8.1f} {max(peak):8.2f}")


def _digest(workspace: Workspace, name: str) -> str:
    """Return a number that is the same for the same rows in whatever order, without the run that wrote them."""
    columns = ", ".join(TABLES[name].names)
    query = f"SELECT count(*) AS n, sum(hash({columns}) % 1000000007) AS digest FROM {name}"
    row = workspace.query(query, seconds=600.0).to_pylist()[0]
    return f"{row['n']}-{row['digest']}"


def _busy() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak() -> float:
    for line in MEMORY_USED.read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1e6
    return 0.0


if __name__ == "__main__":
    main()
