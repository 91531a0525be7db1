# SPDX-License-Identifier: Apache-2.0
"""A topic database as one page to browse: parts, patents, a filter; nothing is fetched, and it reads without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from zhihang.reporting.hit_list import reader_number

MOST_ROWS = 5_000
"""Patents on the page; all of them are in the files beside it."""
_STYLE = """
:root{color-scheme:light dark;--ink:#1c2426;--faint:#5b6b6e;--line:#d5dcdd;--accent:#0b6b66;--ground:#fdfdfc}
@media(prefers-color-scheme:dark){:root{--ink:#e4eaea;--faint:#9fb0b2;--line:#35424a;--accent:#5fc3bb;--ground:#14191b}}
body{font:15px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;color:var(--ink);background:var(--ground);
margin:0 auto;max-width:1100px;padding:16px}a{color:var(--accent)}h1{font-size:22px}h2{font-size:17px}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:4px 8px;text-align:left;
vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.faint{color:var(--faint)}
input,select{font:inherit;padding:4px 8px;margin:8px 8px 8px 0;color:inherit;background:transparent;
border:1px solid var(--line)}
.wide{overflow-x:auto}th.n{text-align:right}#patents td:nth-child(4){white-space:nowrap}
"""
_SCRIPT = """
const words=document.getElementById("words"),part=document.getElementById("part"),count=document.getElementById("count");
const rows=[...document.querySelectorAll("#patents tbody tr")];
function show(){const asked=words.value.trim().toLowerCase();let seen=0;
for(const row of rows){const fits=(!part.value||row.dataset.parts.split(" ").includes(part.value))&&
(!asked||row.textContent.toLowerCase().includes(asked));row.hidden=!fits;seen+=fits}count.textContent=seen}
words.addEventListener("input",show);part.addEventListener("change",show);
document.getElementById("filter").hidden=false;show();
"""


@dataclass(frozen=True)
class TopicTold:
    """What is said of a topic database: name, title, notes, query, day, number, parts (code, title, number), files."""

    title: str
    notes: str
    query: str
    day: date
    count: int
    parts: Sequence[tuple[str, str, int]]
    files: Sequence[str]


def topic_browser(
    topic: TopicTold, rows: Iterable[Mapping[str, Any]], parts: Mapping[str, Sequence[str]]
) -> str:
    """Return the page; `parts` gives the codes of the parts each application is in."""
    shown = [row for row, _ in zip(rows, range(MOST_ROWS), strict=False)]
    options = "".join(
        f'<option value="{escape(code)}">{escape(label)}</option>' for code, label, _ in topic.parts
    )
    counted = "".join(
        f'<tr><td>{escape(code)}</td><td>{escape(label)}</td><td class="n">{count:,}</td></tr>'
        for code, label, count in topic.parts
    )
    files = "、".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in topic.files)
    less = f"，本页列出前{len(shown):,}件，全部见下载文件" if topic.count > len(shown) else ""
    patents = "".join(_row(row, parts.get(str(row["application_id"]), ())) for row in shown)
    return f"""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(topic.title)}</title><style>{_STYLE}</style></head><body>
<h1>{escape(topic.title)}：{topic.count:,}件专利申请</h1>
<p class="faint">截至{topic.day.isoformat()}{less}。{escape(topic.notes)}</p>
<p class="faint">检索式 Query：{escape(topic.query)}</p>
<p>下载 Download：{files}</p>
<h2>组成 Parts</h2>
<table><thead><tr><th>代码 Code</th><th>分支 Part</th><th class="n">件数 Patents</th></tr></thead>
<tbody>{counted}</tbody></table>
<h2>专利 Patents</h2>
<p id="filter" hidden><label>含有 With <input id="words" type="search"></label>
<label>分支 Part <select id="part"><option value="">全部 All</option>{options}</select></label>
<span id="count"></span> 件</p>
<div class="wide"><table id="patents"><thead><tr><th>号码 Number</th><th>标题 Title</th><th>申请人 Applicants</th>
<th>申请日 Filed</th><th>分类号 IPC</th><th>分支 Parts</th></tr></thead><tbody>{patents}</tbody></table></div>
<script>{_SCRIPT}</script></body></html>
"""


def _row(row: Mapping[str, Any], parts: Sequence[str]) -> str:
    filed = row["filing_date"]
    cells = (
        reader_number(row) or "—",
        row["title"] or "—",
        "；".join(row["applicants"]),
        filed.isoformat() if isinstance(filed, date) else filed or "—",
        "；".join(row["ipc"][:3]),
        " ".join(parts),
    )
    return f'<tr data-parts="{escape(" ".join(parts))}">{"".join(f"<td>{escape(str(cell))}</td>" for cell in cells)}</tr>'
