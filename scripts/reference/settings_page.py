# SPDX-License-Identifier: Apache-2.0
"""The page on the settings of a workspace, from `zhihang.workspace`."""

from __future__ import annotations

from reference.markdown import code, table
from zhihang.settings import DEFAULT_SETTINGS, KNOWN_SETTINGS, SETTINGS


def settings_page() -> str:
    """Return the page on zhihang.toml."""
    parts = [
        "# Settings",
        f"A workspace is a folder with a file `{SETTINGS}` and the store. `zhihang init` writes the file; a name it\n"
        "does not know is an error, so that a slip of the pen is not taken for a default.",
    ]
    for section, names in KNOWN_SETTINGS.items():
        rows = [(code(name), meaning) for name, meaning in names.items()]
        parts += [f"## [{section}]", table(["setting", "meaning"], rows)]
    return "\n\n".join(
        [
            *parts,
            "## As written by `zhihang init`",
            f"```toml\n{DEFAULT_SETTINGS.rstrip()}\n```",
            "## Outside the file",
            table(
                ["environment variable", "meaning"],
                [(code("ZHIHANG_WORKSPACE"), "Folder of the workspace, where `--workspace` is not given.")],
            ),
        ]
    )
