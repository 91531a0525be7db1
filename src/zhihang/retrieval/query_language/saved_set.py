# SPDX-License-Identifier: Apache-2.0
"""What a saved set is: a query with a name and an owner, one YAML file each on the shelf ``sets/`` of a workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.errors import DefinitionError, NotFound, ZhihangError
from zhihang.facts.codelist import CodeLists
from zhihang.retrieval.query import And, Not, Or, Query, SavedSet, leaves
from zhihang.retrieval.query_language.fault import Fault, told
from zhihang.retrieval.query_language.parse import parse
from zhihang.retrieval.query_language.parser import MOST_LEAVES
from zhihang.retrieval.query_language.query_text import spelt

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
class SavedSets(Mapping[str, SavedQuery]):
    """The saved sets of one folder, by name; a file is read when it is asked for, so that a faulty one spoils no other."""

    folder: Path

    def names(self) -> list[str]:
        """Return the names of all sets, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.yaml")) if self.folder.is_dir() else []

    def __getitem__(self, name: str) -> SavedQuery:
        if name not in self.names():
            raise NotFound.named("saved set", name, self.names(), see="zhihang set list")
        return _read(self.folder / f"{name}.yaml")

    def __contains__(self, name: object) -> bool:
        return name in self.names()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __len__(self) -> int:
        return len(self.names())

    def users(self, name: str, codes: CodeLists | None = None) -> list[str]:
        """Return the names of the sets that use one; a set that cannot be read uses none."""
        return [other for other in self if other != name and name in self.used(other, codes)]

    def used(self, name: str, codes: CodeLists | None = None) -> list[str]:
        """Return the names of the sets that the query of one names; none where it cannot be read."""
        try:
            one = self[name]
            read = parse(one.query, self.names(), style=one.style, codes=codes)
        except ZhihangError:
            return []
        return list(dict.fromkeys(leaf.name for leaf in leaves(read) if isinstance(leaf, SavedSet)))

    def save(self, saved: SavedQuery, codes: CodeLists | None = None) -> Path:
        """Write a set; its query must be readable, and must not lead back to itself.

        Raises
        ------
        QuerySyntaxError
            Where the query cannot be read, or sets refer to each other in a circle.
        """
        import yaml

        named, saved = saved.name, replace(saved, name=_spelt_name(saved.name))
        if not _NAME.fullmatch(saved.name):
            raise DefinitionError(
                f'"{named}" cannot be the name of a saved set. 检索集不能用这个名称。',
                {
                    "allowed": 'up to 80 characters, without / \\ : * ? " < > | = ( ) [ ] , ; and not beginning with a dot'
                },
                todo="Take another name.",
            )
        expanded(SavedSet(saved.name), _Changed(self.folder, saved), codes=codes)
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
        if name not in self:
            raise NotFound.named("saved set", name, self.names(), see="zhihang set list")
        users = self.users(name, codes)
        if users:
            raise DefinitionError(
                f'Other saved sets use "{name}". 其他检索集引用了它。',
                {"used by": "、".join(users)},
                todo="Change these first. 请先修改这些检索集。",
            )
        (self.folder / f"{name}.yaml").unlink(missing_ok=True)


@dataclass(frozen=True)
class _Changed(SavedSets):
    """The sets of a folder with one of them as it would be."""

    one: SavedQuery

    def names(self) -> list[str]:
        return sorted({*super().names(), self.one.name})

    def __getitem__(self, name: str) -> SavedQuery:
        return self.one if name == self.one.name else super().__getitem__(name)


def _spelt_name(name: str) -> str:
    """Spell a name as a query that names it is spelt; "" for one with characters that cannot be read."""
    try:
        return " ".join(spelt(name).chars.split())
    except Fault:
        return ""


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
        read = parse(one.query, saved, style=one.style, codes=codes)
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
