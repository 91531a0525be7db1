# SPDX-License-Identifier: Apache-2.0
"""The desk for navigation studies: new ones, labels, how good they are, running them and writing their report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.desks.search import SearchDesk
from zhihang.errors import DefinitionError, NotAllowed, NotFound, NotInstalled

if TYPE_CHECKING:
    from datetime import date

    from zhihang.navigation.corpus import Collected, Tools
    from zhihang.navigation.labels import HandLabel
    from zhihang.navigation.result import StudyResult
    from zhihang.navigation.study import Studies, Study
    from zhihang.reporting.document import Document

FORMATS = ("docx", "pdf", "html", "xlsx")
RESTS_ON = ("family", "organisation", "party_organisation", "patent", "right_state")
"""Derived tables without which holders, places, families and states of a study are unknown."""
SAMPLED = 40
"""So many patents are drawn at random to be labelled before the classifier chooses what to ask."""
PLACE_ROLES = {"local": "本地", "nation": "全国", "comparator": "对比", "world": "全球"}
"""What the part that a place plays in a study is called."""
EACH_OUTSIDE = 4
"""Every fourth patent of the random sample is drawn from what the corpus leaves out."""


@dataclass(frozen=True)
class Asked:
    """A patent to be labelled: what is shown of it, what the rules say, and how it was chosen."""

    number: str
    title: str
    text: str
    holders: tuple[str, ...]
    year: int | None
    nodes: tuple[str, ...]
    sample: str


@dataclass(frozen=True)
class StudiesDesk:
    """Studies of one workspace; labels and records of runs stand in its folder ``studies/NAME``."""

    room: Room

    @property
    def studies(self) -> Studies:
        """Studies of the workspace's folder ``studies`` and the examples of the package."""
        from zhihang.navigation.study import Studies

        return Studies((self.room.folder / "studies",))

    def new(
        self, name: str, *, query: str, region: str = "", question: str = "", variant: str = "industry"
    ) -> Path:
        """Write the file of a new study with comments; what it says can be read, a file that is there stays."""
        import json
        from importlib.resources import files

        from zhihang.navigation.places import compared
        from zhihang.navigation.study import VARIANTS, read_study

        if variant not in VARIANTS:
            raise NotFound.named("kind of study", variant, VARIANTS)
        path = named_file(self.room.folder / "studies", name)
        self._check(query)
        told = files("zhihang.navigation").joinpath("study_template.yaml").read_text("utf-8")
        word = partial(json.dumps, ensure_ascii=False)
        node = f"  - {{code: A, zh: 待分解, en: to be broken down, query: {word(query)}}}\n"
        filled = told.format(
            label=word(name), name=word(name), question=word(question or f"{name}：方向、定位与路径"),
            variant=variant, region=word(region), query=word(query), breakdown=node,
        )  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        temporary.write_text(filled, encoding="utf-8")
        try:
            compared(read_study(temporary), self.room.codes)
        except DefinitionError:
            temporary.unlink()
            raise
        temporary.replace(path)
        return path

    def listed(self) -> list[dict[str, Any]]:
        """Return a row for each study."""
        from zhihang.navigation.changes import last_run

        rows = []
        for name in self.studies.names():
            study = self.studies[name]
            run = last_run(self._folder(name)) or {}
            rows.append(
                {
                    "study": name,
                    "label": study.label.zh,
                    "variant": study.says.variant,
                    "region": study.says.region,
                    "nodes": len(study.says.breakdown),
                    "labels": len(self._labels(study)),
                    "last_run": run.get("made_on", ""),
                }
            )
        return rows

    def show(self, name: str) -> dict[str, Any]:
        """Return a study in full: its places, its tree, its labels, its last run."""
        from zhihang.navigation.changes import last_run
        from zhihang.navigation.places import compared

        study = self.studies[name]
        return {
            "study": name,
            "file": str(study.path),
            "label": study.label.zh,
            "question": study.says.question,
            "variant": study.says.variant,
            "query": study.says.query,
            "level": study.says.level,
            "places": [f"{one.name}（{PLACE_ROLES[one.role]}）" for one in compared(study, self.room.codes)],
            "nodes": [
                {"code": node.code, "label": "　" * depth + node.zh, "parent": node.parent}
                for node, depth in study.ordered()
            ],
            "effects": [{"code": node.code, "label": node.zh} for node in study.says.effects],
            "labels": len(self._labels(study)),
            "last_run": (last_run(self._folder(name)) or {}).get("made_on", ""),
        }

    def ask(self, name: str, count: int = 20) -> list[Asked]:
        """Return the patents to label next: random ones first, then those the classifier doubts most."""
        study = self.studies[name]
        labels = self._labels(study)
        made = self._collected(study, labels)
        drawn = sum(one.sample in ("retrieved", "left_out") for one in labels.values())
        random = list(self._random(made, labels, max(0, min(count, SAMPLED - drawn))))
        return [*random, *self._doubtful(made, labels, count - len(random), {one.number for one in random})]

    def label(self, name: str, number: str, text: str, sample: str = "") -> HandLabel:
        """Keep what somebody says of a patent (codes of nodes joined with |, in, noise); saved when this returns."""
        from zhihang.navigation.labels import add_label, as_label

        study = self.studies[name]
        today = self.room.store.clock().date().isoformat()
        found = as_label(number, text, _codes(study), sample=sample, day=today)
        add_label(self._folder(name) / "labels.csv", found)
        return found

    def label_from(self, name: str, path: Path) -> int:
        """Take the labels of a file into the study; all of it is read before any is kept. Return how many."""
        from zhihang.navigation.labels import add_label, read_labels

        study = self.studies[name]
        if not path.exists():
            raise NotFound(
                f'"{path}" is not there.', {"expected": "a CSV with number and label"}, todo="Check the name."
            )
        found = read_labels(path, _codes(study))
        known = self._labels(study)
        new = [label for key, label in found.items() if known.get(key) != label]
        for label in new:
            add_label(self._folder(name) / "labels.csv", label)
        return len(new)

    def evaluate(self, name: str) -> list[dict[str, Any]]:
        """Estimate precision and recall of the corpus and of each node from labels, with intervals."""
        from zhihang.navigation.sampled import quality

        study = self.studies[name]
        labels = self._labels(study)
        if not labels:
            raise NotFound(
                f'The study "{name}" has no labels yet.',
                {"expected in": self._folder(name) / "labels.csv"},
                todo=f"zhihang study tag {name}",
            )
        made = self._collected(study, labels)
        names = {node.code: node.zh for node in (*study.says.breakdown, *study.says.effects)}
        rows = [{**one.row(), "label": names.get(one.of, "语料库")} for one in quality(made, labels)]
        rows += [
            {
                "what": "f1", "of": one.node.code, "label": one.node.zh, "value": value, "low": None, "high": None,
                "sampled": len(labels), "how": how,
            }
            for one in made.taggings
            for value, how in ((one.rule_f1, "规则（标注内）"), (one.classifier_f1, "分类器（交叉检验）"))
            if value is not None
        ]  # fmt: skip
        return rows

    def run(
        self, name: str, *, progress: Callable[[str], None] | None = None, record: bool = True
    ) -> StudyResult:
        """Compute a study, compare it with its last run, and keep the figures for the next."""
        from zhihang.navigation.changes import keep, last_run
        from zhihang.navigation.navigate import navigate

        study, store = self.studies[name], self.room.store
        self._check_derived()
        found = navigate(
            study,
            self._tools(study, self._labels(study)),
            self.room.codes,
            before=last_run(self._folder(name)),
            today=store.clock().date(),
            version=store.manifest.version,
            progress=progress,
        )
        found = self._with_stale(found)
        if record:
            keep(self._folder(name), found)
        return found

    def navigate(
        self,
        name: str,
        to: Path,
        *,
        formats: Sequence[str] = FORMATS,
        progress: Callable[[str], None] | None = None,
    ) -> tuple[StudyResult, list[Path]]:
        """Compute a study and write its report, its brief and the result as JSON into a folder."""
        unknown = [one for one in formats if one not in FORMATS]
        if unknown:
            raise NotFound.named("kind of report", unknown[0], FORMATS)
        found = self.run(name, progress=progress)
        return found, self.write(found, to, formats=formats)

    def write(self, found: StudyResult, to: Path, *, formats: Sequence[str] = FORMATS) -> list[Path]:
        """Write report, brief and JSON of a result into a folder; return the paths."""
        import json

        from zhihang.reporting.write import save, write

        written = []
        for kind, name, document in self._documents(found, formats):
            written.append(write(document, to / f"{name}.{kind}", [self.room.folder / "writers"]))
        told = json.dumps(found.to_plain(), ensure_ascii=False, indent=1).encode()
        return [*written, save(told, to / f"{found.name}.json")]

    def _documents(self, found: StudyResult, formats: Sequence[str]) -> Iterator[tuple[str, str, Document]]:
        from zhihang.reporting.navigation_brief import navigation_brief
        from zhihang.reporting.navigation_report import navigation_report, navigation_workbook

        simulated, codes = self._simulated(), self.room.codes
        report = navigation_report(found, simulated=simulated, codes=codes)
        for kind in formats:
            if kind == "xlsx":
                book = navigation_workbook(found, simulated=simulated, codes=codes, report=report)
                yield kind, found.name, book
            else:
                yield kind, found.name, report
        brief = [kind for kind in formats if kind in ("docx", "pdf")][:1]
        for kind in brief:
            yield kind, f"{found.name}-brief", navigation_brief(found, simulated=simulated, codes=codes)

    def _check_derived(self) -> None:
        """Refuse a store whose holders, places, families and states have never been derived from its records."""
        store = self.room.store
        missing = [name for name in RESTS_ON if name not in store.manifest.derived]
        if missing and {"application"} & {*store.manifest.recorded, *store.manifest.settled}:
            raise NotFound(
                "Tables that a study rests on have not been derived yet. 研究所依据的派生表尚未计算。",
                {
                    "missing": "、".join(missing),
                    "without them": "holders, places, families and states are unknown",
                },
                todo="zhihang derive",
            )

    def _with_stale(self, found: StudyResult) -> StudyResult:
        """Put first among the limits that derived tables are behind the data."""
        from dataclasses import replace

        from zhihang.facts.table import TABLES
        from zhihang.navigation.result import Limit

        late = [name for name in self.room.stale() if name in RESTS_ON]
        if not late or not len(found.corpus):
            return found
        names = "、".join(TABLES[name].label.zh for name in late)
        text = f"派生表（{names}）落后于入库数据或计算规则，部分专利可能缺权利人、地区或状态；更新派生表后应重新计算。"
        return replace(found, limits=(Limit("corpus", "derived", text), *found.limits))

    def _simulated(self) -> bool:
        patent = self.room.store.table("patent")
        found = self.room.store.collect(patent.filter(patent.simulated).limit(1).select("application_id"))
        return bool(found.num_rows)

    def _folder(self, name: str) -> Path:
        return self.room.folder / "studies" / name

    def _labels(self, study: Study) -> Mapping[str, HandLabel]:
        from zhihang.navigation.labels import read_labels

        return read_labels(self._folder(study.name) / "labels.csv", _codes(study))

    def _collected(self, study: Study, labels: Mapping[str, HandLabel]) -> Collected:
        from zhihang.navigation.corpus import collect

        return collect(study, self._tools(study, labels))

    def _tools(self, study: Study, labels: Mapping[str, HandLabel]) -> Tools:
        from zhihang.navigation.corpus import Tools
        from zhihang.navigation.scan import Scan
        from zhihang.navigation.study_graph import linked_applications

        snapshot, cutoff = self.room.store.snapshot, study.says.cutoff or self._last_published()
        search = SearchDesk(self.room)
        if self._indexed(search):

            def find(query: str, style: str) -> list[str]:
                return search.ids(query, style=style)

            return Tools(
                snapshot,
                find,
                search.nearest(),
                lambda: linked_applications(snapshot),
                labels,
                cutoff,
                "全文索引",
            )
        scan = Scan(snapshot, cutoff, self.room.codes)
        return Tools(
            snapshot,
            scan.ids,
            None,
            lambda: linked_applications(snapshot),
            labels,
            cutoff,
            "逐件比对文本（无全文索引）",
        )

    def _indexed(self, search: SearchDesk) -> bool:
        try:
            search.notes()
        except (NotFound, NotInstalled):
            return False
        return True

    def _check(self, query: str) -> None:
        """Refuse a query that cannot be read."""
        from zhihang.retrieval.query_language.parse import read

        read(query, codes=self.room.codes)

    def _last_published(self) -> date:
        """Return the day up to which documents are known: the latest publication, today if there is none."""
        store = self.room.store
        rows = store.table("publication")
        found = store.collect(rows.aggregate(last=rows.publication_date.max()))["last"][0].as_py()
        today = store.clock().date()
        return min(found, today) if found else today

    def _random(self, made: Collected, labels: Mapping[str, HandLabel], count: int) -> Iterator[Asked]:
        from zhihang.navigation.sampled import LEFT_OUT, RETRIEVED, sample

        outside = count // EACH_OUTSIDE
        rows = sample(made, labels, count - outside, seed=len(labels))
        left = self._left_out(made, labels, outside)
        for place, row in enumerate(rows):
            yield _asked(made.patents[row], RETRIEVED)
            if left and place % (EACH_OUTSIDE - 1) == EACH_OUTSIDE - 2:
                yield _asked(left.pop(0), LEFT_OUT)
        for patent in left:
            yield _asked(patent, LEFT_OUT)

    def _left_out(self, made: Collected, labels: Mapping[str, HandLabel], count: int) -> list[Any]:
        """Draw applications at random that the corpus leaves out."""
        import numpy as np

        from zhihang.navigation.patents import load
        from zhihang.navigation.rules import bare

        store = self.room.store
        rows = store.table("application").select("application_id").order_by("application_id")
        every = store.collect(rows)["application_id"].to_pylist()
        inside = {one for patent in made.patents for one in patent.applications}
        rest = [one for one in every if one not in inside and bare(one) not in labels]
        if not rest or not count:
            return []
        drawn = np.random.default_rng(len(labels)).permutation(len(rest))[: 2 * count]
        found = load(store.snapshot, [rest[int(i)] for i in drawn], "application", made.cutoff)
        return [patent for patent in found if bare(patent.number) not in labels][:count]

    def _doubtful(
        self, made: Collected, labels: Mapping[str, HandLabel], count: int, shown: set[str]
    ) -> Iterator[Asked]:
        """Patents on which the classifiers are least sure: of noise, then of the nodes in turn."""
        from zhihang.navigation.tagging import Labelled, doubted

        if count <= 0 or not made.patents:
            return
        rows = doubted(
            made.labelled or Labelled(made.patents, labels), made.taggings, made.study, count + len(shown)
        )
        chosen = [row for row in rows if made.patents[row].number not in shown][:count]
        for row in chosen:
            yield _asked(made.patents[row], "asked")


def named_file(folder: Path, name: str) -> Path:
    """Return the file that a new study of a name gets; refuse a name that is none, or taken."""
    import re

    if not re.fullmatch(r"[^\s/\\:*?\"<>|.][^/\\:*?\"<>|]{0,79}", name):
        raise DefinitionError(
            f'"{name}" cannot name a study. “{name}”不能作为研究名称。',
            {"expected": "a file name 可作文件名的名称"},
            todo="Give another. 请换一个名称。",
        )
    path = folder / f"{name}.yaml"
    if path.exists():
        raise NotAllowed(
            f'There is a study "{name}" already. 已有研究“{name}”。',
            {"file": path},
            todo="Give another name. 请换一个名称。",
        )
    return path


def _codes(study: Study) -> list[str]:
    return [node.code for node in (*study.says.breakdown, *study.says.effects)]


def _asked(patent: Any, sample: str) -> Asked:
    return Asked(patent.number, patent.title, patent.text, patent.holders, patent.year, patent.nodes, sample)
