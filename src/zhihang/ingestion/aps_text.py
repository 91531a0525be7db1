# SPDX-License-Identifier: Apache-2.0
"""Text of the Green Book: characters that its code had not, spelled between points, written as they are read."""

from __future__ import annotations

import re

_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
    "phi chi psi omega"
)
_GREEK = dict(zip(_NAMES.split(), "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_SIGNS = {
    "sub": "",
    "sup": "",
    "degree": "°",
    "about": "~",
    "times": "×",
    "div": "÷",
    "+-": "±",
    "-+": "∓",
    "ltoreq": "≤",
    "gtoreq": "≥",
    "noteq": "≠",
    "apprxeq": "≈",
    "approxeq": "≈",
    "ident": "≡",
    "infin": "∞",
    "intg": "∫",
    "sqroot": "√",
    "multidot": "⋅",
    "fwdarw": "→",
    "rarw": "←",
    "uparw": "↑",
    "dwnarw": "↓",
    "angle": "∠",
    "perp": "⊥",
    "parallel": "∥",
    "sctn": "§",
    "paragraph": "¶",
    "RTM": "®",
    "TM": "™",
    "COPYRGT": "©",
    "ANG": "Å",
    "cent": "¢",
    "prime": "′",
    "circle-solid": "●",
    "quadrature": "□",
    "dbd": "=",
    "tbd": "≡",
    "dagger": "†",
}
_CHARACTERS = _SIGNS | _GREEK | {name.upper(): letter.upper() for name, letter in _GREEK.items()}
_CODE = re.compile(rf"\.({'|'.join(map(re.escape, sorted(_CHARACTERS, key=len, reverse=True)))})\.")


def readable(text: str) -> str:
    """Return a text with its coded characters written out; subscripts and superscripts join what they follow.

    >>> readable("D.sub.10 at 20.degree. C., 5 .mu.m, CO.sub.2")
    'D10 at 20° C., 5 μm, CO2'
    """
    return _CODE.sub(lambda found: _CHARACTERS[found[1]], text) if "." in text else text
