# SPDX-License-Identifier: Apache-2.0
"""A user's own mapping file: which column of some table goes to which field, for `zhihang ingest --map`."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from zhihang.errors import DefinitionError, SourceError
from zhihang.facts.form import FORMS, Form
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.field import field_names
from zhihang.ingestion.form_layout import FormLayout
from zhihang.ingestion.headers import fold_header
from zhihang.ingestion.layout import Layout, find_header
from zhihang.ingestion.reader import LIST, Reader
from zhihang.ingestion.sample import SAMPLE_ROWS, Sample, take_sample
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

HELP = "docs/how-to/map-your-own-table.md shows how such a file is written and lists the fields."


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        msg = f'no encoding "{name}"; usual ones are utf-8, gb18030, utf-16, cp1252'
        raise ValueError(msg) from error


def _as_text(value: object) -> object:
    """Headers such as 2015 are numbers to YAML."""
    return {str(header): place for header, place in value.items()} if isinstance(value, dict) else value


Char = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Separator = Annotated[str, StringConstraints(min_length=1)]


class Words(BaseModel):
    """A label in both languages."""

    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


class MappingFile(BaseModel):
    """What a mapping file says.

    Parameters
    ----------
    name, label
        What the table is called, in lists and messages; the file's own name when not stated.
    columns
        Header -> field. Columns not named go by their known headers, the others are kept as attributes.
    separators
        Field, or the beginning of its name -> what separates the values in one cell.
    date_order
        How ``1/2/2013`` is to be understood.
    default_office
        Office of numbers that name none.
    header_row
        Row that holds the headers, from 1; found by their names when not stated.
    encoding, delimiter
        Of a text, where they are not recognised.
    language
        Language of titles, abstracts and claims.
    units
        Of firms, industries and parks: field -> unit of its column, where the header does not say it.
    missing_columns
        Whether a table without one of the columns is refused, or read without it.
    """

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    label: Words | None = None
    columns: Annotated[dict[str, str], Field(min_length=1), BeforeValidator(_as_text)]
    separators: dict[str, list[Separator]] = {}
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    default_office: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    header_row: Annotated[int, Field(ge=1, le=SAMPLE_ROWS)] | None = None
    encoding: Annotated[str, AfterValidator(_encoding)] | None = None
    delimiter: Char | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    missing_columns: Literal["refuse", "ignore"] = "refuse"
    units: dict[str, str] = {}


def mapped_reader(path: Path) -> Reader:
    """Make a reader of a mapping file; all faults of the file are told together."""
    mapping = read_mapping(path)
    name = mapping.name or path.stem
    label = Label(mapping.label.zh, mapping.label.en) if mapping.label else Label(name, name)

    def take(source: Source) -> Sample:
        sample = take_sample(source)
        if sample.sheet is not None or (mapping.encoding is None and mapping.delimiter is None):
            return sample
        return take_sample(source, encoding=mapping.encoding, delimiter=mapping.delimiter)

    filled = _form(mapping, path)

    def read(source: Source, sample: Sample) -> Iterator[Draft]:
        header = _header(mapping, sample, path)
        if filled is not None:
            yield from _form_layout(filled, mapping, sample.rows[header]).drafts(body(source, sample, header))
            return
        yield from _layout(mapping, sample.rows[header]).drafts(body(source, sample, header))

    return Reader(
        name=name,
        label=label,
        description=f"Table read by the mapping file {path.name}.",
        recognise=lambda sample: 1.0 if sample.shape == "sheet" else 0.0,
        read=read,
        precedence=LIST,
        date_order=mapping.date_order,
        default_office=mapping.default_office,
        take=take,
        layout=None
        if filled is not None
        else lambda sample: _layout(mapping, sample.rows[_header(mapping, sample, path)]),
    )


def read_mapping(path: Path) -> MappingFile:
    """Read and check a mapping file."""
    try:
        stated = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise DefinitionError(
            f'The mapping file "{path}" cannot be read.', {"error": error.strerror}, todo="Check the path."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f'The mapping file "{path}" is not YAML.', {"error": error}, todo=HELP
        ) from error
    if not isinstance(stated, dict):
        raise DefinitionError(
            f'The mapping file "{path}" says nothing.', {"expected": "columns: {header: field}"}, todo=HELP
        )
    faults = _unknown_fields(stated)
    try:
        mapping = MappingFile.model_validate(stated)
    except ValidationError as error:
        faults = {**_faults(error), **faults}
    else:
        if not faults:
            return mapping
    raise DefinitionError(
        f'The mapping file "{path}" has {len(faults)} fault{"s" * (len(faults) > 1)}.', faults, todo=HELP
    )


def _faults(error: ValidationError) -> dict[str, str]:
    found = {}
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            message = "no such key" + _close_to(str(fault["loc"][-1]), MappingFile.model_fields)
        found[place] = message
    return found


def _unknown_fields(stated: Mapping[str, Any]) -> dict[str, str]:
    """Fields that do not exist, with the nearest names of those that do."""
    known = [*field_names(), *_form_fields()]
    beginnings = {
        name[:end] for name in known for end in range(len(name) + 1) if name[end : end + 1] in (".", "")
    }
    columns, separators = stated.get("columns"), stated.get("separators")
    found = {}
    for header, name in columns.items() if isinstance(columns, dict) else ():
        if isinstance(name, str) and name not in known and not name.startswith("attribute."):
            found[f"columns.{header}"] = f'no field "{name}"' + _close_to(name, known)
    for name in separators if isinstance(separators, dict) else ():
        if name not in beginnings:
            found[f"separators.{name}"] = f'no field begins with "{name}"' + _close_to(str(name), beginnings)
    return found


def _close_to(name: str, known: Mapping[str, Any] | set[str] | list[str]) -> str:
    close = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"; close to {', '.join(close)}" if close else ""


def _form_fields() -> list[str]:
    return [f"{form.name}.{column.name}" for form in FORMS.values() for column in form.columns]


def _form(mapping: MappingFile, path: Path) -> Form | None:
    """The form whose fields a mapping names; None where it speaks of patents."""
    named = {name.split(".")[0] for name in mapping.columns.values() if name != "ignore"}
    forms = sorted(named & FORMS.keys())
    if len(forms) > 1 or (forms and len(named) > 1):
        raise DefinitionError(
            f'The mapping file "{path}" speaks of several things.',
            {"fields of": ", ".join(sorted(named))},
            todo="Write one mapping file for each of them.",
        )
    return FORMS[forms[0]] if forms else None


def _form_layout(form: Form, mapping: MappingFile, header: tuple[str, ...]) -> FormLayout:
    begin = form.name + "."
    columns = {head: name.removeprefix(begin) for head, name in mapping.columns.items() if name != "ignore"}
    units = {name.removeprefix(begin): unit for name, unit in mapping.units.items()}
    return FormLayout.from_header(form, header, overrides=columns, units=units)


def _layout(mapping: MappingFile, header: tuple[str, ...]) -> Layout:
    separators = {name: tuple(marks) for name, marks in mapping.separators.items()}
    return Layout.from_header(header, mapping.columns, separators=separators, language=mapping.language)


def _header(mapping: MappingFile, sample: Sample, path: Path) -> int:
    """Index of the header; a table that lacks columns of the mapping is refused with the nearest ones it has."""
    index = mapping.header_row - 1 if mapping.header_row else find_header(sample, mapping.columns) or 0
    row = sample.rows[index] if index < len(sample.rows) else ()
    names = {fold_header(cell): cell.strip() for cell in row}
    missing = [header for header in mapping.columns if fold_header(header) not in names]
    if len(missing) < len(mapping.columns) and (not missing or mapping.missing_columns == "ignore"):
        return index
    facts = {f'no column "{header}"': _nearest(header, names) for header in missing}
    raise SourceError(
        f'"{sample.name}" does not have the columns that the mapping file "{path.name}" names.',
        {**facts, "header row": index + 1, "columns": " | ".join(names.values())[:500] or "none"},
        todo="Correct the names in the mapping file, state header_row, or set missing_columns: ignore.",
    )


def _nearest(header: str, names: Mapping[str, str]) -> str:
    close = get_close_matches(fold_header(header), names, n=3, cutoff=0.4)
    return f"close to {', '.join(names[name] for name in close)}" if close else "nothing like it"
