# SPDX-License-Identifier: Apache-2.0
"""What a study cannot conclude, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import Direction
from zhihang.navigation.position import Position
from zhihang.navigation.result import Figure, Limit
from zhihang.navigation.sentences import patents, share

WIDE = 0.9
"""A query that finds so much of a store has not chosen anything. A parameter."""
FEW = 20
LEAST_KNOWN = 0.5
LIFE = {
    "few_years": "完整年份不足5年",
    "few_applications": "各年申请过少",
    "one_applicant": "每年至多一个申请人，申请人数没有变化可言",
}
CURVE = {
    "few_years": "完整年份不足5年",
    "no_growth": "累计数没有增长",
    "no_fit": "没有曲线能拟合",
    "no_slowing": "年申请量尚未放缓",
    "before_inflection": "尚未越过拐点",
    "ceiling_uncertain": "上限的标准误过大",
    "ceiling_unsteady": "去掉最近几年后上限明显移动",
    "ceiling_passed": "连同未完整的年份累计已超过上限",
}
TOPICS = {"no_text": "没有可读的文本", "few_texts": "有文本的专利不足20件", "all_alike": "各件文本没有差别"}
ROADS = {"no_citations": "数据中没有引用关系", "few_citations": "语料库内部的引用不足20条"}


def limits(made: Collected, direction: Direction, position: Position) -> tuple[Limit, ...]:
    """Return all limits, in the order of the report."""
    return (*_corpus(made), *_direction(made, direction), *_position(made, position))


def _corpus(made: Collected) -> Iterator[Limit]:
    count = len(made.patents)
    if not count:
        text = (
            "检索式没有找到专利（或全部被期间、去噪剔除），无法得出任何结论；请放宽检索式或核对数据库内容。"
        )
        yield Limit("corpus", "scope", text, (Figure("数据库", made.whole, "件申请"),))
        return
    found = sum(len(p.applications) for p in made.patents)
    if made.whole > FEW and found >= WIDE * made.whole and made.study.says.query.strip():
        yield Limit(
            "corpus",
            "scope",
            "检索式几乎命中整个数据库：若数据库不是为本研究专门采集的，语料库没有被界定，份额与区位商只说明数据库本身。",
            (Figure("命中", found, "件申请"), Figure("数据库", made.whole, "件申请")),
        )
    if count < FEW:
        yield Limit(
            "corpus", "size", f"语料库只有{count}件，趋势、主题与份额都不稳定。", (patents("语料库", count),)
        )
    texts = sum(p.abstract for p in made.patents)
    if texts < LEAST_KNOWN * count:
        yield Limit(
            "corpus",
            "abstracts",
            "多数专利没有摘要，关键词标引与主题只依据标题，查全率偏低。",
            (share("有摘要", texts / count),),
        )
    if not made.study.says.breakdown:
        yield Limit("corpus", "breakdown", "没有技术分解表，分支的增长、缺口与路径无法计算。")
    if made.study.says.breakdown and not any(p.nodes for p in made.patents):
        yield Limit("corpus", "breakdown", "没有一件专利被标引，请核对各节点的关键词、分类号与语言。")
    if not any(one.how for one in made.quality):
        text = "没有抽样标注，查全率与查准率未知；随机标注几十件后可估计。"
        yield Limit("corpus", "quality", text)


def _direction(made: Collected, direction: Direction) -> Iterator[Limit]:
    if not made.patents:
        return
    full = [year for year in made.years if year not in made.truncated]
    if len(full) < 6:
        yield Limit(
            "direction",
            "trend",
            "完整年份不足6年，不计算增长率，也不判断新兴主题。",
            (Figure("完整年份", len(full), "年"),),
        )
    if made.cut_short:
        years = "、".join(map(str, made.cut_short))
        counts = Counter(patent.year for patent in made.patents)
        text = (
            f"{years}年的专利不足此前三年平均的{made.study.says.thresholds.sudden_end:.0%}，而公开期早已届满："
            "多半是数据来源没有收齐，不能解读为衰退；这些年份按不完整处理，不参与增长与阶段的计算，请核对数据来源。"
        )
        figures = tuple(patents(f"{year}年", counts[year]) for year in made.cut_short)
        yield Limit("direction", "completeness", text, figures)
    if made.unpublished:
        years = "、".join(map(str, made.unpublished))
        months = made.months_to_know
        why = f"申请后尚未满{months}个月，未全部公开"
        if made.granted_only:
            why = f"数据只含已授权专利，九成要申请后{months}个月才授权，近年申请尚未收齐"
        yield Limit("direction", "truncation", f"{years}年：{why}，下降不能解读，不参与增长与阶段的计算。")
    undated = sum(p.filed is None for p in made.patents)
    if undated:
        yield Limit("direction", "dates", "部分专利没有申请日，不计入各年。", (patents("无申请日", undated),))
    if direction.life and direction.life[0].refused:
        yield Limit("direction", "life", f"不判断生命周期阶段：{LIFE[direction.life[0].refused]}。")
    if direction.curves and direction.curves[0].ceiling is None:
        why = "；".join(CURVE[one] for one in direction.curves[0].refused)
        yield Limit("direction", "scurve", f"不给出S曲线上限：{why}。")
    topics = direction.topics
    if topics.refused:
        yield Limit("direction", "topics", f"不画主题图：{TOPICS[topics.refused]}。")
    if topics.by_script:
        yield Limit(
            "direction", "topics", "文本中英混杂，主题基本按语言而非内容分开，主题份额不能跨语言比较。"
        )
    road = direction.roadmaps[0]
    if road.refused:
        figures = (Figure("语料库内引用", road.citations, "条"),)
        yield Limit("direction", "roadmap", f"不画主路径，也没有CD指数：{ROADS[road.refused]}。", figures)
    if direction.matrix.refused == "few_patents":
        figures = (patents("同时有技术与功效标引", direction.matrix.patents),)
        yield Limit("direction", "matrix", "同时标引技术与功效的专利不足30件，不检验空白点。", figures)
    if direction.matrix.refused == "no_effects":
        yield Limit("direction", "matrix", "研究文件没有列出功效（effects），不作技术功效矩阵。")
    if direction.market.refused == "one_office_each":
        yield Limit("direction", "market", "数据只含每项发明的一个受理局，国外布局比例无法计算。")
    holders = {holder for p in made.patents for holder in p.holders}
    if len(holders) == 1:
        yield Limit(
            "direction", "leaders", f"只有一个权利人（{next(iter(holders))}），集中度、合作与竞争没有意义。"
        )


def _position(made: Collected, position: Position) -> Iterator[Limit]:
    if not made.patents:
        return
    count = len(made.patents)
    origins = Counter(p.country_from or "unknown" for p in made.patents)
    if origins["holder"] < count:
        yield Limit(
            "position",
            "country",
            f"部分权利人没有地址，所在国按最早优先权国、其次按唯一受理局推定：按地址{origins['holder']}件，按优先权"
            f"{origins['priority']}件，按受理局{origins['office']}件，不明{origins['unknown']}件。",
            tuple(
                patents(label, origins[key])
                for key, label in (
                    ("holder", "按地址"),
                    ("priority", "按优先权"),
                    ("office", "按受理局"),
                    ("unknown", "不明"),
                )
            ),
        )
    if position.refused == "no_local":
        text = f"语料库中没有{position.focus_name}的专利，定位无从谈起，只有语料库整体与对比地区的数字成立。"
        yield Limit("position", "local", text)
    unknown = sum(p.state == "unknown" for p in made.patents)
    if unknown > (1 - LEAST_KNOWN) * count:
        yield Limit(
            "position",
            "legal",
            "多数专利的法律状态没有证据，有效、风险与收购的数字只是下限。",
            (patents("状态不明", unknown),),
        )
    if position.cooperation.refused:
        yield Limit("position", "cooperation", "联合申请不足3件，不画合作网络。")
    if not any(p.inventors for p in made.patents):
        yield Limit("position", "talent", "数据没有发明人，人才密度与发明人名单缺失。")
