# SPDX-License-Identifier: Apache-2.0
"""Every desk of a workspace by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhihang.desks.room import Room

if TYPE_CHECKING:
    from zhihang.desks.citations import CitationsDesk
    from zhihang.desks.expansions import ExpansionsDesk
    from zhihang.desks.intake import IntakeDesk
    from zhihang.desks.intensity import IntensityDesk
    from zhihang.desks.intensity_papers import IntensityPapers
    from zhihang.desks.landscapes import LandscapesDesk
    from zhihang.desks.names import NamesDesk
    from zhihang.desks.parks import ParksDesk
    from zhihang.desks.plan_tasks import PlanTasks
    from zhihang.desks.plans import PlansDesk
    from zhihang.desks.reports import ReportsDesk
    from zhihang.desks.review import ReviewDesk
    from zhihang.desks.scenarios import ScenariosDesk
    from zhihang.desks.search import SearchDesk
    from zhihang.desks.studies import StudiesDesk
    from zhihang.desks.study_board import StudyBoard
    from zhihang.desks.study_tree import StudyTree
    from zhihang.desks.texts import TextsDesk
    from zhihang.desks.topics import TopicsDesk
    from zhihang.desks.watches import WatchesDesk


class Hall:
    """Where the desks stand; a workspace is one."""

    @property
    def citations(self: Room) -> CitationsDesk:
        """The desk for citations: main paths, CD index, networks of any table."""
        from zhihang.desks.citations import CitationsDesk

        return CitationsDesk(self)

    @property
    def intake(self: Room) -> IntakeDesk:
        """The desk for what comes in: unknown tables, refused records, files to take out again."""
        from zhihang.desks.intake import IntakeDesk

        return IntakeDesk(self)

    @property
    def intensity(self: Room) -> IntensityDesk:
        """The desk for patent-intensive industries, enterprises and parks."""
        from zhihang.desks.intensity import IntensityDesk

        return IntensityDesk(self)

    @property
    def intensity_papers(self: Room) -> IntensityPapers:
        """Papers on industries and firms."""
        from zhihang.desks.intensity_papers import IntensityPapers

        return IntensityPapers(self)

    @property
    def expansions(self: Room) -> ExpansionsDesk:
        """The desk for growing a corpus from seeds inside the store."""
        from zhihang.desks.expansions import ExpansionsDesk

        return ExpansionsDesk(self)

    @property
    def landscapes(self: Room) -> LandscapesDesk:
        """The desk for landscapes: which patents of a table belong, from seeds and few labels."""
        from zhihang.desks.landscapes import LandscapesDesk

        return LandscapesDesk()

    @property
    def names(self: Room) -> NamesDesk:
        """The desk for names and places."""
        from zhihang.desks.names import NamesDesk

        return NamesDesk(self)

    @property
    def parks(self: Room) -> ParksDesk:
        """The desk for parks."""
        from zhihang.desks.parks import ParksDesk

        return ParksDesk(self)

    @property
    def plans(self: Room) -> PlansDesk:
        """The desk for plans."""
        from zhihang.desks.plans import PlansDesk

        return PlansDesk(self)

    @property
    def plan_tasks(self: Room) -> PlanTasks:
        """Follow-up of the tasks of plans."""
        from zhihang.desks.plan_tasks import PlanTasks

        return PlanTasks(self)

    @property
    def reports(self: Room) -> ReportsDesk:
        """The desk for reports."""
        from zhihang.desks.reports import ReportsDesk

        return ReportsDesk(self)

    @property
    def review(self: Room) -> ReviewDesk:
        """The correction desk."""
        from zhihang.desks.review import ReviewDesk

        return ReviewDesk(self)

    @property
    def scenarios(self: Room) -> ScenariosDesk:
        """The desk for scenarios of allocations."""
        from zhihang.desks.scenarios import ScenariosDesk

        return ScenariosDesk(self)

    @property
    def search(self: Room) -> SearchDesk:
        """The desk for searching."""
        from zhihang.desks.search import SearchDesk

        return SearchDesk(self)

    @property
    def studies(self: Room) -> StudiesDesk:
        """The desk for navigation studies."""
        from zhihang.desks.studies import StudiesDesk

        return StudiesDesk(self)

    @property
    def study_board(self: Room) -> StudyBoard:
        """The board of recommendations of studies."""
        from zhihang.desks.study_board import StudyBoard

        return StudyBoard(self)

    @property
    def study_tree(self: Room) -> StudyTree:
        """The breakdown and the effects of studies."""
        from zhihang.desks.study_tree import StudyTree

        return StudyTree(self)

    @property
    def texts(self: Room) -> TextsDesk:
        """The desk for texts: topics, growth curves, white spaces, landscapes."""
        from zhihang.desks.texts import TextsDesk

        return TextsDesk(self)

    @property
    def topics(self: Room) -> TopicsDesk:
        """The desk for topic databases."""
        from zhihang.desks.topics import TopicsDesk

        return TopicsDesk(self)

    @property
    def watches(self: Room) -> WatchesDesk:
        """The desk for watches: news for each reader."""
        from zhihang.desks.watches import WatchesDesk

        return WatchesDesk(self)
