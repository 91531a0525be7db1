# SPDX-License-Identifier: Apache-2.0
"""Every error a user can mend.

::

    ZhihangError
      SourceError        a file or row cannot be read            file, line, column, value
      DefinitionError    an indicator, plan, mapping is wrong    file, path inside it
      NotFound           no thing of that name                   what exists, nearest names
      NotComparable      units, periods or regions do not fit    both sides
      Infeasible         wishes contradict each other            which, and what change would help
      NotInstalled       an optional part is missing             the install command
      NotAllowed         the role or the command may not do this what may
      StoreBusy          another run is writing to the store     who, since when
      StoreError         the store cannot be read or written     which file, why
      QueryError         a query cannot be run                   the query, the place
        QuerySyntaxError a query cannot be read                  the query with a mark under the place

Any other exception that leaves the package is a fault of ours and shows its full trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class ZhihangError(Exception):
    """Something the user can mend, told in four parts: what happened, where, what there is, what to do.

    Parameters
    ----------
    what
        One sentence saying what happened.
    facts
        Lines under it, label to value: where it happened, what there is, what was expected.
    todo
        What the user can do about it.
    """

    def __init__(self, what: str, facts: Mapping[str, object] | None = None, *, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.facts = {label: str(value) for label, value in (facts or {}).items()}
        self.todo = todo

    def __str__(self) -> str:
        lines = {**self.facts, **({"what to do": self.todo} if self.todo else {})}
        width = max((len(label) for label in lines), default=0)
        return "\n".join([self.what, *(f"  {label:<{width}}  {value}" for label, value in lines.items())])

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error travel between processes with all its parts."""
        return (_rebuild, (type(self), self.what, self.facts, self.todo))


def _rebuild(kind: type[ZhihangError], what: str, facts: Mapping[str, object], todo: str) -> ZhihangError:
    error = kind.__new__(kind)
    ZhihangError.__init__(error, what, facts, todo=todo)
    return error


class SourceError(ZhihangError):
    """A source file, or a part of it, cannot be read."""


class DefinitionError(ZhihangError):
    """A definition file (indicator, plan, mapping, code list ...) is wrong."""


class NotFound(ZhihangError):
    """Nothing of that name exists; carries the nearest names."""

    @classmethod
    def named(cls, kind: str, name: str, known: Iterable[str], *, see: str = "") -> NotFound:
        """Build the error for an unknown name, with the nearest of the known ones."""
        from difflib import get_close_matches

        names = sorted(known)
        close = get_close_matches(name, names, n=3, cutoff=0.5)
        facts = {"close to": ", ".join(close)} if close else {"there are": ", ".join(names[:12]) or "none"}
        return cls(f'{kind.capitalize()} "{name}" is not known.', facts, todo=see)


class NotComparable(ZhihangError):
    """Two things cannot be compared or combined: their units, periods or regions do not fit."""


class Infeasible(ZhihangError):
    """Wishes contradict each other, so that nothing can fulfil all of them; says which and what would help."""


class NotInstalled(ZhihangError):
    """An optional part is missing; names the install command."""


class NotAllowed(ZhihangError):
    """The caller may not do this; says what may."""


class StoreBusy(ZhihangError):
    """Another run is writing to the store."""


class StoreError(ZhihangError):
    """The store cannot be read or written."""


class QueryError(ZhihangError):
    """A query cannot be run, or ran out of its time."""


class QuerySyntaxError(QueryError):
    """A search query cannot be read; shows the place and says what was expected there."""
