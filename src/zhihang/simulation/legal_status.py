# SPDX-License-Identifier: Apache-2.0
"""The legal status of an application on a day, in the words of Chinese registers."""

from __future__ import annotations

import numpy as np

from zhihang.simulation.book import Book, Positions
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.lives import ABANDONED, EXPIRED, INVALIDATED, LAPSED, REFUSED, WITHDRAWN

_WORDS = (
    "审中",
    "公开",
    "实质审查的生效",
    "发明专利申请公布后的视为撤回",
    "发明专利申请公布后的驳回",
    "撤回",
    "授权",
    "未缴年费专利权终止",
    "专利权有效期届满",
    "全部无效",
    "放弃专利权",
    "驳回",
    "视为撤回",
)
(
    _ACCEPTED,
    _PUBLISHED,
    _EXAMINED,
    _DEEMED,
    _REFUSED,
    _WITHDRAWN,
    _GRANTED,
    _LAPSED,
    _EXPIRED,
    _VOID,
    _GIVEN_UP,
    _PLAIN_REFUSED,
    _PLAIN_DEEMED,
) = range(1, len(_WORDS) + 1)

WORDS = Book.of(_WORDS)


def legal_status(chunk: Chunk) -> Positions:
    """Position in `WORDS` of the last status known of each application of a chunk."""
    lives, known = chunk.lives, chunk.known
    status = np.full(len(chunk), _ACCEPTED, np.int32)
    published = known(lives.published)
    status[published & (lives.kind == 0)] = _PUBLISHED
    status[known(lives.examined)] = _EXAMINED
    closed = known(lives.closed)
    after = np.select([lives.closing == REFUSED, lives.closing == WITHDRAWN], [_REFUSED, _WITHDRAWN], _DEEMED)
    before = np.where(lives.closing == REFUSED, _PLAIN_REFUSED, _PLAIN_DEEMED)
    status = np.where(closed, np.where(published, after, before), status)
    status = np.where(known(lives.granted), _GRANTED, status)
    ways = {LAPSED: _LAPSED, EXPIRED: _EXPIRED, INVALIDATED: _VOID, ABANDONED: _GIVEN_UP}
    over = np.select([lives.ending == way for way in ways], list(ways.values()), _GRANTED)
    return np.where(known(lives.end_announced), over, status).astype(np.int32)
