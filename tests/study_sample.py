# SPDX-License-Identifier: Apache-2.0
"""A made-up result of a made-up navigation study, small enough to count by hand, for tests of its report."""

from __future__ import annotations

from dataclasses import replace

from zhihang.navigation.direction import (
    CorePatent,
    Direction,
    EffectCell,
    EffectMatrix,
    Inventor,
    Leader,
    LifeStage,
    MapPoint,
    MarketLayout,
    Move,
    Roadmap,
    RoadSpot,
    SCurve,
    TopicFound,
    TopicPicture,
    Trend,
)
from zhihang.navigation.position import (
    Cooperation,
    CooperationLink,
    CooperationMember,
    ForeignRisk,
    LegalStrength,
    NodeControl,
    NodeGap,
    NodeHolder,
    NodeShare,
    NodeTalent,
    PlaceFigure,
    Position,
    SupplyDemand,
)
from zhihang.navigation.result import (
    Changes,
    Corpus,
    CorpusPatent,
    CorpusStep,
    Estimate,
    Figure,
    Finding,
    FollowedUp,
    Limit,
    Moved,
    NodeCount,
    NodeOutlook,
    Path,
    Recommendation,
    Rejected,
    SearchStep,
    StudyResult,
)

YEARS = tuple(range(2012, 2021))
COUNTS = (1, 1, 2, 3, 4, 5, 6, 5, 3)
NODES = (("A", "电池", ""), ("B", "电机", ""), ("C", "储氢", ""), ("D", "气动", ""))
HOSTILE = '=HYPERLINK("http://x.example","a")</script><script>alert(1)</script>#eval("1") $x^2$'


def study_result(*, title: str = "一种电池管理方法") -> StudyResult:
    """Return the result; `title` is the title of every patent in it."""
    return StudyResult(
        name="sample",
        study={
            "label": {"zh": "云浦市绿色航空产业专利导航", "en": "Green aviation in Yunpu"},
            "question": "云浦市应发展绿色航空产业链的哪些环节？",
            "client": "云浦市市场监督管理局",
            "variant": "industry",
            "breakdown": [
                {"code": code, "zh": zh, "parent": parent, "keywords": [zh], "classes": ["H01M"]}
                for code, zh, parent in NODES
            ],
            "effects": [{"code": "W", "zh": "减重", "keywords": ["轻量"]}],
        },
        made_on="2021-03-01",
        cutoff="2021-01-31",
        store_version=7,
        corpus=_corpus(title),
        direction=_direction(title),
        position=_position(),
        path=_path(),
        findings=(
            Finding(
                "growth",
                "direction",
                "2015—2018年专利年均增长18.0%，产业处于成长期。",
                (Figure("年均增速", 0.18, "share"), Figure("专利族", 30, "族")),
                ("CN100A", "CN101A"),
            ),
            Finding(
                "gap", "position", "储氢环节为短板，实有1族，应有6.2族。", (Figure("标准化残差", -2.41),)
            ),
            Finding("enter", "path", "与现有优势关联度最高的未进入环节为储氢。"),
        ),
        limits=(
            Limit("direction", "成长曲线", "数据未过拐点，不能估计上限。", (Figure("完整年份", 7, "年"),)),
        ),
        changes=_changes(),
    )


def bare(result: StudyResult) -> StudyResult:
    """Return a result with nothing in it: what a query that finds nothing leaves."""
    direction, position = result.direction, result.position
    empty = TopicPicture((), (), (), (), (), 0, False, "no_text", "")
    return replace(
        result,
        corpus=replace(
            result.corpus,
            patents=(),
            nodes=(),
            effects=(),
            steps=(),
            log=(),
            quality=(),
            years=(),
            truncated=(),
            languages={},
        ),
        direction=replace(
            direction,
            trends=(),
            life=(),
            curves=(),
            topics=empty,
            core=(),
            roadmaps=(),
            matrix=EffectMatrix((), 0, ""),
            leaders=(),
            inventors=(),
            types=(),
            market=MarketLayout((), (), None, (), "no_offices"),
            classes=(),
            states=(),
            events=(),
        ),
        position=replace(
            position,
            places=(),
            shares=(),
            gaps=(),
            talent=(),
            control=(),
            legal=(),
            cooperation=Cooperation((), (), None, None, "no_joint"),
            supply=(),
            risk=(),
        ),
        path=Path((), ()),
        findings=(),
        limits=(Limit("corpus", "数据集", "检索式没有结果。"),),
        changes=None,
    )


