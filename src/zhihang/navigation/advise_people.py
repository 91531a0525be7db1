# SPDX-License-Identifier: Apache-2.0
"""Whom to work with and whom to bring in: universities and institutes near in subject, firms on the move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihang.navigation.advice import Advice, cited_first
from zhihang.navigation.leaders import type_of
from zhihang.navigation.patents import Patent, within
from zhihang.navigation.result import NodeOutlook, Recommendation, Rejected
from zhihang.navigation.rivals import cosine, profile_of
from zhihang.navigation.sentences import number, patents, statement
from zhihang.navigation.standing import SCIENCE, people
from zhihang.navigation.trends import recent_years

LEAST_PARTNER = 2
LEAST_RECENT = 2
"""Patents of a partner in the branch, and recent ones of a firm to be brought in. Parameters."""


@dataclass(frozen=True)
class _Candidate:
    name: str
    type: str
    home: str
    patents: int
    recent: int
    before: int
    joint: int
    similarity: float
    own: tuple[Patent, ...]
    local: bool
    domestic: bool
    placed: bool


def advise_people(advice: Advice) -> list[Recommendation]:
    """Recommend partners and firms for each branch to act on."""
    wanted = advice.wanted()
    if not wanted:
        return []
    found: list[Recommendation] = []
    without: dict[str, list[str]] = {"partner": [], "bring_in": []}
    for one in wanted[: 2 * advice.top]:
        named = {target for earlier in found for target in earlier.targets[:1]}
        candidates = [c for c in _candidates(advice, one.code) if c.name not in named]
        for kind, made in (
            ("partner", _partner(advice, one, candidates)),
            ("bring_in", _bring_in(advice, one, candidates)),
        ):
            found += made
            without[kind] += [] if made else [one.label]
    _tell(advice, without)
    return found


def _tell(advice: Advice, without: dict[str, list[str]]) -> None:
    """Note in which branches nobody was found."""
    if without["partner"]:
        nodes = "、".join(without["partner"])
        text = f"在{nodes}没有找到持有{LEAST_PARTNER}件以上专利、尚未列入的国内高校院所，不推荐合作对象。"
        advice.limit("partner", text)
    if without["bring_in"] and _may_bring_in(advice):
        nodes = "、".join(without["bring_in"])
        text = f"在{nodes}没有最近三个完整年份申请{LEAST_RECENT}件以上、尚未列入的外地企业，不推荐引进对象。"
        advice.limit("bring_in", text)


def _candidates(advice: Advice, code: str) -> list[_Candidate]:
    standing = advice.standing
    local = standing.by_place[standing.local.key]
    late = set(recent_years(standing.made))
    first = min(late, default=9999)
    held: dict[str, list[Patent]] = {}
    for patent in standing.by_node[code]:
        for holder in patent.holders:
            held.setdefault(holder, []).append(patent)
    whole: dict[str, list[Patent]] = {}
    for patent in standing.made.patents:
        for holder in patent.holders:
            if holder in held:
                whole.setdefault(holder, []).append(patent)
    codes = [node.code for node in standing.leaves]
    profile = profile_of(standing.of(standing.local.key), codes)
    locals_ = {p.holders[0] for p in standing.of(standing.local.key) if p.holders}
    found = []
    for name, own in held.items():
        main = next((p for p in whole[name] if p.holders[0] == name), whole[name][0])
        hint = "" if main.region and main.holders[0] == name else _place_in_name(name, whole[name])
        found.append(
            _Candidate(
                name,
                type_of(name, own),
                hint or main.region or main.country,
                len(own),
                sum(p.year in late for p in own),
                sum(p.year is not None and p.year < first for p in own),
                sum(any(other in locals_ and other != name for other in p.holders) for p in whole[name]),
                cosine(profile, profile_of(whole[name], codes)),
                tuple(own),
                (main.unit in local and main.holders[0] == name)
                or bool(hint and within(standing.local.key, "CN", hint)),
                main.country == advice.nation,
                bool(hint) or main.country_from != "office",
            )
        )
    return found


def _place_in_name(name: str, own: Sequence[Patent]) -> str:
    """Return the division that an organisation's name holds; it counts where no address of its own is known."""
    hints = (hint for p in own for held, hint in zip(p.holders, p.hints, strict=False) if held == name)
    return next((hint for hint in hints if hint), "")


