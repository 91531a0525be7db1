# SPDX-License-Identifier: Apache-2.0
"""The map of tiles: each division of a region as a square, with a figure, a sign, and a link to why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhihang.web import figure_text
from zhihang.web.divisions import Divisions
from zhihang.web.request import PageRequest
from zhihang.web.templatetags.addresses import address_to
from zhihang.web.templatetags.words import LEVELS

SIDE, HIGH = 108, 84


def tile_map(
    request: PageRequest, known: Divisions, plan: str, rows: Sequence[Mapping[str, Any]], target: str
) -> dict[str, Any] | None:
    """Return the tiles of a target's divisions within the region looked at; None where it is not split."""
    view = request.view
    inside = {code.code for code in known.below(view.region, view.day)}
    found = {row["region"]: row for row in rows if row["target"] == target and row["region"] in inside}
    if not found:
        return None
    tiles = []
    for tile in known.tiles(list(found)):
        row = found[tile.division.code]
        sign, word = LEVELS.get(row["status"], LEVELS["none"])
        name = view.say(tile.division.label)
        value = figure_text.short(row["value"], view.language)
        tiles.append(
            {
                "x": tile.column * SIDE,
                "y": tile.row * HIGH,
                "name": _brief(name) if view.language == "zh" else name.partition(" ")[0],
                "value": value,
                "status": row["status"],
                "sign": sign,
                "said": f"{name} {value} {row['unit']}, {figure_text.percent(row['progress'])}, {view.say(word)}",
                "link": address_to(
                    view, "explain_target", plan=plan, target=target, region=tile.division.code
                ),
            }
        )
    wide = max(tile["x"] for tile in tiles) + SIDE
    return {"tiles": tiles, "width": wide, "height": max(tile["y"] for tile in tiles) + HIGH}


def _brief(name: str) -> str:
    """Return a name short enough for a tile: without 自治县 and what comes before it in the name of the people."""
    for people in ("瑶族自治县", "各族自治县", "壮族自治县", "侗族自治县", "苗族自治县", "自治县"):
        if name.endswith(people):
            return name.removesuffix(people)
    return name.removesuffix("区") if len(name) > 3 else name
