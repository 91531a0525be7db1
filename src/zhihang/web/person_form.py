# SPDX-License-Identifier: Apache-2.0
"""The form of an account: its fields with names and help, for the page that makes one and the page that changes one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihang.terms.label import Label
from zhihang.web.accounts.role import roles

FIELDS = (
    (
        "name",
        Label("用户名", "Name"),
        Label("登录时输入，不分大小写。", "Typed to sign in; case does not matter."),
        "text",
    ),
    ("display_name", Label("姓名", "Shown as"), Label("显示在页面上。", "Shown on pages."), "text"),
    (
        "role",
        Label("角色", "Role"),
        Label("决定能看什么、能做什么。", "Says what may be seen and done."),
        "role",
    ),
    (
        "region",
        Label("地区", "Region"),
        Label(
            "六位代码；县区、园区、企业须填，其余留空表示全部。",
            "Code of six digits; counties, parks and firms need one.",
        ),
        "text",
    ),
    (
        "subject",
        Label("代表", "Stands for"),
        Label(
            "企业账号填企业名称，园区账号填园区名称。", "The firm or the park that the account stands for."
        ),
        "text",
    ),
    ("email", Label("电子邮箱", "E-mail"), Label("可不填。", "May be left out."), "email"),
)


def form_of(typed: Mapping[str, Any], faults: Mapping[str, str]) -> dict[str, Any]:
    """Return what the fields of an account show: what was typed, and what is wrong with it."""
    filled = {name: typed.get(name) or "" for name, *_ in FIELDS}
    return {"fields": FIELDS, "typed": filled, "faults": faults, "roles": roles().values()}
