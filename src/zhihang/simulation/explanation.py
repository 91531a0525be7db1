# SPDX-License-Identifier: Apache-2.0
"""The README.txt beside simulated files: that they are simulated, by what, and how they meet published figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhihang.simulation.comparison import Compared
from zhihang.simulation.scenario import Scenario

_WHAT = {"filings": "申请量 filings", "grants": "授权量 grants", "stock": "有效量 in force"}
_KINDS = {
    "invention": "发明 inventions",
    "utility_model": "实用新型 utility models",
    "design": "外观设计 designs",
}


def explanation(
    scenario: Scenario,
    command: str,
    counts: Mapping[str, int],
    comparison: Sequence[Compared],
    folder: Path,
) -> str:
    """Write the text of the README."""
    files = "\n".join(f"  {name}  {rows:,}" for name, rows in counts.items())
    compared = "\n".join(_compared(one) for one in comparison) or "  （无 none）"
    unpublished = _UNPUBLISHED[scenario.unpublished]
    sources = "\n".join(f"  {key}: {source.title}" for key, source in scenario.sources.items())
    return f"""模拟数据，非真实专利。 Simulated data. These are not real patents.

本文件夹中的专利、申请人、发明人、地址和法律事件均由程序按情景随机生成，名称如与真实单位或个人相同，纯属巧合。
统计结果不得作为真实数据引用。每一行都带有“模拟数据”标记。

The patents, applicants, inventors, addresses and events in this folder were made up by chance, following a scenario.
Should a name be that of a real organisation or person, it is by accident. Nothing counted from them may pass for real.
Every row carries the mark 模拟数据 (simulated data).

情景 Scenario   {scenario.name}: {scenario.label.zh} / {scenario.label.en}
命令 Command    {command}
文件夹 Folder   {folder.name}

文件和行数 Files and rows
{files}

register  每件申请一行；含所选年度内的申请，以及此前申请、年度开始时仍在审或有效的申请。
          One row per application: those filed in the years chosen, and earlier ones pending or in force when they began.
events    每个法律事件一行，公告到最后一年年底为止。 One row per legal event announced up to the end of the last year.
truth     仅供检验程序：真实申请主体、所在县区、法律状态区间、人为加入的错误。不要与登记数据一起导入。
          For testing only: true applicants, counties, status intervals, faults put in. Do not ingest it with the register.
enterprises, industries, parks
          企业名录、分行业统计和园区（最近六年）：规模以上行业数等于名录内规上企业之和；除所注来源外均为假设。
          Firms, statistics by industry and parks of the last six years; industries are the sums of the firms above
          designated size. Revenue per head and research by division follow published figures, all else is assumed.
{unpublished}

与已公布数据比较（按规模 1 折算） Compared with published figures (at scale 1)
{compared}

数据来源 Sources of the scenario's figures
{sources}
"""


_UNPUBLISHED = {
    "keep": "未公布的申请保留在内，公开号为空。 Applications not published are kept, without a publication number.",
    "leave_out": "未公布的申请不在内，最近十八个月不完整。 "
    "Unpublished applications are left out; the last 18 months are incomplete.",
}


def _compared(one: Compared) -> str:
    figure = one.published
    first, last = figure.years
    years = str(first) if first == last else f"{first}-{last}"
    mark = "" if one.holds else "  超出允许范围 outside the tolerance"
    return (
        f"  {_WHAT[figure.what]}, {_KINDS[figure.kind]}, {years}: 公布 published {figure.value:,.0f}, "
        f"模拟 simulated {one.simulated:,.0f} ({one.difference:+.1%}, ±{figure.within:.0%}){mark} [{figure.source}]"
    )
