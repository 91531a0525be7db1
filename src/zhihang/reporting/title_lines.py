# SPDX-License-Identifier: Apache-2.0
"""A long title broken into centred lines, at places where a reader would pause."""

from __future__ import annotations

from functools import cache

_GOOD_BEFORE = ("关于", "的通报", "的通知", "的报告", "的函", "责任状", "评估报告", "情况", "目标", "年度")
_GOOD_AFTER = (
    "办公室",
    "人民政府",
    "委员会",
    "知识产权局",
    "关于",
    "年度",
    "及",
    "和",
    "、",
    "》",
    "）",
    "年",
)
_WORDS = (
    *(
        "知识产权",
        "发明专利",
        "专利",
        "行动计划",
        "战略",
        "人民政府",
        "办公室",
        "委员会",
        "领导小组",
        "责任状",
    ),
    *(
        "试验区",
        "示范",
        "实施方案",
        "管理办法",
        "规划",
        "目标",
        "任务",
        "完成",
        "情况",
        "通报",
        "通知",
        "印发",
        "评估",
        "报告",
    ),
    *("考核", "年度", "季度", "半年", "自治县", "自治区", "县（市、区）"),
)
_NEVER_BEFORE = "的度年月日、，。：；）》”％%"
_ENDS_OF_PLACES = "省市县区州"
_NEVER_AFTER = "（《“第"
_FIRST_CHINESE = 0x2E80


def title_lines(title: str, most: int = 19) -> list[str]:
    """Break a title into the fewest lines of at most `most` characters, of like length, between words.

    >>> title_lines("云浦市人民政府办公室关于2017年度发明专利目标完成情况的通报")
    ['云浦市人民政府办公室关于2017年度', '发明专利目标完成情况的通报']
    >>> title_lines("年度评估报告")
    ['年度评估报告']
    """
    chinese = any(ord(character) >= _FIRST_CHINESE for character in title)
    if not chinese or _width(title) <= most:
        return [title]
    count = -(-int(_width(title) + 0.99) // most)
    return _best(title, count, most, _width(title) / count)[1]


@cache
def _best(rest: str, count: int, most: int, wanted: float) -> tuple[float, list[str]]:
    if count == 1:
        over = max(0.0, _width(rest) - most) * 1000
        return abs(_width(rest) - wanted) + over, [rest]
    found: tuple[float, list[str]] = (float("inf"), [rest])
    for place in range(1, len(rest)):
        width = _width(rest[:place])
        if width > most:
            break
        cost, lines = _best(rest[place:], count - 1, most, wanted)
        cost += abs(width - wanted) + _cost_of_break(rest, place)
        if cost < found[0]:
            found = cost, [rest[:place], *lines]
    return found


def _cost_of_break(text: str, place: int) -> float:
    before, after = text[:place], text[place:]
    if (
        after[0] in _NEVER_BEFORE
        or before[-1] in _NEVER_AFTER
        or (before[-1].isascii() and after[0].isascii())
    ):
        return 500.0
    if any(
        before.endswith(word[:cut]) and after.startswith(word[cut:])
        for word in _WORDS
        for cut in range(1, len(word))
    ):
        return 60.0
    if before.endswith(_GOOD_AFTER):
        return 0.0
    if after[0] in _ENDS_OF_PLACES:
        return 60.0
    return 2.0 if after.startswith(_GOOD_BEFORE) else 9.0


def _width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)
