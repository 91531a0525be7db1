# SPDX-License-Identifier: Apache-2.0
"""What changed since the run before of the same study, and which recommendations moved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.errors import SourceError
from zhihang.navigation.result import Changes, FollowedUp, Moved, StudyResult, Value
from zhihang.navigation.unit_of_count import unit_of
from zhihang.navigation.variant import FocusWords

NAMED = 5
KEPT = ("made_on", "cutoff", "store_version", "units", "figures", "recommendations")


def kept(result: StudyResult) -> dict[str, Any]:
    """Return what is kept of a run, to be compared with the next one: no texts, only numbers."""
    return {
        "made_on": result.made_on,
        "cutoff": result.cutoff,
        "store_version": result.store_version,
        "units": [one.unit for one in result.corpus.patents],
        "figures": {one[0]: {"label": one[1], "value": one[2], "unit": one[3]} for one in _figures(result)},
        "recommendations": {
            one.key: {
                "title": one.title,
                "kind": one.kind,
                "indicator": one.indicator.name,
                "value": one.indicator.value,
                "unit": one.indicator.unit,
                "owner": one.owner,
                "due": one.due,
            }
            for one in result.path.recommendations
        },
    }


def last_run(folder: Path) -> dict[str, Any] | None:
    """Return what was kept of the latest run in a study's folder."""
    runs = sorted(folder.glob("run-*.json"))
    if not runs:
        return None
    try:
        found: dict[str, Any] = json.loads(runs[-1].read_text("utf-8"))
        if not set(KEPT) <= set(found):
            raise ValueError("keys are missing")
    except (OSError, ValueError) as error:
        raise SourceError(
            "The record of the last run of the study cannot be read.",
            {"file": runs[-1], "reason": error},
            todo="Delete the file; the run then counts as the first.",
        ) from error
    return found


def keep(folder: Path, result: StudyResult) -> Path:
    """Write what is kept of a run; runs are numbered, none is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.stem.removeprefix("run-")) for path in folder.glob("run-*.json")]
    path = folder / f"run-{max(numbers, default=0) + 1:04d}.json"
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(kept(result), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
    return path


def compare(before: Mapping[str, Any], result: StudyResult, today: date) -> Changes:
    """Hold a run against the one before."""
    then, now = set(before["units"]), {one.unit for one in result.corpus.patents}
    old = before["figures"]
    figures = tuple(
        Moved(key, label, old[key]["value"], value, unit)
        for key, label, value, unit in _figures(result)
        if key in old and old[key]["value"] != value
    )
    new = [label for key, label, _, _ in _figures(result) if key not in old]
    notes = [f"上次没有、本次新有的指标：{_some(new)}"] if new else []
    if before["cutoff"] != result.cutoff:
        notes.append(f"截止日由{before['cutoff']}改为{result.cutoff}")
    return Changes(
        str(before["made_on"]),
        figures,
        tuple(_followed(before["recommendations"], result, today)),
        len(now - then),
        len(then - now),
        tuple(notes),
    )


def _some(labels: list[str]) -> str:
    more = f"等{len(labels)}项" if len(labels) > NAMED else ""
    return "、".join(labels[:NAMED]) + more


def _figures(result: StudyResult) -> Iterator[tuple[str, str, Value, str]]:
    unit = unit_of(result.corpus.level)
    quotient = FocusWords.of(result.study.get("variant", "industry"), result.position.focus)("区位商")
    yield "patents", "语料库", len(result.corpus), unit
    for node in result.corpus.nodes:
        yield f"node:{node.code}", node.label, node.patents, unit
    for place in result.position.places:
        yield f"place:{place.key}", place.name, place.patents, unit
    for share in result.position.shares:
        if share.place == result.position.focus and share.quotient is not None:
            yield f"quotient:{share.code}", f"{share.label} {quotient}", round(share.quotient, 4), "ratio"
    for control in result.position.control:
        if control.cr4 is not None:
            yield f"cr4:{control.code}", f"{control.label} 前四位集中度", round(control.cr4, 4), "share"


def _followed(old: Mapping[str, Any], result: StudyResult, today: date) -> Iterator[FollowedUp]:
    now = {one.key: one for one in result.path.recommendations}
    stated = {str(one["key"]): one for one in result.study.get("recommendations", ())}
    for key in [*now, *(key for key in old if key not in now)]:
        one, was = now.get(key), old.get(key, {})
        said = stated.get(key, {})
        due = str(said.get("due") or (one.due if one else was.get("due")) or "")
        status = str(said.get("status") or (one.status if one else "draft"))
        value, then = one.indicator.value if one else None, was.get("value")
        yield FollowedUp(
            key,
            one.title if one else str(was["title"]),
            one.kind if one else str(was["kind"]),
            "new" if not was else "dropped" if one is None else _move(one.kind, then, value),
            one.indicator.name if one else str(was["indicator"]),
            then,
            value,
            one.indicator.unit if one else str(was.get("unit") or ""),
            said.get("goal"),
            str(said.get("owner") or (one.owner if one else was.get("owner", ""))),
            due,
            status,
            bool(due) and due < today.isoformat() and status not in ("done", "declined"),
            str(said.get("note") or ""),
        )


def _move(kind: str, then: Value, now: Value) -> str:
    """Say whether the indicator of a recommendation moved the way wished for."""
    if not isinstance(then, (int, float)) or not isinstance(now, (int, float)) or then == now:
        return "kept"
    falls = kind in ("let_go", "avoid", "license", "layout")
    if kind == "avoid":
        return "moved"
    return "better" if (now < then) == falls else "worse"
