# SPDX-License-Identifier: Apache-2.0
"""Classification symbols (IPC, CPC, Locarno, USPC) in one canonical spelling, with version and value apart."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import as_text
from zhihang.terms.text_repair import to_half_width


@dataclass(frozen=True)
class Symbols:
    """What classification symbols say, one array per part.

    `version` is the edition as `2006.01`, `value` is `invention` or `additional`; both null where not written.
    """

    symbol: pa.StringArray
    version: pa.StringArray
    value: pa.StringArray
    problem: pa.StringArray


def settle(raw: pa.StringArray | pa.ChunkedArray, scheme: str) -> Symbols:
    """Read symbols of one scheme: `ipc`, `cpc`, `locarno`, `uspc`; others pass through trimmed."""
    text = pc.utf8_trim_whitespace(to_half_width(as_text(raw)))
    text = pc.if_else(pc.is_in(text, value_set=pa.array(["", "-"])), pa.scalar(None, pa.string()), text)
    nothing = pa.nulls(len(text), pa.string())
    if scheme not in ("ipc", "cpc"):
        return Symbols(text, nothing, nothing, nothing)
    found = pc.extract_regex(
        pc.ascii_upper(text),
        r"^(?P<subclass>[A-HY]\d\d[A-Z])\s*(?P<group>\d{1,4})?/?(?P<subgroup>\d{2,6})?\s*"
        r"(?:\((?P<version>[\d.]+)\))?(?P<value>[AIN])?$",
    )
    symbol = pc.binary_join_element_wise(
        found.field("subclass"),
        found.field("group"),
        pc.if_else(pc.equal(found.field("subgroup"), ""), "", "/"),
        found.field("subgroup"),
        "",
    )
    symbol = pc.if_else(pc.is_valid(found), symbol, pa.scalar(None, pa.string()))
    unread = pc.and_(pc.is_valid(text), pc.is_null(symbol))
    problem = pc.if_else(unread, "not readable as a symbol", pa.scalar(None, pa.string()))
    return Symbols(symbol, nothing, nothing, problem)
