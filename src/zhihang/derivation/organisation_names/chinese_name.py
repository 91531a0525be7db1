# SPDX-License-Identifier: Apache-2.0
"""Chinese names of organisations, read by their grammar: place, trade name, line of business, legal form, branch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from zhihang.derivation.organisation_names.name import OTHERS, Name
from zhihang.derivation.organisation_names.places import Found
from zhihang.derivation.organisation_names.spelling import bare
from zhihang.derivation.organisation_names.vocabulary import Form, Vocabulary

ABROAD = "(法人)"
"""Mark of a Japanese corporate body: 国立大学法人東北大学 is not the 东北大学 of Shenyang."""
FORMERLY = "原"
_SHORTEST_FORMER = 6
LONGEST_FORM = 10
_LONG_TRADE_NAME = 5
"""A trade name of so many characters identifies a firm without place and line of business."""
_FIRM = ("stock", "limited", "simplified", "two_sided", "kabushiki", "company", "factory")
"""Kinds of legal form left out of the key of a firm; other endings belong to the name."""
_BRACKET = re.compile(r"\(([^()]*)\)")
_FORMER = re.compile(r"^(?:原名?称?|曾用名|更名前|前身|变更前|旧称)(?:为|是)?")
_FORM_NOTE = re.compile(
    r"^(?:有限合伙|普通合伙|特殊普通合伙|特殊的普通合伙|一般合伙|个人独资|个体|集体|合伙|股份|委外|筹)$"
)
_TRANSLATION = re.compile(r"^([^a-z]{2,}(?:公司|株式会社))[a-z0-9 &]{4,}$")
"""A Latin name run into the Chinese one it translates."""
_LEAD = re.compile(r"^(?:(?:申请人?|专利权人|权利人|申请\(专利权\)人|受让人|名称)(?:为|是)?)")
_ORIGIN = re.compile(
    r"^(日|美|德|英|法|韩|荷兰|瑞士|瑞典|新加坡|加拿大|以色列|意大利|开曼群岛|英属维京群岛|香港|萨摩亚|奥地利|比利时|芬兰|丹麦"
    r"|挪威|爱尔兰|澳大利亚|南韩|大陆|卢森堡|西班牙)商"
)

_CORPORATE = re.compile(
    r"^(?:国立大学法人|公立大学法人|学校法人|国立研究开发法人|独立行政法人|(?:公益|一般)?财团法人|(?:公益|一般)?社团法人|国立大学|国立(?=.*大学))"
)
_SLIPPED_FORM = re.compile(
    r"(?:有.公司|.限公司|有限.司|有限公.|有限公|限公司|有限司|有限公司[^\u4e00-\u9fff]|有限公司司|有限有限公司)$"
)
_COMPANY_INSIDE = re.compile(r"(?:公司|总厂)(?=.{2})")
_UNIVERSITY_INSIDE = re.compile(r"(?:大学|学院)(?=.{2})")
_ACADEMY_INSIDE = re.compile(r"(?<=.)科学院(?=.{2})")
_INTERNAL = re.compile(
    r"^(?:企业|产品|工程|新产品|国家|省级|中央|应用|生产|质量|知识产权|专利|科技|科研|市场|总)?"
    r"(?:技术|研发|研究|开发|设计|工程技术|技术开发|技术研发|技术研究|研究开发|工程|管理|质检|检测|工艺|信息|技改|设备|动力)?"
    r"(?:中心|部|处|科|室|车间|办公室|课题组|小组|班组|团队|事业部|管理部)$"
)
_PART_AT_END = re.compile(
    r"(.{2,}(?:研究所|研究院|设计院|勘察院|医院|厂|站|检测所|检验所|合作社|事务所|中学|学校|中心|保健院))"
    r"((?:技术|研发|技术研发|技术开发|质检|检测)(?:中心|部)|.{0,8}分(?:公司|厂|院|所|店))"
)
_BODY = re.compile(
    r"(?:董事会|校务委员会|评议会|理事会|托管会|校董会|产学协力团|产学合作团|产学合作基金会|研究基金会|校友会)$"
)
_COUNTED = re.compile(r"^第?[0-9一二三四五六七八九十百零]+$")
_ARABIC = re.compile(r"第([0-9]+)")
_PROVINCE = re.compile(
    "(河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省(?!会|级|属|域)"
)
_FIGURES = "0一二三四五六七八九"
_HOSPITAL = ("医院", "医学中心", "防治中心", "卫生院", "保健院", "分院", "诊所")
_DEPARTMENT_END = re.compile(
    r"(?:学院|系|所|院|中心|室|部|处|站|台|基地|团队|课题组|平台|研究生院|医学部|学部|馆|科|班)$"
)
_GROUP = "集团"
_TYPE_OF_WORD = (("大学", "university"), ("研究所", "research_institute"), ("科学院", "research_institute"))


@dataclass
class ChineseNames:
    """Reads names that are folded and written in Chinese characters."""

    words: Vocabulary

    def read(self, folded: str) -> Name:
        """Read one name; 原桂林工学院 is read as what it was the name of."""
        written = _LEAD.sub("", folded)
        if self._was(written):
            name = self._read(folded, written[1:])
            return name._replace(former_name=name.former_name or written[1:])
        return self._read(folded, written)

    def _was(self, text: str) -> bool:
        """Whether a name opens with 原 for "formerly": a place follows, and 原 is not part of one, as in 原平市."""
        if not text.startswith(FORMERLY) or len(text) < _SHORTEST_FORMER:
            return False
        places = self.words.places
        return (
            places.leading(text) is None
            and places.leading(text[1:]) is not None
            and self._form(text)[0] != ""
        )

    def _read(self, folded: str, written: str) -> Name:
        text, former, others, place_note, notes = self._brackets(written)
        text = self._repaired(_TRANSLATION.sub(r"\1", bare(text)))
        corporate = _CORPORATE.match(text)
        if corporate and len(text) > corporate.end() + 1:
            text, notes = text[corporate.end() :], f"{notes}{ABROAD}"
        else:
            corporate = None
        if found := self.words.beginning.match(text):
            long = self.words.beginnings[found[0]]
            text = text if text.startswith(long) else long + text[found.end() :]
        if "省" in text:
            text = _PROVINCE.sub(r"\1", text)
        if "第" in text:
            text = _ARABIC.sub(lambda found: "第" + _chinese_number(found[1]), text)
        head, tail = self._split(text)
        if tail:
            return self._part(folded, head, tail, place_note, notes, former, others)
        name = self._whole(folded, text, place_note, notes, former, others)
        if corporate and name.type == "unknown":
            return name._replace(type="research_institute" if "研究" in text else "university")
        return name

    # ---------------------------------------------------------------- brackets

    def _brackets(self, text: str) -> tuple[str, str, tuple[str, ...], Found | None, str]:
        """Take the brackets out of a name: former name, other names, a place; the rest stays as a note."""
        if "(" not in text:
            return text.replace(")", ""), "", (), None, ""
        former, others, notes = "", [], ""
        place: Found | None = None
        kept: list[str] = []
        last = 0
        for match in _BRACKET.finditer(text):
            kept.append(text[last : match.start()])
            last = match.end()
            inside = match[1].strip()
            if not inside or _FORM_NOTE.match(inside):
                continue
            if inside in (_GROUP, "中国"):
                kept.append(inside)
            elif _FORMER.match(inside):
                former = former or _FORMER.sub("", inside).strip(":： ")
            elif (found := self.words.places.named(inside)) is not None:
                place, notes = (found, notes) if place is None else (place, f"{notes}({inside})")
            elif len(inside) > 4 and all(
                self._organisation_like(part) for part in re.split("[、,;]", inside)
            ):
                others += [part for part in re.split("[、,;]", inside) if part]
            else:
                notes += f"({bare(inside)})"
        kept.append(text[last:])
        return "".join(kept).replace("(", "").replace(")", ""), former, tuple(others), place, notes

    def _organisation_like(self, text: str) -> bool:
        form, _ = self._form(bare(text))
        return form != "" and len(text) > 4

    # ---------------------------------------------------------------- head and tail

    def _split(self, text: str) -> tuple[str, str]:
        """Split a name after the first organisation in it that could stand alone."""
        cut = len(text)
        for pattern in (_ACADEMY_INSIDE, _COMPANY_INSIDE, _UNIVERSITY_INSIDE):
            for match in pattern.finditer(text):
                end = match.end()
                if end < 4 or end >= cut or not self._stands_alone(text, match.start(), end):
                    continue
                cut = end
                break
        if cut == len(text) and (part := _PART_AT_END.fullmatch(text)):
            cut = part.end(1)
        return text[:cut], text[cut:]

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        tail = text[end:]
        if _BODY.search(tail) or tail.endswith("分公司"):
            return True
        if tail in self.words.forms or self._form(tail)[0] == tail:
            return text[start:end] == "公司" and tail not in ("厂", "会社") and tail[-2:] not in ("公司",)
        if text[start:end] == "学院":
            return text[start - 1 : end] != "科学院" and not tail.startswith(("路", "大学"))
        if text[start:end] == "大学":
            return not tail.startswith(("城", "生创", "生就", "生实", "科技园")) and start > 1
        return True

    def _part(
        self,
        folded: str,
        head: str,
        tail: str,
        place: Found | None,
        notes: str,
        former: str,
        others: tuple[str, ...],
    ) -> Name:
        """Read a name that begins with an organisation and goes on with a part of it."""
        in_head = place if head.endswith("公司") else None
        whole, place = self._whole(head, head, in_head, "", "", ()), None if in_head else place
        if self._is_department(whole, tail) and not (place and whole.type == "university"):
            return whole._replace(
                folded=folded, department=tail, head=head, former_name=former, other_names=OTHERS.join(others)
            )
        kind = self._type_of_part(whole, tail)
        place_name = f"({place.text})" if place else ""
        return whole._replace(
            folded=folded,
            type=kind,
            key=f"{whole.key}>{self._canonical_tail(tail, whole)}{place_name}{notes}",
            place=self._place_of_tail(tail, place) or whole.place,
            branch=tail,
            head=head,
            former_name=former,
            other_names=OTHERS.join(others),
            thin=False,
        )

    def _is_department(self, whole: Name, tail: str) -> bool:
        if _BODY.search(tail):
            return whole.type == "university"
        if whole.type != "university":
            return bool(_INTERNAL.match(tail))
        if tail.endswith(_HOSPITAL) or tail.startswith(("附属", "附设")):
            return False
        if tail.endswith("校区"):
            return True
        if "医院" in tail or self._form(tail)[1].kind in _FIRM or _COUNTED.match(tail):
            return False
        if self.words.places.leading(tail) or not _DEPARTMENT_END.search(tail):
            return False
        if tail.endswith("学院") and "研究" not in tail:
            return self._uncovered(tail.removesuffix("学院").removesuffix("科")) == 0
        return True

    def _type_of_part(self, whole: Name, tail: str) -> str:
        form, found = self._form(tail)
        if tail.endswith(_HOSPITAL) and whole.type in ("university", "public_institution"):
            return "public_institution"
        if whole.type == "enterprise":
            return (
                "research_institute"
                if form == "研究所"
                else "public_institution"
                if form == "医院"
                else "enterprise"
            )
        if whole.type in ("university", "research_institute") and form in (
            "",
            "分院",
            "校区",
            "分校",
            "中心",
        ):
            return whole.type
        return found.type if form else whole.type

    def _canonical_tail(self, tail: str, whole: Name) -> str:
        found = self.words.places.leading(tail)
        text = found.text + found.rest if found else tail
        if text.endswith("公司"):
            text = re.sub("(?:有限责任公司|有限公司|分公司|公司)$", "公司", text)
        elif whole.legal_form == "科学院" and text.endswith("所") and not text.endswith(("研究所", "会所")):
            text = text.removesuffix("所") + "研究所"
        return text

    def _place_of_tail(self, tail: str, place: Found | None) -> str:
        found = place or self.words.places.leading(tail)
        return found.code if found else ""

    # ---------------------------------------------------------------- one organisation

    def _whole(
        self,
        folded: str,
        text: str,
        place_note: Found | None,
        notes: str,
        former: str,
        others: tuple[str, ...],
    ) -> Name:
        origin = _ORIGIN.match(text) if "商" in text[1:7] else None
        if origin and len(text) > origin.end() + 3:
            text = text[origin.end() :]
        form, kind = self._form(text)
        rest = text[: len(text) - len(form)] if form else text
        if kind.kind == "kabushiki" or text.startswith(("株式会社", "有限会社", "合同会社")):
            return self._japanese(folded, text, others)
        if not form and (found := _SLIPPED_FORM.search(text)):
            form, kind, rest = "有限公司", Form("limited", "enterprise"), text[: found.start()]
        place = self.words.places.leading(rest)
        body = place.rest if place else rest
        firm = kind.kind in _FIRM
        if place is None and place_note is not None and firm:
            place, place_note = place_note, None
        elif place is not None and place_note is not None and place_note.text == place.text:
            place_note = None
        trade, sector = self._trade_and_sector(body)
        key = (place.text if place else "") + body + ("" if firm else form)
        thin = not trade and not place if firm else not body and not place
        extra = f"({place_note.text})" if place_note else ""
        campus = extra + notes if kind.type == "university" and notes != ABROAD else ""
        mark = self._mark(kind.kind, place, trade, sector) if firm else ""
        return Name(
            folded=folded,
            script="han",
            type=self._type(kind, text) if form else self._guess(text, sector),
            key=f"{key}>{campus}" if campus else f"{key}{extra}{notes}{mark}",
            branch=campus,
            head=text if campus else "",
            place=place_note.code if place_note else place.code if place else "",
            place_name=place.text if place else "",
            trade_name=trade,
            sector=sector,
            legal_form=form,
            form_kind=kind.kind,
            former_name=former,
            other_names=OTHERS.join(others),
            confidence=1.0 if form else 0.6 if sector else 0.4,
            thin=thin or len(text) < 3,
        )

    def _repaired(self, text: str) -> str:
        """Put right a legal form that has one look-alike character in it: 有艰公司, 有限公可."""
        suspect, slips, wrong = self._slips
        return wrong.sub(lambda found: slips[found[0]], text) if suspect.search(text) else text

    @cached_property
    def _slips(self) -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
        """Characters that may be wrong, each wrong form with the right one, and a pattern that finds them."""
        forms = [form for form, kind in self.words.forms.items() if kind.kind in _FIRM and len(form) > 2]
        slips = {
            form[:place] + other + form[place + 1 :]: form
            for form in [*forms, "责任公司"]
            for place, character in enumerate(form)
            for one, other in self.words.alike
            if one == character
        }
        slips = {wrong: right for wrong, right in slips.items() if wrong not in self.words.forms}
        slips["公可"] = "公司"
        longest = sorted(map(re.escape, slips), key=len, reverse=True)
        suspects = {other for one, other in self.words.alike if any(one in form for form in slips.values())}
        return re.compile(f"[{''.join(sorted(suspects))}]"), slips, re.compile("|".join(longest))

    def _mark(self, kind: str, place: Found | None, trade: str, sector: str) -> str:
        """Legal form as part of the key, where place, trade name and sector are too little to identify a firm."""
        enough = len(trade) > 1 and (place or sector or len(trade) >= _LONG_TRADE_NAME)
        if enough and kind not in ("simplified", "two_sided"):
            return ""
        return {"stock": "/S", "limited": "/L", "company": "/G", "factory": "/F"}.get(kind, f"/{kind}")

    def _japanese(self, folded: str, text: str, others: tuple[str, ...]) -> Name:
        """Read a Japanese or Korean firm: the form may stand before the name or after it."""
        body = text
        for form in ("株式会社", "有限会社", "合同会社", "合资会社"):
            body = body.removeprefix(form).removesuffix(form)
        trade, sector = self._trade_and_sector(body)
        return Name(
            folded=folded,
            script="han",
            type="enterprise",
            key=body + self._mark("stock", None, trade, sector),
            trade_name=trade,
            sector=sector,
            legal_form="株式会社" if "株式会社" in text else "会社",
            form_kind="kabushiki",
            other_names=OTHERS.join(others),
            thin=len(body) < 2,
        )

    def _form(self, text: str) -> tuple[str, Form]:
        """Return the longest known ending of a name, and what it is."""
        forms = self.words.forms
        for length in range(min(LONGEST_FORM, len(text)), 0, -1):
            found = forms.get(text[-length:])
            if found and (length > 1 or len(text) > 3):
                return text[-length:], found
        return "", Form("", "unknown")

    def _type(self, kind: Form, text: str) -> str:
        if (
            kind.type in ("research_institute", "public_institution")
            and "大学" in text[:-2]
            and not text.endswith("医院")
        ):
            return "university"
        if kind.type == "public_institution" and text.endswith(("研究中心", "工程中心", "创新中心")):
            return "research_institute"
        return kind.type

    def _guess(self, text: str, sector: str) -> str:
        for word, kind in _TYPE_OF_WORD:
            if word in text:
                return kind
        return "enterprise" if sector else "unknown"

    def _trade_and_sector(self, body: str) -> tuple[str, str]:
        """Split what stands between place and legal form: words of trade from the end, the rest is the trade name."""
        words = self.words.words
        end = before = len(body)
        while end:
            for length in range(min(self.words.longest_word, end), 1, -1):
                if body[end - length : end] in words:
                    before, end = end, end - length
                    break
            else:
                break
        if end == 1:  # 中建材 is a trade name, not 中 with building materials
            end = before
        return body[:end], body[end:]

    def _uncovered(self, text: str) -> int:
        return len(self._trade_and_sector(re.sub("[与及和]", "", text))[0])


def _chinese_number(figures: str) -> str:
    """Write a number as names do: tens up to 99 (十八), figures one by one above (七一五).

    >>> _chinese_number("18"), _chinese_number("715"), _chinese_number("20")
    ('十八', '七一五', '二十')
    """
    figures = figures.lstrip("0") or "0"
    if len(figures) == 2:
        tens, ones = figures[0], figures[1]
        return (
            ("" if tens == "1" else _FIGURES[int(tens)]) + "十" + ("" if ones == "0" else _FIGURES[int(ones)])
        )
    return "".join(_FIGURES[int(figure)] for figure in figures)
