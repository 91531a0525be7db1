# SPDX-License-Identifier: Apache-2.0
"""Reads the text of a query into its tree: NOT binds before AND (or a blank), AND before OR; brackets go first."""

from __future__ import annotations

import re
from collections.abc import Callable

from zhihang.retrieval.query import And, Not, Or, Query, Span, Within
from zhihang.retrieval.query_language import class_value, date_value
from zhihang.retrieval.query_language.fault import Fault, close
from zhihang.retrieval.query_language.field import COMPARED, RANGED, Field, fields
from zhihang.retrieval.query_language.proximity import near
from zhihang.retrieval.query_language.query_text import QueryText
from zhihang.retrieval.query_language.style import OWN, Style, Use
from zhihang.retrieval.query_language.value import Values
from zhihang.retrieval.query_language.word import phrase, word
from zhihang.terms.label import Label

DEEPEST = 60
MOST_LEAVES = 5_000

_SPACE = re.compile(r"[\s,;]*")
_EDGE = r"(?=[\s()\[\]\",;=<>]|$)"
_AND = re.compile(rf"(?:and|与|并且|且|&&?|\*){_EDGE}", re.IGNORECASE)
_OR = re.compile(rf"(?:or|或者?|\|\|?|\+){_EDGE}", re.IGNORECASE)
_NOT = re.compile(rf"(?:and\s+not|not|非|-){_EDGE}", re.IGNORECASE)
_SIGNS = frozenset("&|*+-")
_WORD = re.compile(r"[^\s()\[\]\",;=<>]+")
_VALUE = re.compile(r"[^\s()\[\]\",;<>=]+")
_SYMBOL_TAIL = re.compile(r"\s+\d{1,4}(?:/\d{0,6})?(?=[\s()\[\]\",;]|$)")
_COMPARE = re.compile(r">=|<=|>|<")
_TO = re.compile(r"\s+to\s+([^\s()\[\]\",;<>=]+)", re.IGNORECASE)
_TURNED = re.compile(r"(?P<low>[\d.*/年月日-]+)\s*(?P<sign><=|<)\s*")
_HIGH = re.compile(r"\s*(?P<sign><=|<)\s*(?P<high>[\d./年月日-]+)")
_UNKNOWN = re.compile(r"(?P<name>[^\s()\[\]\",;=<>:]+)\s*(?P<operator>!=|>=|<=|=|:|>|<)")


