# SPDX-License-Identifier: Apache-2.0
"""Weigh what is known of a party's place: decision, address, columns, postcode, name, in this order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhihang.derivation.places import chain as chains
from zhihang.derivation.places.abroad import PROVINCE_OF, Abroad, country_of
from zhihang.derivation.places.answer import ALONE, answer_on, plain
from zhihang.derivation.places.chain import Chain, ChainReader
from zhihang.derivation.places.decisions import Decisions
from zhihang.derivation.places.evidence import Answer, Evidence, Finding
from zhihang.derivation.places.gazetteer import Gazetteer, Unit, read_gazetteer
from zhihang.derivation.places.latin import LatinPlaces, is_latin, names_china
from zhihang.derivation.places.zones import Zone

if TYPE_CHECKING:
    from zhihang.facts.codelist import CodeLists

CERTAINTY: Mapping[str, float] = {
    "decision": 1.0,
    chains.FULL: 0.98,
    chains.BARE: 0.9,
    chains.SHORT: 0.9,
    chains.ZONE_NAME: 0.85,
    chains.LATER: 0.85,
    "columns": 0.95,
    "latin": 0.85,
    "postcode": 0.6,
    "name": 0.4,
    "state": 0.95,
    "country": 0.95,
}
"""How far each kind of evidence is trusted; assumed, see the page on places for how often each was right."""
CONTRADICTED = 0.8
"""What is left of the confidence when the postcode or a column says otherwise."""
_NOTES = {
    chains.BARE: ALONE,
    chains.SHORT: "short form of the county",
    chains.ZONE_NAME: "county taken from the name of a zone",
    chains.LATER: "place not at the front of the address",
}
_ORGANISATION = re.compile(
    r"公司|厂|大学|学院|学校|中学|小学|研究院|研究所|研究中心|设计院|医院|中心|集团|局|站|馆|农场|合作社|协会|商行|经营部|事务所|委员会|实验室|公安|银行|院$|所$|社$|店$|部$"
)
_BRACKETS = re.compile(r"[(（]([^()（）]{2,10})[)）]")
_BY_POSTCODE = "several places of the name; the postcode decides"
_FROM_COLUMNS = "address names only the higher division; the rest from the columns"
_UNKNOWN = "no division recognised in the address"
_MAX_KEPT = 1_000_000


@dataclass(frozen=True)
class Rules:
    """Everything places are found with, read once from the lists of a workspace."""

    gazetteer: Gazetteer
    reader: ChainReader
    abroad: Abroad
    latin: LatinPlaces
    postcodes: Mapping[str, str]
    longest: int

    @classmethod
    def read(cls, codes: CodeLists) -> Rules:
        """Read the code lists."""
        gazetteer = read_gazetteer(codes)
        postcodes = {row["prefix"]: row["region"] for row in codes.rows("postcode_prefix")}
        return cls(
            gazetteer,
            ChainReader.of(gazetteer, codes),
            Abroad(codes),
            LatinPlaces.of(gazetteer, codes),
            postcodes,
            max(map(len, postcodes), default=0),
        )

    def postcode_region(self, postcode: str) -> Unit | None:
        """Return the division of the longest prefix the list has."""
        found = (self.postcodes.get(postcode[:length]) for length in range(self.longest, 0, -1))
        code = next((code for code in found if code), None)
        return self.gazetteer.coded(code) if code else None


class Placer:
    """Finds places; each distinct piece of evidence is weighed once."""

    def __init__(self, rules: Rules, decisions: Decisions | None = None) -> None:
        self.rules = rules
        self.decisions = decisions or Decisions()
        self._findings: dict[Evidence, Finding] = {}
        self._columns: dict[tuple[str, ...], Finding] = {}
        self._answers: dict[tuple[Finding, object], Answer] = {}

    def place(self, evidence: Evidence, day: date | None) -> Answer:
        """Return the place on a day; without a day, the place of today."""
        finding = self._findings.get(evidence)
        if finding is None:
            for kept in (self._findings, self._answers, self._columns):
                if len(kept) >= _MAX_KEPT:
                    kept.clear()
            finding = self._findings[evidence] = self.find(evidence)
        when: object = day if day is None or self.rules.gazetteer.exact else day.year
        answer = self._answers.get((finding, when))
        if answer is None:
            answer = self._answers[finding, when] = answer_on(finding, day, self.rules.gazetteer)
        return answer

    def find(self, evidence: Evidence) -> Finding:
        """Weigh the evidence, whatever the day."""
        decided = self.decisions.on(evidence.address, evidence.name)
        if decided:
            return self._decided(decided)
        country = self.rules.abroad.country(evidence.country) if evidence.country else None
        abroad = self._abroad(evidence, country)
        if abroad:
            return abroad
        country = country or self._home(evidence.address)
        chain = self.rules.reader.read(evidence.address) if evidence.address else Chain()
        postcode = evidence.postcode or chain.postcode or ""
        finding = self._of_address(evidence, chain, country)
        finding = _compare(finding, self._of_columns(evidence), self.rules.gazetteer)
        finding = self._with_postcode(finding, postcode)
        if not finding.units:
            finding = self._of_name(finding, evidence.name)
        if not finding.units and country in PROVINCE_OF:
            finding = self._whole(PROVINCE_OF[country], "country")
        return self._with_country(finding, country, evidence)

    def _decided(self, row: Mapping[str, str]) -> Finding:
        region = row["region"]
        unit = self.rules.gazetteer.coded(region)
        state = region if region.startswith("US-") else None
        own = country_of(unit) if unit else None
        return Finding(
            units=(unit,) if unit else (),
            method="decision",
            certainty=CERTAINTY["decision"],
            notes=(f"decided by {row['decided_by']} on {row['decided_on']}: {row['reason']}",),
            zone=Zone(row["zone"], None, 0) if row.get("zone") else None,
            country="US" if state else row.get("country") or own,
            state=state,
        )

    def _abroad(self, evidence: Evidence, country: str | None) -> Finding | None:
        """Return the country, and the state of an American address; None for a Chinese place."""
        abroad, address = self.rules.abroad, evidence.address.strip()
        opened = abroad.opening(address) or abroad.closing(address)
        named, rest = opened if opened else (country, address)
        if named in PROVINCE_OF:
            return self._whole(PROVINCE_OF[named], "address" if opened else "country")
        if named is None or named == "CN":
            return None
        if not opened and self.rules.reader.read(address).city:
            return None  # the column names another country, the address a Chinese city: the address wins, see below
        state = abroad.state(evidence.province, rest) if named == "US" else None
        notes = [] if not country or country == named else [f"country column says {country}"]
        notes.append(
            "address of another country"
            if not state
            else "state of the United States; counties are not known"
        )
        return Finding(
            method="address" if opened else "columns",
            certainty=CERTAINTY["state" if state else "country"],
            notes=tuple(notes),
            country=named,
            state=state,
        )

    def _home(self, address: str) -> str | None:
        """Return CN where an address in Latin letters ends with China, or names nothing else."""
        closed = self.rules.abroad.closing(address)
        return closed[0] if closed else "CN" if names_china(address) else None

    def _whole(self, code: str, method: str) -> Finding:
        unit = self.rules.gazetteer.coded(code)
        own = country_of(unit) if unit else None
        return Finding((unit,) if unit else (), method, CERTAINTY["country"], country=own)

    def _of_address(self, evidence: Evidence, chain: Chain, country: str | None) -> Finding:
        if not evidence.address:
            return Finding(notes=("no address",))
        if chain.units:
            notes = (_NOTES[chain.how],) if chain.how in _NOTES else ()
            return Finding(chain.units, "address", CERTAINTY[chain.how], notes, zone=chain.zone)
        if not is_latin(evidence.address):
            return Finding(notes=(_UNKNOWN,))
        return self._latin(evidence.address, "address", in_china=country == "CN")

    def _latin(self, text: str, method: str, *, in_china: bool) -> Finding:
        """Read names in Latin letters: Guilin, Guangxi."""
        units, note = self.rules.latin.read(text, in_china=in_china)
        if not units:
            return Finding(notes=(note or _UNKNOWN,))
        notes = ("address in Latin letters",) if method == "address" else ()
        return Finding(units, method, CERTAINTY["latin"], (*notes, note) if note else notes)

    def _of_columns(self, evidence: Evidence) -> Finding:
        parts = tuple(part.strip() for part in (evidence.province, evidence.city, evidence.county))
        if not any(parts):
            return Finding()
        found = self._columns.get(parts)
        if found is None:
            found = self._columns[parts] = self._of_parts(parts)
        return found

    def _of_parts(self, parts: Sequence[str]) -> Finding:
        coded = next((unit for part in reversed(parts) if (unit := self._coded(part))), None)
        if coded:
            return Finding((coded,), "columns", CERTAINTY["columns"])
        chain = self.rules.reader.read("".join(parts))
        if chain.units:
            return Finding(chain.units, "columns", CERTAINTY["columns"], zone=chain.zone)
        text = ",".join(part for part in parts if part)
        found = self._latin(text, "columns", in_china=True) if is_latin(text) else Finding()
        return found if found.units else Finding()

    def _coded(self, text: str) -> Unit | None:
        digits = text if re.fullmatch(r"\d{2}|\d{4}|\d{6}", text) else ""
        return self.rules.gazetteer.coded(digits.ljust(6, "0")) if digits else None

    def _with_postcode(self, finding: Finding, postcode: str) -> Finding:
        """Let the postcode decide between places of one name, give the province where nothing else is, or contradict."""
        region = self.rules.postcode_region(postcode) if re.fullmatch(r"\d{6}", postcode) else None
        if region is None:
            return finding
        stem = region.code[:2] if region.level == "province" else region.code[:4]
        if not finding.units:
            note = f"only the postcode {postcode} tells the place"
            return Finding((region,), "postcode", CERTAINTY["postcode"], (*finding.notes, note))
        inside = tuple(unit for unit in finding.units if unit.code.startswith(stem))
        if not inside:
            note = f"postcode {postcode} is one of {region.name}"
            return finding._replace(certainty=finding.certainty * CONTRADICTED, notes=(*finding.notes, note))
        if len(inside) < len(finding.units):
            return finding._replace(
                units=inside,
                notes=(*plain(finding.notes), _BY_POSTCODE),
            )
        return finding

    def _of_name(self, finding: Finding, name: str) -> Finding:
        """Take the place an organisation's name opens with, or that stands in brackets in it."""
        if not name or not _ORGANISATION.search(name) or finding.method == "postcode":
            return finding
        for text in (name, *_BRACKETS.findall(name)):
            chain = self.rules.reader.read(text)
            units = chain.units
            if units and chain.how != chains.LATER and len(units) == 1 and chain.start == 0:
                note = "only the name of the organisation tells the place"
                return Finding(units, "name", CERTAINTY["name"], (*finding.notes, note))
        return finding

    def _with_country(self, finding: Finding, country: str | None, evidence: Evidence) -> Finding:
        if finding.units:
            own = country_of(finding.units[0])
            if country and country not in ("CN", own):
                note = f"country column says {country}"
                return finding._replace(
                    country=own,
                    certainty=finding.certainty * CONTRADICTED,
                    notes=(*finding.notes, note),
                )
            return finding._replace(country=own)
        if evidence.country and country is None:
            return finding._replace(notes=(*finding.notes, f'country "{evidence.country}" is not known'))
        method = "address" if country and not evidence.country else finding.method
        return finding._replace(country=country, method=method)


