# SPDX-License-Identifier: Apache-2.0
"""Bring the derived tables up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("更新派生数据", "Bring derived tables up to date"), permission="upload", again=True)
def derive(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Derive what no longer follows from what the store holds."""
    made = workspace.derive(progress=lambda name, done, total: progress(done, total, name))
    return {"tables": [{"table": one.name, "rows": one.rows} for one in made]}
