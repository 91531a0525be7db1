# SPDX-License-Identifier: Apache-2.0
"""United States publication numbers: grants, published applications, designs, plants, reissues."""

from __future__ import annotations

from zhihang.terms.number_part import constant, join, padded
from zhihang.terms.spelling import Parts, Spelling

_KIND = r"_?(?P<kind_code>(?:[A-Z]\d?)?)$"


def _application(parts: Parts) -> Parts:
    """Read year and serial number of seven digits; EPO sources drop the first zero (US2013012345)."""
    return _read(parts, join(parts["year"], padded(parts["serial"], 7)))


def _grant(parts: Parts) -> Parts:
    return _read(parts, join(parts["letters"], padded(parts["serial"], 1)))


def _read(parts: Parts, number: object) -> Parts:
    return {"office": constant("US", parts["kind_code"]), "number": number, "kind_code": parts["kind_code"]}


SPELLINGS = (
    Spelling(r"^US:?(?P<year>200\d|20[1-9]\d)/?(?P<serial>\d{6,7})" + _KIND, _application),
    Spelling(r"^US:?(?P<letters>(?:D|RE|RX|PP|X|H|T|AI|B)?)(?P<serial>\d{1,9})" + _KIND, _grant),
)
