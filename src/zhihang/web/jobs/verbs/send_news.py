# SPDX-License-Identifier: Apache-2.0
"""Send by mail the digests that are ready."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from zhihang.terms.label import Label
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace


@verb(label=Label("发送推送邮件", "Send digests"), permission="edit", again=True)
def send_news(workspace: Workspace, progress: Progress) -> dict[str, Any]:
    """Send; one whose fate is unclear after a kill is not sent again by itself."""
    progress(0, 0, "")
    sent = workspace.watches.send()
    return {**{name: str(value) for name, value in asdict(sent).items()}, "address": "/watches/log/"}
