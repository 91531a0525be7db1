# SPDX-License-Identifier: Apache-2.0
"""What a topic is (专题库): the patents a query finds, parted by a taxonomy, with notes and owner; one YAML file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhihang.errors import DefinitionError, NotFound
from zhihang.terms.label import Label

PACKAGED = Path(__file__).parent / "topics"
_KEYS = ("label", "query", "taxonomy", "notes", "owner", "style")
_NODE_KEYS = ("code", "zh", "en", "query")


@dataclass(frozen=True)
class Node:
    """One part of a topic: the patents of the topic that its own query finds too."""

    code: str
    label: Label
    query: str


@dataclass(frozen=True)
class Topic:
    """A topic; `style` is the way its queries are written, blank if that is to be detected."""

    name: str
    label: Label
    query: str
    taxonomy: tuple[Node, ...] = ()
    notes: str = ""
    owner: str = ""
    style: str = ""


@dataclass(frozen=True)
class Topics:
    """The topics of a workspace's folders, then those of the package."""

    folders: Sequence[Path] = ()

    def names(self) -> list[str]:
        """Return the names of all topics, sorted."""
        return sorted(self._files())

    def __getitem__(self, name: str) -> Topic:
        files = self._files()
        if name not in files:
            raise NotFound.named("topic", name, files, see="zhihang topic list")
        return _topic(files[name])

    def _files(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
                found.setdefault(path.stem, path)
        return found


def _topic(path: Path) -> Topic:
    import yaml

    try:
        stated: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _faulty(path, [f"not readable as YAML in UTF-8: {str(error).splitlines()[0]}"]) from error
    faults = _faults(stated)
    if faults:
        raise _faulty(path, faults)
    nodes = tuple(
        Node(str(row["code"]), Label(str(row["zh"]), str(row.get("en") or row["zh"])), str(row["query"]))
        for row in stated.get("taxonomy") or ()
    )
    label = Label(str(stated["label"]["zh"]), str(stated["label"]["en"]))
    texts = {key: str(stated.get(key) or "") for key in ("notes", "owner", "style")}
    return Topic(path.stem, label, str(stated["query"]).strip(), nodes, **texts)


def _faults(stated: Any) -> list[str]:
    """Name everything that is wrong with the content of a topic's file."""
    if not isinstance(stated, dict):
        return ["not a list of keys with values"]
    faults = [f"unknown key: {key}" for key in stated if key not in _KEYS]
    label = stated.get("label")
    if not isinstance(label, dict) or not {"zh", "en"} <= set(label):
        faults.append("label wants zh and en")
    if not isinstance(stated.get("query"), str) or not stated["query"].strip():
        faults.append("no query")
    nodes = stated.get("taxonomy") or []
    if not isinstance(nodes, list):
        return [*faults, "taxonomy is not a list"]
    for number, row in enumerate(nodes, start=1):
        if not isinstance(row, dict) or not {"code", "zh", "query"} <= set(row):
            faults.append(f"taxonomy[{number}] wants code, zh, query")
        else:
            faults += [f"taxonomy[{number}]: unknown key: {key}" for key in row if key not in _NODE_KEYS]
    codes = [str(row.get("code")) for row in nodes if isinstance(row, dict)]
    faults += [
        f"taxonomy: code {code} occurs twice" for code in sorted({c for c in codes if codes.count(c) > 1})
    ]
    return faults


def _faulty(path: Path, faults: Sequence[str]) -> DefinitionError:
    return DefinitionError(
        f'The topic "{path.stem}" cannot be read.',
        {"file": path, "faults": "; ".join(faults), "keys": ", ".join(_KEYS)},
        todo="Mend the file.",
    )
