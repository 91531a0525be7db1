# SPDX-License-Identifier: Apache-2.0
"""The desk for landscapes: seeds and labels in, every patent of a table scored, and which to label next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.remarks import remark
from zhihang.desks.text_table import TextTable, read_text_table
from zhihang.desks.texts import Remarks, TextAnswer
from zhihang.errors import SourceError

if TYPE_CHECKING:
    from zhihang.methods.landscape import LandscapeSpace

_YES = frozenset({"1", "true", "yes", "y", "是", "属于", "in"})
_NO = frozenset({"0", "false", "no", "n", "否", "不属于", "out"})


@dataclass(frozen=True)
class LandscapeColumns:
    """Columns of the table of candidates: number, texts, and classes and references if it has them."""

    number: str
    texts: Sequence[str]
    classes: Sequence[str] = ()
    references: str | None = None


@dataclass(frozen=True)
class LandscapesDesk:
    """Landscapes of tables."""

    def tag_table(
        self,
        candidates: Path,
        number: str,
        texts: Sequence[str],
        classes: Sequence[str] = (),
        references: str | None = None,
        *,
        seeds: Path | None = None,
        labels: Path | None = None,
        ask: int = 20,
    ) -> TextAnswer:
        """Score the patents of a table; seeds count as labels that say yes.

        Rows have `number, score, inside, label, ask` (place in the order to label next), the highest score first.
        """
        from zhihang.methods.landscape import landscape_space, tag, tag_quality

        columns = LandscapeColumns(number, texts, classes, references)
        wanted = [columns.number, *columns.texts, *columns.classes, *filter(None, [columns.references])]
        table = read_text_table(candidates, wanted)
        numbers = [(value or "").strip() for value in table.columns[columns.number].to_pylist()]
        given = [(number, True) for number in read_seeds(seeds)] if seeds else []
        said, remarks = _said(labels) if labels else ([], [])
        given += said
        places: dict[str, list[int]] = {}
        for row, number in enumerate(numbers):
            places.setdefault(_bare(number), []).append(row)
        places.pop("", None)
        known = {row: label for number, label in given for row in places.get(_bare(number), ())}
        remarks += _doubtful(given, places)
        space = _space(table, columns, numbers, landscape_space)
        if space is None:
            return TextAnswer([], {"file": table.name}, [*remarks, remark("no_text")], table.rejected)
        made = tag(space, known, ask=ask)
        asked = {row: order for order, row in enumerate(made.ask_next, start=1)}
        rows: list[dict[str, Any]] = [
            {
                "line": line,
                "number": number,
                "score": None if made.refused else round(float(made.scores[row]), 4),
                "inside": None if made.refused else bool(made.inside[row]),
                "label": known.get(row),
                "ask": asked.get(row),
            }
            for row, (line, number) in enumerate(zip(table.lines, numbers, strict=True))
        ]
        rows.sort(key=lambda row: (-(row["score"] or 0), row["ask"] or len(rows) + 1, row["line"]))
        parts: dict[str, Any] = {"file": table.name, "candidates": len(rows), "labels": len(known)}
        if made.refused:
            remarks.append(remark("t_" + made.refused if known else "t_no_label"))
        else:
            parts["inside"] = int(made.inside.sum())
            parts["quality"] = _quality(tag_quality(space, known))
            remarks.append(remark("t_quality"))
        return TextAnswer(rows, parts, remarks, table.rejected)


def _space(
    table: TextTable, columns: LandscapeColumns, numbers: Sequence[str], build: Any
) -> LandscapeSpace | None:
    texts = table.texts(columns.texts)
    if not any(texts):
        return None
    read = [table.symbols(name) for name in columns.classes]
    classes = [[symbol for cell in cells for symbol in cell] for cells in zip(*read, strict=True)]
    references: list[list[str]] = []
    if columns.references:
        cited = table.symbols(columns.references)
        references = [
            [*map(_bare, items), _bare(number)] for items, number in zip(cited, numbers, strict=True)
        ]
    found: LandscapeSpace = build(texts, classes, references)
    return found


def read_seeds(path: Path) -> list[str]:
    """Numbers of a seed list: one on each line, with or without a header."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f'"{path}" cannot be read.', {"reason": error}, todo="Give a text with one number per line."
        ) from error
    found = [line.split(",")[0].strip().strip('"') for line in lines]
    return [number for number in found if any(map(str.isdigit, number))]


def read_labels(path: Path) -> dict[str, bool]:
    """Labels of a table with the columns `number` and `label` (1/0, yes/no, 是/否)."""
    return dict(_said(path)[0])


def _said(path: Path) -> tuple[list[tuple[str, bool]], Remarks]:
    """Labels in the order of their lines, and what is to be told of lines without a number."""
    table = read_text_table(path, ["number", "label"])
    found: list[tuple[str, bool]] = []
    nameless = 0
    for line, number, label in zip(
        table.lines, table.columns["number"].to_pylist(), table.columns["label"].to_pylist(), strict=True
    ):
        said = (label or "").strip().lower()
        nameless += bool(said) and not (number or "").strip()
        if not (number or "").strip() or not said:
            continue
        if said not in _YES | _NO:
            raise SourceError(
                f'"{label}" is no label.',
                {"file": path, "line": line, "expected": "1, 0, yes, no, 是, 否"},
                todo="Correct the line; leave the cell empty where it is not decided.",
            )
        found.append((number.strip(), said in _YES))
    return found, [remark("t_unread_label", count=nameless)] if nameless else []


def _bare(number: str) -> str:
    """Number without what differs between spellings: hyphens, blanks, points, case."""
    return "".join(char for char in number.upper() if char.isalnum())


def _doubtful(given: Sequence[tuple[str, bool]], places: Mapping[str, Sequence[int]]) -> Remarks:
    """Tell of numbers that are not in the file, that stand in it several times, that are labelled both ways."""
    ways: dict[str, set[bool]] = {}
    for number, label in given:
        ways.setdefault(number, set()).add(label)
    kinds = {
        "t_unknown": [number for number in ways if _bare(number) not in places],
        "t_repeated": [number for number in ways if len(places.get(_bare(number), ())) > 1],
        "t_two_labels": [number for number, said in ways.items() if len(said) > 1],
    }
    return [
        remark(code, count=len(numbers), numbers="、".join(numbers[:5]) + ("…" if len(numbers) > 5 else ""))
        for code, numbers in kinds.items()
        if numbers
    ]


def _quality(found: Any) -> Mapping[str, Any]:
    def share(one: Any) -> dict[str, Any]:
        return {"value": one.value, "low": one.low, "high": one.high, "found": one.found, "of": one.of}

    return {
        "precision": share(found.precision),
        "recall": share(found.recall),
        "f1": found.f1,
        "parts": found.parts,
    }
