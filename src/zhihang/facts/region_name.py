# SPDX-License-Identifier: Apache-2.0
"""Which administrative division a code or a name stands for: former codes, short forms, full paths."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from zhihang.facts.codelist import Code, CodeList, CodeLists, fold_name

COUNTRY = "000000"
LONGEST = 100
"""No division has so many characters in its full path; longer texts are not looked for."""
_SAME_UNIT = ("converted", "recoded", "renamed")
_PLACEHOLDER = "placeholder"


class RegionNames:
    """The divisions by code and by name; the state is that of the list, June 2023.

    Examples
    --------
    >>> regions = RegionNames(CodeLists())
    >>> regions.by_name("广西桂林市临桂县").code
    '450312'
    >>> regions.by_code("450322").code
    '450312'
    """

    def __init__(self, lists: CodeLists) -> None:
        self.regions: CodeList = lists["region"]
        self._changes: Sequence[Mapping[str, str]] = lists.rows("region_change")

    def by_code(self, text: str) -> Code | None:
        """Return the division of a code of 2 to 12 digits; a former code leads to the same unit of today."""
        code = _six_digits(text)
        return self.regions.entries.get(self._present.get(code, code))

    def is_former(self, text: str) -> bool:
        """Say whether a code stood for a division that is now part of another."""
        return _six_digits(text) in self._gone

    def below(self, code: str) -> tuple[Code, ...]:
        """Return the divisions directly below one."""
        return tuple(
            c for c in self.regions if c.details["parent"] == code and c.details[_PLACEHOLDER] != "1"
        )

    def by_name(self, name: str, within: str = "") -> Code | None:
        """Return the one division of that name, below division `within`; None if there is none, or several.

        Full paths (广西壮族自治区桂林市) are taken apart. A province goes before a city of the same name.
        """
        if not name.strip() or len(name) > LONGEST:
            return None
        found = [code for code in self._named(name) if code.code.startswith(within)]
        if len(found) > 1:
            provinces = [code for code in found if code.details["level"] == "province"]
            return provinces[0] if len(provinces) == 1 else None
        return found[0] if found else self._city(name, within) or self._by_path(fold_name(name), within)

    def _named(self, name: str) -> tuple[Code, ...]:
        return tuple(c for c in self.regions.matches(name) if c.details[_PLACEHOLDER] != "1")

    def _city(self, name: str, within: str) -> Code | None:
        """Return the city whose name lacks only its last character."""
        found = [c for c in self._named(f"{name.strip()}市") if c.details["level"] == "prefecture"]
        return found[0] if len(found) == 1 and found[0].code.startswith(within) else None

    def _by_path(self, name: str, within: str) -> Code | None:
        """Take the name of a higher division off the front and look for the rest below it."""
        for length in range(len(name) - 1, 1, -1):
            heads = [c for c in self._named(name[:length]) if c.code.startswith(within)]
            below = {_prefix(head) for head in heads if head.details["level"] != "county"}
            rests = (self.by_name(name[length:], prefix) for prefix in sorted(below))
            found = {rest.code: rest for rest in rests if rest}
            if len(found) == 1:
                return next(iter(found.values()))
        return None

    @cached_property
    def _present(self) -> Mapping[str, str]:
        """Code of today by former code, where the unit is the same."""
        return {
            row["old_code"]: row["new_code"]
            for row in self._changes
            if row["kind"] in _SAME_UNIT and row["new_code"] and row["old_code"] not in self.regions
        }

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(row["old_code"] for row in self._changes if row["kind"] in ("disappeared", "merged"))


def _six_digits(text: str) -> str:
    digits = re.sub(r"\.0$", "", text.strip())
    if re.fullmatch(r"\d{2}|\d{4}", digits):
        return digits.ljust(6, "0")
    if re.fullmatch(r"\d{9}|\d{12}", digits) and set(digits[6:]) == {"0"}:
        return digits[:6]
    return digits


def _prefix(region: Code) -> str:
    """Digits that the codes of all divisions below a province or a city begin with."""
    return {"country": "", "province": region.code[:2], "prefecture": region.code[:4]}[
        region.details["level"]
    ]


@lru_cache(maxsize=1)
def packaged_regions() -> RegionNames:
    """Return the divisions of the package's own list."""
    return RegionNames(CodeLists())
