# SPDX-License-Identifier: Apache-2.0
"""Text files: which encoding they are in, told when it is mixed, and refused when they are no text."""

from __future__ import annotations

import codecs
from typing import Any

from zhihang.errors import SourceError
from zhihang.planning.reading.document import Document, finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = 0.01
"""A file with a larger share of control characters is no text."""


def read_plain_text(name: str, data: bytes) -> Document:
    """Decode a text file; lines in a second encoding are decoded on their own and told."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return _checked(Document(name, text, "txt", encoding, findings=_broken(text)))
    wide = _utf16(data)
    if wide:
        return _checked(Document(name, data.decode(wide, errors="replace"), "txt", wide))
    if b"\x00" in data:
        raise _no_text(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(Document(name, data.decode(encoding), "txt", encoding))
        except UnicodeDecodeError:
            continue
    return _checked(_line_by_line(name, data))


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: line ends and ASCII punctuation have a zero byte at one side."""
    head = data[:4096]
    if len(head) < 8 or b"\x00" not in head:
        return ""
    little, big = head[1::2].count(0), head[0::2].count(0)
    for encoding, zeros, others in (("utf-16-le", little, big), ("utf-16-be", big, little)):
        if zeros > 4 * others:
            text = head[: len(head) & ~1].decode(encoding, errors="replace")
            readable = sum(letter.isalnum() or letter.isspace() or ord(letter) > 0x2000 for letter in text)
            if readable > 0.8 * len(text) and "\ufffd" not in text[:-1]:
                return encoding
    return ""


def _line_by_line(name: str, data: bytes) -> Document:
    lines: list[str] = []
    used: dict[str, int] = {}
    for raw in data.split(b"\n"):
        for encoding in ("utf-8", "gb18030"):
            try:
                lines.append(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
            if not raw.isascii():
                used[encoding] = used.get(encoding, 0) + 1
            break
        else:
            lines.append(raw.decode("utf-8", errors="replace"))
            used["unreadable"] = used.get("unreadable", 0) + 1
    main = max(used, key=lambda encoding: used[encoding], default="utf-8")
    told = "、".join(f"{encoding} {count}" for encoding, count in sorted(used.items()))
    note = finding(
        "warning",
        "mixed_encoding",
        f"The file mixes encodings; each line was read in its own ({told} lines).",
        lines=dict(used),
    )
    return Document(name, "\n".join(lines), "txt", main, findings=(note, *_broken("\n".join(lines))))


def _broken(text: str) -> tuple[dict[str, Any], ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    message = f"{count} characters could not be read and stand as \ufffd."
    return (finding("warning", "broken_characters", message, count=count),)


def _checked(document: Document) -> Document:
    text = document.text
    control = sum(ord(letter) < 32 and letter not in "\t\n\r\f\v" for letter in text[:100_000])
    strange = sum(letter == "\ufffd" or 0xE000 <= ord(letter) <= 0xF8FF for letter in text[:100_000])
    if control + strange > max(8, _CONTROL * min(len(text), 100_000)):
        raise _no_text(document.name)
    return document


def _no_text(name: str) -> SourceError:
    return SourceError(
        "The file is no text, whatever its name says.",
        {"file": name, "can be read": "txt (UTF-8, GB18030, UTF-16), docx, pdf with text, html"},
        todo="Save the document as docx or pdf, or export its text.",
    )