def _compare(address: Finding, columns: Finding, gazetteer: Gazetteer) -> Finding:
    """Put address and columns together: the address wins, the columns fill in or settle an ambiguity."""
    if not columns.units:
        return address
    if not address.units:
        return columns._replace(notes=(*address.notes, "place from the columns of the source"))
    theirs = {_now(unit, gazetteer) for unit in columns.units}
    agreeing = tuple(unit for unit in address.units if _now(unit, gazetteer) in theirs)
    if agreeing:
        return address._replace(units=agreeing)
    finer = tuple(u for u in columns.units if any(_within(u, a, gazetteer) for a in address.units))
    if finer:
        return columns._replace(
            units=finer,
            zone=address.zone or columns.zone,
            notes=(_FROM_COLUMNS,),
        )
    coarser = tuple(a for a in address.units if any(_within(a, u, gazetteer) for u in columns.units))
    if coarser:
        return address._replace(units=coarser)
    note = f"columns say {gazetteer.path(columns.units[0])}"
    return address._replace(certainty=address.certainty * CONTRADICTED, notes=(*address.notes, note))


def _now(unit: Unit, gazetteer: Gazetteer) -> str:
    now = gazetteer.now(unit)
    return now.code if now else unit.code


def _within(unit: Unit, higher: Unit, gazetteer: Gazetteer) -> bool:
    if higher.level == "county" or unit.level == higher.level:
        return False
    return unit.code.startswith(gazetteer.stems(higher)) or _now(unit, gazetteer).startswith(
        gazetteer.stems(higher)
    )
