# SPDX-License-Identifier: Apache-2.0
"""Kinds of evidence on persons, kept as bits of a number, and the words for them."""

from __future__ import annotations

NAME, FAMILY, ORGANISATION, CO_INVENTOR, REGION, CLASS, CITATION = (1 << n for n in range(7))
_WORDS = {
    FAMILY: "family",
    CO_INVENTOR: "co_inventor",
    ORGANISATION: "organisation",
    CITATION: "citation",
    REGION: "region",
    CLASS: "class",
    NAME: "rare_name",
}
ALONE, APART = "alone", "apart"


def words(bits: int) -> str:
    """Return the words for the evidence in a number, the strongest kind first.

    >>> words(CLASS | ORGANISATION)
    'organisation, class'
    """
    return ", ".join(word for bit, word in _WORDS.items() if bits & bit)
