# SPDX-License-Identifier: Apache-2.0
"""Check: IPC symbols of main groups that the listed edition does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.quality.check import Evidence, check
from zhihang.quality.ipc_list import ipc_symbols, unknown_main_groups, with_any_of
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(label=Label("IPC大组不在2023.01版", "IPC main group not in 2023.01"), severity="info")
def unknown_ipc_main_group(evidence: Evidence) -> ir.Table:
    """The main group is not in IPC 2023.01: it was deleted before, added later, or never existed."""
    symbols = ipc_symbols(evidence.table("classification"))
    occurring = evidence.collect(symbols.select("main_group").distinct()).column("main_group").to_pylist()
    groups = [group for group in occurring if group]
    return with_any_of(symbols, "main_group", unknown_main_groups(groups, evidence.codes.rows("ipc")))
