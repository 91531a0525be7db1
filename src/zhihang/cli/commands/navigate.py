# SPDX-License-Identifier: Apache-2.0
"""`zhihang navigate`: computes a navigation study and writes its report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.output import say, tell

FORMATS = "docx,pdf,html,xlsx"
_STEPS = {
    "corpus": "语料库",
    "citations": "引用",
    "trends": "趋势与曲线",
    "roadmaps": "主路径",
    "topics": "主题图",
    "core": "核心专利",
    "direction": "方向",
    "position": "定位",
    "path": "路径",
}
_MOVES = {
    "new": "新增",
    "kept": "不变",
    "dropped": "不再推荐",
    "better": "向好",
    "worse": "转差",
    "moved": "有变",
}


def navigate(
    context: typer.Context,
    study: Annotated[str, typer.Argument(help="Name of a study; zhihang study list.")],
    to: Annotated[Path, typer.Option(help="Folder to write to.")],
    formats: Annotated[
        str, typer.Option("--format", help=f"Some of {FORMATS}, joined with commas.")
    ] = FORMATS,
) -> None:
    """Compute a study and write report, brief and tables. Example: zhihang navigate drones --to out --format html."""
    kinds = [one.strip().lower() for one in formats.split(",") if one.strip()]
    desk = choices(context).open().studies
    found, written = desk.navigate(
        study, to, formats=kinds, progress=lambda step: tell(f"完成：{_STEPS.get(step, step)}")
    )
    for one in found.findings:
        say(f"· {one.text}")
    for advice in found.path.recommendations:
        say(f"→ [{advice.key}] {advice.text}")
    for limit in found.limits:
        say(f"？ {limit.text}")
    for move in found.changes.recommendations if found.changes else ():
        late = "，已逾期" if move.overdue else ""
        say(
            f"△ {move.title}：{move.indicator} {_short(move.then, move.unit)} → {_short(move.now, move.unit)}"
            f"（{_MOVES[move.move]}{late}）"
        )
    for path in written:
        tell(str(path))


def _short(value: float | str | None, unit: str) -> str:
    from zhihang.reporting.sections.navigation.telling import value_text

    return "—" if value is None else value_text(value, unit)
