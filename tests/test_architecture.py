# SPDX-License-Identifier: Apache-2.0
"""The house as a whole keeps its rules: names, sizes, imports, locks."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "zhihang"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
PINS = ROOT / "requirements" / "pins.txt"
LOCKS = sorted(path for path in PINS.parent.glob("*.txt") if path != PINS)
SPDX = "# SPDX-License-Identifier: Apache-2.0"
LONGEST = 500
NO_NAMES = {"base2", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
HEAVY = {"duckdb", "ibis", "numpy", "pandas", "pyarrow", "pyspark", "scipy", "sklearn"}


def test_package_files_are_empty() -> None:
    filled = [path for path in PACKAGE.rglob("__init__.py") if path.stat().st_size]
    assert not filled, f"import things from where they live: {_names(filled)}"


def test_every_folder_of_modules_is_a_package() -> None:
    bare = {path.parent for path in MODULES if not (path.parent / "__init__.py").exists()}
    assert not bare, f"__init__.py is missing in {_names(bare)}"


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = [path for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert not long, f"over {LONGEST} lines: {_names(long)}"


def test_every_file_names_its_licence_first() -> None:
    bare = [path for path in MODULES if not path.read_text(encoding="utf-8").startswith(SPDX + "\n")]
    assert not bare, f'no "{SPDX}" at the top of {_names(bare)}'


def test_every_file_says_in_a_sentence_what_it_is_for() -> None:
    silent = [path for path in MODULES if not _first_line(path).endswith((".", ":"))]
    assert not silent, f"no sentence at the top of {_names(silent)}"


def test_no_file_bears_a_name_that_says_nothing() -> None:
    vague = [path for path in PACKAGE.rglob("*") if path.stem in NO_NAMES]
    assert not vague, f"name the topic: {_names(vague)}"


@pytest.mark.slow  # `make check` asks the same
def test_imports_run_down_the_floors() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.skipif(not (PACKAGE / "cli" / "app.py").exists(), reason="the command line is not built yet")
def test_command_line_starts_without_heavy_libraries() -> None:
    code = "import sys, zhihang.cli.app; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split()), "import heavy libraries where they are used"


@pytest.mark.parametrize("lock", [PINS, *LOCKS], ids=lambda lock: lock.name)
def test_locks_carry_no_addresses(lock: Path) -> None:
    found = re.findall(
        r".*(?:://|--index-url|--extra-index-url|--find-links|file:).*", lock.read_text(encoding="utf-8")
    )
    assert not found, f"{lock.name} names where packages come from: {found[:3]}"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_an_exact_version_and_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    loose = [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    assert not loose, f"{lock.name} leaves open {loose}"


def test_pins_are_what_the_locks_hold() -> None:
    pins = re.findall(r"^[\w.-]+==\S+", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    core = (PINS.parent / "core.txt").read_text(encoding="utf-8").splitlines()
    assert pins
    assert not [pin for pin in pins if f"{pin} \\" not in core], "`make lock` writes the locks anew"


def test_every_dependency_is_explained() -> None:
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    silent = [name for name in _declared() if f"`{name.lower()}`" not in explained]
    assert not silent, f"docs/dependencies.md has no line on {silent}"


def _declared() -> Iterator[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = settings["project"], settings["dependency-groups"]
    lists = [project["dependencies"], *project["optional-dependencies"].values(), *groups.values()]
    names = {re.split(r"[\[<>=!~; ]", requirement)[0] for one in lists for requirement in one}
    yield from sorted(names - {"zhihang"})


def _first_line(path: Path) -> str:
    found = re.match(r'(?:#.*\n)*"""(.*)', path.read_text(encoding="utf-8"))
    return found[1].removesuffix('"""') if found else ""


def _names(paths: Iterator[Path] | list[Path] | set[Path]) -> str:
    return ", ".join(sorted(str(path.relative_to(ROOT)) for path in paths))
