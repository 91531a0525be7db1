# SPDX-License-Identifier: Apache-2.0
"""Start of the command line: `zhihang --help` beside `import typer`, medians of paired runs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15


def seconds(*command: str) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    pairs = [
        (seconds(".venv/bin/zhihang", "--help"), seconds(sys.executable, "-c", "import typer"))
        for _ in range(ROUNDS + 1)
    ][1:]
    ours, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"zhihang --help {ours:.3f} s, import typer {bare:.3f} s, ratio {ratio:.2f}")
