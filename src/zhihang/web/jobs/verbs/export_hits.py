# SPDX-License-Identifier: Apache-2.0
"""Write everything a query finds to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.made_files import folder_of, made_in
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("导出检索结果", "Export of a search"), permission="export", again=True)
def export_hits(
    workspace: Workspace,
    progress: Progress,
    *,
    query: str,
    form: str,
    folder: str,
    sort: str = "relevance",
    family: bool = False,
) -> dict[str, Any]:
    """Write the hits as csv, xlsx or parquet."""
    progress(0, 0, query)
    written = workspace.search.export(query, folder_of(folder) / f"search.{form}", sort=sort, family=family)
    return {"applications": written, "query": query, "files": made_in(folder)}
