# SPDX-License-Identifier: Apache-2.0
"""Countries, and states of the United States."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhihang.derivation.places.latin import is_latin
from zhihang.facts.codelist import fold_name

if TYPE_CHECKING:
    from zhihang.derivation.places.gazetteer import Unit
    from zhihang.facts.codelist import CodeLists

LISTS = ("office", "us_state", "jp_prefecture")
HOME = {"71": "TW", "81": "HK", "82": "MO"}
"""Country codes of the divisions that have one of their own; all others are CN."""
PROVINCE_OF = {country: f"{stem}0000" for stem, country in HOME.items()}
_SHORT = 3
"""Words up to so many letters are not taken for the name of a country."""
_TYPES = ("state", "territory", "historic")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ZIP = re.compile(r"\b([A-Z]{2})\s+\d{5}(?:-\d{4})?\b")


class Abroad:
    """Reads countries and American states."""

    def __init__(self, codes: CodeLists) -> None:
        self.codes: dict[str, str] = {}
        chinese: dict[str, str] = {}
        for row in codes.rows("office"):
            if row["type"] not in _TYPES and row["code"] not in PROVINCE_OF:
                continue
            self.codes[fold_name(row["code"])] = row["code"]
            for name in (row["zh"], row["en"], *row["aliases"].split("|")):
                if name:
                    self.codes.setdefault(fold_name(name), row["code"])
                    if _CHINESE.search(name):
                        chinese.setdefault(name, row["code"])
        for row in codes.rows("jp_prefecture"):
            for name in (row["zh"], *row["aliases"].split("|")):
                if name:
                    chinese.setdefault(name, "JP")
        self._chinese = chinese
        openings = "|".join(sorted(map(re.escape, chinese), key=len, reverse=True))
        self._opening = re.compile(f"({openings})(?!族)")
        self.states: dict[str, str] = {}
        for row in codes.rows("us_state"):
            for name in (row["code"], row["zh"], row["en"], *row["aliases"].split("|")):
                self.states.setdefault(fold_name(name).rstrip("."), row["code"])
        written = sorted(self.states.items(), key=lambda each: -len(each[0]))
        self._chinese_states = [(name, code) for name, code in written if _CHINESE.match(name)]

    def country(self, text: str) -> str | None:
        """Return the code of a country named or coded in a column of its own; None if it is not known."""
        return self.codes.get(fold_name(text))

    def opening(self, address: str) -> tuple[str, str] | None:
        """Return the country whose Chinese name, or that of a Japanese prefecture, opens an address, and the rest."""
        match = self._opening.match(address)
        return (self._chinese[match[1]], address[match.end() :]) if match else None

    def closing(self, address: str) -> tuple[str, str] | None:
        """Return the country that ends an address in Latin letters, and what stands before it."""
        if not is_latin(address):
            return None
        head, _, tail = address.rstrip(" .").rpartition(",")
        code = self.codes.get(fold_name(tail)) if head else None
        return (code, head) if code else self._closing_words(address.rstrip(" ."))

    def _closing_words(self, address: str) -> tuple[str, str] | None:
        """The country that ends an address without a comma before it: a name in full, or US and USA (Houston TX US).

        Other short codes are also states and words (CA, DE), and a name of a state is one (Atlanta Georgia).
        """
        words = re.split(r"[\s,]+", address)
        for count in (3, 2, 1):
            tail = " ".join(words[-count:])
            named = len(tail) > _SHORT or tail in ("US", "USA")
            code = self.codes.get(fold_name(tail)) if named and len(words) > count else None
            if code and fold_name(tail) not in self.states:
                return code, " ".join(words[:-count])
        return None

    def state(self, province: str, address: str) -> str | None:
        """Return the American state of a column, else of an address (San Jose, CA 95110; 美国加利福尼亚州)."""
        if found := self.states.get(fold_name(province).rstrip(".")):
            return found
        if match := _ZIP.search(address):
            return self.states.get(match[1].lower())
        for part in reversed(address.split(",")):
            if found := self.states.get(fold_name(part).rstrip(".")):
                return found
        last = address.split()[-1] if address.split() else ""
        if len(last) == len("TX") and last.isupper() and last.lower() in self.states:
            return self.states[last.lower()]  # Houston TX
        rest = address.strip()
        return next((code for name, code in self._chinese_states if rest.startswith(name)), None)


def country_of(unit: Unit) -> str:
    """Return the country code of a Chinese division."""
    return HOME.get(unit.code[:2], "CN")
