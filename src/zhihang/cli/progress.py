# SPDX-License-Identifier: Apache-2.0
"""Progress on stderr: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def reading_progress() -> Iterator[Callable[[str, int, int, int], None] | None]:
    """Yield a callback (file, bytes read, bytes in all, records), or None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[records]:,} records"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, int] = {}

        def report(name: str, read: int, total: int, records: int) -> None:
            if name not in tasks:
                tasks[name] = int(bars.add_task(name[-40:], total=total, records=0))
            bars.update(tasks[name], completed=read, records=records)  # type: ignore[arg-type]

        yield report


@contextmanager
def counting_progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a callback (done, total), or None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bars:
        task = bars.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            bars.update(task, completed=done, total=total)

        yield report


@contextmanager
def naming_progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield a callback (name of the step that begins, its number, number of steps), or None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bars:
        task = bars.add_task("", total=None)

        def report(name: str, number: int, total: int) -> None:
            bars.update(task, description=name, completed=number - 1, total=total)

        yield report
