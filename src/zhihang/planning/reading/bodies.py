# SPDX-License-Identifier: Apache-2.0
"""Which bodies lead a task and which support it: in brackets, in a line of their own, or in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhihang.planning.reading.sentence import brackets

_SUFFIX = (
    "(?:局|厅|委|办|部|署|司|处|院|会议|委员会|办公室|办公厅|政府|领导小组|工作组|专班|财政|银行|分行|支行|法院|检察院|海关|关区|中心|协会|学会|联合会|"
    "总工会|工会|科协|工商联|贸促会|妇联|团委|团[省市区县]委|党委|分署|监局|税务|公司|集团|部门|单位|高校|院校|学校|园区|开发区|高新区|新区|管理机构|"
    r"各?县区|各市|各县|各区|各地|地级以上市|市县|州|盟|市\(州\)|县\(市、区\)|市、县|\(市、区\)|街道|乡镇|镇)"
)
_SUPPORTS = "配合|参与|参加|协助|协同|支持|协办|会办"
_LEADS = "牵头|负责|主办|承办|落实|分工负责|主责"
_TOLD = re.compile("牵头|负责|配合|责任单位|主办|承办|会办|参加|参与|协助")
_LABELLED = re.compile(
    r"(?P<role>牵头(?:单位|部门)?|责任(?:单位|部门|主体|股室|科室|处室|人)?|主办(?:单位|部门)|负责(?:单位|部门)|实施(?:单位|主体)|落实(?:单位|部门)|"
    r"(?:配合|协办|参加|参与|协同|支持)(?:单位|部门))[:：](?P<who>[^;。:]+)"
)
_ROLE = re.compile(
    r"^(?P<who>.+?)等?(?:按照?(?:各自)?的?职责(?:分工)?|依职责|分别|共同|具体|联合)*"
    rf"(?P<role>{_LEADS}|{_SUPPORTS})(?:落实|实施|组织|推进|实行)*$"
)
_VERB = re.compile(
    "负责|牵头|要(?!求)|应(?!用)|须|统筹|协调|会同|组织|安排|整合|设立|结合|协助|履行|承担|制定|制订|对(?!外|接)|将|按季|每年|视|是|建立|出台|审核|推动|把|按照?"
    "|加大|给予|为|报送|进行|开展|发挥|指导|做好"
)
_FIRST = re.compile(
    "^(?:由|各|省|市|县|区|州|国家|国务院|自治区|中央|地方|地市|相关|有关|其他|所在|我[省市区县]|本[省市区县]|团|财政|科技|发展|知识产权|工业|教育|人民|海关|公安|"
    "[\u4e00-\u9fff]{2,5}(?:省|市|县|区|州))"
)


_DATED = re.compile(r"^(?:到|自|从)?(?:[“\"]?十[一二三四]?五[”\"]?(?:期间|时期)|(?:19|20)\d\d年[^,]{0,6}),")


@dataclass
class Bodies:
    """Bodies by role, in the order in which they are named."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)

    def add(self, role: str, who: str) -> None:
        """Add the bodies of a list."""
        leads = not re.search(_SUPPORTS, role)
        for name in listed(who):
            if name not in self.lead + self.support:
                (self.lead if leads else self.support).append(name)


def listed(text: str) -> list[str]:
    """Take a list of bodies apart; a list within brackets stays whole: 各县(市、区)政府."""
    parts: list[str] = []
    depth, begin = 0, 0
    for place, letter in enumerate(text + "、"):
        depth += (letter == "(") - (letter == ")")
        if (letter in "、,;" and depth <= 0) or (
            letter in "和及与" and depth <= 0 and _parts_here(text, begin, place)
        ):
            parts.append(text[begin:place])
            begin = place + 1
    return _whole([name for name in (_name(part) for part in parts) if name])


def _whole(parts: list[str]) -> list[str]:
    """Join what is one body over several levels: 各市、县(市、区)人民政府."""
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch("各(?:设区)?[省市县区州地]", joined[-1]) and re.match("[县市区州]", part):
            joined[-1] += "、" + part
        else:
            joined.append(part)
    return joined


def _parts_here(text: str, begin: int, place: int) -> bool:
    """Whether an `and` parts two bodies rather than standing in the name of one (经济和信息化委)."""
    return (
        bool(re.search(_SUFFIX + "$", text[begin:place]))
        and len(text) - place > 2
        and text[begin:place] != "各县区"
    )


