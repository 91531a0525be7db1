# SPDX-License-Identifier: Apache-2.0
"""Open Data Portal of the USPTO: responses and bulk files as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.citation import add_cited
from zhihang.ingestion.odp.file_wrapper import add_file_wrapper
from zhihang.ingestion.odp.json_value import Object, inner, objects, said
from zhihang.ingestion.odp.trial import add_trial
from zhihang.ingestion.reader import OFFICE_REGISTER, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

_BAG = re.compile(r'"(patentFileWrapperDataBag|patentTrial\w*DataBag|statusCodeBag|patentApplicationNumber)"')
_BATCH = 2_000
_STATUS_CODES = "statusCodeBag"


def _recognise(sample: Sample) -> float:
    """JSON with the lists (Bag) of a file wrapper, of citations or of trials."""
    return 1.0 if sample.shape == "json" and _BAG.search(sample.text) else 0.0


@reader(
    label=Label("美国专利商标局开放数据平台", "USPTO Open Data Portal"),
    recognise=_recognise,
    precedence=OFFICE_REGISTER,
    default_office="US",
)
def uspto_odp(source: Source, _: Sample) -> Iterator[Draft]:
    """ODP JSON: file wrappers (whole, assignments, continuity, transactions), enriched citations, PTAB trials.

    The register names no kind code of a grant; B1 or B2 follows from whether the application was published before.
    """
    response = _parsed(source)
    draft = Draft()
    wrappers = response.get("patentFileWrapperDataBag")
    trials = next((bag for name, bag in response.items() if str(name).startswith("patentTrial")), None)
    cited = inner(response.get("response")).get("docs")
    if isinstance(wrappers, list):
        entries = enumerate(wrappers, 1)
    elif isinstance(trials, list):
        entries = enumerate(trials, 1)
    elif isinstance(cited, list):
        yield _citations(cited)
        return
    else:
        raise _holds_no_patents(source, response)
    for line, entry in entries:
        if not isinstance(entry, dict):
            draft.reject(line, json.dumps(entry), "not an object: the entry holds no application")
        elif isinstance(wrappers, list):
            add_file_wrapper(draft, line, entry)
        else:
            add_trial(draft, line, entry)
        if len(draft) >= _BATCH:
            yield draft
            draft = Draft()
    yield draft


def _parsed(source: Source) -> Object:
    try:
        response = json.loads(source.read_all())
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f'"{source.name}" is not readable as JSON.',
            {"error": str(error)[:200]},
            todo="Download it again; the file may be cut off.",
        ) from error
    return inner(response)


def _citations(cited: list[object]) -> Draft:
    """Gather citations by application: they come one by one, in any order."""
    draft = Draft()
    by_application: dict[str | None, list[tuple[int, Object]]] = {}
    for line, one in enumerate(cited, 1):
        if isinstance(one, dict) and said(one.get("patentApplicationNumber")):
            number = said(one.get("patentApplicationNumber"))
            by_application.setdefault(number, []).append((line, one))
        else:
            draft.reject(line, json.dumps(one), "the citation names no application")
    for number, entries in by_application.items():
        add_cited(draft, entries[0][0], number, [one for _, one in entries])
    return draft


def _holds_no_patents(source: Source, response: Object) -> SourceError:
    codes = objects(response.get(_STATUS_CODES))
    if codes:
        return SourceError(
            f'"{source.name}" is a list of status codes and holds no patents.',
            {"status codes": len(codes), "first": said(codes[0].get("applicationStatusDescriptionText"))},
            todo="Nothing to ingest: file wrappers name the status of an application in words already.",
        )
    return SourceError(
        f'"{source.name}" is a response of the Open Data Portal without applications.',
        {"holds": ", ".join(map(str, response)) or "nothing"},
        todo="Ask the portal again; a search that finds nothing gives no bag of applications.",
    )
