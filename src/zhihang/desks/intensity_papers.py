# SPDX-License-Identifier: Apache-2.0
"""The desk for papers on patent-intensive industries: the bulletin of a region, sheets of one industry and one firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhihang.desks.intensity import IntensityDesk
from zhihang.desks.room import Room
from zhihang.errors import NotFound

if TYPE_CHECKING:
    from zhihang.reporting.document import Document
    from zhihang.reporting.enterprise_sheet import EnterpriseSheet
    from zhihang.reporting.industry_sheet import IndustrySheet
    from zhihang.terms.label import Language

KINDS = ("docx", "pdf", "html", "xlsx")
NATION = "000000"


@dataclass(frozen=True)
class IntensityPapers:
    """Papers of one workspace on its industries and firms."""

    room: Room

    def bulletin(
        self,
        region: str,
        year: int,
        *,
        scheme: str = "generic",
        firms: str = "intensive_enterprise",
        dated: date | None = None,
    ) -> Document:
        """Return the bulletin (发展动态) of a region and year; of firms only where the store has a register."""
        from zhihang.reporting.industry_bulletin import Bulletin, industry_bulletin

        desk = IntensityDesk(self.room)
        industries = desk.industries(region, year, scheme)
        try:
            recognised, first = desk.enterprises(region, year, firms), desk.first_patent(region, year)
        except NotFound:
            recognised, first = None, []
        watched = desk.watch(region, date(year, 12, 31))
        told = Bulletin(industries, recognised, watched, first, dated or _today(), desk.simulated())
        return industry_bulletin(told)

    def industry(
        self,
        code: str,
        region: str,
        year: int,
        *,
        scheme: str = "generic",
        dated: date | None = None,
        language: Language = "zh",
    ) -> Document:
        """Return the sheet of one industry in a region and year."""
        from zhihang.reporting.industry_sheet import industry_sheet

        return industry_sheet(
            self.industry_told(code, region, year, scheme=scheme, dated=dated, language=language)
        )

    def industry_told(
        self,
        code: str,
        region: str,
        year: int,
        *,
        scheme: str = "generic",
        dated: date | None = None,
        language: Language = "zh",
    ) -> IndustrySheet:
        """Return what the sheet of one industry tells."""
        from zhihang.intensity.leaders import leading_divisions, leading_holders
        from zhihang.reporting.industry_sheet import IndustrySheet

        desk = IntensityDesk(self.room)
        answer = desk.industries(region, year, scheme)
        facts, area, says = desk.facts(), desk.area(region), answer.found.scheme.says
        asked = (facts, area, says, answer.made.window, code)
        return IndustrySheet(
            answer,
            code,
            leading_holders(*asked),
            leading_divisions(*asked),
            dated or _today(),
            desk.simulated(),
            self._named(area.code, "en"),
            language,
        )

    def enterprise(
        self,
        name: str,
        year: int | None = None,
        *,
        schemes: Sequence[str] = (),
        dated: date | None = None,
        language: Language = "zh",
    ) -> Document:
        """Return the sheet of one firm by name or code; with the conditions of all schemes for firms, or of some."""
        from zhihang.reporting.enterprise_sheet import enterprise_sheet

        return enterprise_sheet(
            self.enterprise_told(name, year, schemes=schemes, dated=dated, language=language)
        )

    def enterprise_told(
        self,
        name: str,
        year: int | None = None,
        *,
        schemes: Sequence[str] = (),
        dated: date | None = None,
        language: Language = "zh",
    ) -> EnterpriseSheet:
        """Return what the sheet of one firm tells."""
        from zhihang.intensity.firm_facts import fees_of, figures_of, patents_of
        from zhihang.intensity.recognition import recognitions_on
        from zhihang.reporting.enterprise_sheet import EnterpriseSheet

        desk = IntensityDesk(self.room)
        answers = [
            desk.enterprises(NATION, year, scheme) for scheme in schemes or desk.schemes.names("enterprise")
        ]
        subjects = answers[0].found.subjects
        known = dict(zip(subjects.names, range(len(subjects)), strict=True))
        known |= dict(zip(subjects.ids, range(len(subjects)), strict=True))
        if name not in known:
            raise NotFound.named("enterprise", name, known, see="zhihang enterprises recognise")
        place, when, facts = known[name], answers[0].found.year, desk.facts()
        firm, organisation = subjects.ids[place], answers[0].firms.organisations[place]
        register, day = answers[0].firms.register[place], date(when, 12, 31)
        named = {subjects.names[place], firm}
        return EnterpriseSheet(
            register,
            self._named(register["region"], language),
            answers[0].lists.name(register["industry"]) if register["industry"] else "",
            answers[0].firms.links[place],
            when,
            figures_of(facts, firm, when),
            patents_of(facts, organisation, day),
            [(one.found.scheme.label, one.row_of(place)) for one in answers],
            [row for row in recognitions_on(facts, desk.area(NATION), day) if row["name"] in named],
            fees_of(facts, organisation, day),
            dated or _today(),
            desk.simulated(),
            language,
        )

    def _named(self, region: str | None, language: Language) -> str:
        """Name of a division; blank where it has none."""
        regions = self.room.codes["region"]
        return regions[region].label.in_language(language) if region and region in regions else ""

    def write(self, document: Document, to: Path, stem: str, kinds: Sequence[str] = KINDS) -> list[Path]:
        """Write a paper into a folder once for each kind of file; return the paths."""
        from zhihang.reporting.write import write_all

        return write_all(document, to, stem, kinds)


def _today() -> date:
    return datetime.now(UTC).date()