def _corpus(title: str) -> Corpus:
    patents = tuple(
        CorpusPatent(
            unit=f"F{i}",
            number=f"CN{100 + i}A",
            title=title,
            members=1,
            filed=f"{YEARS[i % 9]}-05-01",
            year=YEARS[i % 9],
            kind="invention",
            offices=("CN", "US") if i % 3 == 0 else ("CN",),
            country="CN" if i % 4 else "US",
            region="",
            holders=(("甲飞机公司", "乙大学"), ("丙研究所",), ("Delta Air Inc.",))[i % 3],
            holder_type="enterprise",
            inventors=("张三", "李四"),
            state=("in_force", "pending", "ended")[i % 3],
            nodes=(NODES[i % 4][0],),
            effects=("W",) if i % 2 else (),
            cited=i % 5,
            found_by="query",
            score=None,
        )
        for i in range(30)
    )
    shares = (8, 8, 7, 7)
    return Corpus(
        level="family",
        patents=patents,
        nodes=tuple(
            NodeCount(code, zh, parent, 0, n, n, 0, n / 30)
            for (code, zh, parent), n in zip(NODES, shares, strict=True)
        ),
        effects=(NodeCount("W", "减重", "", 0, 15, 15, 0, 0.5),),
        steps=(
            CorpusStep("scope", "检索式", 41, 41),
            CorpusStep("noise", "规则去噪", -5, 36),
            CorpusStep("level", "按同族归并", -6, 30),
        ),
        log=(SearchStep("scope", "电动 飞机 ti:=1+1", 41, ""), SearchStep("A", "关键词：电池", 8, "")),
        quality=(Estimate("precision", "", 0.9, 0.74, 0.97, 30, "随机抽样"),),
        untagged=0,
        years=YEARS,
        truncated=(2019, 2020),
        languages={"zh": 24, "en": 6},
        without_abstract=2,
        citations=19,
        own_citations=3,
        reference="云浦市模拟专利库",
    )


def _direction(title: str) -> Direction:
    trends = [Trend("", "全部", YEARS, COUNTS, COUNTS, (2019, 2020), 0.18)]
    trends += [
        Trend(c, zh, YEARS, (0, 0, 1, 1, 1, 2, 2, 1, 0), (0, 0, 1, 1, 1, 1, 2, 1, 0), (2019, 2020), None)
        for c, zh, _ in NODES
    ]
    points = tuple(
        {
            "year": year,
            "applicants": n,
            "applications": n + 1,
            "smooth_applicants": float(n),
            "stage": "growth",
            "truncated": year >= 2019,
        }
        for year, n in zip(YEARS, COUNTS, strict=True)
    )
    spots = tuple(
        RoadSpot(f"CN{100 + i}A", title, "甲飞机公司", 2012 + 2 * i, ("A",), i / 3, i % 2, i != 3)
        for i in range(4)
    )
    links = tuple({"from": f"CN{100 + i}A", "to": f"CN{101 + i}A", "weight": 3 - i} for i in range(3))
    cells = tuple(
        EffectCell(
            c, zh, e, ezh, n, 6.0, (n - 6) / 2, 0.01, verdict, None, None, "甲飞机公司" if n else None, 0.5
        )
        for (c, zh, _), n, verdict in zip(
            NODES, (12, 7, 0, 5), ("crowded", "as_expected", "white_space", "as_expected"), strict=True
        )
        for e, ezh in (("W", "减重"), ("N", "降噪"))
    )
    topics = tuple(
        TopicFound(
            i,
            10,
            (f"词{i}", "电池"),
            ("battery",),
            ("CN100A",),
            (1,) * 9,
            4,
            2.0,
            2.0,
            0.01,
            ("emerging", "steady", "fading")[i],
        )
        for i in range(3)
    )
    core = CorePatent(
        "CN100A",
        title,
        ("甲飞机公司",),
        2012,
        ("A",),
        "in_force",
        2.31,
        0.6,
        {"forward_citations": 2.0, "claims": None},
        {"cited": 9, "cd": 0.2},
    )
    return Direction(
        trends=tuple(trends),
        life=(
            LifeStage("", "全部", "growth", "", points),
            LifeStage("C", "储氢", "", "few_applications", ()),
        ),
        curves=(
            SCurve(
                "",
                "全部",
                YEARS[:7],
                (1, 2, 4, 7, 11, 16, 22),
                (1.0, 2.1, 4.0, 7.2, 11.0, 16.1, 21.8),
                "logistic",
                None,
                None,
                None,
                None,
                None,
                0.99,
                1.4,
                ("before_inflection",),
            ),
        ),
        topics=TopicPicture(
            topics,
            tuple(
                MapPoint(f"CN{100 + i}A", (i % 3) * 4 + i / 30, i / 9, i % 3, 2012 + i % 9) for i in range(30)
            ),
            YEARS,
            (2019, 2020),
            (2016, 2018),
            0,
            False,
            "",
            "",
        ),
        core=(core,),
        roadmaps=(Roadmap("spc", "key-route", spots, links, 1, 30, 19, (), ""),),
        matrix=EffectMatrix(cells, 24, ""),
        leaders=(
            Leader(
                "甲飞机公司",
                "enterprise",
                "CN",
                "",
                10,
                1 / 3,
                5,
                3,
                4,
                2.0,
                ("A",),
                (Move("C", "储氢", 0, 2),),
            ),
            Leader("Delta Air Inc.", "enterprise", "US", "", 10, 1 / 3, 4, 4, 3, 1.5, ("B",), ()),
        ),
        inventors=(Inventor("张三", "甲飞机公司", 6, 3, ("A",)),),
        types=(
            {"code": "enterprise", "label": "企业", "patents": 20, "share": 2 / 3},
            {"code": "university", "label": "高等院校", "patents": 10, "share": 1 / 3},
        ),
        market=MarketLayout(
            ({"office": "CN", "patents": 30, "share": 1.0}, {"office": "US", "patents": 10, "share": 1 / 3}),
            (
                {"origin": "CN", "office": "CN", "patents": 22},
                {"origin": "US", "office": "CN", "patents": 8},
                {"origin": "US", "office": "US", "patents": 8},
                {"origin": "CN", "office": "US", "patents": 2},
            ),
            0.33,
            ({"origin": "CN", "patents": 22, "abroad": 0.09}, {"origin": "US", "patents": 8, "abroad": 1.0}),
            "",
        ),
        classes=({"class": "H01M", "label": "", "patents": 20, "share": 0.67, "recent": 9},),
        states=(
            {"code": "in_force", "label": "有效", "patents": 10, "share": 1 / 3},
            {"code": "pending", "label": "审查中", "patents": 10, "share": 1 / 3},
            {"code": "ended", "label": "已失效", "patents": 10, "share": 1 / 3},
        ),
        events=({"code": "transfer", "label": "权利转移", "patents": 4, "share": 0.13},),
    )


