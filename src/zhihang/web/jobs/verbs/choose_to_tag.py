# SPDX-License-Identifier: Apache-2.0
"""Choose the patents of a study to be labelled next: random ones first, then those the classifier doubts most."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb
from zhihang.web.studying import queue_of, write_queue

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

COUNT = 20
KEPT = 200


@verb(label=Label("挑选待标引专利", "Choose patents to label"), permission="study", again=True)
def choose_to_tag(workspace: Workspace, progress: Progress, *, study: str) -> dict[str, Any]:
    """Add to the queue what is not in it yet."""
    progress(0, 0, study)
    held = queue_of(study)
    known = {one["number"] for one in held}
    new = [asdict(one) for one in workspace.studies.ask(study, COUNT) if one.number not in known]
    write_queue(study, [*held, *new][-KEPT:])
    return {"专利 patents": len(new), "address": f"/studies/of/{quote(study)}/tag/"}
