# SPDX-License-Identifier: Apache-2.0
"""Words of sources for the code lists of the dictionary: kinds of right by kind code and by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import pyarrow as pa
import pyarrow.csv

from zhihang.ingestion.columns import as_missing

_PARTS_OF_WORDS = (
    ("实用新型", "utility_model"),
    ("外观", "design"),
    ("发明", "invention"),
    ("utility model", "utility_model"),
    ("design", "design"),
    ("plant", "plant"),
)
"""For words no list knows, such as 中国发明专利申请; the first part found decides."""


@cache
def kind_codes() -> pa.Table:
    """Return the code list `kind_code`: office, kind code, kind of right, stage, dates."""
    dates = {"valid_from": pa.date32(), "valid_to": pa.date32()}
    return _code_list("kind_code", dates)


@cache
def _kind_words() -> dict[str, str]:
    rows = _code_list("kind_word", {}).to_pylist()
    return {str(row["word"]).lower(): str(row["kind"]) for row in rows if row["kind"]}


def kinds_by_word(words: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the kind of right that the source's word stands for, null where it is not known."""
    encoded = as_missing(words).dictionary_encode()
    known = [_kind(word) for word in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.string()).take(encoded.indices)


def _kind(word: str) -> str | None:
    low = word.lower()
    found = _kind_words().get(low)
    return found or next((kind for part, kind in _PARTS_OF_WORDS if part in low), None)


def _code_list(name: str, types: dict[str, pa.DataType]) -> pa.Table:
    content = files("zhihang.facts.codelists").joinpath(f"{name}.csv").read_bytes()
    options = pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=True, null_values=[""])
    return pyarrow.csv.read_csv(BytesIO(content), convert_options=options)
