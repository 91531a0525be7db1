# SPDX-License-Identifier: Apache-2.0
"""Look for news for every watch up to a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("查找推送内容", "Look for news"), permission="edit", again=True)
def look_for_news(workspace: Workspace, progress: Progress, *, until: str) -> dict[str, Any]:
    """Make a digest for each watch that has news; nobody gets an item twice."""
    progress(0, 0, until)
    made = workspace.watches.run(date.fromisoformat(until))
    return {
        **made.row(),
        **({"notes": "; ".join(made.notes)} if made.notes else {}),
        "address": "/watches/log/",
    }
