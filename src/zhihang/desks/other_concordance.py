# SPDX-License-Identifier: Apache-2.0
"""The facts of a workspace as they would be with another concordance of patent classes and industries."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from zhihang.desks.room import Room
from zhihang.errors import SourceError

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.intensity.facts_seen import FactsSeen

LIST = "ipc_to_gbt4754"


def with_concordance(room: Room, facts: FactsSeen, path: Path) -> FactsSeen:
    """Return facts whose patents belong to the industries that the concordance in a CSV file gives; nothing is stored."""
    from zhihang.derivation.derivation import Facts
    from zhihang.derivation.derivations.patent_industry import patent_industry
    from zhihang.facts.codelist import CodeLists

    store = room.store
    with tempfile.TemporaryDirectory() as folder:
        try:
            shutil.copyfile(path, Path(folder) / f"{LIST}.csv")
        except OSError as error:
            raise SourceError(
                f'The concordance "{path}" cannot be read.',
                {"reason": error.strerror or error},
                todo=f"Name a CSV file with the columns of the list: zhihang show codelist {LIST}",
            ) from error
        codes = CodeLists((Path(folder), *room.codes.folders))
        rows = patent_industry.derive(Facts(store.table, store.engine, store.clock().date(), codes))
        held = store.engine.values(store.collect(rows))

    @cache
    def table(name: str) -> ir.Table:
        return held if name == "patent_industry" else facts.table(name)

    return replace(facts, table=table)
