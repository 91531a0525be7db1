# SPDX-License-Identifier: Apache-2.0
"""What a saved set is: a query with a name and an owner, one YAML file each on the shelf ``sets/`` of a workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.retrieval.query import And, Not, Or, Query, SavedSet, leaves
from zhihang.retrieval.query_language.fault import Fault, told
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.parser import MOST_LEAVES

_NAME = re.compile(r"[^\s/\\:*?\"<>|=()\[\],;.][^/\\:*?\"<>|=()\[\],;]{0,79}")
_KEYS = ("query", "note", "owner", "created", "style")


@dataclass(frozen=True)
class SavedQuery:
    """One saved set; `style` is the way its query is written, blank if that is to be detected."""

    name: str
    query: str
    note: str = ""
    owner: str = ""
    created: date | None = None
    style: str = ""


@dataclass(frozen=True)
class SavedSets:
    """The saved sets of one folder."""

    folder: Path

    def names(self) -> list[str]:
        """Return the names of all sets, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.yaml")) if self.folder.is_dir() else []

    def __getitem__(self, name: str) -> SavedQuery:
        if name not in self.names():
            raise NotFound.named("saved set", name, self.names())
        return _read(self.folder / f"{name}.yaml")

    def all(self) -> Mapping[str, SavedQuery]:
        """Return every set by name."""
        return {name: self[name] for name in self.names()}

    def queries(self) -> Mapping[str, str]:
        """Return the query of every set by name, as `parse` wants them."""
        return {name: one.query for name, one in self.all().items()}

    def save(self, saved: SavedQuery, codes: CodeLists | None = None) -> Path:
        """Write a set; its query must be readable, and must not lead back to itself.

        Raises
        ------
        QuerySyntaxError
            Where the query cannot be read, or sets refer to each other in a circle.
        """
        import yaml

        if not _NAME.fullmatch(saved.name):
            raise DefinitionError(
                f'"{saved.name}" cannot be the name of a saved set.',
                {
                    "allowed": 'up to 80 characters, without / \\ : * ? " < > | = ( ) [ ] , ; and not beginning with a dot'
                },
                todo="Take another name.",
            )
        every = {**self.all(), saved.name: saved}
        expanded(SavedSet(saved.name), every, codes=codes)
        told_keys = {key: getattr(saved, key) for key in _KEYS if getattr(saved, key)}
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{saved.name}.yaml"
        text = yaml.safe_dump(told_keys, allow_unicode=True, sort_keys=False, width=110)
        path.write_text(text, encoding="utf-8")
        return path

    def forget(self, name: str, codes: CodeLists | None = None) -> None:
        """Remove a set.

        Raises
        ------
        DefinitionError
            Where other sets use it.
        """
        self[name]
        rest = {other: one for other, one in self.all().items() if other != name}
        users = []
        for other in rest:
            try:
                expanded(SavedSet(other), rest, codes=codes)
            except NotFound:
                users.append(other)
        if users:
            raise DefinitionError(
                f'Other saved sets use "{name}". 其他检索集引用了它。',
                {"used by": "、".join(users)},
                todo="Change these first. 请先修改这些检索集。",
            )
        (self.folder / f"{name}.yaml").unlink(missing_ok=True)


def expanded(
    query: Query, saved: Mapping[str, SavedQuery], *, codes: CodeLists | None = None, text: str = ""
) -> Query:
    """Return a query with every saved set in it replaced by what the set asks for.

    Parameters
    ----------
    text
        The query as written, for messages.
    """
    known: dict[str, Query] = {}
    found = _expanded(query, saved, codes, (), known, text)
    if sum(1 for _ in leaves(found)) > MOST_LEAVES:
        raise told(Fault("many", query.at, most=MOST_LEAVES), text)
    return found


def _expanded(
    query: Query,
    saved: Mapping[str, SavedQuery],
    codes: CodeLists | None,
    path: tuple[str, ...],
    known: dict[str, Query],
    text: str,
) -> Query:
    if isinstance(query, (And, Or)):
        parts = tuple(_expanded(part, saved, codes, path, known, text) for part in query.parts)
        return type(query)(parts, at=query.at)
    if isinstance(query, Not):
        return Not(_expanded(query.part, saved, codes, path, known, text), at=query.at)
    if not isinstance(query, SavedSet):
        return query
    name = query.name
    if name in path:
        raise told(Fault("set_circle", query.at, circle=" → ".join((*path[path.index(name) :], name))), text)
    if name not in saved:
        raise NotFound.named("saved set", name, saved)
    if name not in known:
        one = saved[name]
        read = parse(one.query, dict.fromkeys(saved, ""), style=one.style, codes=codes)
        known[name] = _expanded(read, saved, codes, (*path, name), known, one.query)
    return known[name]


def _read(path: Path) -> SavedQuery:
    import yaml

    try:
        stated: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _faulty(path, f"not readable as YAML in UTF-8: {str(error).splitlines()[0]}") from error
    if not isinstance(stated, dict):
        raise _faulty(path, "not a list of keys with values")
    unknown = [str(key) for key in stated if key not in _KEYS]
    if unknown:
        raise _faulty(path, f"unknown keys: {', '.join(unknown)}")
    query, created = stated.get("query"), stated.get("created")
    if not isinstance(query, str) or not query.strip():
        raise _faulty(path, "no query")
    if created is not None and not isinstance(created, date):
        raise _faulty(path, f'"created" is not a date: {created}')
    texts = {key: str(stated.get(key) or "") for key in ("note", "owner", "style")}
    return SavedQuery(path.stem, query.strip(), created=created, **texts)


def _faulty(path: Path, fault: str) -> DefinitionError:
    return DefinitionError(
        f'The saved set "{path.stem}" cannot be read.',
        {"file": path, "fault": fault, "keys": ", ".join(_KEYS)},
        todo="Mend the file, or save the set anew.",
    )