class Parser:
    """Reads one query in one style."""

    def __init__(self, text: QueryText, style: Style, values: Values) -> None:
        self._text = text
        self._chars = text.chars
        self._style = style
        self._values = values
        self._default = Use("", fields()["text"])
        self._pos = 0
        self._end = 0
        self._depth = 0
        self._count = 0
        self.notes: dict[Label, None] = {}

    def read(self) -> Query:
        """Return the tree of the whole query."""
        self._skip()
        if self._pos >= len(self._chars):
            raise Fault("empty", self._here())
        found = self._either(self._default)
        self._skip()
        if self._pos < len(self._chars):
            raise Fault("close" if self._next() == ")" else "sign", self._here(), text=self._next())
        return found

    # ---- operators

    def _either(self, use: Use) -> Query:
        parts = [self._all(use)]
        while self._operator(_OR):
            parts.append(self._all(use))
        return _one_of(Or, parts)

    def _all(self, use: Use) -> Query:
        """Read what AND or a blank joins; in the brackets of a structured field a comma joins by OR."""
        groups = [[self._unary(use)]]
        while True:
            self._skip()
            comma = self._chars[self._end : self._pos]
            if self._pos >= len(self._chars) or self._next() in ")]" or self._peek(_OR):
                break
            joined = bool(self._operator(_AND))
            listed = "," in comma and not joined and use.field is not None and use.field.kind != "text"
            blank = (
                not joined and self._style.blank == "or" and use is not self._default and not self._peek(_NOT)
            )
            if listed or blank:
                groups.append([])
            groups[-1].append(self._unary(use))
        return _one_of(Or, [_one_of(And, group) for group in groups])

    def _unary(self, use: Use) -> Query:
        self._skip()
        first, turned = self._pos, False
        while self._operator(_NOT):
            turned = not turned
        found = self._nearby(use)
        return Not(found, at=self._text.span(first, self._pos)) if turned else found

    def _nearby(self, use: Use) -> Query:
        left = self._primary(use)
        self._end = self._pos
        asked = self._proximity()
        if asked is None:
            return left
        right = self._primary(use)
        self._end = self._pos
        found = near(left, right, distance=asked[0], ordered=asked[1])
        self._skip()
        here = self._pos
        if self._proximity() is not None:
            raise Fault("near_chain", self._text.span(here, self._pos))
        return found

    def _proximity(self) -> tuple[int, bool] | None:
        """Read an operator of nearness: its distance, and whether the order counts."""
        self._skip()
        for asked in self._style.proximity:
            found = asked.pattern.match(self._chars, self._pos)
            if found is None:
                continue
            if asked.refused:
                raise Fault(asked.refused, self._text.span(self._pos, found.end()))
            self._pos = found.end()
            distance = int(found[1]) if asked.pattern.groups else asked.distance
            return distance or 0, asked.ordered
        return None

    def _operator(self, pattern: re.Pattern[str]) -> bool:
        """Step over an operator, if one stands here; signs count only between blanks, brackets or quotes."""
        self._skip()
        found = self._peek(pattern)
        if found is None:
            return False
        here = self._pos
        self._pos = found.end()
        self._skip()
        if self._pos >= len(self._chars) or self._next() == ")":
            raise Fault("operand_after", self._text.span(here, found.end()), word=found[0])
        return True

    def _peek(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._chars, self._pos)
        if found and found[0][0] in _SIGNS and self._pos and self._chars[self._pos - 1] not in ' \n)",;':
            return None
        return found

    # ---- what operators join

    def _primary(self, use: Use) -> Query:
        self._skip()
        self._wanted()
        if self._next() == "(":
            return self._bracket(lambda: self._either(use))
        found = self._field(use)
        if found is not None:
            return found
        if self._next() == "[" and use.field is not None and use is not self._default:
            return self._range(use, use.field)
        if self._next() in "[]=<>" and not self._compares(use):
            raise Fault("sign" if self._next() != "[" else "range_field", self._here(), **self._unranged(use))
        return self._atom(use)

    def _wanted(self) -> None:
        """See that something stands here, not the end or an operator."""
        if self._pos >= len(self._chars):
            raise Fault("empty", self._here())
        if self._next() == ")":
            raise Fault("close", self._here())
        for pattern in (_AND, _OR):
            found = self._peek(pattern)
            if found:
                raise Fault("operand_before", self._text.span(self._pos, found.end()), word=found[0])

    def _bracket(self, inside: Callable[[], Query]) -> Query:
        opened = self._here()
        self._depth += 1
        if self._depth > DEEPEST:
            raise Fault("deep", opened, most=DEEPEST)
        self._pos += 1
        self._skip()
        if self._next() == ")":
            raise Fault("hollow", Span(opened.start, self._here().end))
        if not self._next():
            raise Fault("open", opened)
        found = inside()
        self._skip()
        if self._next() != ")":
            raise Fault("sign", self._here(), text=self._next()) if self._next() else Fault("open", opened)
        self._pos += 1
        self._depth -= 1
        return found

    def _field(self, outer: Use) -> Query | None:
        """Read a field with its value, if one stands here."""
        turned = self._turned_comparison(outer)
        if turned is not None:
            return turned
        start = self._pos
        found = self._style.field_pattern.match(self._chars, start)
        if found is None or found["operator"] not in self._separators:
            self._no_other_field(outer)
            return None
        at = self._text.span(start, found.end())
        if outer is not self._default:
            raise Fault("nested_field", at, name=found["name"])
        use = self._style.uses[found["name"].casefold()]
        if use.field is None:
            why = use.reason or Label("没有对应字段", "it has no counterpart")
            words = {"name": use.code, "style": self._style.en, "style_zh": self._style.zh}
            raise Fault("refused_field", at, **words, reason=why.en, reason_zh=why.zh)
        if use.note:
            self.notes[Label(f"{use.code}：{use.note.zh}", f"{use.code}: {use.note.en}")] = None
        self._pos = found.end()
        return self._value(use, use.field, found["operator"], start)

    @property
    def _separators(self) -> tuple[str, ...]:
        return (*self._style.separators, "!=") if self._style.name == OWN else self._style.separators

    def _turned_comparison(self, outer: Use) -> Query | None:
        """Read 20110101<=pd<=20130101 and 20110101<=pd."""
        found = _TURNED.match(self._chars, self._pos)
        named = self._style.name_pattern.match(self._chars, found.end()) if found else None
        if found is None or named is None or outer is not self._default:
            return None
        use = self._style.uses[named[0].casefold()]
        if use.field is None or use.field.kind not in COMPARED:
            return None
        start, end_of_name = self._pos, named.end()
        high = _HIGH.match(self._chars, end_of_name)
        at = self._text.span(start, high.end() if high else end_of_name)
        kind, field = use.field.kind, use.field.name
        signs = {"<=": ">=", "<": ">"}
        low_part = date_value.compared(field, kind, signs[found["sign"]], found["low"], at)
        self._pos = high.end() if high else end_of_name
        self._counted()
        if high is None:
            return low_part
        high_part = date_value.compared(field, kind, high["sign"], high["high"], at)
        return Within(field, low_part.low, high_part.high, at=at)

    def _no_other_field(self, outer: Use) -> None:
        """Refuse what looks like a field and is none; 1:1 and the like are words."""
        found = _UNKNOWN.match(self._chars, self._pos)
        if found is None or (
            outer is not self._default and outer.field is not None and outer.field.kind != "text"
        ):
            return
        name = found["name"]
        if found["operator"] == ":" and not re.fullmatch(r"[^\W\d][\w-]*", name):
            return
        known = {one.code: None for one in self._style.uses.values()}
        at = self._text.span(self._pos, self._pos + len(name))
        raise Fault("unknown_field", at, name=name, **close(name, known))

    # ---- values

    def _value(self, use: Use, field: Field, operator: str, start: int) -> Query:
        self._skip_blanks()
        at = self._text.span(start, self._pos)
        if operator in (">=", "<=", ">", "<"):
            if field.kind not in COMPARED:
                raise Fault("operator", at, operator=operator, **_named(field))
            return self._compared(field, operator, at)
        if not self._next() or self._next() in ")]":
            raise Fault("no_value", at, **_named(field))
        self._wanted()
        if self._next() == "(":
            found = self._bracket(lambda: self._either(use))
        elif self._next() == "[":
            found = self._range(use, field)
        else:
            found = self._atom(use)
        return Not(found, at=self._text.span(start, self._pos)) if operator == "!=" else found

    def _compares(self, use: Use) -> bool:
        return self._next() in "<>" and use.field is not None and use.field.kind in COMPARED

    def _compared(self, field: Field, operator: str, at: Span) -> Query:
        self._skip_blanks()
        found = _VALUE.match(self._chars, self._pos)
        if found is None:
            raise Fault("no_value", at, **_named(field))
        place = self._text.span(found.start(), found.end())
        self._pos = found.end()
        self._counted()
        return date_value.compared(field.name, field.kind, operator, found[0], Span(at.start, place.end))

    def _range(self, use: Use, field: Field) -> Query:
        start = self._pos
        closing = self._chars.find("]", start)
        if closing < 0:
            raise Fault("open", self._here())
        at = self._text.span(start, closing + 1)
        if field.kind not in RANGED:
            raise Fault("range_field", at, **self._unranged(use))
        self._pos = closing + 1
        self._counted()
        inside = self._chars[start + 1 : closing]
        if field.kind == "class":
            return class_value.class_range(field.name, inside, at)
        found = date_value.between(field.name, field.kind, inside, at)
        if found is None:
            raise Fault("range_form", at)
        return found

    def _unranged(self, use: Use) -> dict[str, str]:
        field = use.field or fields()["text"]
        hint, hint_zh = "", ""
        if field.name == "address":
            hint = "; the date of filing is APD, and AD only in the style of incoPat"
            hint_zh = "；申请日是 APD，AD 只在 incoPat 写法中表示申请日"
        return {"text": self._next(), "hint": hint, "hint_zh": hint_zh, **_named(field)}

    def _atom(self, use: Use) -> Query:
        self._counted()
        field = use.field or fields()["text"]
        if self._compares(use):
            sign = _COMPARE.match(self._chars, self._pos)
            assert sign is not None
            at = self._here()
            self._pos = sign.end()
            return self._compared(field, sign[0], at)
        quoted = self._quoted()
        if quoted is not None:
            return self._leaf(use, field, *quoted, quoted=True)
        found = (_WORD if field.kind == "text" else _VALUE).match(self._chars, self._pos)
        if found is None:
            raise Fault("sign", self._here(), text=self._next())
        start, self._pos = self._pos, found.end()
        if field.kind == "class":
            tail = _SYMBOL_TAIL.match(self._chars, self._pos) if len(found[0]) == 4 else None
            self._pos = tail.end() if tail else self._pos
        if field.kind in COMPARED:
            to = _TO.match(self._chars, self._pos)
            self._pos = to.end() if to else self._pos
        return self._leaf(
            use, field, self._chars[start : self._pos], self._text.span(start, self._pos), quoted=False
        )

    def _leaf(self, use: Use, field: Field, text: str, at: Span, *, quoted: bool) -> Query:
        if use is self._default and not self._style.bare:
            raise Fault("bare", at, style=self._style.en, style_zh=self._style.zh, text=text)
        if field.kind != "text":
            for mark, fault in self._style.refused_marks.items():
                if mark in text.upper() and mark != "_":
                    raise Fault(fault, at)
            return self._values.leaf(use, text, at, quoted=quoted)
        return phrase(field, text, at) if quoted else word(field, text, at, self._style)

    def _quoted(self) -> tuple[str, Span] | None:
        mark = self._next()
        if mark != '"' and not (mark == "'" and self._style.single_quotes):
            return None
        closing = self._chars.find(mark, self._pos + 1)
        if closing < 0:
            raise Fault("quote", self._here())
        at = self._text.span(self._pos, closing + 1)
        text = self._chars[self._pos + 1 : closing]
        if not text.strip():
            raise Fault("nothing", at, text=text)
        self._pos = closing + 1
        return text, at

    # ---- where we are

    def _skip(self) -> None:
        """Step over blanks and separators."""
        found = _SPACE.match(self._chars, self._pos)
        self._pos = found.end() if found else self._pos

    def _skip_blanks(self) -> None:
        while self._pos < len(self._chars) and self._chars[self._pos].isspace():
            self._pos += 1

    def _next(self) -> str:
        return self._chars[self._pos] if self._pos < len(self._chars) else ""

    def _here(self) -> Span:
        return self._text.span(self._pos, self._pos + 1)

    def _counted(self) -> None:
        self._count += 1
        if self._count > MOST_LEAVES:
            raise Fault("many", self._here(), most=MOST_LEAVES)


def _one_of(kind: type[And] | type[Or], parts: list[Query]) -> Query:
    if len(parts) == 1:
        return parts[0]
    return kind(tuple(parts), at=parts[0].at.to(parts[-1].at))


def _named(field: Field) -> dict[str, str]:
    return {"name": f"{field.zh} ({field.code})", "expected": field.expected}
