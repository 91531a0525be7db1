# SPDX-License-Identifier: Apache-2.0
"""What a verb of a job is: slow work with a label, the permission it takes, and whether it may begin anew after a kill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from zhihang.shelf import Shelf
from zhihang.terms.label import Label
from zhihang.web.deployment import deployment

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


class Progress(Protocol):
    """How a verb says how far it is; it ends the verb when the person wants it to stop."""

    def __call__(self, done: int, total: int, doing: str = "") -> None:
        """Say that `done` of `total` is done (0: the whole is not known), and what is being done."""


Does = Callable[..., dict[str, Any]]
"""Gets the workspace, the progress and the arguments; returns what it produced as plain values."""


@dataclass(frozen=True)
class Verb:
    """A kind of slow work."""

    name: str
    label: Label
    permission: str
    again: bool
    does: Does

    def __call__(self, workspace: Workspace, progress: Progress, **arguments: Any) -> dict[str, Any]:
        """Do the work."""
        return self.does(workspace, progress, **arguments)


def verb(*, label: Label, permission: str, again: bool) -> Callable[[Does], Verb]:
    """Make a function a verb of jobs; `again` says that beginning anew after a kill gives the same result."""
    return lambda does: Verb(does.__name__, label, permission, again, does)


@lru_cache(maxsize=1)
def verbs() -> Shelf[Verb]:
    """Return the shelf of verbs: those of the workspace's folder ``verbs/`` first."""
    own = deployment().folder / "verbs"
    return Shelf("verb", Verb, "zhihang.web.jobs.verbs", (own,) if own.is_dir() else ())
