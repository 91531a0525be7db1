# SPDX-License-Identifier: Apache-2.0
"""Compute a navigation study and write its report, brief and result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb
from zhihang.web.papers import fresh_folder
from zhihang.web.studying import folder_of

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

STEPS = 10


@verb(label=Label("计算导航研究", "Compute a study"), permission="study", again=True)
def navigate_study(workspace: Workspace, progress: Progress, *, study: str) -> dict[str, Any]:
    """Run it; papers and result take the place of those of the run before, whole or not at all."""
    begun: list[str] = []

    def told(step: str) -> None:
        begun.append(step)
        progress(min(len(begun) - 1, STEPS), STEPS + 2, step)

    with fresh_folder(folder_of(study)) as made:
        found, written = workspace.studies.navigate(study, made, progress=told)
    return {
        "专利 patents": len(found.to_plain()["corpus"]["patents"]),
        "结论 findings": len(found.findings),
        "文件 papers": len(written),
        "address": f"/studies/of/{quote(study)}/",
    }
