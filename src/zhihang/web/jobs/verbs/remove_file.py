# SPDX-License-Identifier: Apache-2.0
"""Take the rows of a file out of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("移除文件", "Remove a file"), permission="upload", again=False)
def remove_file(workspace: Workspace, progress: Progress, *, number: int) -> dict[str, Any]:
    """Remove it, then bring derived tables up to date."""
    progress(0, 0, "")
    gone = workspace.intake.remove(number)
    workspace.derive(progress=lambda name, done, total: progress(done, total, name))
    return {
        "文件 file": gone["file"],
        "移除记录 records removed": gone["records"],
        "address": "/data/files/",
    }
