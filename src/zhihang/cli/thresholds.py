# SPDX-License-Identifier: Apache-2.0
"""Printing which thresholds give a number wanted, or why none does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihang.cli.output import print_table, say, tell

COLUMNS = ("condition", "label", "present", "threshold", "reached", "alone", "edge_in", "edge_out")


def rows_of(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each threshold moved alone."""
    return [
        {
            **row,
            "label": found["labels"][row["condition"]]["zh"],
            "edge_in": "、".join(row["edge_in"]),
            "edge_out": "、".join(row["edge_out"]),
        }
        for row in found["alone"]
    ]


def print_thresholds(found: Mapping[str, Any], counter: str) -> None:
    """Print each threshold moved alone, all moved together, and who stands at the edge."""
    labels = {name: label["zh"] for name, label in found["labels"].items()}
    now = f"目前{found['eligible']}{counter}"
    print_table(rows_of(found), COLUMNS, title=f"只动一个门槛，其余不变；{now} One threshold moved")
    both = found["together"]
    if not both or not both["reached"]:
        _tell_why(found, labels, counter)
        return
    bounds = "，".join(f"{labels[name]} {value:.4g}" for name, value in both["thresholds"].items())
    say(f"\n各门槛同乘{both['factor']:.4g} All moved together: {both['reached']}{counter}（{bounds}）")
    for edge, word in (("edge_in", "线上"), ("edge_out", "线下")):
        say(f"  {word} {edge}: {'、'.join(both[edge]) or '—'}")


def _tell_why(found: Mapping[str, Any], labels: Mapping[str, str], counter: str) -> None:
    tell("怎样移动门槛都没有入选的：其余条件无一满足，或缺少数据。No threshold gives any:")
    for name, held in found["held_back"].items():
        tell(f"  {labels[name]}：不符合{held['no']}{counter}，缺数据{held['unknown']}{counter}")
