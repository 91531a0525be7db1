# SPDX-License-Identifier: Apache-2.0
"""The page of GB/T 9704-2012 in WordprocessingML: paper, margins, grid, styles, page numbers, the red rule."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from zhihang.reporting.palette import RED_HEADER, SERIES
from zhihang.terms.label import Language

PAGE = (11906, 16838)
"""A4 in twips (1/20 point): 210 x 297 mm."""
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474
"""Margins in twips: 37, 35, 28 and 26 mm, which leaves 156 x 225 mm."""
LINE_PITCH = 579
"""22 lines in 225 mm: 28.95 points each."""
CHARACTER_SPACE = -842
"""28 characters in 156 mm: 15.794 points each, which is 0.2056 less than 16 points, in 4096ths of a point."""
BODY_SIZE = 16
CONDENSED = -5
"""Spacing of body type, in twentieths of a point: 28 characters fit a line in programs that know no character grid."""
CHARACTER = 316
"""Width of one character of the grid in twips."""
HEADER_DISTANCE, FOOTER_DISTANCE = 1020, 1270
"""The page number stands 7 mm under the type area."""

FONTS = {
    "zh": {"body": "仿宋", "black": "黑体", "kai": "楷体", "song": "宋体", "title": "方正小标宋简体"},
    "en": {"body": "Times New Roman", "black": "Arial", "kai": "Times New Roman", "song": "Times New Roman"},
}
FONTS["en"]["title"] = "Times New Roman"


@dataclass(frozen=True)
class _Style:
    """A paragraph style: its font role, size in points, raw paragraph properties, weight and colour."""

    name: str
    role: str = "body"
    size: float = 16
    paragraph: str = ""
    bold: bool = False
    colour: str = ""
    level: int | None = None


_EXACT = (
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    f'<w:spacing w:before="0" w:after="0" w:line="{LINE_PITCH}" w:lineRule="exact"/>'
)
_SINGLE = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_INDENTED = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
_KEPT = "<w:keepNext/><w:keepLines/>"
_CENTRED, _AT_RIGHT, _AT_LEFT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>', '<w:jc w:val="left"/>'
_RED_RULE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="11" w:color="{RED_HEADER.lstrip("#")}"/></w:pBdr>'
)
_THIN_RULES = (
    '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
)

STYLES: dict[str, _Style] = {
    "Normal": _Style("Normal", paragraph=_EXACT + '<w:jc w:val="both"/>'),
    "BodyText": _Style("Body Text", paragraph=_EXACT + _INDENTED),
    "Title": _Style(
        "Title",
        "title",
        22,
        f'{_KEPT}<w:spacing w:before="0" w:after="0" w:line="700" w:lineRule="exact"/>' + _CENTRED,
    ),
    "Heading1": _Style("heading 1", "black", 16, _KEPT + _EXACT + _INDENTED, level=0),
    "Heading2": _Style("heading 2", "kai", 16, _KEPT + _EXACT + _INDENTED, level=1),
    "Heading3": _Style("heading 3", "body", 16, _KEPT + _EXACT + _INDENTED, level=2),
    "Heading4": _Style("heading 4", "body", 16, _KEPT + _EXACT + _INDENTED, level=3),
    "Addressee": _Style("Addressee", paragraph=_EXACT + _AT_LEFT),
    "AttachmentNote": _Style("Attachment Note", paragraph=_EXACT + _AT_LEFT),
    "Signature": _Style("Signature", paragraph=_KEPT + _EXACT + _AT_RIGHT),
    "Date": _Style(
        "Date", paragraph=_EXACT + f'<w:ind w:rightChars="400" w:right="{4 * CHARACTER}"/>' + _AT_RIGHT
    ),
    "IssuerMark": _Style(
        "Issuer Mark",
        "title",
        36,
        '<w:snapToGrid w:val="0"/><w:spacing w:before="1400" w:after="0" w:line="240" w:lineRule="auto"/>'
        + _CENTRED,
        colour=RED_HEADER,
    ),
    "HeaderLine": _Style("Header Line", "black", 16, _EXACT + _AT_LEFT),
    "DocumentNumber": _Style("Document Number", paragraph=_RED_RULE + _EXACT + _CENTRED),
    "AnnexLabel": _Style("Annex Label", "black", 16, _KEPT + _EXACT + _AT_LEFT),
    "Caption": _Style(
        "caption",
        "black",
        14,
        f'{_KEPT}<w:snapToGrid w:val="0"/><w:spacing w:before="180" w:after="0" w:line="400" w:lineRule="exact"/>'
        + _CENTRED,
    ),
    "CaptionDetail": _Style(
        "Caption Detail",
        size=10.5,
        paragraph=f'{_KEPT}<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="40" w:line="300" w:lineRule="exact"/>'
        + _AT_RIGHT,
    ),
    "TableText": _Style(
        "Table Text",
        size=10.5,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>',
    ),
    "TableHeading": _Style(
        "Table Heading",
        "black",
        10.5,
        '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>',
    ),
    "Figure": _Style("Figure", size=10.5, paragraph="<w:keepNext/>" + _SINGLE + _CENTRED),
    "Note": _Style(
        "Note",
        size=10.5,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="300" w:lineRule="exact"/>',
    ),
    "Contents": _Style(
        "Contents Line",
        size=14,
        paragraph='<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="420" w:lineRule="exact"/>'
        + _AT_LEFT,
    ),
    "Imprint": _Style(
        "Imprint",
        size=14,
        paragraph=_KEPT
        + _THIN_RULES
        + '<w:spacing w:before="0" w:after="0" w:line="500" w:lineRule="exact"/>'
        + f'<w:ind w:leftChars="100" w:left="{CHARACTER}" w:rightChars="100" w:right="{CHARACTER}"/>',
    ),
    "Simulated": _Style("Simulated Mark", "black", 12, _SINGLE + _CENTRED, bold=True, colour=SERIES[5]),
    "PageNumberOdd": _Style(
        "Page Number Odd", "song", 14, _SINGLE + '<w:ind w:rightChars="100" w:right="280"/>' + _AT_RIGHT
    ),
    "PageNumberEven": _Style(
        "Page Number Even", "song", 14, _SINGLE + '<w:ind w:leftChars="100" w:left="280"/>' + _AT_LEFT
    ),
}


def styles_xml(language: Language, form: str = "official") -> str:
    """Return the style definitions, without the root element; a report has smaller type than an official paper."""
    if form == "report":
        return _smaller(styles_xml(language))
    fonts = FONTS[language]
    code = "zh-CN" if language == "zh" else "en-GB"
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(fonts['body'])}"
        f'<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="{code}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    return defaults + "".join(_style(key, one, fonts) for key, one in STYLES.items()) + table


def section_xml(references: str = "", *, turned: bool = False, form: str = "official") -> str:
    """Return section properties: A4, the margins, for official papers the grid of 22 lines by 28 characters."""
    width, height = PAGE
    size = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    margins = (TOP, RIGHT, BOTTOM, LEFT) if form == "official" else (LEFT, RIGHT, RIGHT, LEFT)
    if turned:
        size = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
        margins = (LEFT, TOP, RIGHT, BOTTOM)
    top, right, bottom, left = margins
    lines = f'w:type="linesAndChars" w:linePitch="{LINE_PITCH}" w:charSpace="{CHARACTER_SPACE}"'
    grid = f"<w:docGrid {lines}/>" if form == "official" else ""
    footer = min(FOOTER_DISTANCE, bottom - 640)
    return (
        f"<w:sectPr>{references}{size}"
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{HEADER_DISTANCE}" w:footer="{footer}" w:gutter="0"/>'
        f"{grid}</w:sectPr>"
    )


def _smaller(styles: str) -> str:
    """Turn the type of official papers (16 points, 14 for captions) into that of reports (12 points)."""
    half = f'w:val="{2 * BODY_SIZE}"/>'
    for old, new in (
        (f"<w:sz {half}", '<w:sz w:val="24"/>'),
        (f"<w:szCs {half}", '<w:szCs w:val="24"/>'),
        ('<w:sz w:val="28"/><w:szCs w:val="28"/>', '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
        (f'w:line="{LINE_PITCH}"', 'w:line="420"'),
        (f'<w:spacing w:val="{CONDENSED}"/>', '<w:spacing w:val="0"/>'),
        (f'w:firstLine="{2 * CHARACTER}"', 'w:firstLine="480"'),
    ):
        styles = styles.replace(old, new)
    return styles


def _style(key: str, style: _Style, fonts: dict[str, str]) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    size = round(style.size * 2)
    condensed = CONDENSED if style.size == BODY_SIZE else 0
    letters = (
        _fonts(fonts[style.role])
        + ("<w:b/>" if style.bold else "")
        + '<w:snapToGrid w:val="0"/>'
        + f'<w:color w:val="{style.colour.lstrip("#") or "000000"}"/><w:spacing w:val="{condensed}"/>'
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{style.paragraph}{level}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _fonts(name: str) -> str:
    name = escape(name)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
