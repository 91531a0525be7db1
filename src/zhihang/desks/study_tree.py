# SPDX-License-Identifier: Apache-2.0
"""The breakdown (技术分解表) and the effects of a study, changed node by node in the study's own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zhihang.desks.room import Room
from zhihang.desks.study_file import StudyFile, with_value
from zhihang.errors import DefinitionError, NotFound

if TYPE_CHECKING:
    from zhihang.navigation.study import Node

Part = Literal["breakdown", "effects"]
Row = dict[str, Any]
FIELDS = ("parent", "zh", "en", "query", "keywords", "classes", "examples", "note")
LISTS = ("keywords", "classes", "examples")
_RULE = ("query", *LISTS)
Still = Callable[[Row], bool]
"""Whether a node as it stands is still what the person who changes it saw."""


@dataclass(frozen=True)
class StudyTree:
    """Trees of the studies of one workspace."""

    room: Room

    def nodes(self, study: str, part: Part = "breakdown") -> list[Row]:
        """Return the nodes in the order of the tree, each with its `depth` and how many `labels` name it."""
        file = StudyFile(self.room, study)
        named = self._named(file)
        return [
            {"code": node.code, **_plain(node), "depth": depth, "labels": named.get(node.code, 0)}
            for node, depth in _ordered(self._held(file, part))
        ]

    def put(self, study: str, part: Part, code: str, said: Mapping[str, Any], *, still: Still) -> Row | None:
        """Add a node, or change the one of that code.

        If `still` says no to the node as it stands (blank while it is not there), nothing is written and the node is
        returned; else None.
        """
        file = StudyFile(self.room, study)
        with file.alone():
            nodes = self._held(file, part)
            place = next((i for i, one in enumerate(nodes) if one["code"] == code), None)
            before = {} if place is None else {name: nodes[place].get(name, "") for name in FIELDS}
            if not still(before):
                return {"code": code, **before}
            fresh = {
                "code": code,
                **{name: said.get(name, before.get(name, [] if name in LISTS else "")) for name in FIELDS},
            }
            if place is None:
                nodes.append(fresh)
            else:
                nodes[place] = fresh
            self._check(fresh, nodes, file, part)
            self._write(file, part, nodes)
        return None

    def move(self, study: str, part: Part, code: str, by: int) -> None:
        """Put a node before (-1) or behind (1) its neighbour under the same parent; at the end it stays."""
        file = StudyFile(self.room, study)
        with file.alone():
            nodes = self._held(file, part)
            place = _place(nodes, code)
            beside = [i for i, one in enumerate(nodes) if one.get("parent") == nodes[place].get("parent")]
            to = beside.index(place) + (1 if by > 0 else -1)
            if 0 <= to < len(beside):
                other = beside[to]
                nodes[place], nodes[other] = nodes[other], nodes[place]
                self._write(file, part, nodes)

    def remove(self, study: str, part: Part, code: str, *, still: Still) -> Row | None:
        """Take a node and all below it out; labels that name them name the node above instead, or that it is in.

        Returns the node if `still` says no to it, and then changes nothing.
        """
        from zhihang.navigation.labels import relabelled

        file = StudyFile(self.room, study)
        with file.alone():
            nodes = self._held(file, part)
            one = nodes[_place(nodes, code)]
            before = {name: one.get(name, "") for name in FIELDS}
            if not still(before):
                return {"code": code, **before}
            gone = _below(nodes, code)
            kept = [node for node in nodes if node["code"] not in gone]
            _check_leaves(kept)
            self._write(file, part, kept)
            relabelled(self._label_file(file), gone, str(one.get("parent") or ""))
        return None

    def copy(self, study: str, name: str) -> Path:
        """Write a study under a name of one's own, so that it can be changed; its labels stay where they are."""
        from zhihang.desks.studies import named_file

        source = StudyFile(self.room, study).study.path
        path = named_file(self.room.folder / "studies", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_text(source.read_text("utf-8-sig"), "utf-8")
        fresh.replace(path)
        return path

    def _held(self, file: StudyFile, part: Part) -> list[Row]:
        said = file.study.says
        nodes = said.breakdown if part == "breakdown" else said.effects
        return [{"code": node.code, **_plain(node)} for node in nodes]

    def _named(self, file: StudyFile) -> dict[str, int]:
        found: dict[str, int] = {}
        for label in self._labels(file).values():
            for code in label.nodes:
                found[code] = found.get(code, 0) + 1
        return found

    def _labels(self, file: StudyFile) -> Mapping[str, Any]:
        from zhihang.navigation.labels import read_labels

        return read_labels(self._label_file(file), _codes(file))

    def _label_file(self, file: StudyFile) -> Path:
        return self.room.folder / "studies" / file.name / "labels.csv"

    def _check(self, node: Row, nodes: Sequence[Row], file: StudyFile, part: Part) -> None:
        """Say in both languages what would be wrong with a node; the file's own check comes after."""
        from zhihang.navigation.study import NODE_CODE

        code, parent = str(node["code"]), str(node.get("parent") or "")
        codes = [one["code"] for one in nodes]
        other = [
            one["code"]
            for one in self._held(file, "effects" if part == "breakdown" else "breakdown")
            if one["code"] == code
        ]
        if not NODE_CODE.fullmatch(code):
            raise _wrong(
                f'"{code}" cannot be a code. 代码“{code}”不可用。',
                "Use letters, digits, dots and hyphens, such as A1. 请用字母、数字、点和连字符，如 A1。",
            )
        if other:
            raise _wrong(
                f"The code {code} is taken by the other tree. 代码 {code} 已在另一棵树中使用。",
                "Give another code. 请换一个代码。",
            )
        if not str(node.get("zh") or "").strip():
            raise _wrong(f"{code} has no name. {code} 没有名称。", "Give it a name. 请填写名称。")
        if parent and parent not in codes:
            raise _wrong(
                f"{code} stands below {parent}, which is not there. {code} 的上级 {parent} 不存在。",
                "Choose a node of the tree. 请选择树中已有的节点。",
            )
        if parent and parent in _below(nodes, code):
            raise _wrong(
                f"{code} cannot stand below itself. {code} 不能移到自己的下级。",
                "Choose another place. 请选择其他上级。",
            )
        _check_leaves(nodes)
        if query := str(node.get("query") or "").strip():
            from zhihang.retrieval.query_language.parse import read

            read(query, codes=self.room.codes)

    def _write(self, file: StudyFile, part: Part, nodes: Sequence[Row]) -> None:
        file.write(lambda text: with_value(text, part, _written(part, nodes)))


def _plain(node: Node) -> Row:
    row = {name: getattr(node, name) for name in FIELDS}
    return {**row, **{name: list(row[name]) for name in LISTS}}


def _codes(file: StudyFile) -> list[str]:
    said = file.study.says
    return [node.code for node in (*said.breakdown, *said.effects)]


def _ordered(nodes: Sequence[Row]) -> list[tuple[Any, int]]:
    from zhihang.navigation.study import Node, walk

    return list(walk([Node.model_validate(one) for one in nodes], "", 0))


def _place(nodes: Sequence[Row], code: str) -> int:
    for place, one in enumerate(nodes):
        if one["code"] == code:
            return place
    raise NotFound.named("node", code, [one["code"] for one in nodes])


def _below(nodes: Sequence[Row], code: str) -> frozenset[str]:
    """Return a code with those of all nodes below it."""
    found = {code}
    while new := {one["code"] for one in nodes if one.get("parent") in found} - found:
        found |= new
    return frozenset(found)


def _check_leaves(nodes: Sequence[Row]) -> None:
    """Refuse a tree with a node that has none below it and says nothing."""
    parents = {one.get("parent") for one in nodes}
    for node in nodes:
        if node["code"] not in parents and not any(node.get(name) for name in _RULE):
            code = node["code"]
            raise _wrong(
                f"Nothing tells which patents belong to {code}. 没有说明哪些专利属于 {code}。",
                "Give keywords, classes, a query or examples; a node with others below it may do without. "
                "请填写关键词、分类号、检索式或示例专利；有下级的节点可以不填。",
            )


def _wrong(what: str, todo: str) -> DefinitionError:
    return DefinitionError(what, todo=todo)


def _written(part: Part, nodes: Sequence[Row]) -> str:
    """Return a tree as it stands in a study's file: a line for each node, in the order of the tree."""
    import yaml

    lines = []
    for node, _ in _ordered(nodes):
        row = {"code": node.code, **{name: value for name, value in _plain(node).items() if value}}
        said = yaml.safe_dump(
            row, allow_unicode=True, sort_keys=False, default_flow_style=True, width=1_000_000
        )
        lines.append(f"  - {said.strip()}")
    return "\n".join([f"{part}:", *lines]) if lines else f"{part}: []"
