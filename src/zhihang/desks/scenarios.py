# SPDX-License-Identifier: Apache-2.0
"""The desk for scenarios: splits of a target as people try them, beside the plan's own; kept, compared, changed."""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zhihang.desks.room import Room
from zhihang.errors import DefinitionError, NotFound, StoreError

Row = dict[str, Any]
_NAME = re.compile(r"[\w-]{1,40}")
_HEAD = re.compile(r"# 由 (?P<by>.*) 保存于 (?P<at>\S+)")


@dataclass(frozen=True)
class Kept:
    """A scenario that is kept: what it asks for, who saved it when, and the digest of its file."""

    name: str
    asked: Mapping[str, Any]
    by: str
    at: str
    digest: str

    def row(self) -> Row:
        """Return it as plain values."""
        return {
            "name": self.name,
            "asked": self.asked,
            "by": self.by,
            "at": self.at,
            "digest": self.digest,
            "method": self.asked.get("method", ""),
            "locks": sum(len(years) for years in self.asked.get("locks", {}).values()),
        }


@dataclass(frozen=True)
class ScenariosDesk:
    """Scenarios of one workspace: files ``scenarios/<plan>/<target>/<name>.yaml`` that the command line reads too."""

    room: Room

    def methods(self) -> list[Row]:
        """Return the methods there are, with their names."""
        from zhihang.planning.allocation import DESCRIBED

        found = [{"name": name, "zh": label.zh, "en": label.en} for name, label in DESCRIBED.items()]
        return sorted(found, key=lambda row: row["name"] != "as_planned")

    def divisible(self, plan: str) -> list[str]:
        """Return the targets of a plan that its annexes split over divisions."""
        chosen = self._plans().shelf[plan]
        return list(dict.fromkeys(annex.target for annex in chosen.annexes))

    def solve(self, plan: str, target: str, asked: Mapping[str, Any]) -> Row:
        """Split a target as asked; every cell also has what the plan says (`planned`), None where it is silent.

        `asked` has the keys of a scenario file: method, totals, locks, floor, closing and more.
        """
        from zhihang.planning.allocate import allocate
        from zhihang.planning.allocation_file import read_request
        from zhihang.planning.plan_rows import plan_shown

        desk = self._plans()
        plans = desk.shelf
        chosen = plans[plan]
        request = read_request(asked, chosen, self._folder(plan, target) / "draft", codes=self.room.codes)
        made = allocate(chosen, target, request, observations=desk.observations(), codes=self.room.codes)
        found = made.document()
        planned = {
            (cell["region"], int(cell["year"])): cell["value"]
            for cell in plan_shown(chosen, plans)["annexes"]
            if cell["target_id"] == target
        }
        for cell in found["cells"]:
            cell["planned"] = planned.get((cell["region"], cell["period"]))
        return found

    def listed(self, plan: str, target: str) -> list[Row]:
        """Return the scenarios kept for a target, by name."""
        folder = self._folder(plan, target)
        return [self.show(plan, target, path.stem).row() for path in sorted(folder.glob("*.yaml"))]

    def show(self, plan: str, target: str, name: str) -> Kept:
        """Return one scenario."""
        import yaml

        path = self._path(plan, target, name)
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            known = [one.stem for one in path.parent.glob("*.yaml")]
            raise NotFound.named(
                "scenario", name, known, see="the list of scenarios of this target"
            ) from None
        try:
            asked = yaml.safe_load(text) or {}
        except yaml.YAMLError as error:
            raise DefinitionError(
                f'The scenario "{name}" is not YAML.', {"file": path, "error": error}, todo="Mend the file."
            ) from error
        head = _HEAD.match(text)
        return Kept(name, asked, head["by"] if head else "", head["at"] if head else "", _digest(text))

    def save(
        self, plan: str, target: str, name: str, asked: Mapping[str, Any], *, by: str, over: str = ""
    ) -> Kept:
        """Keep a scenario; what was kept under the name must be what the person saw, of digest `over`.

        The result is the scenario now kept: if it is not what was asked, somebody else saved in between, and nothing
        was written.
        """
        import yaml

        path = self._path(plan, target, name)
        self._plans().shelf[plan]
        with _alone(path.parent):
            if path.exists():
                known = self.show(plan, target, name)
                if known.digest != over:
                    return known
            at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            content = yaml.safe_dump(_plain(asked), allow_unicode=True, sort_keys=True)
            text = f"# 由 {' '.join(by.split())} 保存于 {at}\n{content}"
            _write(path, text)
        return self.show(plan, target, name)

    def drop(self, plan: str, target: str, name: str) -> None:
        """Forget a scenario."""
        path = self._path(plan, target, name)
        if not path.exists():
            self.show(plan, target, name)
        path.unlink(missing_ok=True)

    def _plans(self) -> Any:
        from zhihang.desks.plans import PlansDesk

        return PlansDesk(self.room)

    def _folder(self, plan: str, target: str) -> Path:
        for text in (plan, target):
            if not re.fullmatch(r"[\w-]{1,80}", text):
                raise NotFound("There is no such plan or target.", {"plan": plan[:80], "target": target[:80]})
        return self.room.folder / "scenarios" / plan / target

    def _path(self, plan: str, target: str, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise DefinitionError(
                "This is no name for a scenario. 方案名称无效。",
                {"there is": name[:60] or "—", "expected": "1-40 个汉字、字母、数字、- 或 _"},
                todo="Choose another name. 请改用其他名称。",
            )
        return self._folder(plan, target) / f"{name}.yaml"


def _plain(asked: Mapping[str, Any]) -> Row:
    return {str(key): value for key, value in asked.items() if value not in ({}, None, "")}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold other writers off."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise StoreError(
            "The scenario cannot be written. 方案无法保存。",
            {"folder": folder, "system says": error.strerror},
            todo="Check the disk and the rights on the folder; nothing was lost. 请检查磁盘空间；原有方案未变。",
        ) from error


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_suffix(".part")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)
