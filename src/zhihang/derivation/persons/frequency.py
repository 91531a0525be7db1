# SPDX-License-Identifier: Apache-2.0
"""How common names, organisations, places, co-inventors and classes are: what a match of them is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons.mentions import Atoms
from zhihang.derivation.persons.parameters import Knowledge
from zhihang.derivation.persons.reading import Names
from zhihang.methods.agglomeration import Incidence, Numbers, Weights

FEWEST_IN_ORGANISATION = 30
"""An organisation is taken to have at least so many persons, whatever the store shows of it."""
FEWEST_IN_REGION = 0.0003
FEWEST_FILINGS = 3


AT_ONCE = 1_000_000
"""Atoms looked at together, to bound the memory."""


@dataclass(frozen=True)
class Frequency:
    """Logarithms of shares.

    block
        Log-odds that two filings under one name are of one person: minus the logarithm of how many persons bear it.
        For a block in Latin letters: of the surname alone.
    first
        Share of each given name in Latin letters, by its number in `Names.codes`.
    """

    block: Weights
    first: Weights
    variant: Weights
    organisation: Weights
    region: Weights
    co_inventor: Weights
    subclass: Weights
    group: Weights
    filings: Numbers
    """Number of applications of each organisation."""


def frequency(atoms: Atoms, known: Knowledge) -> Frequency:
    """Count how common everything is among the persons of the store, each name in each organisation being a person."""
    names, filings = atoms.mentions.names, atoms.mentions.filings
    parameters = known.parameters
    rows = np.arange(len(atoms))
    places, organisations = atoms.of_filings(filings.organisations, rows)
    seen = Incidence.of(
        atoms.variant[places], organisations, len(names.parts), max(filings.organisations.width, 1)
    )
    persons = np.maximum(seen.degree(np.arange(len(names.parts))), 1).astype(float)
    total = max(float(persons.sum()), 1.0)
    frame = max(total, parameters.persons_han)
    block, first = _names(names, persons, known)
    where, regions = atoms.regions(rows)
    lived = Incidence.of(
        atoms.variant[where], regions, len(names.parts), max(filings.regions.width, atoms.own_regions.width)
    )
    frame_filings = max(float(filings.count), parameters.applications)
    return Frequency(
        block=block,
        first=first,
        variant=_variants(names, block, first, known),
        organisation=_log_share(seen, total, frame, FEWEST_IN_ORGANISATION / frame),
        region=_log_share(lived, total, frame, FEWEST_IN_REGION),
        co_inventor=_between(
            _co_inventors(atoms),
            max(filings.count, 1),
            frame_filings,
            FEWEST_FILINGS / frame_filings,
        ),
        subclass=_of_filings(filings.subclasses, filings.count),
        group=_of_filings(filings.groups, filings.count),
        filings=np.bincount(filings.organisations.keys, minlength=filings.organisations.width),
    )


def _co_inventors(atoms: Atoms) -> Numbers:
    """Count how often each block of names stands beside another name."""
    found = np.zeros(atoms.block_width, np.int64)
    for start in range(0, len(atoms), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(atoms)))
        found += np.bincount(atoms.co_inventors(rows)[1], minlength=atoms.block_width)
    return found


def _log_share(which: Incidence, total: float, frame: float, least: float) -> Weights:
    return _between(np.bincount(which.keys, minlength=which.width), total, frame, least)


def _between(counts: NDArray[np.number], total: float, frame: float, least: float) -> Weights:
    """Logarithm of a share, half way between that in the store and that among all there are.

    A store that holds a whole region shows a firm's real size; one that holds a sample shows a part of it.
    """
    share = np.sqrt(counts / max(total, 1.0) * (counts / frame))
    found: Weights = np.log(np.clip(share, least, 1.0))
    return found


def _of_filings(which: Incidence, count: int) -> Weights:
    found: Weights = np.log((np.bincount(which.keys, minlength=which.width) + 1.0) / (count + 50.0))
    return np.minimum(found, 0.0)


def _names(names: Names, persons: Weights, known: Knowledge) -> tuple[Weights, Weights]:
    """Log-odds by block, and logarithms of the shares of given names in Latin letters."""
    p = known.parameters
    blocks = int(names.block.max(initial=-1)) + 1
    odds = np.zeros(blocks)
    han = names.han
    total = {script: float(persons[han == script].sum()) for script in (True, False)}
    surnames, given = _borne(names, persons)

    def share(counts: float, script: bool, usual: float) -> float:
        return (max(counts - 1, 0.0) + p.names_known * usual) / (total[script] + p.names_known)

    codes = names.codes["first"]
    first = np.full(int(codes.max(initial=0)) + 1, np.log(p.given_share_latin))
    done = np.zeros(blocks, bool)
    together = np.log(p.names_go_together)
    for number, (part, script) in enumerate(zip(names.parts, han.tolist(), strict=True)):
        if not script and part.first:
            first[codes[number]] = np.log(share(given[False, part.first], False, p.given_share_latin))
        if done[names.block[number]]:
            continue
        done[names.block[number]] = True
        usual = known.surname_shares.get(part.surname, p.surname_share) if script else p.surname_share_latin
        surname = np.log(share(surnames[script, part.surname], script, usual))
        if script:
            least = p.given_share_one if len(part.first) == 1 else p.given_share_more
            bearers = np.log(max(total[True], p.persons_han)) + surname
            odds[names.block[number]] = -(bearers + np.log(share(given[True, part.first], True, least)))
        else:
            odds[names.block[number]] = -(np.log(max(total[False], p.persons_latin)) + surname + together)
    return odds, first


def _borne(
    names: Names, persons: Weights
) -> tuple[dict[tuple[bool, str], float], dict[tuple[bool, str], float]]:
    """Count the persons with each surname and each given name; several spellings of one name are one person."""
    by_block: dict[tuple[bool, str, int], float] = {}
    by_pair: dict[tuple[bool, str, str], float] = {}
    rows = zip(names.parts, names.han.tolist(), names.block.tolist(), persons.tolist(), strict=True)
    for part, script, block, count in rows:
        key, pair = (script, part.surname, block), (script, part.first, part.surname)
        by_block[key] = max(by_block.get(key, 0.0), count)
        by_pair[pair] = max(by_pair.get(pair, 0.0), count)
    surnames: dict[tuple[bool, str], float] = {}
    given: dict[tuple[bool, str], float] = {}
    for (script, text, _), count in by_block.items():
        surnames[script, text] = surnames.get((script, text), 0.0) + count
    for (script, text, _), count in by_pair.items():
        given[script, text] = given.get((script, text), 0.0) + count
    return surnames, given


def _variants(names: Names, block: Weights, first: Weights, known: Knowledge) -> Weights:
    """Log-odds that two filings under exactly the same name are of one person."""
    p = known.parameters
    found = block[names.block].copy()
    latin = ~names.han
    code, second, initial = (names.codes[key] for key in ("first", "second", "second_initial"))
    found[latin] -= np.where(code[latin] >= 0, first[code[latin]], np.log(p.initial_share))
    found[latin & (second >= 0)] -= np.log(p.second_share_latin)
    found[latin & (second < 0) & (initial >= 0)] -= np.log(p.initial_share)
    found[latin & (names.codes["suffix"] >= 0)] += 2.0
    return found
