# SPDX-License-Identifier: Apache-2.0
"""The board of a study's recommendations: who does what until when, written into the study's own file."""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhihang.desks.room import Room
from zhihang.errors import DefinitionError, NotAllowed, StoreError

Row = dict[str, Any]
FIELDS = ("owner", "due", "status", "note")
_BLOCK = re.compile(
    r"^recommendations:.*\n(?:(?:[ \t]+.*|-.*|#.*(?=\n(?:#.*\n)*-))\n)*",  # a comment only between two items
    re.MULTILINE,
)


@dataclass(frozen=True)
class StudyBoard:
    """What was decided on recommendations of the studies of one workspace."""

    room: Room

    def decided(self, study: str) -> dict[str, Row]:
        """Return what the study's file says of its recommendations, by key."""
        said = self._studies()[study].says.recommendations
        return {one.key: self._row(one) for one in said}

    def digest(self, decided: Mapping[str, Any]) -> str:
        """Return what tells two states of a decision apart; of none as well."""
        return digest(decided)

    def own(self, study: str) -> bool:
        """Whether the study's file is the workspace's own, not an example of the package."""
        return self._path(study).is_file()

    def decide(self, study: str, key: str, said: Mapping[str, str], *, over: str) -> Row | None:
        """Write down owner, due date, status and note of a recommendation.

        `over` is the digest (see `digest`) of what the person saw. If somebody else decided in between, nothing is
        written and what stands there is returned; else None.
        """
        if not self.own(study):
            raise NotAllowed(
                "An example of the package cannot be changed. 随附的示例研究不能修改。",
                {"study": study},
                todo="Make a study of your own. 请新建自己的研究。",
            )
        path = self._path(study)
        with _alone(path):
            held = self.decided(study)
            before = held.get(key, {})
            if digest(before) != over:
                return {"key": key, **before}
            kept = {**before, "key": key, **{name: str(said.get(name, "")).strip() for name in FIELDS}}
            text = path.read_text("utf-8")
            fresh = path.with_suffix(".part")
            fresh.write_text(_with(text, [*(r for k, r in held.items() if k != key), kept]), "utf-8")
            self._checked(fresh)
            fresh.replace(path)
        return None

    def _checked(self, fresh: Path) -> None:
        from zhihang.navigation.study import read_study

        try:
            read_study(fresh)
        except DefinitionError:
            fresh.unlink()
            raise

    def _row(self, one: Any) -> Row:
        return {
            "key": one.key,
            "owner": one.owner,
            "due": one.due.isoformat() if one.due else "",
            "status": one.status,
            "note": one.note,
            **({"indicator": one.indicator} if one.indicator else {}),
            **({"goal": one.goal} if one.goal is not None else {}),
        }

    def _studies(self) -> Any:
        from zhihang.desks.studies import StudiesDesk

        return StudiesDesk(self.room).studies

    def _path(self, study: str) -> Path:
        name = Path(self._studies()[study].path).name  # refuses what is no study
        return self.room.folder / "studies" / name


def digest(row: Mapping[str, Any]) -> str:
    """Return what tells two states of a decision apart."""
    said = "\n".join(str(row.get(name, "")) for name in FIELDS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _with(text: str, rows: list[Row]) -> str:
    """Return the text of a study's file with these decisions; all else in it stays as it is."""
    import datetime as dt

    import yaml

    said = [
        {
            name: dt.date.fromisoformat(value)
            if name == "due" and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
            else value
            for name, value in row.items()
            if value != ""
        }
        for row in rows
    ]
    block = yaml.safe_dump({"recommendations": said}, allow_unicode=True, sort_keys=False, width=1000)
    bare = _BLOCK.sub("", text if text.endswith("\n") else text + "\n")
    return f"{bare.rstrip()}\n{block}"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    try:
        with path.with_suffix(".lock").open("a") as held:
            fcntl.flock(held.fileno(), fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise StoreError(
            "The decision cannot be written. 决定无法保存。",
            {"file": path, "system says": error.strerror},
            todo="Check the disk; nothing was changed. 请检查磁盘；原内容未变。",
        ) from error
