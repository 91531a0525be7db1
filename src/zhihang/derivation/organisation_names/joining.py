# SPDX-License-Identifier: Apache-2.0
"""Join keys into organisations: by codes, former names, foreign names, wording, and what the office decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhihang.derivation.organisation_decision import Decision
from zhihang.derivation.organisation_names.columns import Columns
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.keying import ALONE, PERSON, SPLIT, Aliases
from zhihang.derivation.organisation_names.linking import Key, Link, links
from zhihang.derivation.organisation_names.name import OTHERS
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.romanising import romanised_links
from zhihang.derivation.organisation_names.vocabulary import Vocabulary
from zhihang.methods.linkage import Groups

_WEAK = frozenset(
    {"upgraded", "unplaced", "look_alike", "group_stock", "romanised", "letter", "doubled", "form"}
)
"""Evidence that gives way where two names are applicants of one application."""
_MOSTLY = 0.8
"""Share of times a foreign name must stand beside the same name to be taken for its translation."""


@dataclass
class Joined:
    """Which keys are one organisation, and the links that made them so."""

    number: dict[str, int]
    """Number of each key."""
    label: list[int]
    """Organisation of each key, by number."""
    held: Mapping[str, Sequence[Link]]
    """Links of each key."""


def join_keys(
    columns: Columns, keys: Sequence[str], aliases: Aliases, words: Vocabulary, evidence: Evidence
) -> Joined:
    """Join keys by every kind of evidence, the strongest first."""
    number: dict[str, int] = {}
    for key in keys:
        number.setdefault(key, len(number))
    known = key_table(columns, keys)
    found = [
        *_by_code(columns, keys, evidence),
        *_by_bracket(columns, keys, aliases, words),
        *_given_beside(columns, keys, evidence),
        *links(known, words, aliases.shown),
        *romanised_links(known, words),
    ]
    for link in found:
        number.setdefault(link.other, len(number))
    joining = _Joining(number, Groups(len(number)), _codes(columns, keys, evidence, number))
    apart = _apart(columns, keys, evidence)
    for link in found:
        if link.evidence not in _WEAK or (link.one, link.other) not in apart:
            joining.join(link)
    for decision in standing_merges(evidence.decisions):
        if rows := columns.rows(decision.name, decision.target):
            joining.join(Link(keys[rows[0]], keys[rows[1]], "decision"), whatever_codes=True)
    return Joined(number, joining.groups.labels().tolist(), joining.held)


@dataclass
class _Joining:
    number: Mapping[str, int]
    groups: Groups
    code_of: dict[int, str]
    held: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))

    def join(self, link: Link, *, whatever_codes: bool = False) -> None:
        """Join two keys, unless their organisations have different codes."""
        one, other = (self.groups.find(self.number[key]) for key in (link.one, link.other))
        codes = {self.code_of[node] for node in (one, other) if node in self.code_of}
        if one != other and len(codes) > 1 and not whatever_codes:
            return
        self.groups.join(one, other)
        if codes:
            self.code_of[self.groups.find(one)] = min(codes)
        self.held[link.one].append(link)
        self.held[link.other].append(link)


def key_table(columns: Columns, keys: Sequence[str]) -> dict[str, Key]:
    """Return what is known of each key that may be linked by its wording."""
    kinds: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key.startswith((PERSON, ALONE, SPLIT)):
            continue
        kinds[key].add(columns.form_kind[row])
        if not columns.department[row]:
            first.setdefault(key, row)
    return {
        key: Key(
            key,
            columns.script[row],
            columns.type[row],
            columns.trade_name[row],
            columns.sector[row],
            columns.place_name[row],
            frozenset(kinds[key]),
        )
        for key, row in first.items()
    }


def _codes(
    columns: Columns, keys: Sequence[str], evidence: Evidence, number: Mapping[str, int]
) -> dict[int, str]:
    return {
        number[keys[rows[0]]]: code for name, code in evidence.codes.items() if (rows := columns.rows(name))
    }


def _apart(columns: Columns, keys: Sequence[str], evidence: Evidence) -> set[tuple[str, str]]:
    found = set()
    for pair in evidence.together:
        if rows := columns.rows(*pair):
            one, other = keys[rows[0]], keys[rows[1]]
            found |= {(one, other), (other, one)}
    return found


def _by_code(columns: Columns, keys: Sequence[str], evidence: Evidence) -> Iterator[Link]:
    first: dict[str, str] = {}
    for name, code in sorted(evidence.codes.items()):
        if rows := columns.rows(name):
            key = keys[rows[0]]
            if first.setdefault(code, key) != key:
                yield Link(key, first[code], "credit_code")


def _by_bracket(columns: Columns, keys: Sequence[str], aliases: Aliases, words: Vocabulary) -> Iterator[Link]:
    """Former and other names that stand in brackets."""
    told = [
        (keys[row], text)
        for row in range(len(columns))
        if (columns.former_name[row] or columns.other_names[row])
        and not columns.department[row]
        and not keys[row].startswith((PERSON, ALONE, SPLIT))
        for text in (columns.former_name[row], *columns.other_names[row].split(OTHERS))
        if text
    ]
    if not told:
        return
    read = read_names([text for _, text in told], words)
    parts = (read[name].to_pylist() for name in ("key", "thin", "type", "department"))
    for (key, _), other, thin, kind, department in zip(told, *parts, strict=True):
        if not thin and not department and kind not in ("individual", "unknown"):
            yield Link(key, aliases.mapped(other), "former_name")


def _given_beside(columns: Columns, keys: Sequence[str], evidence: Evidence) -> Iterator[Link]:
    """Foreign names that sources give beside a name, where they nearly always mean the same one."""
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in evidence.beside:
        if rows := columns.rows(*pair):
            name, foreign = keys[rows[0]], keys[rows[1]]
            if not any(key.startswith((PERSON, ALONE)) for key in (name, foreign)):
                beside[foreign][name] += 1
    for foreign, names in beside.items():
        name, times = min(names.items(), key=lambda item: (-item[1], item[0]))
        if times >= _MOSTLY * names.total():
            yield Link(foreign, name, "given_beside")


def standing_merges(decisions: Sequence[Decision]) -> list[Decision]:
    """Return merges that no later split undoes."""
    merges: list[Decision] = []
    for decision in decisions:
        if decision.action == "merge":
            merges.append(decision)
        elif decision.action == "split":
            merges = [each for each in merges if decision.name not in (each.name, each.target)]
    return merges
