# SPDX-License-Identifier: Apache-2.0
"""The fonts that are embedded in PDF files and charts; they come from a package, never from the system."""

from __future__ import annotations

from pathlib import Path

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"


def sans_file() -> Path:
    """File of the sans-serif font, for the role of 黑体 and for charts."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.sans_path())


def folder() -> Path:
    """Folder of both fonts."""
    return sans_file().parent
