# SPDX-License-Identifier: Apache-2.0
"""Classification symbols (IPC, CPC, Locarno, USPC) in one spelling, with version and value set apart."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import absent_as_null, as_text
from zhihang.terms.number_part import join
from zhihang.terms.spelling import Parts, Pile, Spelling
from zhihang.terms.text_repair import to_half_width


@dataclass(frozen=True)
class Symbols:
    """What classification symbols say: one array per part, all of the same length.

    symbol
        IPC and CPC as `E01B3/32`, a bare main group as `E01B3/00`, a subclass as `E01B`; Locarno as `14-03`;
        USPC as `705/14.1`.
    version
        Edition, `2006.01` or of the older ones `7`; null where not written.
    value
        `invention` or `additional`; null where not written.
    problem
        Why no symbol could be read. A blank is no problem.
    """

    symbol: pa.StringArray
    version: pa.StringArray
    value: pa.StringArray
    problem: pa.StringArray


@dataclass(frozen=True)
class Symbol:
    """What one symbol says; the parts are those of `Symbols`."""

    symbol: str | None
    version: str | None
    value: str | None
    problem: str | None


def settle(raw: pa.Array | pa.ChunkedArray, scheme: str) -> Symbols:
    """Read the symbols of one scheme: `ipc`, `cpc`, `locarno`, `uspc`; those of others pass through trimmed."""
    encoded = _trimmed(raw, scheme).dictionary_encode()
    texts = encoded.dictionary
    if scheme not in _SPELLINGS:
        nothing = pa.nulls(len(encoded), pa.string())
        return Symbols(texts.take(encoded.indices), nothing, nothing, nothing)
    pile = Pile(pc.utf8_upper(texts), _SCHEMA)
    pile.read(_SPELLINGS[scheme])
    found = pile.table()
    symbol, version, value = (_flat(found[name]) for name in _SCHEMA.names)
    problem = pc.if_else(pc.is_null(symbol), f"not readable as a symbol of {scheme.upper()}", _NOTHING)
    return Symbols(
        *(column.take(encoded.indices) for column in (symbol, _written(version), _written(value), problem))
    )


def settle_one(raw: str | None, scheme: str) -> Symbol:
    """Read one symbol.

    >>> settle_one("A61K-0031/12", "ipc").symbol
    'A61K31/12'
    """
    many = settle(pa.array([raw], pa.string()), scheme)
    return Symbol(
        many.symbol[0].as_py(), many.version[0].as_py(), many.value[0].as_py(), many.problem[0].as_py()
    )


_SCHEMA = pa.schema([("symbol", pa.string()), ("version", pa.string()), ("value", pa.string())])
_NOTHING = pa.scalar(None, pa.string())
_VALUES = {"I": "invention", "N": "additional", "A": "additional"}


def _group(parts: Parts) -> Parts:
    group = pc.ascii_ltrim(parts["group"], characters=" 0")
    subgroup = parts["subgroup"]
    symbol = join(parts["subclass"], group, "/", pc.if_else(pc.equal(subgroup, ""), "00", subgroup))
    return {**_remarks(parts, symbol), "refused": pc.equal(group, "")}


def _fixed_width(parts: Parts) -> Parts:
    """Read group and subgroup filled up with zeros, as WIPO Standard ST.8 has them: A61K0031120000."""
    kept = pc.utf8_slice_codeunits(parts["subgroup"], 0, 2)
    more = pc.ascii_rtrim(pc.utf8_slice_codeunits(parts["subgroup"], 2, 6), characters="0")
    return _group({**parts, "subgroup": join(kept, more)})


def _whole(parts: Parts) -> Parts:
    return _remarks(parts, parts["symbol"])


def _remarks(parts: Parts, symbol: pa.StringArray) -> Parts:
    columns = {"symbol": symbol}
    if "year" in parts:
        columns["version"] = pc.if_else(
            pc.equal(parts["year"], ""), "", join(parts["year"], ".", parts["month"])
        )
    if "edition" in parts:
        written = columns.get("version", pa.repeat("", len(symbol)))
        columns["version"] = pc.if_else(pc.equal(written, ""), parts["edition"], written)
    if "value" in parts:
        place = pc.index_in(parts["value"], value_set=pa.array(list(_VALUES)))
        columns["value"] = pa.array(list(_VALUES.values())).take(place)
    return columns


def _locarno(parts: Parts) -> Parts:
    return _remarks(parts, join(pc.ascii_lpad(parts["class"], 2, padding="0"), "-", parts["subclass"]))


def _american(parts: Parts) -> Parts:
    """Read class and subclass; decimals of zeros only say nothing."""
    decimals = pc.ascii_rtrim(parts["decimals"], characters="0")
    point = pc.if_else(pc.equal(decimals, ""), "", ".")
    subclass = _without_zeros(parts["subclass"])
    columns = _american_class(parts, join(subclass, point, decimals))
    return {**columns, "refused": pc.or_(columns["refused"], pc.equal(subclass, ""))}


def _american_extra(parts: Parts) -> Parts:
    """Read subclasses E07.085, written E07085."""
    return _american_class(parts, join("E", parts["group"], ".", parts["subclass"]))


def _american_other(parts: Parts) -> Parts:
    """Read subclasses with letters and ranges: 471XY, DIG15, 334-336."""
    return _american_class(parts, _without_zeros(pc.replace_substring_regex(parts["subclass"], r"[\s.]", "")))


def _american_class(parts: Parts, subclass: pa.StringArray) -> Parts:
    letter = pc.if_else(pc.match_substring(parts["class"], "D"), "D", "")
    number = _without_zeros(pc.replace_substring(parts["class"], "D", ""))
    refused = pc.or_(pc.equal(number, ""), pc.equal(subclass, ""))
    return {"symbol": join(letter, number, "/", subclass), "refused": refused}


def _without_zeros(text: pa.StringArray) -> pa.StringArray:
    return pc.ascii_ltrim(pc.ascii_trim_whitespace(text), characters=" 0")


_EDITION = r"^(?:INT\.?\s*CL\.?\s*(?:\(?(?P<edition>[1-8]|20\d\d\.\d\d)\)?)?\s*[.:]?\s*|(?:IPC|CPC|CPCI|CPCA)\s*[:\-]\s*)?"
_SUBCLASS = r"(?P<subclass>[A-HY]\d\d[A-Z])"
_VERSION = (
    r"(?:\s*\(?\s*(?P<year>(?:19|20)\d\d)\.?(?P<month>\d\d)(?:\d\d)?\s*\)?\s*(?:\(?(?P<value>[INA])\)?)?)?$"
)
_LEVELS = r"\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)\d\d[ACS ]?[FL ]?(?P<value>[INA])?(?:[\s\d].*)?$"

_PATENTS = (
    Spelling(_EDITION + _SUBCLASS + r"(?P<group>\d{1,4})/(?P<subgroup>\d{1,6})$", _group),
    Spelling(
        _EDITION + _SUBCLASS + r"\s*-?\s*(?P<group>\d{1,4})\s*[/:]\s*(?P<subgroup>\d{1,6})" + _VERSION, _group
    ),
    Spelling(_EDITION + _SUBCLASS + r"\s*(?P<group>\d{1,4})\s*/\s*(?P<subgroup>\d{1,6})" + _LEVELS, _group),
    Spelling(_EDITION + _SUBCLASS + r"(?P<group>\d{4})(?P<subgroup>\d{6})" + _VERSION, _fixed_width),
    Spelling(_EDITION + _SUBCLASS + r"(?P<group>\d{4})(?P<subgroup>\d{6})" + _LEVELS, _fixed_width),
    Spelling(
        _EDITION + _SUBCLASS + r"\s*(?P<group>\d{1,4})\s*/\s*(?P<subgroup>\d{1,6})\s*(?P<value>[INA])$",
        _group,
    ),
    Spelling(_EDITION + _SUBCLASS + r"[\s\-]*(?P<group>\d{1,4})\s*/?(?P<subgroup>)" + _VERSION, _group),
    Spelling(_EDITION + r"(?P<symbol>[A-HY]\d\d[A-Z]?)\s*(?:[\s\-]0+)?(?:/0*)?$", _whole),
)
_LOCARNO = r"^(?:LOC(?:ARNO)?\.?\s*(?:\(\s*(?P<edition>\d{1,2})\s*\))?\s*(?:CL\.?)?\s*[.:]?\s*)?"
_USPC_CLASS = r"^X?(?P<class>D[ \d]\d| D\d|[ \d]{2}\d)"
_SPELLINGS = {
    # three places for the group, then the subgroup, as American files had it: H01L 21302
    "ipc": (Spelling(r"^" + _SUBCLASS + r"(?P<group>[ \d]{2}\d)(?P<subgroup>\d{2,4})$", _group), *_PATENTS),
    "cpc": _PATENTS,
    "locarno": (
        Spelling(
            _LOCARNO + r"(?P<class>\d{1,2})\s*[\-/. ]\s*(?P<subclass>\d\d)(?:[\-/. ]?[A-Z]\d*)?$", _locarno
        ),
        Spelling(_LOCARNO + r"(?P<class>\d\d)(?P<subclass>\d\d)$", _locarno),
    ),
    "uspc": (
        Spelling(
            r"^(?P<class>D?\s*\d{1,3})\s*/\s*(?P<subclass>\d{1,3})(?:\.(?P<decimals>\d{1,3}))?$", _american
        ),
        # three places each for class and subclass, then decimals, without points: 426296, D 1129, 705 141
        Spelling(_USPC_CLASS + r"(?P<subclass>[ \d]{2}\d)(?P<decimals>\d{0,3})$", _american),
        Spelling(_USPC_CLASS + r"/?\s*E(?P<group>\d\d)\.?(?P<subclass>\d{1,6})$", _american_extra),
        Spelling(
            _USPC_CLASS
            + r"/?(?P<subclass>[ \d]{0,5}\d ?[A-Z]{1,3}|[ \d]{0,3}\d[\d.]{0,3} ?- {0,3}\d[\d.]{0,5}|\s*DIG\.?\s*\d{1,4})$",
            _american_other,
        ),
        Spelling(r"^(?P<class>D?\d{1,3})/\s*E(?P<group>\d\d)\.?(?P<subclass>\d{1,6})$", _american_extra),
        Spelling(r"^(?P<class>D?\d{1,3})/(?P<subclass>[A-Z\d.\s\-]{1,12})$", _american_other),
        Spelling(r"^(?P<class>\d{1,3})\s+(?P<subclass>\d{1,3})(?P<decimals>)$", _american),
        Spelling(r"^(?P<symbol>PLT/[\d.]+)$", _whole),
    ),
}


def is_locarno(raw: pa.Array | pa.ChunkedArray) -> pa.BooleanArray:
    """Whether each symbol is one of the Locarno Classification, as Chinese tables have in their IPC columns."""
    text = pc.utf8_upper(to_half_width(as_text(raw)))
    return pc.fill_null(pc.match_substring_regex(text, r"^\s*(?:LOC.*|\d\d-\d\d\D?.*)$"), False)


def _trimmed(raw: pa.Array | pa.ChunkedArray, scheme: str) -> pa.StringArray:
    text = to_half_width(as_text(raw))
    if scheme == "uspc":
        # Blanks in front keep the places of old American symbols apart; all else may go.
        blank = absent_as_null(pc.utf8_trim_whitespace(text))
        return pc.if_else(pc.is_null(blank), _NOTHING, pc.utf8_trim(text, characters="\t\r\n;,"))
    return absent_as_null(pc.utf8_trim(text, characters=" \t\r\n\f\v;,"))


def _written(values: pa.StringArray) -> pa.StringArray:
    return pc.if_else(pc.equal(values, ""), _NOTHING, values)


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
