# SPDX-License-Identifier: Apache-2.0
"""Labels given by hand: a CSV in the study's folder, one line for each patent, saved at once."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhihang.errors import SourceError
from zhihang.navigation.rules import bare

COLUMNS = ("number", "label", "sample", "day")
NOISE = "noise"
INSIDE = "in"
_NO = frozenset({"noise", "噪声", "噪音", "0", "n", "no", "否", "不属于", "out"})
_YES = frozenset({"in", "1", "y", "yes", "是", "属于"})


@dataclass(frozen=True)
class HandLabel:
    """What somebody said of a patent: the nodes it belongs to, that it is in (no node named), or that it is noise.

    `sample` says how the patent was chosen: retrieved or left_out for random samples, by which quality is estimated;
    asked where the classifier asked; blank otherwise.
    """

    number: str
    nodes: tuple[str, ...]
    noise: bool
    sample: str = ""
    day: str = ""

    @property
    def tells_nodes(self) -> bool:
        """Whether it says of every node if the patent is in it.

        Who is asked patent by patent answers "in" for one that belongs and is in no node; "in" of a list that somebody
        brings along says nothing of nodes.
        """
        return self.noise or bool(self.nodes) or bool(self.sample)

    @property
    def text(self) -> str:
        """Return it as it stands in the file."""
        return NOISE if self.noise else "|".join(self.nodes) or INSIDE


def read_labels(path: Path, codes: Collection[str]) -> dict[str, HandLabel]:
    """Read the labels of a file by bare number; a later line on the same patent counts. No file: no labels."""
    if not path.exists():
        return {}
    found: dict[str, HandLabel] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"number", "label"} <= set(reader.fieldnames or ()):
                raise SourceError(
                    f'"{path.name}" is no table of labels.',
                    {
                        "file": path,
                        "columns": ", ".join(reader.fieldnames or ()) or "none",
                        "expected": ", ".join(COLUMNS),
                    },
                    todo="Give a CSV with the columns number and label.",
                )
            for row in reader:
                label = _label(row, codes, path, reader.line_num)
                if label is not None:
                    found[bare(label.number)] = label
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            f'"{path}" cannot be read.', {"reason": error}, todo="Give a CSV in UTF-8."
        ) from error
    return found


def _label(row: Mapping[str, str | None], codes: Collection[str], path: Path, line: int) -> HandLabel | None:
    number, said = (row.get("number") or "").strip(), (row.get("label") or "").strip()
    if not number or not said:
        return None
    sample, day = (row.get("sample") or "").strip(), (row.get("day") or "").strip()
    return as_label(number, said, codes, sample=sample, day=day, place=f"{path}, line {line}")


def as_label(
    number: str, said: str, codes: Collection[str], *, sample: str = "", day: str = "", place: str = "answer"
) -> HandLabel:
    """Read what somebody says of a patent: codes of nodes, `in` or `noise`, in Chinese as well."""
    told = said.strip()
    if told.lower() in _NO:
        return HandLabel(number, (), True, sample, day)
    if told.lower() in _YES:
        return HandLabel(number, (), False, sample, day)
    parts = (part.strip() for part in re.split(r"[|;；,，、\s]+", told))
    nodes = tuple(part for part in parts if part)
    unknown = [node for node in nodes if node not in codes]
    if unknown or not nodes:
        raise SourceError(
            f'"{said}" is no label.',
            {"where": place, "unknown": ", ".join(unknown), "nodes": ", ".join(codes), "or": "noise, in"},
            todo="Give codes of nodes joined with |, or in, or noise.",
        )
    return HandLabel(number, nodes, False, sample, day)


def add_label(path: Path, label: HandLabel) -> None:
    """Write one label behind the others; it is on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if first:
            writer.writerow(COLUMNS)
        writer.writerow((label.number, label.text, label.sample, label.day))
        stream.flush()


def relabelled(path: Path, gone: Collection[str], above: str) -> None:
    """Write the labels of a file anew: codes that are gone become the one above them, or nothing but `in`."""
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    for row in rows:
        row["label"] = _without(row.get("label") or "", gone, above)
    fresh = path.with_suffix(".part")
    with fresh.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    fresh.replace(path)


def _without(said: str, gone: Collection[str], above: str) -> str:
    parts = [part for part in re.split(r"[|;；,，、\s]+", said.strip()) if part]
    if not any(part in gone for part in parts):
        return said
    return "|".join(dict.fromkeys(above if part in gone else part for part in parts)).strip("|") or INSIDE
