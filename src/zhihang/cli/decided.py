# SPDX-License-Identifier: Apache-2.0
"""What is said once decisions of the office are recorded or taken in."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from zhihang.cli.output import tell

RECORDED = "已记录，运行 zhihang derive 后生效。Recorded. It takes effect with: zhihang derive"


def tell_imported(added: int, refused: Sequence[tuple[int, str]]) -> None:
    """Say how many decisions of a file were new, and list the rows that were refused; then the exit code is 1."""
    tell(
        f"新增 {added} 项决定，运行 zhihang derive 后生效。{added} new decisions; they take effect with: zhihang derive"
    )
    for number, why in refused:
        tell(f"  第 {number} 行 row {number}: {why}")
    if refused:
        tell(
            f"{len(refused)} 行有误，未采用，改正后可再导入。{len(refused)} rows were not taken; mend them and import again."
        )
        raise typer.Exit(1)
