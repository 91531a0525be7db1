# SPDX-License-Identifier: Apache-2.0
"""Build a topic anew and write what is handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.made_files import folder_of, made_in
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("发布专题库", "Publish a topic database"), permission="study", again=True)
def publish_topic(workspace: Workspace, progress: Progress, *, topic: str, folder: str) -> dict[str, Any]:
    """Find the patents of the topic, keep them, and write csv, xlsx, parquet, members and log."""
    progress(0, 0, topic)
    workspace.topics.publish(topic, folder_of(folder))
    return {"topic": topic, "files": made_in(folder)}
