# SPDX-License-Identifier: Apache-2.0
"""The system: whether it is well, when it was backed up last, what its settings are."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.back_up_state import check_of_back_up
from zhihang.web.deployment import shown_settings
from zhihang.web.health_check import health_checks
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "administration/system/",
    title=Label("系统", "System"),
    room="administration",
    permission="administer",
    menu=5,
)
def system(request: PageRequest, ask: Answers) -> Context:
    """Return the state of each part and the settings in force; passwords are never shown."""
    checks = [*health_checks(ask), check_of_back_up()]
    return {
        "checks": checks,
        "good": all(check["good"] for check in checks),
        "settings": shown_settings(),
        "folder": ask.folder,
    }
