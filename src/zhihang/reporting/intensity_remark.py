# SPDX-License-Identifier: Apache-2.0
"""The remarks of an identification in Chinese, those that differ only in what they are about told together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhihang.terms.label import Label

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"(.+): no employment is known, so no intensity", "没有从业人员数据、不能计算密集度的有：{}"),
        (r"(.+): employment is 0, so no intensity", "从业人员为0、不能计算密集度的有：{}"),
        (r"(.+): employees are 0, so no intensity", "从业人员为0、不能计算密集度的企业有：{}"),
        (r"(.+): not linked yet; run zhihang derive", "尚未与申请人关联的企业有：{}"),
        (
            r"(.+): the name stands for several organisations; no patents are counted",
            "名称对应多个申请人、未计专利的企业有：{}",
        ),
        (
            r"(.+): the register says .+, which by the lists is not in force on .+",
            "名录所载资质按认定名单已不在有效期内的企业有：{}",
        ),
        (r"([\d,.]+) patents have no industry: they count nowhere", "{}件专利不能对应到行业，未计入任何行业"),
        (
            r"([\d,.]+) patents are known only at a coarser level than .+: they count nowhere",
            "{}件专利只能对应到更粗的行业层级，未计入",
        ),
        (
            r"industries of patents rest on the concordance in the store.*",
            "专利的行业归属依据本数据库的国际专利分类与国民经济行业对照表；随程序提供的对照表不是官方版本",
        ),
        (
            r"employment is known for (\d+) of the (\d+) years; the mean is over these",
            "从业人员数据年份不全，取有数年份的平均（有数年数/应有年数：{}）",
        ),
        (
            r"employment and output are sums over the firms of the register.*",
            "从业人员和产值为名录内企业之和，不是行业统计数",
        ),
        (r"no industry meets the scheme.*", "没有行业达到方案的条件，可用门槛测算查看怎样的门槛会有行业入选"),
        (r"neither patents nor statistics of industries.*", "该地区该年度既无专利记录也无分行业统计"),
        (
            r"parameters not official: see the notes of the conditions",
            "方案中有的门槛未见于公开文件，为程序的设定，见方案文件",
        ),
        (r"parameters not official: (.+)", "方案中有的门槛未见于公开文件，为程序的设定（方案注：{}）"),
        (r"illustrative: .*", "本方案仅为示例"),
        (r"rows of (.+) are left out: the scheme speaks of .+", "行业分类版本与方案不同、未采用的有：{}"),
        (r"the years are of several series of statistics: (.+)", "各年统计不属同一系列，不作增速比较（{}）"),
        (
            r"(.+): by \w+ in several parks \((.+)\); in none",
            "按登记、边界或地址落在几个园区、未计入任何园区的企业有：{}",
        ),
        (
            r"(.+): (\S+) by (?:list|outline), .+; the former counts",
            "登记、边界和地址所示园区不一、按先后取其一的企业有（企业/园区）：{}",
        ),
        (
            r"(.+): firms of one organisation in several parks; its patents count in (.+)",
            "同一申请人的企业分属几个园区，专利计入其中一个（企业/园区：{}）",
        ),
        (r"(.+): the outline is not used: .+", "边界有误（自相交或格式不符）、未采用边界的园区有：{}"),
        (
            r"(.+): revenue from patent products exceeds gross output.*",
            "专利产品收入大于总产值（含外地生产的产品或数据有误）的园区有：{}",
        ),
        (
            r"the register of firms names the park (.+), the table of parks does not",
            "企业名录写明、园区表中没有的园区：{}",
        ),
        (
            r"no register of enterprises: parks hold only organisations .+",
            "没有企业名录：只有申请地址落在园区内的申请人计入园区",
        ),
        (r"(.+); the later file counts", "同一数据有不同数值，以后入库的文件为准（{}）"),
    )
)
STATUS = {
    "official": Label("门槛均有公开依据", "official"),
    "parameters_not_official": Label("有的门槛为程序设定，无公开依据", "some bounds are not official"),
    "illustrative": Label("仅为示例", "illustrative"),
}
MOST = 12


def told_in_chinese(remarks: Iterable[str]) -> list[str]:
    """Return the remarks in Chinese, each kind once.

    >>> told_in_chinese([f"{name}: no employment is known, so no intensity" for name in ("纺织业", "造纸业")])
    ['没有从业人员数据、不能计算密集度的有：纺织业、造纸业。']
    """
    found: dict[str, list[str]] = {}
    for remark in remarks:
        words, about = _in_chinese(remark)
        held = found.setdefault(words, [])
        if about and about not in held:
            held.append(about)
    return [words.format(_listed(held)) + "。" for words, held in found.items()]


def remark_in_chinese(remark: str) -> str:
    """Return one remark in Chinese; as it is where its kind is not known.

    >>> remark_in_chinese("桂林某公司: not linked yet; run zhihang derive")
    '尚未与申请人关联的企业有：桂林某公司。'
    """
    return told_in_chinese([remark])[0]


def _in_chinese(remark: str) -> tuple[str, str]:
    for pattern, zh in _SAID:
        match = pattern.fullmatch(remark)
        if match:
            return zh, "/".join(match.groups())
    return remark.replace("{", "（").replace("}", "）"), ""


def _listed(about: list[str]) -> str:
    more = f"等{len(about)}个" if len(about) > MOST else ""
    return "、".join(about[:MOST]) + more
