# SPDX-License-Identifier: Apache-2.0
"""A query of a user that may be run where the engine itself would open any file or table: one SELECT, known tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from zhihang.errors import QueryError

_REACHING_OUT = frozenset(
    {"reflect", "java_method", "try_reflect", "read_files", "input_file_name", "identifier"}
)
"""Functions that call any Java method, read files, or turn a text into a name."""
_WRITING = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.QueryTransform)


def reading_query(query: str, tables: Iterable[str], dialect: str) -> str:
    """Return `query` as it may be run; refuse all but one SELECT over `tables`.

    What is returned is written anew from what was understood and checked here, so that the engine cannot understand
    the text otherwise.

    Examples
    --------
    >>> reading_query("select office from application -- all", ["application"], "spark")
    'SELECT office FROM application'
    """
    statement = _only_statement(query, dialect)
    text = statement.sql(dialect=dialect, comments=False)
    refused = {*_unknown_tables(statement, set(tables)), *_forbidden_parts(statement)}
    if "${" in text:
        refused.add("${...}")  # Spark would put a setting or an environment variable in its place
    if refused:
        raise QueryError(
            "The query names something other than the store's tables.",
            {"query": query, "not allowed": ", ".join(sorted(refused))},
            todo="zhihang list tables",
        )
    return text


def _only_statement(query: str, dialect: str) -> exp.Query:
    try:
        statements = [found for found in sqlglot.parse(query, read=dialect) if found is not None]
    except (sqlglot.errors.ParseError, sqlglot.errors.TokenError) as error:
        raise QueryError(
            "The query cannot be read.", {"query": query, "fault": str(error).splitlines()[0]}
        ) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise QueryError(
            "Only one reading query (SELECT) may be run.",
            {"query": query},
            todo="Remove everything but the SELECT.",
        )
    return statements[0]


def _unknown_tables(statement: exp.Query, tables: set[str]) -> Iterator[str]:
    """Names that are neither a table of the store nor defined by the query itself at that place."""
    own = {
        id(table) for scope in traverse_scope(statement) for table in scope.tables if _is_own(scope, table)
    }
    for table in statement.find_all(exp.Table):
        plain = isinstance(table.this, exp.Identifier) and len(table.parts) == 1
        if not plain or (id(table) not in own and table.name.lower() not in tables):
            yield table.sql()


def _is_own(scope: Scope, table: exp.Table) -> bool:
    return isinstance(scope.sources.get(table.alias_or_name), Scope)


def _forbidden_parts(statement: exp.Query) -> Iterator[str]:
    for part in statement.walk():
        if isinstance(part, _WRITING):
            yield part.sql()
        elif (
            isinstance(part, exp.Func)
            and part.name.lower() in _REACHING_OUT
            and isinstance(part, exp.Anonymous)
        ):
            yield part.name
        elif isinstance(part, exp.Dot) and isinstance(part.expression, exp.Func):
            yield part.sql()  # a function of some catalogue
