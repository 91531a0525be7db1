# SPDX-License-Identifier: Apache-2.0
"""What to do with rights: which to buy, to seek a licence for, to let go, by state, holder, age and fees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from zhihang.methods.fees_due import FeeRules
from zhihang.navigation.advice import Advice, cited_first
from zhihang.navigation.leaders import type_of
from zhihang.navigation.patents import Patent
from zhihang.navigation.result import Figure, NodeOutlook, Recommendation, Rejected
from zhihang.navigation.sentences import patents, share, statement
from zhihang.navigation.standing import SCIENCE

SMALL_HOLDER = 5
LISTED = 20
LEAST_LICENSED = 2


def advise_rights(advice: Advice) -> list[Recommendation]:
    """Recommend on rights; where legal states are not known nothing is recommended."""
    made = advice.standing.made
    alive = [p for p in made.patents if p.state == "in_force"]
    if not alive:
        known = sum(p.state != "unknown" for p in made.patents)
        advice.limit(
            "rights",
            "语料库中没有有证据的有效专利，不推荐收购、许可、放弃。",
            patents("法律状态有证据的专利", known),
        )
        return []
    found: list[Recommendation] = []
    for one in advice.wanted()[: 2 * advice.top]:
        asked = {earlier.targets[0] for earlier in found if earlier.kind == "license"}
        found += _buy(advice, one) + _license(advice, one, asked)
    return found + _let_go(advice)


def _here(advice: Advice, code: str) -> list[Patent]:
    """Rights of others in force in the nation."""
    local = advice.standing.by_place[advice.standing.local.key]
    nation = advice.nation
    return [
        p
        for p in advice.standing.by_node[code]
        if p.state == "in_force" and nation in p.offices and p.unit not in local
    ]


def _buy(advice: Advice, one: NodeOutlook) -> list[Recommendation]:
    counts = Counter(holder for p in advice.standing.made.patents for holder in p.holders)
    able = [p for p in _here(advice, one.code) if p.holders and _sells(p, counts, advice.nation)]
    if not able:
        return []
    able.sort(key=lambda p: (-p.cited, p.number))
    taken = {p.unit for p in able}
    others = [p for p in _here(advice, one.code) if p.unit not in taken]
    outside = share("本地以外持有", 1 - one.local / one.world if one.world else None)
    sentence = statement(
        "buy",
        node=one.label,
        count=patents("可洽购的有效专利", len(able)),
        cited=Figure("最高被引", able[0].cited, "次"),
        place=advice.place,
        outside=outside,
    )
    rejected = [
        Rejected(
            p.number,
            Figure("持有人在库专利", counts[p.holders[0]], "件"),
            f"持有人{p.holders[0]}{_why_not(p, counts)}，出让可能小",
        )
        for p in sorted(others, key=lambda p: (-p.cited, p.number))[:3]
        if p.holders
    ]
    rows = [_row(p) for p in able[:LISTED]]
    return [
        advice.recommend(
            "buy",
            one.code,
            f"洽购“{one.label}”专利",
            sentence,
            indicator=patents("本地该分支有效专利", _alive(advice, one.code)),
            evidence=[p.number for p in able],
            rejected=rejected,
            samples=(one.local, one.world),
            rows=rows,
        )
    ]


def _why_not(patent: Patent, counts: Counter[str]) -> str:
    return "为主要竞争者" if counts[patent.holders[0]] > SMALL_HOLDER else "在国外或所在地不明"


def _sells(patent: Patent, counts: Counter[str], nation: str) -> bool:
    """Say whether a holder may sell: science, persons, small firms of the nation whose address is known.

    A foreign firm with few patents in the corpus is seldom small; of such a one a licence is asked for.
    """
    kinds = {*SCIENCE, "individual", "public_institution"}
    return patent.types[0] in kinds or (
        patent.types[0] == "enterprise"
        and counts[patent.holders[0]] <= SMALL_HOLDER
        and patent.country == nation
        and patent.country_from == "holder"
    )


def _license(advice: Advice, one: NodeOutlook, asked: Collection[str]) -> list[Recommendation]:
    here = _here(advice, one.code)
    foreign = Counter(p.holders[0] for p in here if p.holders and p.country and p.country != advice.nation)
    ranked = sorted(
        ((name, n) for name, n in foreign.items() if name not in asked), key=lambda pair: (-pair[1], pair[0])
    )
    if not ranked:
        return []
    name, count = ranked[0]
    if count < LEAST_LICENSED:
        return []
    own = [p for p in here if p.holders and p.holders[0] == name]
    sentence = statement(
        "license",
        node=one.label,
        holder=name,
        nation=advice.standing.nation_name,
        in_force=patents("有效专利", count),
        share=share("占该分支该国有效", count / len(here)),
        place=advice.place,
        local=patents("本地", one.local),
    )
    rejected = [Rejected(other, patents("有效专利", n), "有效专利较少") for other, n in ranked[1:4]]
    return [
        advice.recommend(
            "license",
            f"{one.code}:{name}",
            f"就“{one.label}”向{name}寻求许可",
            sentence,
            indicator=patents("对方有效专利", count),
            evidence=cited_first(own),
            rejected=rejected,
            samples=(one.local, one.world),
            targets=(name,),
        )
    ]


def _let_go(advice: Advice) -> list[Recommendation]:
    standing, limits = advice.standing, advice.standing.made.study.says.thresholds
    core = {one.number for one in advice.core}
    at = standing.made.cutoff
    own = [p for p in standing.of(standing.local.key) if p.state == "in_force" and p.filed]
    old = [p for p in own if p.filed and (at - p.filed).days / 365.25 >= limits.let_go_age]
    idle = [p for p in old if not p.cited and p.number not in core]
    if not idle:
        text = f"{advice.place}没有同时满足有效满{limits.let_go_age}年、无他人引用、不在核心专利中的专利。"
        advice.limit("let_go", text, patents("本地有效专利", len(own)))
        return []
    rows = [{**_row(p), "fee": _fee(p, standing.made.cutoff.year)} for p in idle]
    known = [row["fee"] for row in rows if isinstance(row["fee"], int)]
    fees = {"fees": Figure("年费合计", sum(known), "元")} if known else {}
    sentence = statement(
        "let_go" if known else "let_go_no_fees",
        count=patents("候选专利", len(idle)),
        age=Figure("有效满", limits.let_go_age, ""),
        **fees,
    )
    given = {p.unit for p in idle}
    kept = sorted((p for p in old if p.unit not in given), key=lambda p: (-p.cited, p.number))[:3]
    rejected = [Rejected(p.number, Figure("被引", p.cited, "次"), "有引用或属核心专利，保留") for p in kept]
    return [
        advice.recommend(
            "let_go",
            "idle",
            f"评估放弃或转让{len(idle)}件",
            sentence,
            indicator=patents("候选专利", len(idle)),
            evidence=[p.number for p in idle],
            rejected=rejected,
            samples=(len(own), len(standing.made.patents)),
            rows=sorted(rows, key=lambda row: (-int(row["fee"] or 0), str(row["number"])))[:LISTED],
        )
    ]


def _fee(patent: Patent, year: int) -> int | None:
    """Full fee of the coming year of a Chinese right, in yuan."""
    rules = FeeRules.shipped()
    if "CN" not in patent.offices or patent.filed is None or patent.kind not in rules.schedule:
        return None
    of_right = year - patent.filed.year + 1
    return rules.fee(patent.kind, of_right) if 1 <= of_right <= len(rules.schedule[patent.kind]) else None


def _row(patent: Patent) -> dict[str, str | int | float | None]:
    return {
        "number": patent.number,
        "title": patent.title,
        "holder": patent.holders[0] if patent.holders else "",
        "type": type_of(patent.holders[0], [patent]) if patent.holders else "",
        "filed": patent.filed.isoformat() if patent.filed else None,
        "cited": patent.cited,
    }


def _alive(advice: Advice, code: str) -> int:
    return sum(p.state == "in_force" for p in advice.standing.of(advice.standing.local.key, code))
