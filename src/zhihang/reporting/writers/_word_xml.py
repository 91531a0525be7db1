# SPDX-License-Identifier: Apache-2.0
"""Pieces of WordprocessingML: runs, paragraphs, tables, pictures; every text is escaped."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from zhihang.reporting import palette
from zhihang.reporting.caption import caption_word, cell_text, column_heading
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.writers._table_layout import fits_on_page, table_layout
from zhihang.terms.label import Language

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "pic": "drawingml/2006/picture",
    }.items()
)
_EMU_PER_MM = 36000


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str, properties: str = "") -> str:
    """Return a paragraph of runs in a style (by its id)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def bookmark(content: str, name: str, number: int) -> str:
    """Wrap runs into a bookmark that the table of contents points to."""
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def link(text: str, name: str) -> str:
    """Return runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{run(text)}</w:hyperlink>'


def page_number() -> str:
    """Return the runs of a page number: — 1 —."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}'
        for kind, inside in (
            ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
            ("separate", run("1")),
            ("end", ""),
        )
    )
    return run("— ") + field + run(" —")


def picture(
    relation: str, *, width_mm: float, height_mm: float, title: str, description: str, number: int
) -> str:
    """Return the run of an inline picture with its alternative text."""
    size = f'cx="{round(width_mm * _EMU_PER_MM)}" cy="{round(height_mm * _EMU_PER_MM)}"'
    named = f'id="{number}" name="Picture {number}" title={quoteattr(title)} descr={quoteattr(description)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {named}/><wp:cNvGraphicFramePr/>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def table(data: DataTable, language: Language, available_pt: float) -> str:
    """Return a table with rules above, under the heading and below; the heading repeats on every page."""
    layout = table_layout(data, language, available=available_pt)
    twips = [round(share * available_pt * 20) for share in layout.widths]
    writing = _Rows(data, language, round(layout.size * 2), twips)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    properties = (
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        '<w:top w:val="single" w:sz="12" w:space="0" w:color="auto"/>'
        '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        '<w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
        f"<w:tblCaption w:val={quoteattr(data.title)}/>"
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{writing.all()}</w:tbl>"


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, data: DataTable, language: Language, half_points: int, twips: list[int]) -> None:
        self.data, self.language, self.twips = data, language, twips
        self.kept = "<w:keepNext/>" if fits_on_page(data, language, available=sum(twips) / 20) else ""
        self.size = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'

    def all(self) -> str:
        """Return heading, rows and total row."""
        *upper, last = self.data.all_rows() or ((),)
        rows = [*self.heading(), *(self.row(cells) for cells in upper)]
        self.kept = "<w:keepNext/>"  # the last row stays with the notes below it
        total = self.data.total is not None
        if not self.data.rows:
            text = caption_word("no_rows", self.language)
            rows.append(f"<w:tr>{self.cell(text, sum(self.twips), span=len(self.twips))}</w:tr>")
        if last:
            rows.append(self.row(last, borders=_rule("top", 4) if total else "", heavy=total))
        return "".join(rows)

    def heading(self) -> list[str]:
        """Return one heading row, or two where columns stand in groups."""
        columns = self.data.columns
        if not self.data.has_groups():
            cells = (self._titled(index, column, _rule("bottom", 6)) for index, column in enumerate(columns))
            return [_heading_row("".join(cells))]
        upper, lower = [], []
        for group, members in groupby(enumerate(columns), key=lambda one: one[1].group):
            held = list(members)
            width = sum(self.twips[index] for index, _ in held)
            if group:
                upper.append(
                    self.cell(group, width, span=len(held), borders=_rule("bottom", 4), style="TableHeading")
                )
                lower += [self._titled(index, column, _rule("bottom", 6)) for index, column in held]
            else:
                upper += [
                    self._titled(index, column, "", '<w:vMerge w:val="restart"/>') for index, column in held
                ]
                lower += [
                    self.cell("", self.twips[i], borders=_rule("bottom", 6), merge="<w:vMerge/>")
                    for i, _ in held
                ]
        return [_heading_row("".join(upper)), _heading_row("".join(lower))]

    def row(self, cells: tuple[object, ...], *, borders: str = "", heavy: bool = False) -> str:
        """Return one row of figures."""
        written = []
        for cell, column, width in zip(cells, self.data.columns, self.twips, strict=True):
            fill = palette.LEVELS.get(str(cell), "") if column.kind == "level" else ""
            align = "right" if column.numeric else "center" if column.kind in ("level", "date") else "left"
            text = cell_text(cell, column, self.language)  # type: ignore[arg-type]
            written.append(self.cell(text, width, align=align, fill=fill, borders=borders, heavy=heavy))
        return f'<w:tr><w:trPr><w:cantSplit/><w:jc w:val="center"/></w:trPr>{"".join(written)}</w:tr>'

    def cell(
        self,
        text: str,
        width: int,
        *,
        span: int = 1,
        align: str = "center",
        borders: str = "",
        merge: str = "",
        fill: str = "",
        heavy: bool = False,
        style: str = "TableText",
    ) -> str:
        """Return one cell."""
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        properties += merge + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>' if fill else ""
        properties += '<w:vAlign w:val="center"/>'
        inside = run(text, ("<w:b/>" if heavy else "") + self.size) if text else ""
        text_in_cell = paragraph(inside, style, f'{self.kept}<w:jc w:val="{align}"/>')
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text_in_cell}</w:tc>"

    def _titled(self, index: int, column: Column, borders: str, merge: str = "") -> str:
        return self.cell(
            column_heading(column), self.twips[index], borders=borders, merge=merge, style="TableHeading"
        )


def _heading_row(cells: str) -> str:
    return f'<w:tr><w:trPr><w:cantSplit/><w:tblHeader/><w:jc w:val="center"/></w:trPr>{cells}</w:tr>'


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="auto"/>'
