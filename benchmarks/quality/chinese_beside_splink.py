# SPDX-License-Identifier: Apache-2.0
"""Time and pairwise precision, recall and F1 on made-up Chinese names, beside a default Splink model, in one run.

The names are those of name_speed.py: firms of all places, about four in ten written in a second way (legal form, a blank, a
slip of the pen, a department). The truth is the firm a name was made for. Splink is no part of the product; without it
the comparison is left out with a line that says so.

    uv venv /tmp/splink && uv pip install --python /tmp/splink/bin/python 'splink>=4.0,<5' 'pandas<3' pyarrow
    python benchmarks/quality/chinese_beside_splink.py [100000] --splink /tmp/splink/bin/python
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from name_speed import made_organisations

from zhihang.derivation.organisation_names.resolving import resolve_names
from zhihang.methods.linkage import agreement

BESIDE = Path(__file__).with_name("splink_names.py")


def main() -> int:
    """Make names, group them both ways, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--splink", type=Path, help="a Python that has splink")
    arguments = parser.parse_args()
    true = made_organisations(arguments.count)
    names = list(true)
    print(f"{len(names):,} names of {len(set(true.values())):,} firms", flush=True)
    begin, busy = time.perf_counter(), time.process_time()
    table = resolve_names(names)
    clock, busy = time.perf_counter() - begin, time.process_time() - busy
    ours = dict(zip(table["name"].to_pylist(), table["organisation_id"].to_pylist(), strict=True))
    print(
        f"zhihang: {clock:.1f} s by the clock, {busy:.1f} s of computing, {len(names) / busy:,.0f} names per second of it"
    )
    _report("zhihang", names, ours, true)
    reason = _missing(arguments.splink)
    if reason:
        install = next(line.strip() for line in (__doc__ or "").splitlines() if "uv venv" in line)
        print(f"Splink left out: {reason}. To install it: {install}", file=sys.stderr)
        return 0
    _report("Splink default", names, _splink(arguments.splink, names), true)
    return 0


def _missing(python: Path | None) -> str:
    if python is None:
        return "no --splink PYTHON given"
    if not python.exists():
        return f"{python} does not exist"
    asked = f"import sys; sys.path.insert(0, {str(BESIDE.parent)!r}); import splink_names as s; print(s.missing())"
    tried = subprocess.run([str(python), "-c", asked], capture_output=True, check=False, text=True)
    return tried.stdout.strip() if tried.returncode == 0 else f"{python} does not run"


def _splink(python: Path, names: list[str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "names.json", Path(folder) / "groups.json"
        given.write_text(json.dumps({"chinese": names}), encoding="utf-8")
        subprocess.run([str(python), str(BESIDE), str(given), str(made)], check=True)
        found: dict[str, str] = json.loads(made.read_text(encoding="utf-8"))["chinese"]
    return found


def _report(way: str, names: list[str], found: dict[str, str], true: dict[str, str]) -> None:
    result = agreement([found.get(name, name) for name in names], [true[name] for name in names])
    wrong = result.found - result.right
    told = f"precision {result.precision:.4f}  recall {result.recall:.4f}  F1 {result.f1:.4f}"
    print(f"{way:15} {told}  ({result.right} of {result.true} pairs, {wrong} wrong)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
