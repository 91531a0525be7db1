# SPDX-License-Identifier: Apache-2.0
"""What the text index holds: its fields, how texts are divided for them, and what structure stands beside."""

from __future__ import annotations

from functools import cache
from typing import Literal

import tantivy

FORMAT = 4
"""Version of the layout; an index of another one is built anew."""

SCOPES = ("title", "abstract", "first_claim", "claims", "description")
"""Texts, each with its own fields. `claims` holds the claims after the first."""

Script = Literal["words", "stems"]
SCRIPTS: tuple[Script, ...] = ("words", "stems")
"""How a text is divided: words of texts with Chinese in them, English stems of the others."""

CODES = ("kind", "office", "region", "status")
"""Structure that is counted and chosen by; `region` holds each division with those it lies in."""
COUNTED = ("subclass", "applicant")
"""Structure that is only counted."""
SYMBOLS = "ipc"
"""Symbols with everything above each, one blank between: chosen by, not counted."""
SHOWN = "shown"
"""What a hit shows, kept beside the words; see `zhihang.retrieval.shown`."""
DAYS = ("filing_date", "publication_date", "grant_date")
"""Structure kept as numbers, year * 10000 + month * 100 + day."""

_PUNCTUATION = (
    "，。、；：？！（）()[]【】《》〔〕“”‘’〈〉「」.,;:?!/\\-—–‐‑_~…·+=<>%\"'|*&#@^$°±×÷℃‰′″→≤≥﹑﹣∶∼"
)


def field_name(scope: str, script: Script) -> str:
    """Return the name of the field that holds a text divided in one way."""
    return f"{scope}_{script}"


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    builder.add_unsigned_field("family", indexed=False, fast=True)
    builder.add_integer_field("year", indexed=False, fast=True)
    for name in DAYS:
        builder.add_integer_field(name, indexed=False, fast=True)
    for name in CODES:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in COUNTED:
        builder.add_text_field(name, fast=True, tokenizer_name="nothing", index_option="basic")
    builder.add_text_field(SYMBOLS, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field(SHOWN, stored=True)
    for scope in SCOPES:
        builder.add_text_field(field_name(scope, "words"), tokenizer_name="zh_words", index_option="position")
        builder.add_text_field(field_name(scope, "stems"), tokenizer_name="en_stems", index_option="position")
    return builder.build()


def open_folder(path: str) -> tantivy.Index:
    """Open the index in a folder, making it where there is none, with the ways of dividing texts it needs."""
    index = tantivy.Index(schema(), path)
    index.register_tokenizer("zh_words", _words_analyzer())
    index.register_tokenizer("nothing", _nothing_analyzer())
    index.register_fast_field_tokenizer("nothing", _whole_analyzer())
    index.register_tokenizer("en_stems", stems_analyzer())
    return index


@cache
def stems_analyzer() -> tantivy.TextAnalyzer:
    """Return what divides English into stems; words that are everywhere are left out but keep their place."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.remove_long(60),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _words_analyzer() -> tantivy.TextAnalyzer:
    """Return what takes words with blanks between; signs are left out but keep their place."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return (
        builder.filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.custom_stopword(list(_PUNCTUATION)))
        .build()
    )


def _nothing_analyzer() -> tantivy.TextAnalyzer:
    """Return what leaves nothing to be looked for."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.remove_long(1)).build()


def _whole_analyzer() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).build()
