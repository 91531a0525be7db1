# SPDX-License-Identifier: Apache-2.0
"""Spoil the samples of readers for as long as wanted and see that each is read soundly or refused.

::

    python benchmarks/fuzz_readers.py 600               ten minutes, shared by all readers
    python benchmarks/fuzz_readers.py 600 lens dwpi     the same, only these two

Guided by coverage where atheris is installed (`zhihang[fuzz]`), else driven by hypothesis. What breaks a reader is
kept in `benchmarks/data/fuzz`; make it an example of `tests/ingestion/test_fuzz.py` when it is mended.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

KEPT = ROOT / "benchmarks" / "data" / "fuzz"
SAMPLES = ROOT / "tests" / "samples"
WORKBOOKS = (".xlsx", ".xls")
MOST_BYTES = 200_000
SLOW = 10.0
"""Seconds of computing after which a small file counts as a fault too."""


def main(seconds: float, names: list[str]) -> int:
    """Give each reader its share of the time, in a process of its own; return how many broke."""
    chosen = names or sorted(folder.name for folder in SAMPLES.iterdir() if samples(folder.name))
    broken = []
    for name in chosen:
        print(f"{name} ...", flush=True)
        with TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--reader", name, str(seconds / len(chosen)), folder]
            if subprocess.run(command, check=False).returncode:
                broken.append(name)
    print(f"broken: {', '.join(broken) or 'none'}" + (f"; see {KEPT}" if broken else ""))
    return len(broken)


def samples(reader: str) -> list[Path]:
    """Samples of a reader that one process can read."""
    found = (SAMPLES / reader).glob("*.*")
    return sorted(path for path in found if path.name != "expected.json" and path.suffix not in WORKBOOKS)


def with_atheris(reader: str, seconds: float, folder: Path) -> None:
    """Fuzz one reader, guided by the coverage of the ingestion code; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["zhihang.ingestion", "zhihang.terms"]):
        from tests.sound_reading import SHELF, read_soundly

        list(SHELF)  # loads the readers
    from tests.mutations import mutated

    suffix = samples(reader)[0].suffix
    corpus = folder / "corpus"
    corpus.mkdir()
    for path in samples(reader):
        (corpus / path.name).write_bytes(path.read_bytes())

    def one(data: bytes) -> None:
        path = folder / f"file{suffix}"
        path.write_bytes(data)
        _timely(read_soundly, path)

    def spoil(data: bytes, limit: int, seed: int) -> bytes:
        return mutated(bytes(data), Random(seed))[:limit]

    KEPT.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={int(seconds)}", f"-max_len={MOST_BYTES}", "-rss_limit_mb=0", "-verbosity=0"]
    prefix = f"-artifact_prefix={KEPT / reader}-"
    atheris.Setup([sys.argv[0], *options, prefix, str(corpus)], one, custom_mutator=spoil)
    atheris.Fuzz()


def with_hypothesis(reader: str, seconds: float, folder: Path) -> bool:
    """Fuzz one reader in rounds of fresh examples; say whether it held."""
    from hypothesis import HealthCheck, given, seed, settings
    from hypothesis import strategies as st
    from tests.mutations import mutated
    from tests.sound_reading import read_soundly

    files = samples(reader)
    last = files[0], b""

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(random=st.randoms(use_true_random=False))
    def one_round(random: Random) -> None:
        nonlocal last
        chosen = random.choice(files)
        last = chosen, mutated(chosen.read_bytes(), random)[:MOST_BYTES]
        path = folder / chosen.name
        path.write_bytes(last[1])
        _timely(read_soundly, path)

    end, rounds = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        rounds += 1
        try:
            seed(rounds)(one_round)()
        except Exception:  # whatever a reader raises is what we look for
            traceback.print_exc(limit=-6)
            KEPT.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256(last[1]).hexdigest()[:12]
            (KEPT / f"{reader}-{digest}{last[0].suffix}").write_bytes(last[1])
            return False
    print(f"  {rounds * 200:,} files")
    return True


def _timely(read: Callable[[Path], object], path: Path) -> None:
    began = time.process_time()
    read(path)
    took = time.process_time() - began
    assert took < SLOW, f"{path.stat().st_size:,} bytes took {took:.1f} s"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--reader"]:
        name, seconds, folder = sys.argv[2], float(sys.argv[3]), Path(sys.argv[4])
        if importlib.util.find_spec("atheris"):
            with_atheris(name, seconds, folder)
        sys.exit(not with_hypothesis(name, seconds, folder))
    sys.exit(min(1, main(float(sys.argv[1]), sys.argv[2:])))
