# SPDX-License-Identifier: Apache-2.0
"""Check: IPC symbols of subclasses that no known edition has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.ipc_list import ipc_symbols, unknown_subclasses, with_any_of
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("不存在的IPC小类", "IPC subclass that does not exist"), severity="warning")
def unknown_ipc_subclass(evidence: Evidence) -> ir.Table:
    """The first four characters are a subclass neither of IPC 2023.01 nor of the earlier and later ones listed."""
    symbols = ipc_symbols(evidence.table("classification"))
    occurring = evidence.collect(symbols.select("subclass").distinct()).column("subclass").to_pylist()
    return with_any_of(symbols, "subclass", unknown_subclasses(occurring, evidence.codes.rows("ipc")))
