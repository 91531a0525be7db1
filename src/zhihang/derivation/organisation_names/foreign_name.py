# SPDX-License-Identifier: Apache-2.0
"""Foreign names of organisations: Latin, Cyrillic, kana and Hangul letters, with the legal forms of their countries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhihang.derivation.organisation_names.name import OTHERS, Name
from zhihang.derivation.organisation_names.person import hangul_person, latin_person
from zhihang.derivation.organisation_names.spelling import HANGUL, KANA, bare, tokens
from zhihang.derivation.organisation_names.vocabulary import Form, Vocabulary

_BRACKET = re.compile(r"\(([^()]*)\)")
_FORMER = re.compile(r"\b(?:formerly(?: known as)?|f/?k/?a|previously|nee|ex)\b[: ]+(.+)$")
_ALSO = re.compile(r"\b(?:d/?b/?a|doing business as|a/?k/?a|also known as|trading as|t/?a)\b[: ]+(.+)$")
_FOR = re.compile(
    r",? (?:c/o|a [a-z]+ corporation|a corporation of"
    r"|an? (?:[a-z]+ ){1,3}(?:corporation|company|partnership)|organized under)\b.*$"
)
_STOP = re.compile(
    "the|of|and|for|in|an?|de|la|les?|des|du|et|der|die|das|und|fue?r|zur|y|e|l|d|at|on|to|as|by|represented|through|acting"
)
_JOINED_FORM = re.compile(r"^(coltd|coinc|coltda)$")
_MOST_FORM_WORDS = 6


@dataclass(frozen=True)
class ForeignNames:
    """Reads folded names that are not written in Chinese."""

    words: Vocabulary

    def read(self, folded: str) -> Name:
        """Read one name."""
        if KANA.search(folded) or HANGUL.search(folded):
            return self._eastern(folded)
        return self._western(folded)

    def _western(self, folded: str) -> Name:
        former, other = "", ""
        text = folded
        for match in _BRACKET.finditer(folded):
            inside = match[1].strip()
            if found := _FORMER.search(inside):
                former, text = found[1], text.replace(match[0], " ")
            elif _is_aside(inside, folded[: match.start()]):
                text = text.replace(match[0], " ")
        if found := _FORMER.search(text):
            former, text = found[1], text[: found.start()]
        if found := _ALSO.search(text):
            other, text = found[1], text[: found.start()]
        text = _FOR.sub("", text) or folded
        parts = tokens(text.replace("&", " and ").replace("'s", "s").replace("'", "").replace(".", " "))
        parts = _joined_initials(parts)
        body, form, kind = self._without_form(parts)
        person = 0.0 if form else latin_person(folded, tokens(folded), self.words)
        core = [self.words.abbreviations.get(part, part) for part in body]
        core = [_singular(part) for part in core if not _STOP.fullmatch(part)] or core or parts
        type_, sure = self._type(body, kind, person)
        key = " ".join(sorted(core))
        return Name(
            folded=folded,
            script="latin",
            type=type_,
            key=f"person:{' '.join(tokens(folded))}" if type_ == "individual" else f"{key}/w",
            trade_name=" ".join(core),
            legal_form=form,
            form_kind=kind,
            former_name=former,
            other_names=other,
            confidence=sure,
            thin=len("".join(core)) < 2 or " ".join(parts) in self.words.foreign_forms,
        )

    def _without_form(self, parts: list[str]) -> tuple[list[str], str, str]:
        """Take legal forms off the end, the longest first, and again while another one follows."""
        taken: list[str] = []
        kind = ""
        body = parts[1:] if len(parts) > 1 and parts[0] == "the" else parts
        for _ in range(3):
            for length in range(min(_MOST_FORM_WORDS, len(body) - 1), 0, -1):
                last = " ".join(body[-length:])
                found = self.words.foreign_forms.get(last)
                if found is None and length == 1 and _JOINED_FORM.match(last):
                    found = Form("limited", "enterprise")
                if found:
                    taken.insert(0, last)
                    kind = kind or found.kind
                    body = body[:-length]
                    break
            else:
                break
        return body, " ".join(taken), kind

    def _type(self, body: list[str], form: str, person: float) -> tuple[str, float]:
        if person >= 0.6:
            return "individual", person
        kinds = [kind for part in body if (kind := self.words.latin_words.get(part))]
        for kind in ("university", "public_institution", "government", "research_institute", "association"):
            if kind in kinds and not (form and kind not in ("university", "public_institution")):
                return kind, 0.85
        if form or kinds:
            return "enterprise", 0.95 if form else 0.75
        return ("enterprise", 0.5) if len(body) == 1 and len(body[0]) > 2 else ("unknown", 0.4)

    def _eastern(self, folded: str) -> Name:
        text = bare(_BRACKET.sub(lambda m: m[0] if m[1] in ("주", "株") else "", folded))
        text = (
            text.replace("(주)", "주식회사")
            .replace("(株)", "株式会社")
            .replace("(", "")
            .replace(")", "")
            .replace(" ", "")
            .replace("−", "ー")
        )
        body, kinds = text, []
        forms = self.words.foreign_forms
        for _ in range(3):
            for length in range(min(12, len(body) - 1), 1, -1):
                if found := forms.get(body[-length:]):
                    kinds.append(found)
                    body = body[:-length] if found.type == "enterprise" else body
                    break
                if found := forms.get(body[:length]):
                    kinds.append(found)
                    body = body[length:] if found.type == "enterprise" else body
                    break
            else:
                break
            if kinds[-1].type != "enterprise":
                break
        hangul = HANGUL.search(folded) is not None
        person = 0.0 if kinds else hangul_person(folded) if hangul else 0.7 if "、" in folded else 0.0
        institution = next(
            (k.type for k in kinds if k.type != "enterprise"), "enterprise" if kinds else "unknown"
        )
        type_ = "individual" if person >= 0.6 else institution
        return Name(
            folded=folded,
            script="hangul" if hangul else "kana",
            type=type_,
            key=f"person:{text}" if type_ == "individual" else f"{body}/e",
            trade_name=body,
            legal_form="" if not kinds else kinds[0].kind,
            form_kind=kinds[0].kind if kinds else "",
            other_names=OTHERS.join(()),
            confidence=person or (0.95 if kinds else 0.5),
            thin=len(body) < 2,
        )


def _is_aside(inside: str, before: str) -> bool:
    """Whether a bracket holds only a country code or the initials of the name before it."""
    if re.fullmatch("[a-z]{2}(?:/[a-z]{2})?", inside):
        return True
    letters = "".join(part[0] for part in tokens(before))
    short = "".join(part[0] for part in tokens(before) if not _STOP.fullmatch(part))
    return inside.replace(".", "") in (letters, short)


def _joined_initials(parts: list[str]) -> list[str]:
    """Join letters standing alone, as in S. A. or I. B. M.

    >>> _joined_initials(["x", "y", "works", "s", "p", "a"])
    ['xy', 'works', 'spa']
    """
    joined: list[str] = []
    run = False
    for part in parts:
        if len(part) == 1 and run:
            joined[-1] += part
        else:
            joined.append(part)
            run = len(part) == 1
    return joined


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
