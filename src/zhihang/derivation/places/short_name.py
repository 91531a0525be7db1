# SPDX-License-Identifier: Apache-2.0
"""Short forms of the names of divisions: without their kind, without their peoples."""

from __future__ import annotations

from functools import lru_cache

ENDINGS = (
    "自治州", "自治县", "自治旗", "自治区", "特别行政区", "行政委员会", "地区", "新区", "特区", "林区", "矿区",
    "省", "市", "县", "区", "盟", "旗",
)  # fmt: skip
PEOPLES = (
    "各族", "壮族", "回族", "藏族", "苗族", "彝族", "侗族", "瑶族", "白族", "傣族", "羌族",
    "满族", "土族", "水族", "畲族", "黎族", "怒族", "佤族", "京族", "蒙古族", "土家族", "布依族",
    "朝鲜族", "仫佬族", "毛南族", "仡佬族", "哈尼族", "拉祜族", "纳西族", "傈僳族", "景颇族", "独龙族", "普米族",
    "布朗族", "裕固族", "保安族", "东乡族", "撒拉族", "达斡尔族", "锡伯族", "维吾尔", "哈萨克", "柯尔克孜", "蒙古",
    "塔吉克",
)  # fmt: skip


@lru_cache(maxsize=8192)
def short_name(name: str) -> str:
    """Return the name of a division without its kind and its peoples; names of two characters stay.

    >>> [short_name(name) for name in ("桂林市", "恭城瑶族自治县", "湘西土家族苗族自治州", "浦东新区", "和县")]
    ['桂林', '恭城', '湘西', '浦东', '和县']
    """
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return _without_peoples(name.removesuffix(ending))
    return name


def other_forms(name: str, level: str) -> set[str]:
    """Return further forms with a kind: 恭城县, 湘西州, 广西省.

    >>> sorted(other_forms("恭城瑶族自治县", "county"))
    ['恭城县', '恭城自治县']
    """
    short = short_name(name)
    if len(short) < 2 or short == name:
        return set()
    for ending, kinds in (("自治县", ("县", "自治县")), ("自治州", ("州", "自治州")), ("自治旗", ("旗",))):
        if name.endswith(ending):
            return {short + kind for kind in kinds} - {name}
    if level == "province" and name.endswith("自治区"):
        return {f"{short}省", f"{short}自治区", f"{short}区"} - {name}
    return set()


def _without_peoples(name: str) -> str:
    while people := next((p for p in PEOPLES if name.endswith(p) and len(name) - len(p) >= 2), ""):
        name = name.removesuffix(people)
    return name
