# SPDX-License-Identifier: Apache-2.0
"""Write the bulletin, notices and letters of a plan at a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb
from zhihang.web.papers import KINDS, LETTER_KINDS, fresh_folder, paper_folder

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("生成通报与责任书", "Write bulletin and letters"), permission="export", again=True)
def plan_papers(
    workspace: Workspace, progress: Progress, *, plan: str, at: str, language: str = "zh"
) -> dict[str, Any]:
    """Write every document of the set in all its kinds; the set is seen whole or not at all."""
    from zhihang.reporting.write import write_all

    progress(0, 0, "统计与评估 counting and assessing")
    chosen: Any = language if language in ("zh", "en") else "zh"
    documents = workspace.reports.plan_documents(plan, date.fromisoformat(at), language=chosen)
    folder = paper_folder(plan, at, chosen)
    with fresh_folder(folder) as made:
        for number, (stem, document) in enumerate(documents):
            progress(number, len(documents), Path(stem).name)
            kinds = LETTER_KINDS if "/" in stem else KINDS
            write_all(document, (made / stem).parent, Path(stem).name, kinds)
    progress(len(documents), len(documents), "")
    return {
        "documents": len(documents),
        "address": f"/plans/{plan}/papers/?at={at}&lang={chosen}",
    }
