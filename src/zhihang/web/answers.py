# SPDX-License-Identifier: Apache-2.0
"""Answers of the workspace, kept: a verb with its arguments is computed once for each state of the workspace."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from zhihang.web.deployment import deployment
from zhihang.web.plain_value import plain
from zhihang.workspace import Workspace, open_workspace

LOG = logging.getLogger("zhihang.web")
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
DAYS = 2
"""Days for which the answers of a state that is past are kept; a page that is open may still ask for them."""
LOOK = 0.05
"""Seconds between two looks at whether an answer that another process works out is there."""


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
        end = time.monotonic() + patience
        while self._elsewhere(key):  # another process works it out
            if time.monotonic() > end:
                raise StillComputing(name)
            time.sleep(LOOK)
            if (found := self._known(key)) is not None:
                return found["answer"]
        with self._lock:
            if key in self._held:  # worked out while we looked
                return self._held[key]["answer"]
            coming = self._coming.get(key)
            if coming is None:
                coming = self._coming[key] = self._pool.submit(self._begun, key, compute)
        try:
            return coming.result(timeout=max(0.0, end - time.monotonic()))
        except TooSlow:
            if coming.done():
                raise
            raise StillComputing(name) from None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Work answers out in this thread, however long that takes; nobody waits for the page."""
        before = getattr(self._own, "computing", False)
        self._own.computing = True
        try:
            yield
        finally:
            self._own.computing = before

    def _begun(self, key: str, compute: Callable[[], Any]) -> Any:
        try:
            with self.at_once():
                return self._compute(key, compute)
        finally:
            with self._lock:
                self._coming.pop(key, None)

    def _compute(self, key: str, compute: Callable[[], Any]) -> Any:
        with self._alone(key):
            if (found := self._known(key)) is not None:  # another process or thread was first
                return found["answer"]
            answer = json.loads(json.dumps(plain(compute(), self.workspace), ensure_ascii=False, default=str))
            self._hold(key, {"answer": answer})
            self._write(key, json.dumps({"answer": answer}, ensure_ascii=False))
            return answer

    def _write(self, key: str, text: str) -> None:
        """Keep an answer for other processes; on a full disk it is held in memory alone."""
        path = self._file(key)
        fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            fresh.write_text(text, "utf-8")
            fresh.replace(path)
        except OSError as error:
            LOG.warning("answer not kept: %s", error)
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Let one of all processes work an answer out; the mark ends with the process, however that ends."""
        lock = self._file(key).with_suffix(".lock")
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            held = lock.open("w")
        except OSError as error:
            LOG.warning("answers cannot be kept: %s", error)
            yield
            return
        with held:
            fcntl.flock(held, fcntl.LOCK_EX)
            try:
                yield
            finally:
                lock.unlink(missing_ok=True)

    def _elsewhere(self, key: str) -> bool:
        """Whether another process is working an answer out; one of this process is waited for otherwise."""
        if key in self._coming:
            return False
        try:
            with self._file(key).with_suffix(".lock").open("r") as held:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _known(self, key: str) -> dict[str, Any] | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                held: dict[str, Any] = self._held[key]
                return held
        try:
            found: dict[str, Any] = json.loads(self._file(key).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        self._hold(key, found)
        return found

    def _hold(self, key: str, found: dict[str, Any]) -> None:
        with self._lock:
            self._held[key] = found
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def _file(self, key: str) -> Path:
        return self.keep / f"{key}.json"

    def _key(self, name: str, arguments: Any) -> str:
        said = json.dumps([name, arguments], ensure_ascii=False, sort_keys=True, default=str)
        return f"{self.state()}/{hashlib.sha256(said.encode()).hexdigest()[:40]}"

    def forget(self) -> int:
        """Remove the answers kept for states that are long past; return of how many states."""
        old = time.time() - DAYS * 86400
        past = [
            one
            for one in self.keep.glob("*")
            if one.is_dir() and one.name != self.state() and one.stat().st_mtime < old
        ]
        for one in past:
            shutil.rmtree(one, ignore_errors=True)
        return len(past)

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
