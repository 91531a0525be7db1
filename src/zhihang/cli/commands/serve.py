# SPDX-License-Identifier: Apache-2.0
"""`zhihang serve`: the pages in the browser, with the worker for slow jobs."""

from __future__ import annotations

from typing import Annotated

import typer

from zhihang.cli.context import choices
from zhihang.cli.web_process import become_web

DEMONSTRATION = {"region": "450300", "day": "2018-12-31"}


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port to listen at.", min=1, max=65535)] = 8000,
    address: Annotated[
        str, typer.Option(help="Address to listen at; leave it unless a proxy stands in front.")
    ] = "127.0.0.1",
    threads: Annotated[int, typer.Option(help="Requests answered at the same time.", min=1, max=64)] = 4,
    open_data: Annotated[
        bool, typer.Option("--open-data", help="Let everybody read the open data without an account.")
    ] = False,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration",
            help="Make three ready accounts, and open on the demonstration's region and day.",
        ),
    ] = False,
) -> None:
    """Serve the pages of a workspace on this machine. Example: zhihang --workspace guilin serve --port 8000."""
    folder = choices(context).open().folder
    settings = {**(DEMONSTRATION if demonstration else {}), "open_data": "true" if open_data else ""}
    given = ["--port", str(port), "--address", address, "--threads", str(threads)]
    become_web(folder, "serve", *given, *(["--demonstration"] if demonstration else []), settings=settings)
