# SPDX-License-Identifier: Apache-2.0
"""Navigation studies and the result of their last run."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from zhihang.errors import NotFound
from zhihang.web.api.access import require
from zhihang.web.api.answer import MOST, answer, rows_answer
from zhihang.web.studying import board_of, result_of

studies = Router()
Name = Annotated[str, Path(max_length=80)]


@studies.get("/", summary="The studies there are")
def list_studies(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> HttpResponse:
    """Return a row for each study."""
    rows = require(request, "view").answers.workspace.studies.listed()
    return rows_answer(request, rows, limit=limit, offset=offset, form="json")


@studies.get("/{name}/", summary="One study")
def show_study(request: HttpRequest, name: Name) -> HttpResponse:
    """Return question, places, tree and number of labels."""
    return answer(request, require(request, "view").answers.workspace.studies.show(name))


@studies.get("/{name}/result/", summary="Result of the last run")
def study_result(request: HttpRequest, name: Name) -> HttpResponse:
    """Return findings, limits, position and the rest as the run wrote them."""
    require(request, "view").answers.workspace.studies.show(name)
    found = result_of(name)
    if found is None:
        raise NotFound(f'The study "{name}" was not computed yet.', todo="Compute it on its page.")
    return answer(request, found)


@studies.get("/{name}/recommendations/", summary="Recommendations with owner, date and state")
def recommendations(request: HttpRequest, name: Name) -> HttpResponse:
    """Return the recommendations of the last run with what was decided since."""
    workspace = require(request, "view").answers.workspace
    rows = board_of(result_of(name), workspace.study_board.decided(name))
    return rows_answer(request, rows, limit=MOST, offset=0, form="json")
