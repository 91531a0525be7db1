# SPDX-License-Identifier: Apache-2.0
"""`zhihang index`: bring the text index to the state of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say, tell


def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make it anew from the store.")] = False,
) -> None:
    """Make texts searchable: what changed since the last time. Example: zhihang index."""
    done = (
        choices(context)
        .open()
        .search.index(rebuild=rebuild, progress=lambda now, whole: tell(f"{now:,} / {whole:,}"))
    )
    if done.extent == "nothing":
        say(f"索引已是最新：{done.applications:,} 件 (the index is up to date)")
        return
    say(
        f"写入 {done.written:,} 件，移除 {done.removed:,} 件，共 {done.applications:,} 件；"
        f"学得 {done.learned:,} 个词；{done.seconds:.1f} 秒；索引 {done.index_bytes / 1e6:.1f} MB"
    )