def _name(part: str) -> str:
    part = re.sub("^(?:由|以及|和|及|与|的)+", "", part.strip("。:;,、\n "))
    return re.sub(
        "(?:等(?:有关|相关)?(?:部门|单位)?)$",
        lambda m: "等" + m.group()[1:] if len(m.group()) > 3 else "",
        part,
    )


def bodies_of(text: str) -> Bodies:
    """Bodies of a clause from its folded text."""
    found = Bodies()
    rest = text
    for start, end in reversed(brackets(text)):
        if _TOLD.search(text, start, end):
            rest = rest[:start] + rest[end + 1 :]
    for start, end in brackets(text):
        if _TOLD.search(text, start, end):
            _from_bracket(text[start + 1 : end], found)
    last = brackets(text)[-1:]
    if (
        last
        and not found.lead
        and re.fullmatch("[。;]*", text[last[0][1] + 1 :])
        and _are_bodies(text[last[0][0] + 1 : last[0][1]])
    ):
        found.add("牵头", text[last[0][0] + 1 : last[0][1]])
    labelled = [] if found.lead or found.support else list(_LABELLED.finditer(rest))
    for match in labelled:
        found.add(
            _SUPPORTED if re.match("配合|协办|参加|参与|协同|支持", match["role"]) else "牵头", match["who"]
        )
    if not found.lead and not found.support:
        for sentence in re.split("[。;]", rest):
            _from_sentence(sentence, found)
    return found


_SUPPORTED = "配合"


def _from_bracket(text: str, found: Bodies) -> None:
    labelled = list(_LABELLED.finditer(text))
    if labelled:
        for match in labelled:
            found.add(
                _SUPPORTED if re.match("配合|协办|参加|参与|协同|支持", match["role"]) else "牵头",
                match["who"],
            )
        return
    for piece in _pieces(text):
        told = _ROLE.match(piece)
        if told is not None:
            found.add(told["role"], told["who"])


def _pieces(text: str) -> Iterator[str]:
    """Stretches of a bracket that end in a role: 甲牵头,乙、丙配合."""
    begin = 0
    for match in re.finditer(f"(?:{_LEADS}|{_SUPPORTS})(?:落实|实施|组织|推进|实行)*(?=[,;、。]|$)", text):
        piece = text[begin : match.end()].strip(",;、。")
        if piece:
            yield piece
        begin = match.end()


def _from_sentence(sentence: str, found: Bodies) -> None:
    """Bodies that act in a sentence: its subject, and those it acts together with (会同).

    Where one leads already, all of a class (各成员单位, 各市人民政府) that a later sentence addresses support it.
    """
    for match in re.finditer(
        "由(?P<who>[^,;。由]{2,40}?)(?=牵头|负责|统筹|承担|给予|予以|视|向|组织)", sentence
    ):
        if _are_bodies(match["who"]):
            found.add("牵头", match["who"])
    subject = _subject(_DATED.sub("", sentence))
    if subject:
        who, verb = subject
        addressed = who.startswith("各") and bool(found.lead) and verb not in ("负责", "牵头")
        found.add("配合" if verb in ("协助", "配合") or addressed else "牵头", who)
    for match in re.finditer(
        r"会同(?P<who>[^,;。]{2,60}?)(?=(?:对|开展|制定|组织|进行|加强|按照|研究|共同|做好|,|$))", sentence
    ):
        found.add("配合", match["who"])


def _subject(sentence: str) -> tuple[str, str] | None:
    """Bodies that a sentence begins with, and the verb behind them."""
    head = sentence[:140]
    if not _FIRST.match(head):
        return None
    for match in _VERB.finditer(head):
        who = head[: match.start()]
        if len(who) > 2 and _are_bodies(who.removeprefix("由")):
            return who.removeprefix("由"), match.group()
        if match.start() > 100:
            break
    return None


def _are_bodies(text: str) -> bool:
    names = listed(text)
    return bool(names) and all(
        len(name) <= 26
        and re.search(_SUFFIX + "(?:等)?$", name)
        and not re.search("[,。]|加强|完善|推动|建立|提高|支持|开展", name)
        for name in names
    )
