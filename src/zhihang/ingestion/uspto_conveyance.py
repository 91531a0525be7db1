# SPDX-License-Identifier: Apache-2.0
"""What the conveyances recorded by the USPTO do: only some of them make their assignee the holder of the patent."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"ASSIGNMENT|MERGER|CHANGE OF NAME|CONVEY|TRANSFER|SALE|SUCCESSION|INHERIT", re.IGNORECASE
)
_NOT_TITLE = re.compile(
    r"SECURITY|LIEN|MORTGAGE|PLEDGE|COLLATERAL|RELEASE|LICEN[CS]E|TERMINAT", re.IGNORECASE
)


def transfers_title(conveyance: str | None) -> bool:
    """Whether the assignee holds the patent afterwards; a security interest or its release changes no holder.

    >>> transfers_title("NUNC PRO TUNC ASSIGNMENT (SEE DOCUMENT FOR DETAILS)."), transfers_title("SECURITY INTEREST")
    (True, False)
    """
    text = conveyance or ""
    return bool(_TITLE.search(text)) and not _NOT_TITLE.search(text)
