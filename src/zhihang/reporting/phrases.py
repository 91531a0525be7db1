# SPDX-License-Identifier: Apache-2.0
"""The fixed wording of the documents on a plan, from a file that an office may change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from zhihang.errors import DefinitionError
from zhihang.reporting.plan_facts import PlanFacts

FILE = "plan_documents.yaml"
PACKAGED = Path(__file__).parent / "reports" / FILE


class Phrases:
    """Sentences by name (``bulletin.year``), with the names of region, plan and period filled in."""

    def __init__(self, facts: PlanFacts, folders: Iterable[Path] = ()) -> None:
        path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), PACKAGED)
        self._words = _read(path, path.stat().st_mtime_ns)
        self._path = path
        self._language = facts.language
        label = facts.plan.label.label.in_language(facts.language)
        self._values = {
            "place": facts.place,
            "plan": facts.title,
            "short": label.split("（")[0] if facts.language == "zh" else label,
            "when": facts.when,
            "day": facts.day(facts.at),
            "days": str(self._find("days")),
            "divisions": facts.kind,
            "departments": facts.departments,
            "issuer": facts.issuer,
        }
        for name in ("issuer", "government"):
            self._values[name] = self.say(name)

    def say(self, name: str, **values: object) -> str:
        """Return a sentence."""
        found = self._find(name)
        return self._filled(found, name, values)

    def all(self, name: str, **values: object) -> list[str]:
        """Return the sentences of a list."""
        found = self._find(name)
        if not isinstance(found, Sequence):
            raise self._fault(name, "is no list")
        return [self._filled(one, name, values) for one in found]

    def _find(self, name: str) -> Any:
        found: Any = self._words
        for part in name.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise self._fault(name, "is not there")
            found = found[part]
        return found

    def _filled(self, words: Any, name: str, values: Mapping[str, object]) -> str:
        try:
            return str(words[self._language]).format_map({**self._values, **values})
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise self._fault(name, f"cannot be filled in: {error!r}") from error

    def _fault(self, name: str, what: str) -> DefinitionError:
        return DefinitionError(
            "The wording of the documents has a fault.",
            {"file": self._path.name, "fault": f"{name} {what}"},
            todo="Compare it with the packaged reports/plan_documents.yaml.",
        )


@lru_cache(maxsize=8)
def _read(path: Path, modified: int) -> Mapping[str, Any]:  # noqa: ARG001 - the cache's key
    try:
        found: Any = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            "The wording of the documents cannot be read.",
            {"file": path.name, "fault": error},
            todo="Mend the file.",
        ) from error
    return found if isinstance(found, Mapping) else {}