def _partner(advice: Advice, one: NodeOutlook, candidates: Sequence[_Candidate]) -> list[Recommendation]:
    """Take the university or institute with joint patents, then by patents (recent ones thrice), times nearness."""
    own_names = advice.standing.holders
    able = [
        c
        for c in candidates
        if c.type in SCIENCE
        and c.patents >= LEAST_PARTNER
        and (c.domestic or c.local)
        and c.name not in own_names
    ]
    able.sort(key=lambda c: (-c.joint, -((c.patents + 2 * c.recent) * (0.5 + c.similarity)), c.name))
    if not able:
        return []
    best = able[0]
    named = sorted(people(best.own).items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    sentence = statement(
        "partner",
        node=one.label,
        holder=best.name,
        patents=patents("该分支专利", best.patents),
        recent=patents("最近三个完整年份", best.recent),
        similarity=number("相似度", best.similarity),
        joint=patents("联合申请", best.joint),
        inventors="、".join(f"{name}（{n}件）" for (name, _), n in named) or "数据未载",
    )
    rejected = [
        Rejected(
            c.name,
            patents("该分支专利", c.patents),
            f"相似度{c.similarity:.2f}，联合申请{c.joint}件，排序靠后",
        )
        for c in able[1:4]
    ]
    return [
        advice.recommend(
            "partner",
            f"{one.code}:{best.name}",
            f"与{best.name}在“{one.label}”合作",
            sentence,
            indicator=patents("与本地联合申请", best.joint),
            evidence=cited_first(best.own),
            rejected=rejected,
            samples=(one.local, one.world),
            targets=(best.name, *(name for (name, _), _ in named)),
        )
    ]


def _may_bring_in(advice: Advice) -> bool:
    """Whether bringing firms in is anything to recommend: to a division of an industry study, nobody else."""
    variant = advice.standing.made.study.says.variant
    return variant == "industry" and advice.standing.local.key not in ("holders", advice.nation)


def _bring_in(advice: Advice, one: NodeOutlook, candidates: Sequence[_Candidate]) -> list[Recommendation]:
    """Take firms from elsewhere in the nation that grow in the branch; foreign ones only where there are none."""
    if not _may_bring_in(advice):
        return []
    outside = [c for c in candidates if c.type == "enterprise" and not c.local and c.recent >= LEAST_RECENT]
    able = [c for c in outside if c.domestic and c.placed] or [c for c in outside if c.domestic] or outside
    able.sort(key=lambda c: (-c.recent, c.before, c.name))
    if not able:
        return []
    best = able[0]
    sentence = statement(
        "bring_in",
        node=one.label,
        holder=best.name,
        home=(advice.named(best.home) if best.placed else "") or "所在地不明",
        patents=patents("该分支专利", best.patents),
        recent=patents("最近三个完整年份", best.recent),
        before=patents("此前", best.before),
        place=advice.place,
        local=patents("本地", one.local),
    )
    rejected = [
        Rejected(
            c.name,
            patents("最近三个完整年份", c.recent),
            "近年申请较少" if c.recent < best.recent else "此前已较多",
        )
        for c in able[1:4]
    ]
    return [
        advice.recommend(
            "bring_in",
            f"{one.code}:{best.name}",
            f"为“{one.label}”引进{best.name}",
            sentence,
            indicator=patents("本地该分支专利", one.local),
            evidence=cited_first(best.own),
            rejected=rejected,
            samples=(best.recent, one.world),
            targets=(best.name,),
        )
    ]
