# SPDX-License-Identifier: Apache-2.0
"""No locked package has a known hole, and no secret is in the repository; both are found out without a network.

The list of holes is kept by hand in ``requirements/known-holes.csv``, each line with where it was read. Where there
is a network, ``pip-audit -r requirements/dev.txt`` knows more; what it finds belongs into the list.
"""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
HOLES = ROOT / "requirements" / "known-holes.csv"
LOCKS = ("build.txt", "core.txt", "dev.txt", "spark.txt", "uv.txt")
SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[\w-]{20}\b|\bxox[abp]-[\w-]{20,}"
    r"|\bzh_[\w-]{43}\b|\bsk-[A-Za-z0-9]{32,}\b"
)


def _locked() -> Iterator[tuple[str, str, str]]:
    for lock in LOCKS:
        for line in (ROOT / "requirements" / lock).read_text("utf-8").splitlines():
            if found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", line):
                yield lock, canonicalize_name(found[1]), found[2]


def _holes() -> list[dict[str, str]]:
    with HOLES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_no_locked_package_has_a_known_hole() -> None:
    locked = list(_locked())
    assert len(locked) > 100
    found = [
        f"{lock}: {name} {version} has {hole['id']}: {hole['what']}"
        for hole in _holes()
        for lock, name, version in locked
        if name == hole["package"] and SpecifierSet(hole["affected"]).contains(version, prereleases=True)
    ]
    assert not found


def test_the_list_finds_a_hole_and_is_in_order() -> None:
    holes = _holes()
    assert [hole["package"] for hole in holes] == sorted(hole["package"] for hole in holes)
    django = [hole["id"] for hole in holes if hole["package"] == "django"]
    assert [one for one in django if one == "CVE-2025-64459"], "the list holds what we know"
    assert not [hole["id"] for hole in holes if not hole["source"]], "each line says where it was read"
    affected = {
        hole["id"]
        for hole in holes
        if hole["package"] == "django" and SpecifierSet(hole["affected"]).contains("5.2.7")
    }
    assert "CVE-2025-64459" in affected
    assert "CVE-2025-59681" not in affected


def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    found = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > 2 << 20:
            continue
        if SECRETS.search(path.read_bytes().decode("utf-8", "replace")):
            found.append(name)
    names = [
        name
        for name in listed.stdout.decode().split("\0")
        if Path(name).name in ("secret", ".env", "web.sqlite3")
    ]
    assert not [*found, *names]
