# SPDX-License-Identifier: Apache-2.0
"""A source file, or a member of an archive, that the store holds rows from."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

file = Table(
    name="file",
    label=Label("来源文件", "Source file"),
    description="One row per ingested file; members of archives are rows of their own.",
    columns=(
        Column(
            "file_id",
            "integer",
            Label("文件编号", "File"),
            "Number of the file in this store.",
            required=True,
        ),
        Column("path", "text", Label("路径", "Path"), "Absolute path at the time of reading.", required=True),
        Column("member", "text", Label("包内成员", "Member"), "Name inside the archive."),
        Column("sha256", "code", Label("摘要值", "SHA-256"), "Digest of the whole file.", required=True),
        Column("size", "number", Label("大小", "Size"), "Size of the file.", unit="bytes"),
        Column("reader", "code", Label("读取器", "Reader"), "Reader that read it.", required=True),
        Column(
            "precedence",
            "integer",
            Label("优先级", "Precedence"),
            "Rank of the reader when sources disagree; higher wins.",
        ),
        Column(
            "simulated",
            "boolean",
            Label("模拟数据", "Simulated"),
            "The file comes from a simulation, not from an office or a vendor.",
        ),
        Column("records", "integer", Label("记录数", "Records"), "Records read."),
        Column(
            "applications", "integer", Label("申请数", "Applications"), "Different applications among them."
        ),
        Column("rejected", "integer", Label("拒收数", "Rejected"), "Records rejected."),
        Column("run_id", "integer", Label("运行编号", "Run"), "Run that ingested it.", required=True),
    ),
    key=("file_id",),
    provenance=False,
)
