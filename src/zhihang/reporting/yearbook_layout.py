# SPDX-License-Identifier: Apache-2.0
"""The layout of a statistical yearbook (统计年报): its parts and tables, as a file declares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhihang.errors import DefinitionError, NotFound
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.terms.label import Language

REPORTS = Path(__file__).parent / "reports"
AXES = ("indicator", "year", "month", "basis", *DIMENSIONS)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Piece(BaseModel):
    """Strict base of everything written in a layout."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Piece):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: Language) -> str:
        """Return the text in the language asked for."""
        return self.zh if language == "zh" else self.en


class TableLayout(Piece):
    """One table.

    Parameters
    ----------
    indicators
        What it counts, by code.
    rows, columns
        Axes: `indicator`, `year`, `month`, `basis` (computed and published), or a dimension of measuring. Of two axes
        of columns the first gives the common headings. An axis that is not named stands still: the one indicator, the
        year of the book.
    years
        How many years it goes back, that of the book among them.
    growth
        Whether a column tells the change of the last year against the one before.
    share
        Whether a column tells each row's part of the total (of the last column of figures).
    total
        Whether a last row gives the figure of the whole region. Of counts that add up, what belongs to no row stands
        in a row of its own before it.
    sum
        Whether figures for all values of a dimension in the columns stand before those of each.
    values
        For a dimension: which values, in which order; default: those that occur, in the order of the code list.
    top
        Keep only so many rows, those with the largest first figure.
    digits
        Join the codes of the rows by so many first characters.
    headings
        Short names of indicators in this table.
    """

    name: str
    title: Words
    indicators: list[str] = Field(min_length=1)
    rows: str
    columns: list[str] = Field(min_length=1, max_length=2)
    years: int = Field(default=1, ge=1, le=30)
    growth: bool = False
    share: bool = False
    total: bool = True
    sum: bool = True
    values: dict[str, list[str]] = Field(default_factory=dict)
    top: int | None = Field(default=None, ge=1)
    digits: int | None = Field(default=None, ge=1)
    headings: dict[str, Words] = Field(default_factory=dict)
    notes: list[Words] = Field(default_factory=list)

    @model_validator(mode="after")
    def _axes(self) -> TableLayout:
        axes = self.axes
        unknown = [axis for axis in axes if axis not in AXES]
        if unknown:
            raise ValueError(f"unknown axis {', '.join(unknown)}; known: {', '.join(AXES)}")
        if len(set(axes)) != len(axes):
            raise ValueError("an axis stands twice")
        if "indicator" not in axes and len(self.indicators) > 1:
            raise ValueError("several indicators, but no axis `indicator`")
        if self.growth and (self.columns[-1] != "year" or self.years < 2):
            raise ValueError("`growth` needs `year` as the last axis of the columns, and two years")
        if self.years > 1 and "year" not in axes:
            raise ValueError("several years, but no axis `year`")
        return self

    @property
    def axes(self) -> tuple[str, ...]:
        """Axes of rows and columns."""
        return (self.rows, *self.columns)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The axes that are dimensions of measuring."""
        return tuple(axis for axis in self.axes if axis in DIMENSIONS)


class ChartLayout(Piece):
    """A chart drawn from a table of the same part: lines over its rows, or bars by its rows."""

    table: str
    title: Words
    form: Literal["lines", "bars"]
    columns: list[int] = Field(default_factory=list)


class PartLayout(Piece):
    """A part of the book: what it opens with in a sentence (`lead`, codes of indicators), tables, charts."""

    title: Words
    lead: list[str] = Field(default_factory=list)
    tables: list[TableLayout]
    charts: list[ChartLayout] = Field(default_factory=list)


class YearbookLayout(Piece):
    """A yearbook: title with ``{region}`` and ``{year}``, remarks that stand before all tables, parts."""

    title: Words
    preface: list[Words]
    parts: list[PartLayout]

    @property
    def tables(self) -> list[TableLayout]:
        """All tables in order."""
        return [table for part in self.parts for table in part.tables]

    @model_validator(mode="after")
    def _names(self) -> YearbookLayout:
        names = [table.name for table in self.tables]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"tables of the same name: {', '.join(twice)}")
        for part in self.parts:
            missing = {chart.table for chart in part.charts} - {table.name for table in part.tables}
            if missing:
                raise ValueError(f"charts of tables that are not in their part: {', '.join(sorted(missing))}")
        return self


def yearbook_layout(
    folders: Iterable[Path] = (), name: str = "yearbook", known: Sequence[str] = ()
) -> YearbookLayout:
    """Read the layout ``<name>.yaml`` of a workspace's folders, else of the package.

    `known` are the codes of indicators; a layout that names another one is refused.
    """
    path = next((folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.yaml").is_file()), None)
    path = path or REPORTS / f"{name}.yaml"
    if not path.is_file():
        raise NotFound.named("report", name, [found.stem for found in REPORTS.glob("*.yaml")])
    layout = _read(path, path.stat().st_mtime_ns)
    faults = list(_unknown(layout, known)) if known else []
    if faults:
        raise DefinitionError(
            "The layout of the yearbook names indicators that are not known.",
            {"file": path.name, "faults": "; ".join(faults)},
            todo="zhihang indicators",
        )
    return layout


def _unknown(layout: YearbookLayout, known: Sequence[str]) -> Iterator[str]:
    codes = set(known)
    for part in layout.parts:
        yield from (f"{part.title.en}, lead: {code}" for code in part.lead if code not in codes)
    for table in layout.tables:
        yield from (f"{table.name}: {code}" for code in table.indicators if code not in codes)
        yield from (
            f"{table.name}, headings: {code}" for code in table.headings if code not in table.indicators
        )


@lru_cache(maxsize=8)
def _read(path: Path, modified: int) -> YearbookLayout:  # noqa: ARG001 - the cache's key
    try:
        given: Any = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
        return YearbookLayout.model_validate(given)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            "The layout of a yearbook cannot be read.",
            {"file": path.name, "fault": error},
            todo="Mend the file.",
        ) from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()]
        raise DefinitionError(
            "The layout of a yearbook has faults.",
            {"file": path.name, "faults": "; ".join(faults[:10])},
            todo="docs/how-to/make-a-yearbook.md says what a layout may hold.",
        ) from error
