# SPDX-License-Identifier: Apache-2.0
"""A call that wrote to the store."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

run = Table(
    name="run",
    label=Label("运行记录", "Run"),
    description="One row per run: what was done, when, by which version, with what result.",
    columns=(
        Column("run_id", "integer", Label("运行编号", "Run"), "Number of the run, from 1.", required=True),
        Column(
            "verb", "code", Label("操作", "Verb"), "What was done: ingest, derive, compact ...", required=True
        ),
        Column("arguments", "text", Label("参数", "Arguments"), "Arguments of the call, JSON."),
        Column("version", "code", Label("软件版本", "Version"), "Version of the software."),
        Column("started_at", "moment", Label("开始时间", "Started"), "Start of the run.", required=True),
        Column(
            "finished_at", "moment", Label("完成时间", "Finished"), "Moment of the commit.", required=True
        ),
        Column("files", "integer", Label("文件数", "Files"), "Source files taken in."),
        Column("rows", "integer", Label("行数", "Rows"), "Rows written."),
        Column("message", "text", Label("说明", "Message"), "Result in a sentence."),
    ),
    key=("run_id",),
    provenance=False,
)
