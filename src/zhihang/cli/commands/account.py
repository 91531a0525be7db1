# SPDX-License-Identifier: Apache-2.0
"""`zhihang account`: make an account for the pages, or give one a new password."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.web_process import become_web


class Role(StrEnum):
    """Who somebody is for the office."""

    administrator = "administrator"
    office = "office"
    county = "county"
    analyst = "analyst"
    park = "park"
    firm = "firm"
    auditor = "auditor"


def account(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[Role, typer.Option(help="What the account may do.")] = Role.office,
    region: Annotated[str, typer.Option(help="Region the account is bound to, such as 450305.")] = "",
) -> None:
    """Make an account and print its password, or give an existing one a new one. Example: zhihang -w guilin account wang."""
    become_web(choices(context).open().folder, "account", name, "--role", role.value, "--region", region)
