# SPDX-License-Identifier: Apache-2.0
"""Take in the published statistics that ship with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(
    label=Label("导入随附的公布统计数", "Take in shipped published figures"), permission="upload", again=True
)
def ingest_published(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Ingest them; those already there stay as they are."""
    outcomes = workspace.ingest(
        workspace.published_files(), progress=lambda name, done, total, _: progress(done, total, name)
    )
    return {
        "文件 files": len(outcomes),
        "记录 records": sum(one.records for one in outcomes),
        "address": "/data/files/",
    }
