# SPDX-License-Identifier: Apache-2.0
"""Records of one thing that say different things about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


def disagreements(records: ir.Table, *, of: str, about: str) -> ir.Table:
    """Return each value of column `of` whose records differ in column `about`.

    The result has `of`, `smallest` and `largest` (of `about`), and file and line of the first record that says the
    largest. Most things are recorded once, and counting is cheap: only the others are looked at more closely.
    """
    known = records.filter(records[of].notnull() & records[about].notnull())
    counted = known.group_by(of).aggregate(times=known.count())
    known = known.semi_join(counted.filter(counted.times > 1), of)
    ranges = known.group_by(of).aggregate(smallest=known[about].min(), largest=known[about].max())
    differing = ranges.filter(ranges.smallest < ranges.largest)
    said = known.select(of, "file_id", "line", said=known[about]).join(differing, of)
    last = said.filter(said.said == said.largest)
    place = last.file_id.cast("int64") * _LINES + last.line
    places = last.group_by([of, "smallest", "largest"]).aggregate(place=place.min())
    return places.mutate(
        file_id=(places.place // _LINES).cast("int32"), line=(places.place % _LINES).cast("int32")
    ).drop("place")


_LINES = 1 << 31
"""More lines than a file can have."""
