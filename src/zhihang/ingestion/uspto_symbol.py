# SPDX-License-Identifier: Apache-2.0
"""Classification symbols as the USPTO prints them, in columns of fixed width, written out in the usual way."""

from __future__ import annotations

import re
from functools import lru_cache

_IPC = re.compile(r"([A-H]\d\d[A-Z])\s*(\d{1,4})/?(\d{2,6})")
_LOCARNO = re.compile(r"D?(\d\d)[-\s]?(\d\d)")


@lru_cache(maxsize=4096)
def uspc(written: str) -> str:
    """Return a national class: three columns of class, three of subclass, then decimals or a letter.

    >>> [uspc(written) for written in ("  2 52", " 24303", "D14126", "12340612", "290 40 C", "D 6300", "352 41-48")]
    ['2/52', '24/303', 'D14/126', '123/406.12', '290/40C', 'D6/300', '352/41-48']
    >>> uspc("623001160")
    '623/1.16'
    """
    if "/" in written or len(written) < 4:
        return written.strip()
    if len(written) == 9 and written[3:].isdigit():
        return uspc_of_parts(written[:3], written[3:])
    major, minor, rest = written[:3].replace(" ", ""), written[3:6].strip(), written[6:].replace(" ", "")
    return f"{major}/{minor}{'.' if minor[-1:].isdigit() and rest[:1].isdigit() else ''}{rest}"


@lru_cache(maxsize=4096)
def uspc_of_parts(major: str, minor: str) -> str:
    """Return a national class given as class and subclass with decimals (002, 069000; 705, 026400).

    >>> uspc_of_parts("002", "069000"), uspc_of_parts("705", "026400"), uspc_of_parts("D14", "126000")
    ('2/69', '705/26.4', 'D14/126')
    """
    major, minor = major.strip(), minor.strip()
    whole, decimals = minor[:3].lstrip("0") or minor[:3], minor[3:]
    if decimals.isdigit():
        decimals = decimals.rstrip("0")
        decimals = "." + decimals if decimals else ""
    return f"{major.lstrip('0')}/{whole}{decimals}"


@lru_cache(maxsize=4096)
def ipc_or_locarno(written: str) -> tuple[str, str]:
    """Return scheme and symbol: four columns of subclass, three of main group, then the subgroup.

    >>> ipc_or_locarno("A45F  504"), ipc_or_locarno("A61F002/06"), ipc_or_locarno("D1303")
    (('ipc', 'A45F 5/04'), ('ipc', 'A61F 2/06'), ('locarno', '13-03'))
    """
    text = written.strip()
    if found := _LOCARNO.fullmatch(text):
        return "locarno", f"{found[1]}-{found[2]}"
    subclass, group, subgroup = text[:4], text[4:7].strip(), text[7:].strip(" /")
    if group.isdigit() and subgroup.isdigit():
        return "ipc", f"{subclass} {int(group)}/{subgroup}"
    if found := _IPC.fullmatch(text):
        return "ipc", f"{found[1]} {int(found[2])}/{found[3]}"
    return "ipc", text


@lru_cache(maxsize=256)
def version(date: str) -> str:
    """Return the version of a scheme as year and month: 2006.01 for 20060101."""
    return f"{date[:4]}.{date[4:6]}" if len(date) == 8 and date.isdigit() else date.strip()
