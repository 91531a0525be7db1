# SPDX-License-Identifier: Apache-2.0
"""Tables of worked examples, computed by the embedded engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from zhihang.measurement.worked_example import example_tables
from zhihang.store.engine import Engine, start_engine

Rows = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


@pytest.fixture(scope="session")
def tables(engine: Engine) -> Callable[[Rows], Callable[[str], Any]]:
    """Give ``tables(rows)``: a function from the name of a table to its lazy rows."""

    def make(given: Rows) -> Callable[[str], Any]:
        lazy = {name: engine.values(table) for name, table in example_tables(given).items()}
        return lazy.__getitem__

    return make
