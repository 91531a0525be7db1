# SPDX-License-Identifier: Apache-2.0
"""Place: say for each address on its date which division, zone and country it is in, how sure, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pyarrow as pa

from zhihang.derivation.places.decisions import Decisions
from zhihang.derivation.places.evidence import Answer, Evidence
from zhihang.derivation.places.placer import Placer, Rules
from zhihang.errors import NotAllowed
from zhihang.facts.codelist import CodeLists

ANSWER = pa.schema(
    [
        ("region", pa.string()),
        ("region_now", pa.string()),
        ("level", pa.string()),
        ("zone", pa.string()),
        ("zone_code", pa.string()),
        ("country", pa.string()),
        ("method", pa.string()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
    ]
)


def place(
    addresses: pa.Array | pa.ChunkedArray,
    dates: pa.Array | pa.ChunkedArray | None = None,
    *,
    codes: CodeLists | None = None,
    decisions: Iterable[Mapping[str, str]] = (),
    **columns: pa.Array | pa.ChunkedArray,
) -> pa.Table:
    """Return one row for each address: `region`, `region_now`, `level`, `zone`, `country`, `confidence`, `reason` ...

    Parameters
    ----------
    addresses
        Address texts; blanks and nulls are allowed.
    dates
        Day on which the code must have been valid; without it, the newest list is used.
    codes, decisions
        Code lists of the workspace, and rows of its ``decisions/place.csv``.
    columns
        More evidence, each as long as `addresses`: `postcode`, `country`, `province`, `city`, `county`, `name`.

    Examples
    --------
    >>> place(pa.array(["广西桂林市临桂县西城大道1号"]), pa.array([date(2016, 5, 1)]))["region"].to_pylist()
    ['450312']
    """
    placer = make_placer(codes or CodeLists(), decisions)
    unknown = sorted(set(columns) - set(Evidence._fields))
    if unknown:
        raise NotAllowed(
            f'"{unknown[0]}" tells nothing about a place.',
            {"there are": ", ".join(Evidence._fields)},
            todo="Leave the column out, or give it one of these names.",
        )
    given = {"address": addresses, **columns}
    days = dates if dates is not None else pa.nulls(len(addresses), pa.date32())
    return place_columns(placer, given, days)


def make_placer(codes: CodeLists, decisions: Iterable[Mapping[str, str]] = ()) -> Placer:
    """Read lists and decisions once, to place many batches."""
    rules = Rules.read(codes)
    states = [row["code"] for row in codes.rows("us_state")]
    return Placer(rules, Decisions.read(decisions, rules.gazetteer, states))


def place_columns(
    placer: Placer, columns: Mapping[str, pa.Array | pa.ChunkedArray], dates: pa.Array | pa.ChunkedArray
) -> pa.Table:
    """Place the rows of a batch; equal rows are weighed once."""
    length = len(dates)
    lists = [_texts(columns.get(name), length) for name in Evidence._fields]
    days: Sequence[date | None] = dates.cast(pa.date32()).to_pylist()
    seen: dict[Answer, int] = {}
    answers: list[Answer] = []
    index: list[int] = []
    for parts, day in zip(zip(*lists, strict=True), days, strict=True):
        answer = placer.place(Evidence(*parts), day)
        number = seen.setdefault(answer, len(answers))
        if number == len(answers):
            answers.append(answer)
        index.append(number)
    distinct = pa.Table.from_pylist([answer._asdict() for answer in answers], schema=ANSWER)
    return distinct.take(pa.array(index, pa.int64()))


def _texts(column: pa.Array | pa.ChunkedArray | None, length: int) -> Sequence[str]:
    if column is None:
        return [""] * length
    return [text or "" for text in column.cast(pa.string()).to_pylist()]
