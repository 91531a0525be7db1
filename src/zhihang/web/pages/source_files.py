# SPDX-License-Identifier: Apache-2.0
"""The files the store holds rows from: what was read, what was refused."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("data/files/", room="data", title=Label("数据文件", "Files"), menu=2)
def source_files(request: PageRequest, ask: Answers) -> Context:
    """Return a row for each file, the newest first."""
    files = ask("catalogue", "files", patience=30) if ask.run() else []
    return {
        "files": sorted(files, key=lambda one: (-one["run_id"], one["path"])),
        "rejected": sum(one["rejected"] for one in files),
        "records": sum(one["records"] for one in files),
    }
