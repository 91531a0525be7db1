# SPDX-License-Identifier: Apache-2.0
"""What every desk needs of the workspace it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists
    from zhihang.measurement.catalogue import Indicators
    from zhihang.store.store import Store


class Room(Protocol):
    """A workspace, as the desks see it."""

    @property
    def folder(self) -> Path:
        """Its folder."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """Its settings, by section."""
        ...

    @property
    def wait(self) -> float:
        """How long writing waits for another writer, in seconds."""
        ...

    @property
    def store(self) -> Store:
        """Its store."""
        ...

    @property
    def codes(self) -> CodeLists:
        """Its code lists."""
        ...

    @property
    def decisions_folder(self) -> Path:
        """Folder with the decisions of the office."""
        ...

    @property
    def indicators(self) -> Indicators:
        """Its indicators."""
        ...

    def stale(self) -> list[str]:
        """Return the derived tables that no longer follow from what the store holds."""
        ...
