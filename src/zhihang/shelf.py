# SPDX-License-Identifier: Apache-2.0
"""A shelf: a folder that holds one file per thing, read when asked for."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Generic, TypeVar

from zhihang.errors import DefinitionError, NotFound

T = TypeVar("T")


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """The things of one kind: those of a package folder and those of extra folders before it.

    Parameters
    ----------
    kind
        What one thing is called, in the singular ("reader"); used in messages.
    of
        The class every thing on this shelf is an instance of.
    package
        Dotted name of the package whose modules are the shelf, e.g. ``zhihang.ingestion.readers``.
    folders
        Folders looked at first (a workspace's own shelf); their files hide packaged ones of the same name.

    A file ``players.py`` defines exactly one thing of class `of`, named ``players``.
    """

    kind: str
    of: type[T]
    package: str
    folders: tuple[Path, ...] = field(default=())

    def __iter__(self) -> Iterator[T]:
        return iter(self.all().values())

    def names(self) -> list[str]:
        """Return the names of all things on the shelf, sorted."""
        return sorted(self._files())

    def all(self) -> Mapping[str, T]:
        """Load every thing on the shelf, by name."""
        return {name: self[name] for name in self.names()}

    def __getitem__(self, name: str) -> T:
        files = self._files()
        if name not in files:
            raise NotFound.named(self.kind, name, files, see=f"zhihang list {self.kind}s")
        thing = getattr(self._module(name, files[name]), name, None)
        if not isinstance(thing, self.of):
            msg = f'The {self.kind} file "{files[name].name}" does not define "{name}".'
            raise DefinitionError(
                msg,
                {"file": files[name], "expected": f"a {self.of.__name__} called {name}"},
                todo="Give the thing the name of its file.",
            )
        return thing

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for files in (*map(_files_of, self.folders), _packaged_files(self.package)):
            for name, path in files.items():
                found.setdefault(name, path)
        return found

    def _module(self, name: str, path: Path) -> ModuleType:
        packaged = _packaged(self.package)
        if path.is_relative_to(packaged):
            parts = path.relative_to(packaged).with_suffix("").parts
            return importlib.import_module(".".join((self.package, *parts)))
        return _load_file(f"zhihang_shelf_{self.kind}_{name}", path)


def _files_of(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.py")):
        if not path.stem.startswith("_"):
            found.setdefault(path.stem, path)
    return found


@cache
def _packaged_files(package: str) -> dict[str, Path]:
    return _files_of(_packaged(package))  # what is installed stays while the process runs


def _packaged(package: str) -> Path:
    module = importlib.import_module(package)
    return Path(next(iter(module.__path__)))


def _load_file(module_name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        msg = f'"{path.name}" cannot be loaded.'
        raise DefinitionError(msg, {"file": path}, todo="Check that it is a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