def _position() -> Position:
    holder = NodeHolder("甲飞机公司", "enterprise", "CN", "445300", 5, 0.5, 2)
    shares = tuple(
        NodeShare(c, zh, place, n, s, n / 8, q, 1)
        for place, n, s, q in (("445300", 2, 0.2, 1.3), ("CN", 5, 0.25, 1.1), ("world", 8, 0.25, 1.0))
        for c, zh, _ in NODES
    )
    return Position(
        focus="445300",
        focus_name="云浦市",
        places=(
            PlaceFigure("445300", "云浦市", "local", 6, 0.2, 2, 5, 0.1, 0.8, 0.12),
            PlaceFigure("CN", "中国", "nation", 22, 0.73, 3, 14, 0.09, 0.7, 0.05),
            PlaceFigure("world", "语料库全部", "world", 30, 1.0, 4, 20, 0.33, 0.67, 0.0),
        ),
        shares=shares,
        gaps=(
            NodeGap("C", "储氢", 1, 6.2, 0.05, 0.25, -0.2, -2.41, "gap"),
            NodeGap("A", "电池", 5, 2.0, 0.6, 0.25, 0.35, 2.6, "strong"),
        ),
        talent=(NodeTalent("A", "电池", "445300", 2, 5, 2.5, (holder,), ("张三",)),),
        control=(NodeControl("A", "电池", 8, 0.9, 0.42, (holder,), 0.2, 0.6, 0.4),),
        legal=(LegalStrength("A", "电池", "445300", 3, 1, 1, 0, 4.2, 1),),
        cooperation=Cooperation(
            (
                CooperationMember("甲飞机公司", "enterprise", "445300", 10, 1, 10, 0, 0.0),
                CooperationMember("乙大学", "university", "CN", 10, 1, 10, 0, 0.1),
            ),
            (CooperationLink("甲飞机公司", "乙大学", 10, "university_firm"),),
            0.33,
            0.5,
            "",
        ),
        supply=(SupplyDemand("A", "电池", 4, 5, 2, 8, 20, 0.8, "both"),),
        risk=(ForeignRisk("B", "电机", 3, 1, 0, 0.5, (holder,), ("CN102A",)),),
        refused="",
    )


def _path() -> Path:
    made = Recommendation(
        key="enter:C",
        kind="enter",
        title="进入储氢环节",
        text="储氢与现有优势环节的关联密度为62.0，语料库年均增长12.0%，建议进入。",
        targets=("C",),
        figures=(Figure("关联密度", 62.0), Figure("年均增速", 0.12, "share")),
        indicator=Figure("本地专利族", 1, "族"),
        evidence=("CN102A", "CN106A"),
        rejected=(Rejected("气动", Figure("关联密度", 21.0), "低于门槛"),),
        confidence="medium",
        why_confidence="节点专利数7族",
        owner="云浦市工业和信息化局",
        goal=5,
        rows=({"number": "CN102A", "country": "US", "last_day": "2021-06-30", "share": 0.25, "patents": 3},),
    )
    low = replace(
        made,
        key="avoid:D",
        kind="avoid",
        title="暂不进入气动环节",
        confidence="low",
        rows=(),
        evidence=(),
        goal=None,
    )
    return Path(
        (low, made),
        (NodeOutlook("C", "储氢", 1, 7, 0.2, 62.0, 0.4, 0.12, 0.5, "growth", "enter", "关联密度高于门槛"),),
    )


def _changes() -> Changes:
    return Changes(
        "2020-03-01",
        (Moved("patents", "专利族", 24, 30, "族"),),
        (
            FollowedUp(
                "enter:C",
                "进入储氢环节",
                "enter",
                "better",
                "本地专利族",
                0,
                1,
                "族",
                5,
                "市工信局",
                "2020-12-31",
                "accepted",
                True,
                "",
            ),
        ),
        8,
        2,
    )
