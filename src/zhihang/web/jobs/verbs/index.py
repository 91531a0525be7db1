# SPDX-License-Identifier: Apache-2.0
"""Bring the text index to the state of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("更新全文索引", "Bring the text index up to date"), permission="upload", again=True)
def index(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Index what changed since; all of it where there is no index yet."""
    made = workspace.search.index(progress=lambda done, total: progress(done, total))
    return {"applications": made.applications}
