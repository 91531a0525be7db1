# SPDX-License-Identifier: Apache-2.0
"""The board of a study's recommendations: who does what until when, written into the study's own file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhihang.desks.room import Room
from zhihang.desks.study_file import StudyFile, with_value

Row = dict[str, Any]
FIELDS = ("owner", "due", "status", "note")


@dataclass(frozen=True)
class StudyBoard:
    """What was decided on recommendations of the studies of one workspace."""

    room: Room

    def decided(self, study: str) -> dict[str, Row]:
        """Return what the study's file says of its recommendations, by key."""
        said = StudyFile(self.room, study).study.says.recommendations
        return {one.key: self._row(one) for one in said}

    def digest(self, decided: Mapping[str, Any]) -> str:
        """Return what tells two states of a decision apart; of none as well."""
        return digest(decided)

    def own(self, study: str) -> bool:
        """Whether the study's file is the workspace's own, not an example of the package."""
        return StudyFile(self.room, study).own

    def decide(self, study: str, key: str, said: Mapping[str, str], *, over: str) -> Row | None:
        """Write down owner, due date, status and note of a recommendation.

        `over` is the digest (see `digest`) of what the person saw. If somebody else decided in between, nothing is
        written and what stands there is returned; else None.
        """
        file = StudyFile(self.room, study)
        with file.alone():
            held = self.decided(study)
            before = held.get(key, {})
            if digest(before) != over:
                return {"key": key, **before}
            kept = {**before, "key": key, **{name: str(said.get(name, "")).strip() for name in FIELDS}}
            rows = [*(r for k, r in held.items() if k != key), kept]
            file.write(lambda text: with_value(text, "recommendations", _written(rows)))
        return None

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


def digest(row: Mapping[str, Any]) -> str:
    """Return what tells two states of a decision apart."""
    said = "\n".join(str(row.get(name, "")) for name in FIELDS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _written(rows: list[Row]) -> str:
    """Return decisions as they stand in a study's file."""
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
    return str(
        yaml.safe_dump({"recommendations": said}, allow_unicode=True, sort_keys=False, width=1000)
    ).rstrip()
