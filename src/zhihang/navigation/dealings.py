# SPDX-License-Identifier: Apache-2.0
"""What happened to the rights of a corpus: transfers, licences, pledges, law suits, by count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zhihang.navigation.patents import Patent

if TYPE_CHECKING:
    from zhihang.store.snapshot import Snapshot

LABELS = {"transfer": "权利转移", "licence": "许可", "pledge": "质押", "lawsuit": "诉讼"}


def dealings(snapshot: Snapshot, patents: Sequence[Patent]) -> tuple[Mapping[str, str | int | float], ...]:
    """Count patents with a change of holder, a licence, a pledge, a law suit; kinds nothing is known of are left out."""
    import pyarrow as pa

    ids = pa.table(
        {"application_id": pa.array([one for p in patents for one in p.applications], pa.string())}
    )
    wanted, unit = snapshot.engine.values(ids), {one: p.unit for p in patents for one in p.applications}
    found: dict[str, set[str]] = {}
    moved = snapshot.table("ownership").filter(lambda t: t.sequence > 1).semi_join(wanted, "application_id")
    columns = snapshot.engine.collect(
        moved.filter(moved.valid_from.notnull()).select("application_id", "holder")
    )
    own = {p.unit: set(p.holders) for p in patents}
    for application in columns["application_id"].to_pylist():
        if own[unit[application]]:
            found.setdefault("transfer", set()).add(unit[application])
    held = snapshot.engine.collect(snapshot.table("encumbrance").semi_join(wanted, "application_id"))
    for application, kind in zip(held["application_id"].to_pylist(), held["kind"].to_pylist(), strict=True):
        found.setdefault("licence" if "licen" in str(kind) else "pledge", set()).add(unit[application])
    counts = Counter({kind: len(units) for kind, units in found.items()})
    counts["lawsuit"] = sum(p.figures.get("lawsuits", 0) > 0 for p in patents)
    total = max(len(patents), 1)
    return tuple(
        {"code": kind, "label": label, "patents": counts[kind], "share": counts[kind] / total}
        for kind, label in LABELS.items()
        if counts[kind]
    )
