# SPDX-License-Identifier: Apache-2.0
"""Names of divisions, what they lie in and what lies in them, on a day; for breadcrumbs and tile maps."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhihang.terms.label import Label
from zhihang.terms.region import Region

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

TILES = Path(__file__).with_name("tiles.csv")
COUNTRY = Label("全国", "China")


@dataclass(frozen=True)
class Division:
    """A division by its code, with its name."""

    code: str
    label: Label


@dataclass(frozen=True)
class Tile:
    """Where a division stands on the map of tiles, counted from the top left."""

    division: Division
    row: int
    column: int


class Divisions:
    """The divisions of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._codes = {code.code: code for code in workspace.codes["region"]}
        self._below: dict[str, list[str]] = {}
        for code in self._codes:
            parent = Region(code).parent if code.isdigit() and len(code) == 6 else None
            if parent is not None:
                self._below.setdefault(parent.code, []).append(code)

    def __contains__(self, code: object) -> bool:
        return code in self._codes or code == "000000"

    def name(self, code: str) -> Label:
        """Return the name of a division; of an unknown one, its code."""
        if code == "000000":
            return COUNTRY
        return self._codes[code].label if code in self._codes else Label(code, code)

    def path(self, code: str) -> list[Division]:
        """Return what a division lies in, the largest first, then itself."""
        found: list[Division] = []
        region: Region | None = Region(code)
        while region is not None:
            if region.code in self:
                found.append(Division(region.code, self.name(region.code)))
            region = region.parent
        return found[::-1]

    def below(self, code: str, day: date) -> list[Division]:
        """Return the divisions one level down that there were on a day, by code."""
        found = [one for one in self._below.get(code, []) if self._codes[one].valid_on(day)]
        return [Division(one, self.name(one)) for one in sorted(found)]

    def find(self, text: str, day: date, most: int = 20) -> list[Division]:
        """Return divisions whose code or name holds a text."""
        wanted = text.strip().lower()
        return [
            Division(code.code, code.label)
            for code in self._codes.values()
            if wanted
            and code.valid_on(day)
            and wanted in f"{code.code} {code.label.zh} {code.label.en}".lower()
        ][:most]

    def tiles(self, codes: Sequence[str]) -> list[Tile]:
        """Return a tile for each division: where the table of tiles puts it, else in the order of the codes."""
        known = _positions()
        if codes and all(code in known for code in codes):
            placed = {code: known[code] for code in codes}
        else:
            across = max(3, round((len(codes) * 1.6) ** 0.5))
            placed = {code: divmod(place, across) for place, code in enumerate(sorted(codes))}
        return [Tile(Division(code, self.name(code)), row, column) for code, (row, column) in placed.items()]


@lru_cache(maxsize=1)
def _positions() -> Mapping[str, tuple[int, int]]:
    with TILES.open(encoding="utf-8", newline="") as stream:
        return {row["region"]: (int(row["row"]), int(row["column"])) for row in csv.DictReader(stream)}
