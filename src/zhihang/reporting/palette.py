# SPDX-License-Identifier: Apache-2.0
"""The one palette: told apart on screen, in grey print and with colour-blind eyes."""

from __future__ import annotations

INK = "#1f2328"
FAINT = "#57606a"
RULE = "#d0d7de"
PAPER = "#ffffff"
RED_HEADER = "#c00000"

SERIES = ("#1f4e8c", "#d9822b", "#5b8c5a", "#8a5a9e", "#7a7a7a", "#b5433a")
"""Lines and bars, in order."""
HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "----")
"""Patterns of bars and parts, in the order of the series: they part what grey print makes alike."""
RISE, FALL, SUM = "#3b7ea1", "#d9822b", "#4d5866"
"""Waterfall: what adds, what takes away, where it stands."""
SEQUENTIAL = ("#f4f8fc", "#c6dbef", "#85b4d9", "#3f7fb8", "#12406f")
"""Few to many."""
DIVERGING = ("#a8521a", "#e9a96c", "#f6f3ee", "#92bddc", "#1f5a93")
"""Below, at and above the centre."""
MISSING = "#e6e6e6"
LEVELS = {"green": "#d5ecd4", "yellow": "#fbf0b8", "orange": "#f8d3a8", "red": "#f2b8b0", "none": "#eceff1"}
"""Fills behind the words of warning levels."""
