# SPDX-License-Identifier: Apache-2.0
"""Write the sheet of an industry, a firm or a park, or the bulletin on industries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.jobs.made_files import folder_of, made_in
from zhihang.web.jobs.verb import Progress, verb

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

KINDS = ("docx", "pdf", "xlsx")


@verb(label=Label("编制情况表", "Write a fact sheet"), permission="export", again=True)
def fact_sheet(
    workspace: Workspace,
    progress: Progress,
    *,
    kind: str,
    folder: str,
    region: str,
    name: str = "",
    year: int | None = None,
    scheme: str = "generic",
) -> dict[str, Any]:
    """Write docx, pdf and xlsx."""
    progress(0, 0, name or kind)
    papers, to = workspace.intensity_papers, folder_of(folder)
    if kind == "park":
        desk = workspace.parks
        desk.sheet(name, to, desk.question(), region=region, year=year, kinds=("docx", "html", "xlsx"))
    elif kind == "enterprise":
        papers.write(papers.enterprise(name, year), to, "enterprise", KINDS)
    elif kind == "industry" and year is not None:
        papers.write(
            papers.industry(name, region, year, scheme=scheme), to, f"industry-{name}-{region}-{year}", KINDS
        )
    elif kind == "bulletin" and year is not None:
        papers.write(papers.bulletin(region, year, scheme=scheme), to, f"industries-{region}-{year}", KINDS)
    else:
        raise NotFound.named("sheet", kind, ("industry", "enterprise", "park", "bulletin"))
    return {"sheet": kind, "name": name, "files": made_in(folder)}
