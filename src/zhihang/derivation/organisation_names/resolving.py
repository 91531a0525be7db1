# SPDX-License-Identifier: Apache-2.0
"""Resolve names: which of them are one organisation, what it is called, and by which evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

import pyarrow as pa

from zhihang.derivation.organisation_names.chinese_name import FORMERLY
from zhihang.derivation.organisation_names.columns import Columns
from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.joining import Joined, join_keys, standing_merges
from zhihang.derivation.organisation_names.keying import ALONE, PERSON, SPLIT, Aliases, keys_of
from zhihang.derivation.organisation_names.linking import unknown_words
from zhihang.derivation.organisation_names.parents import parents_of
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.vocabulary import Vocabulary, vocabulary
from zhihang.facts.codelist import CodeLists

RESOLVED: Final = pa.schema(
    [
        ("name", pa.string()),
        ("organisation_id", pa.string()),
        ("standard_name", pa.string()),
        ("type", pa.string()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
        ("parent_id", pa.string()),
        ("parent_reason", pa.string()),
        ("credit_code", pa.string()),
    ]
)
"""Columns that resolving adds to the parts of a name."""

_SCRIPTS = {"han": 0, "latin": 1, "kana": 2, "hangul": 3}
_HAN = re.compile("[\u3400-\u9fff]")
_FULL_FORMS = ("stock", "limited", "kabushiki", "simplified", "two_sided")
_FROM_ABROAD = re.compile("^[\u3400-\u9fff]{1,6}商(?=.{4})")
_LONG = 40


def resolve_names(names: Iterable[str | None], codes: CodeLists | None = None) -> pa.Table:
    """Group names into organisations by their wording alone; needs no store.

    Parameters
    ----------
    names
        Names as written; each distinct one gets one row, in order of first appearance.
    codes
        Code lists with legal forms, words, aliases; default: those of the package.

    Returns
    -------
    Table with `name`, `organisation_id`, `standard_name`, `type`, `confidence` (0 to 1) and `reason`.

    Examples
    --------
    >>> table = resolve_names(["桂林漓鑫药业股份有限公司", "桂林市漓鑫藥業有限公司", "南宁漓鑫药业有限公司"])
    >>> len(set(table["organisation_id"].to_pylist()))
    2
    """
    distinct = list(dict.fromkeys("" if name is None else str(name) for name in names))
    words = vocabulary(codes or CodeLists())
    found = resolve(read_names(distinct, words), distinct, words, Evidence())
    return found.select(["name", "organisation_id", "standard_name", "type", "confidence", "reason"])


def resolve(read: pa.Table, names: Sequence[str], words: Vocabulary, evidence: Evidence) -> pa.Table:
    """Group names that were read; `read` has their parts in the same order. Returns columns `RESOLVED`."""
    columns = Columns.of(read, names, evidence)
    aliases = Aliases.of(words)
    keys = keys_of(columns, aliases, evidence)
    joined = join_keys(columns, keys, aliases, words, evidence)
    return _Naming(columns, keys, aliases, joined, words, evidence).table()


@dataclass
class _Naming:
    """Gives each organisation its id, name and type, and each name its reason."""

    columns: Columns
    keys: Sequence[str]
    aliases: Aliases
    joined: Joined
    words: Vocabulary
    evidence: Evidence

    def table(self) -> pa.Table:
        count = len(self.columns)
        label = [self.joined.label[self.joined.number[key]] for key in self.keys]
        ids, shown, kinds, reasons = ([""] * count for _ in range(4))
        renamed = {
            label[found[0]]: decision.target
            for decision in self.evidence.decisions
            if decision.action == "rename" and (found := self.columns.rows(decision.name))
        }
        codes = self._codes(label)
        for group, rows in _members(label).items():
            key = self._key_of[group]
            best = self._best(rows, key)
            identity, kind = _identity(key), self._type(rows, key)
            for row in rows:
                ids[row], kinds[row], shown[row] = identity, kind, renamed.get(group, best)
                reasons[row] = self._reason(row, key, best, len(rows))
        sure = [self.words.confidence.get(reason.partition(":")[0], 0.5) for reason in reasons]
        parent, parent_reason = parents_of(self.columns, self.keys, ids, self.aliases, self.evidence)
        return pa.table(
            [
                self.columns.names,
                ids,
                shown,
                kinds,
                sure,
                reasons,
                [parent.get(each) for each in ids],
                [parent_reason.get(each) for each in ids],
                [codes.get(group) for group in label],
            ],
            schema=RESOLVED,
        )

    @cached_property
    def _merged(self) -> frozenset[str]:
        """Names that the office put to their organisation."""
        return frozenset(decision.name for decision in standing_merges(self.evidence.decisions))

    @cached_property
    def _key_of(self) -> dict[int, str]:
        """Key that stands for each organisation: a Chinese one without marks, of known words, the first.

        It follows from the names alone, so the same names have the same id, in whatever order they come.
        """
        keys: dict[int, list[str]] = defaultdict(list)
        for key, number in self.joined.number.items():
            keys[self.joined.label[number]].append(key)
        return {
            group: found[0] if len(found) == 1 else min(found, key=self._rank)
            for group, found in keys.items()
        }

    def _rank(self, key: str) -> tuple[object, ...]:
        marked = key.startswith((ALONE, SPLIT)) or "|" in key
        return not _HAN.search(key) or key.endswith("/e"), marked, unknown_words(key, self.words), key

    @cached_property
    def _weights(self) -> dict[str, tuple[int, int]]:
        """Applications and spellings under each key, negative: the better founded key gives the name."""
        weights: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for name, key in zip(self.columns.names, self.keys, strict=True):
            weights[key][0] -= self.evidence.counts.get(name, 0)
            weights[key][1] -= 1
        return {key: (weight[0], weight[1]) for key, weight in weights.items()}

    def _best(self, rows: Sequence[int], key: str) -> str:
        """Return the name to show: of the best founded key, whole, with full legal form, most used, best written."""
        if key in self.aliases.shown:
            return self.aliases.shown[key]
        whole = [row for row in rows if not self.columns.department[row]] if len(rows) > 1 else rows
        if not whole or (len(rows) == 1 and self.columns.department[rows[0]]):
            return min(self.columns.head[row] for row in rows)
        return self.columns.names[
            whole[0] if len(whole) == 1 else min(whole, key=lambda row: self._order(row, key))
        ]

    def _order(self, row: int, key: str) -> tuple[object, ...]:
        name, columns = self.columns.names[row], self.columns
        return (
            _SCRIPTS.get(columns.script[row], len(_SCRIPTS)),
            self._weights[self.keys[row]],
            self.keys[row] != key,
            bool(columns.former_name[row]) or _FROM_ABROAD.match(name) is not None,
            columns.form_kind[row] not in _FULL_FORMS,
            -self.evidence.counts.get(name, 0),
            columns.script[row] == "han" and columns.folded[row] != name.casefold(),
            -len(columns.folded[row]) if len(columns.folded[row]) < _LONG else 0,
            name.isupper(),
            sum(character in " 　()▲▼" for character in name),
            name,
        )

    def _type(self, rows: Sequence[int], key: str) -> str:
        if len(rows) == 1:
            return self.columns.type[rows[0]]
        own = [row for row in rows if self.keys[row] == key and not self.columns.department[row]] or rows
        kinds = Counter(self.columns.type[row] for row in own if self.columns.type[row] != "unknown")
        return min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else "unknown"

    def _reason(self, row: int, key: str, best: str, size: int) -> str:
        """Say why a name belongs to its organisation: the evidence, and the name it was compared with."""
        columns, own = self.columns, self.keys[row]
        if own.startswith(PERSON):
            return "person"
        if own.startswith(ALONE):
            return "too_little"
        if own != key or (own.startswith(SPLIT) and size == 1):
            return self._evidence(own)
        name = columns.names[row]
        if name == best:
            return "alone" if size == 1 else "best"
        if name in self._merged:
            return f"decision: {best}"
        if columns.folded[row] == FORMERLY + columns.former_name[row]:
            return f"formerly: {best}"
        if columns.department[row]:
            return f"department: {columns.department[row]}"
        known = columns.row_of.get(best)
        if own in self.aliases.shown and columns.key[row] != own:
            return f"alias: {best}"
        if (
            known is None
            or self.keys[known] != own
            or _letters(columns.folded[row]) == _letters(columns.folded[known])
        ):
            return f"spelling: {best}"
        if columns.legal_form[row] != columns.legal_form[known]:
            return f"form: {best}"
        if len(columns.folded[row]) == len(columns.folded[known]) and columns.script[row] == "han":
            return f"look_alike: {best}"
        return f"{'place' if columns.place_name[row] else 'spelling'}: {best}"

    def _evidence(self, key: str) -> str:
        found = self.joined.held.get(key)
        if not found:
            return "decision"
        link = min(found, key=lambda link: (-self.words.confidence.get(link.evidence, 0.5), link))
        other = link.other if link.one == key else link.one
        return f"{link.evidence}: {_readable(key)} = {_readable(other)}"

    def _codes(self, label: Sequence[int]) -> dict[int, str]:
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for name, code in self.evidence.codes.items():
            if rows := self.columns.rows(name):
                found[label[rows[0]]][code] += 1
        return {group: min(codes, key=lambda code: (-codes[code], code)) for group, codes in found.items()}


def _members(label: Sequence[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(label):
        members[group].append(row)
    return members


def _identity(key: str) -> str:
    """Return the id of the organisation with a key: equal keys, equal ids, whatever else there is."""
    return "O" + blake2b(key.encode(errors="replace"), digest_size=6).hexdigest()


def _readable(key: str) -> str:
    return re.sub("/[a-zSLGF]+$", "", key).replace(">", " › ").removeprefix(SPLIT)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
