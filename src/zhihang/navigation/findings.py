# SPDX-License-Identifier: Apache-2.0
"""What a study found, in sentences built from its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from zhihang.methods.concentration import top_share
from zhihang.navigation.advice import cited_first
from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import Direction, Trend
from zhihang.navigation.found_of_client import client_among_holders, of_prior_art, of_rivals
from zhihang.navigation.position import Position
from zhihang.navigation.result import Figure, Finding
from zhihang.navigation.sentences import finding, number, patents, rate, share, shown_value, statement
from zhihang.navigation.standing import Standing
from zhihang.navigation.study import Remark

STAGES = {
    "introduction": "导入期",
    "growth": "成长期",
    "maturity": "成熟期",
    "decline": "衰退期",
    "revival": "复苏期",
    "unsettled": "走势不一、阶段不明",
}
MODELS = {"logistic": "逻辑斯蒂曲线", "gompertz": "龚珀兹曲线"}
SUPPLY = {"supply_only": "供给多而本地企业少", "demand_only": "本地企业多而供给少"}
SEARCHES = {"global": "全局", "local": "局部", "key-route": "关键路线"}
SHOWN = 3
LEAST_TOLD = 20
"""Branches with fewer patents are not told as the fastest or slowest. A parameter."""


def findings(
    made: Collected,
    direction: Direction,
    position: Position,
    standing: Standing,
    said: Sequence[Remark],
    named: Callable[[str], str],
) -> tuple[Finding, ...]:
    """Return the findings of all sections, then those the analyst wrote."""
    if not made.patents:
        return ()
    industry = made.study.says.variant == "industry"
    found = [
        *_corpus(made),
        *_growth(direction, industry),
        *_technology(direction),
        *_holders(made, direction, named),
    ]
    if not position.refused:
        found += [*_places(position, standing), *_nodes(position), *of_rivals(position)]
        found += [*_rights(position, standing), *of_prior_art(position, standing)]
    own = [
        Finding(f"analyst:{i}", one.section, f"{one.text}（分析人员意见）", (), tuple(one.evidence))
        for i, one in enumerate(said, start=1)
    ]
    return (*found, *own)


def _corpus(made: Collected) -> Iterator[Finding]:
    tagged, count = sum(bool(p.nodes) for p in made.patents), len(made.patents)
    yield finding(
        "corpus",
        "corpus",
        statement(
            "corpus",
            patents=patents("语料库", count),
            cutoff=str(made.cutoff),
            tagged=patents("已标引", tagged),
            untagged=share("未标引", 1 - tagged / count),
        ),
    )


def _growth(direction: Direction, industry: bool) -> Iterator[Finding]:
    whole = direction.trends[0]
    if whole.growth is not None:
        yield finding("trend", "direction", _risen(whole))
    life = direction.life[0]
    now = [point for point in life.points if point["stage"]]
    if life.stage and now:
        last = now[-1]
        yield finding(
            "life",
            "direction",
            statement(
                "life",
                field="该产业" if industry else "该领域",
                stage=STAGES[life.stage],
                year=Figure("年份", last["year"], "year"),
                applicants=number("申请人", _whole(last["smooth_applicants"]), "家"),
                applications=patents("申请", _whole(last["smooth_applications"])),
            ),
        )
    known = [one for one in direction.trends[1:] if one.growth is not None and sum(one.patents) >= LEAST_TOLD]
    if len(known) > 1:
        best = max(known, key=lambda one: (one.growth or 0, one.code))
        worst = min(known, key=lambda one: (one.growth or 0, one.code))
        same = shown_value(rate("", best.growth)) == shown_value(rate("", worst.growth))
        yield finding(
            "fastest",
            "direction",
            statement("as_fast", nodes=number("分支", len(known), "个"), growth=rate("年均变化", best.growth))
            if same
            else statement(
                "fastest",
                label=best.label,
                growth=rate("年均变化", best.growth),
                patents=patents("累计", sum(best.patents)),
                slow_label=worst.label,
                slow_growth=rate("年均变化", worst.growth),
                slow_patents=patents("累计", sum(worst.patents)),
            ),
        )
    for curve in direction.curves[:1]:  # those of the branches stand in a table
        if curve.ceiling is not None:
            yield finding(
                f"scurve:{curve.code or 'all'}",
                "direction",
                statement(
                    "scurve",
                    model=MODELS[curve.model],
                    ceiling=patents("上限", round(curve.ceiling)),
                    error=patents("标准误", round(curve.ceiling_error or 0)),
                    reached=share("已达", curve.reached),
                    midpoint=Figure("拐点", curve.midpoint, "year"),
                ),
            )


def _whole(value: object) -> int | None:
    known = _real(value)
    return None if known is None else round(known)


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _risen(trend: Trend) -> tuple[str, tuple[Figure, ...]]:
    full = [
        count for year, count in zip(trend.years, trend.patents, strict=True) if year not in trend.truncated
    ]
    return statement(
        "trend" if sum(full[-3:]) != sum(full[-6:-3]) else "trend_even",
        growth=rate("年均变化", trend.growth),
        recent=patents("后三年", sum(full[-3:])),
        before=patents("前三年", sum(full[-6:-3])),
    )


def _technology(direction: Direction) -> Iterator[Finding]:
    for topic in direction.topics.emerging[:SHOWN]:
        told = statement(
            "emerging" if topic.lift is not None else "emerging_new",
            topic=topic.name,
            recent=patents("近年", topic.recent),
            expected=patents("应有", round(topic.expected, 1)),
            q=chance(topic.q),
            **({} if topic.lift is None else {"lift": number("份额之比", topic.lift, "倍")}),
        )
        yield finding(f"emerging:{topic.number}", "direction", told, topic.typical)
    if direction.core:
        best = direction.core[0]
        told = statement(
            "core",
            number=best.number,
            holder=best.holders[0] if best.holders else "权利人不明",
            year=Figure("年份", best.year, "year"),
            score=number("综合得分", best.score),
            cited=Figure("被引", int(_real(best.values.get("cited")) or 0), "次"),
        )
        yield finding("core", "direction", told, [one.number for one in direction.core[:SHOWN]])
    road = direction.roadmaps[0] if direction.roadmaps else None
    if road is not None and road.spots:
        told = statement(
            "roadmap",
            weights=road.weights.upper(),
            search=SEARCHES.get(road.search, road.search),
            spots=patents("主路径专利", len(road.spots)),
            first_year=Figure("年份", road.spots[0].year, "year"),
            first=road.spots[0].number,
            last_year=Figure("年份", road.spots[-1].year, "year"),
            last=road.spots[-1].number,
            citations=Figure("引用", road.citations, "条"),
        )
        yield finding("roadmap", "direction", told, [spot.number for spot in road.spots])
    yield from _white_spaces(direction)


def _white_spaces(direction: Direction) -> Iterator[Finding]:
    matrix = direction.matrix
    for cell in matrix.white_spaces[:SHOWN]:
        told = statement(
            "white_space",
            node=cell.node_label,
            effect=cell.effect_label,
            observed=patents("实有", cell.observed),
            expected=patents("期望", cell.expected),
            residual=number("调整残差", cell.residual),
        )
        yield finding(f"white_space:{cell.node}:{cell.effect}", "direction", told)
    if not matrix.refused and not matrix.white_spaces:
        tested = sum(cell.q is not None for cell in matrix.cells)
        yield finding(
            "no_white_space",
            "direction",
            statement("no_white_space", cells=Figure("检验", tested, "个单元格")),
        )


def chance(value: float | None) -> str:
    """Write a probability: never as zero.

    >>> chance(0.0000003), chance(0.0312)
    ('<0.001', '0.031')
    """
    return "未知" if value is None else "<0.001" if value < 0.0005 else f"{value:.3f}"


def _holders(made: Collected, direction: Direction, named: Callable[[str], str]) -> Iterator[Finding]:
    if direction.leaders:
        from collections import Counter

        counts = list(Counter(holder for p in made.patents for holder in p.holders).values())
        first = direction.leaders[0]
        told = statement(
            "leaders",
            cr4=share("前四位份额", top_share(counts, 4)),
            holder=first.holder,
            patents=patents("专利", first.patents),
            share=share("份额", first.share),
            recent=patents("近三年", first.recent),
        )
        own = [p for p in made.patents if first.holder in p.holders]
        yield finding("leaders", "direction", told, cited_first(own)[:SHOWN])
    moves = [(leader, move) for leader in direction.leaders for move in leader.moved_into]
    for leader, move in sorted(moves, key=lambda pair: (-pair[1].recent, pair[0].holder))[:SHOWN]:
        told = statement(
            "moved",
            holder=leader.holder,
            node=move.label,
            recent=patents("近三年", move.recent),
            before=patents("此前", move.before),
        )
        own = [p for p in made.patents if leader.holder in p.holders and move.node in p.nodes]
        yield finding(f"moved:{leader.holder}:{move.node}", "direction", told, cited_first(own)[:SHOWN])
    market = direction.market
    if market.abroad is not None and market.offices:
        first_office = market.offices[0]
        told = statement(
            "market",
            abroad=share("国外申请", market.abroad),
            office=named(str(first_office["office"])),
            share=share("受理份额", float(first_office["share"])),
        )
        yield finding("market", "direction", told)


def _places(position: Position, standing: Standing) -> Iterator[Finding]:
    local = position.places[0]
    if position.rank is not None:
        yield client_among_holders(position, len(standing.holders))
        return
    rivals = [one for one in position.places if one.role in ("local", "comparator")]
    rank = 1 + sum(one.patents > local.patents for one in rivals)
    yield finding(
        "position",
        "position",
        statement(
            "position" if len(rivals) > 1 else "position_alone",
            place=local.name,
            patents=patents("专利", local.patents),
            share=share("占语料库", local.share_of_world),
            rivals=Figure("地区", len(rivals), "个"),
            rank=Figure("位次", rank, ""),
            deviation=number("偏离度", local.deviation),
        ),
    )


def _nodes(position: Position) -> Iterator[Finding]:
    quotients = {(one.code, one.place): one.quotient for one in position.shares}
    clear = 0
    for gap in position.gaps:
        if gap.verdict == "strong":
            clear += 1
            told = statement(
                "strong",
                place=position.focus_name,
                node=gap.label,
                local=patents("本地", gap.local),
                local_share=share("占本地", gap.share),
                world_share=share("占语料库", gap.world_share),
                quotient=number("区位商", quotients.get((gap.code, position.focus))),
            )
            yield finding(f"strong:{gap.code}", "position", told)
        elif gap.verdict == "gap":
            clear += 1
            told = statement(
                "gap",
                place=position.focus_name,
                node=gap.label,
                local=patents("实有", gap.local),
                expected=patents("应有", round(gap.expected, 1)),
                z=number("调整残差", gap.z),
            )
            yield finding(f"gap:{gap.code}", "position", told)
    if not clear and position.gaps:
        told = statement("even", place=position.focus_name, nodes=Figure("分支", len(position.gaps), ""))
        yield finding("even", "position", told)


def _rights(position: Position, standing: Standing) -> Iterator[Finding]:
    held = [one for one in position.control if one.cr4 is not None and one.patents >= 10]
    nation = standing.nation_name
    for one in sorted(held, key=lambda one: (-(one.cr4 or 0), one.code))[:SHOWN]:
        told = statement(
            "control",
            node=one.label,
            cr4=share("前四位", one.cr4),
            holder=one.top[0].holder,
            patents=patents("专利", one.top[0].patents),
            nation=nation,
            dependence=share("国外持有", one.dependence),
        )
        yield finding(f"control:{one.code}", "position", told)
    legal = position.legal[0]
    told = statement(
        "legal",
        place=position.focus_name,
        in_force=patents("有效", legal.in_force),
        pending=patents("审查中", legal.pending),
        ended=patents("已失效", legal.ended),
        unknown=patents("不明", legal.unknown),
    )
    yield finding("legal", "position", told)
    told = statement(
        "cooperation",
        joint=share("联合申请", position.cooperation.joint),
        place=position.focus_name,
        local_joint=share("本地联合申请", position.cooperation.local_joint),
    )
    yield finding("cooperation", "position", told)
    for supply in position.supply:
        if supply.verdict in SUPPLY:
            told = statement(
                "supply",
                place=position.focus_name,
                node=supply.label,
                university=patents("高校院所", supply.university),
                firm=patents("企业", supply.firm),
                joint=patents("联合", supply.joint),
                verdict=SUPPLY[supply.verdict],
            )
            yield finding(f"supply:{supply.code}", "position", told)
    risks = [one for one in position.risk if one.in_force + one.pending]
    for risk in sorted(risks, key=lambda one: (-one.in_force - one.pending, one.code))[:SHOWN]:
        told = statement(
            "risk_client" if position.focus == "holders" else "risk",
            node=risk.label,
            nation=nation,
            in_force=patents("有效", risk.in_force),
            pending=patents("审查中", risk.pending),
            unknown=patents("不明", risk.unknown),
            share=share("份额", risk.share),
        )
        yield finding(f"risk:{risk.code}", "position", told, risk.evidence)
