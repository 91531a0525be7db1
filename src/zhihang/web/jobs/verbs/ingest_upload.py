# SPDX-License-Identifier: Apache-2.0
"""Take a file that was uploaded and confirmed into the store, then bring derived tables up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.errors import SourceError
from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb
from zhihang.web.uploads import find

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("数据入库", "Take a file in"), permission="upload", again=True)
def ingest_upload(
    workspace: Workspace, progress: Progress, *, upload: str, derive: bool = True
) -> dict[str, Any]:
    """Ingest; a file that cannot be read leaves nothing behind."""
    kept = find(upload)

    def told(name: str, done: int, total: int, records: int) -> None:  # noqa: ARG001 - the name is known
        progress(done, total, f"{records:,} 条记录 records")

    progress(0, kept.size, kept.name)
    replaces = None if kept.replaces is None else str(kept.replaces)
    try:
        if kept.kind == "statistics":
            outcomes = workspace.import_observations([kept.path], replaces=replaces, progress=told)
        else:
            outcomes = workspace.ingest([kept.path], mapping=kept.mapping, replaces=replaces, progress=told)
    except BaseException:
        kept.note(state="waiting", job=None)
        raise
    outcome = outcomes[0]
    if outcome.status == "failed":
        kept.note(state="waiting", job=None)
        raise SourceError(
            f"{kept.name}: nothing was stored. 没有入库。",
            {"reason": outcome.message or ""},
            todo="Go back to the upload, choose its columns by hand, or mend the file. 请返回上传页手工对应列，或改正文件。",
        )
    numbers = workspace.intake.known(kept.sha256)
    kept.note(state="stored")
    if derive:
        workspace.derive(progress=lambda name, done, total: progress(done, total, f"派生 {name}"))
    return {
        "文件 file": kept.name,
        "状态 status": outcome.status,
        "记录 records": outcome.records,
        "新申请 applications": outcome.applications,
        "合并 merged": outcome.merged,
        "未入库 rejected": outcome.rejected,
        **({"说明 note": outcome.message} if outcome.message else {}),
        "address": f"/data/files/{numbers[0]}/" if numbers else "/data/files/",
    }
