# SPDX-License-Identifier: Apache-2.0
"""What reading a name yields: its parts, its type, and the key under which equal organisations meet."""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa


class Name(NamedTuple):
    """The parts of one name.

    `key` is what two names of one organisation have in common however they are spelt. `head` is the organisation that
    a branch, hospital or institute belongs to; of a department it is the organisation itself. `core` tells names
    apart that share place, trade name and line of business but are written with unlike legal forms.
    """

    folded: str
    script: str
    type: str
    key: str
    place: str = ""
    place_name: str = ""
    trade_name: str = ""
    sector: str = ""
    legal_form: str = ""
    form_kind: str = ""
    branch: str = ""
    department: str = ""
    head: str = ""
    former_name: str = ""
    other_names: str = ""
    confidence: float = 1.0
    thin: bool = False


_TYPES = {"confidence": pa.float64(), "thin": pa.bool_()}

SCHEMA: Final = pa.schema([(field, _TYPES.get(field, pa.string())) for field in Name._fields])
"""Arrow schema of names that were read."""

OTHERS = "|"
"""Separates several other names of one name."""
