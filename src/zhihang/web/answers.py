# SPDX-License-Identifier: Apache-2.0
"""Answers of the workspace, kept: a verb with its arguments is computed once for each state of the workspace."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from zhihang.web.deployment import deployment
from zhihang.web.plain_value import plain
from zhihang.workspace import Workspace, open_workspace

KEPT = 2000
"""Most answers held in memory; more are kept as files."""
PATIENCE = 1.2
"""Seconds a page waits for an answer before it says that it is being worked out."""
WATCHED = (
    "plans",
    "policies",
    "indicators",
    "codelists",
    "decisions",
    "reports",
    "schemes",
    "scoring",
    "identities",
    "studies",
)
"""Folders of the workspace whose files change what verbs answer."""
AT_ONCE = 2
"""Answers worked out at the same time, each with an engine of its own."""


class StillComputing(Exception):
    """The answer is not there yet; asking again later gives it."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


class Answers:
    """What one workspace answers; shared by all requests of a process, its files by all processes.

    Answers are plain values, as JSON gives them: days are texts, tables are lists of rows.
    """

    def __init__(self, folder: Path, keep: Path) -> None:
        self.folder, self.keep = folder, keep
        self._held: OrderedDict[str, Any] = OrderedDict()
        self._coming: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        self._own = threading.local()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="answers")
        self._state: tuple[float, str] = (0.0, "")

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened for this thread, at its newest state."""
        found: Workspace | None = getattr(self._own, "workspace", None)
        if found is None:
            found = self._own.workspace = open_workspace(self.folder)
        if "store" in found.__dict__ and found.store.manifest.version != self.run():
            found.store.refresh()
        return found

    def run(self) -> int:
        """Return the number of the run that wrote to the store last."""
        try:
            return int((self.folder / "store" / "HEAD").read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def __call__(self, verb: str, *args: Any, patience: float = PATIENCE, **named: Any) -> Any:
        """Return what a verb of the workspace answers, such as ``plans.assess``; do not change what you get.

        Raises
        ------
        StillComputing
            if that takes longer than `patience` seconds; the page then says so and asks again by itself.
        """
        return self.work(
            verb, [args, named], lambda: _called(self.workspace, verb, args, named), patience=patience
        )

    def work(
        self, name: str, arguments: Any, compute: Callable[[], Any], *, patience: float = PATIENCE
    ) -> Any:
        """Return what `compute` gives, kept under a name and arguments; for answers made of several verbs."""
        key = self._key(name, arguments)
        if (found := self._known(key)) is not None:
            return found["answer"]
        if getattr(self._own, "computing", False):
            return self._compute(key, compute)  # an answer that is part of another one
        with self._lock:
            if key in self._held:  # worked out while we looked
                return self._held[key]["answer"]
            coming = self._coming.get(key)
            if coming is None:
                coming = self._coming[key] = self._pool.submit(self._begun, key, compute)
        try:
            return coming.result(timeout=patience)
        except TooSlow:
            if coming.done():
                raise
            raise StillComputing(name) from None

    def _begun(self, key: str, compute: Callable[[], Any]) -> Any:
        self._own.computing = True
        try:
            return self._compute(key, compute)
        finally:
            self._own.computing = False
            with self._lock:
                self._coming.pop(key, None)

    def _compute(self, key: str, compute: Callable[[], Any]) -> Any:
        answer = json.loads(json.dumps(plain(compute(), self.workspace), ensure_ascii=False, default=str))
        self._hold(key, {"answer": answer})
        path = self._file(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{threading.get_ident()}")
        fresh.write_text(json.dumps({"answer": answer}, ensure_ascii=False), "utf-8")
        fresh.replace(path)
        return answer

    def _known(self, key: str) -> dict[str, Any] | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                held: dict[str, Any] = self._held[key]
                return held
        try:
            found: dict[str, Any] = json.loads(self._file(key).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        self._hold(key, found)
        return found

    def _hold(self, key: str, found: dict[str, Any]) -> None:
        with self._lock:
            self._held[key] = found
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def _file(self, key: str) -> Path:
        return self.keep / key[:2] / f"{key}.json"

    def _key(self, name: str, arguments: Any) -> str:
        said = json.dumps([name, arguments], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(f"{self.state()}\n{said}".encode()).hexdigest()[:40]

    def state(self) -> str:
        """Return a digest of what answers rest on: the store's last run, the files of the shelves, our version."""
        checked, known = self._state
        if time.monotonic() - checked < 1.0:
            return known
        files = sorted(
            (str(path), path.stat().st_mtime_ns)
            for name in WATCHED
            for path in (self.folder / name).rglob("*")
            if path.is_file()
        )
        said = json.dumps([self.run(), files, code()])
        found = hashlib.sha256(said.encode()).hexdigest()[:16]
        self._state = (time.monotonic(), found)
        return found


CODE = "ZHIHANG_WEB_CODE"
"""Variable with which one server tells all its processes the code they were started with."""


@lru_cache(maxsize=1)
def code() -> list[Any]:
    """Return what tells our own code apart: its version, and when its newest file was written."""
    if CODE in os.environ:
        return [os.environ[CODE]]
    package = Path(__file__).parent.parent
    newest = max(
        path.stat().st_mtime_ns for kind in ("*.py", "*.yaml", "*.csv") for path in package.rglob(kind)
    )
    return [version("zhihang"), newest]


def _called(workspace: Workspace, verb: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    asked: Any = workspace
    for name in verb.split("."):
        asked = getattr(asked, name)
    return asked(*args, **named)


@lru_cache(maxsize=1)
def answers() -> Answers:
    """Return the answers of this process's workspace."""
    place = deployment()
    return Answers(place.folder, place.state / "answers")
