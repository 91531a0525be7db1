# SPDX-License-Identifier: Apache-2.0
"""What a Chinese application number itself says: year of filing and kind of right, as expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

KINDS = {
    "1": "invention",
    "2": "utility_model",
    "3": "design",
    "8": "invention",  # PCT, national phase
    "9": "utility_model",  # PCT, national phase
}
_LONG, _SHORT = len("CN201510000001"), len("CN85100001")


def numbered_in_china(rows: ir.Table) -> ir.Table:
    """Keep the rows whose application id is a Chinese number of 8 or 12 digits, not one made from a publication."""
    identity = rows.application_id
    numbered = identity.length().isin([_SHORT, _LONG]) & (identity.substr(2, 1) != "-")
    return rows.filter(identity.startswith("CN") & numbered)


def number_year(identity: ir.StringValue) -> ir.IntegerValue:
    """Year of filing; two digits from 85 on belong to the 20th century."""
    import ibis

    two = identity.substr(2, 2).cast("int32")
    short = ibis.ifelse(two >= 85, two + 1900, two + 2000)
    return ibis.ifelse(identity.length() == _LONG, identity.substr(2, 4).cast("int32"), short)


def number_kind(identity: ir.StringValue) -> ir.StringValue:
    """Kind of right by the digit behind the year; null for a digit without a meaning."""
    import ibis

    digit = ibis.ifelse(identity.length() == _LONG, identity.substr(6, 1), identity.substr(4, 1))
    return ibis.cases(*((digit == given, kind) for given, kind in KINDS.items()))
