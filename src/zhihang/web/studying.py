# SPDX-License-Identifier: Apache-2.0
"""Studies as pages show them: the result of the last run, the queue of patents to be labelled, charts of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_plane import Roadmap, Stop
from zhihang.terms.label import Label
from zhihang.web.papers import paper_folder

Row = Mapping[str, Any]
STATES = {
    "draft": ("none", Label("待定", "Draft")),
    "accepted": ("yellow", Label("已采纳", "Accepted")),
    "under_way": ("yellow", Label("进行中", "Under way")),
    "done": ("green", Label("已完成", "Done")),
    "declined": ("none", Label("不采纳", "Declined")),
}
SECTIONS = {
    "corpus": Label("数据", "Data"),
    "direction": Label("方向", "Direction"),
    "position": Label("定位", "Position"),
    "path": Label("路径", "Path"),
}
MOST_STOPS = 40
PATH = Label(
    "主路径上的 {n} 件文献，从最早的到最新的",
    "The {n} documents of the main path, from the first to the last",
)
PATHS = Label("引证路径数", "citation paths")
WEIGHT = Label("线越粗，经过的引证路径越多。", "The thicker a line, the more citation paths run through it.")
SOURCE = Label("本研究语料库的引证", "citations of the study's corpus")
NO_YEAR = Label("年份不详", "years unknown")


def folder_of(study: str) -> Path:
    """Return the folder of a study's papers; names of studies may hold what names of folders may not."""
    return paper_folder("studies", sha256(study.encode()).hexdigest()[:20])


def result_of(study: str) -> dict[str, Any] | None:
    """Return the result of the last run; None if there is none."""
    path = folder_of(study) / f"{study}.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, Any]:  # noqa: ARG001 - read anew when it changes
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def queue_of(study: str) -> list[dict[str, Any]]:
    """Return the patents chosen to be labelled."""
    try:
        found: list[dict[str, Any]] = json.loads(_queue_file(study).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return found


def write_queue(study: str, asked: Sequence[Row]) -> None:
    """Keep the patents chosen to be labelled."""
    path = _queue_file(study)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps(list(asked), ensure_ascii=False), "utf-8")
    fresh.replace(path)


def _queue_file(study: str) -> Path:
    return folder_of(study).with_suffix(".queue")


def roadmap_of(result: Row, say: Callable[[Label], str]) -> Chart | None:
    """Return the roadmap of the first main path there is, in the reader's language; None without citations."""
    for one in result["direction"]["roadmaps"]:
        if one["refused"] or not one["spots"]:
            continue
        spots = one["spots"][:MOST_STOPS]
        kept = {spot["number"] for spot in spots}
        stops = tuple(
            Stop(
                spot["number"],
                f"{spot['holder'][:10]} {spot['year'] or ''}".strip(),
                spot["x"],
                spot["lane"],
                str(spot["year"] or ""),
                spot["title"][:40],
            )
            for spot in spots
        )
        links = tuple(
            (str(link["from"]), str(link["to"]), float(link["weight"]))
            for link in one["links"]
            if {link["from"], link["to"]} <= kept
        )
        years = [spot["year"] for spot in spots if spot["year"]]
        period = f"{min(years)}—{max(years)}" if years else say(NO_YEAR)
        title = say(PATH).format(n=len(stops))
        notes = [say(WEIGHT), *one["remarks"]]
        return Chart(title, say(PATHS), period, say(SOURCE), Roadmap(stops, links), notes=tuple(notes))
    return None


def map_of(result: Row) -> dict[str, Any]:
    """Return the map: points with title, group and node, and the groups by their words, the largest first."""
    topics = result["direction"]["topics"]
    patents = {one["number"]: one for one in result["corpus"]["patents"]}
    groups = [
        {
            "number": one["number"],
            "words": "、".join((one["words_zh"] or one["words_en"])[:3]),
            "size": one["size"],
            "recent": one["recent"],
            "direction": one["direction"],
            "typical": one["typical"][:3],
        }
        for one in sorted(topics["topics"], key=lambda one: -one["size"])
    ]
    place = {one["number"]: number for number, one in enumerate(groups)}
    points = [
        {
            "number": one["number"],
            "x": one["x"],
            "y": one["y"],
            "group": place.get(one["topic"], -1),
            "title": patents.get(one["number"], {}).get("title", ""),
            "holder": "、".join(patents.get(one["number"], {}).get("holders", ())[:2]),
            "year": one["year"],
        }
        for one in topics["points"]
    ]
    return {"points": points, "groups": groups, "refused": topics["refused"]}


def board_of(result: Row | None, decided: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Return the recommendations of the last run with what was decided since."""
    found = [dict(one) for one in result["path"]["recommendations"]] if result else []
    for one in found:
        said = decided.get(one["key"], {})
        one.update({name: said[name] for name in ("owner", "due", "status", "note") if said.get(name)})
        one["decided"] = said
    return found
