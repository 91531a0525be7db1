# SPDX-License-Identifier: Apache-2.0
"""Write the template of a form into a file."""

from __future__ import annotations

from pathlib import Path

from zhihang.errors import NotInstalled
from zhihang.facts.codelist import CodeLists
from zhihang.reporting.template import template
from zhihang.reporting.write import save


def write_template(name: str, path: Path, codes: CodeLists) -> Path:
    """Write the template of a form (`enterprise`, `industry`, `park`) as a workbook; return its path."""
    from zhihang.reporting.writers._form_workbook import form_workbook

    try:
        content = form_workbook(template(name, codes))
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "Writing xlsx files needs a library that is not installed.",
            {"missing": error.name or str(error)},
            todo="pip install 'zhihang[reports]'",
        ) from error
    return save(content, path if path.suffix == ".xlsx" else path.with_suffix(".xlsx"))
