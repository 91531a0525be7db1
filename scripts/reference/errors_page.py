# SPDX-License-Identifier: Apache-2.0
"""The page on the errors a user can mend, from `zhihang.errors`."""

from __future__ import annotations

import inspect
import textwrap

from zhihang import errors


def errors_page() -> str:
    """Return the page on the errors a user can mend."""
    tree = inspect.cleandoc(errors.__doc__ or "").partition("::\n\n")[2].partition("\n\n")[0]
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if _is_mendable(kind)]
    kinds.sort(key=lambda kind: inspect.getsourcelines(kind)[1])
    example = errors.NotFound.named(
        "table", "applications", ["application", "publication", "party"], see="zhihang list tables"
    )
    lines = [
        "# Errors",
        "",
        "What you can mend is told in four parts: what happened, where, what there is, what to do.",
        "The command line prints it and ends with exit code 2. Anything else is a fault of ours and shows",
        "its full trace.",
        "",
        "```",
        str(example),
        "```",
        "",
        "## The tree",
        "",
        "```",
        textwrap.dedent(tree),
        "```",
    ]
    for kind in kinds:
        lines += ["", f"## {kind.__name__}", "", inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0]]
    return "\n".join(lines)


def _is_mendable(kind: type) -> bool:
    return issubclass(kind, errors.ZhihangError) and kind is not errors.ZhihangError
