# SPDX-License-Identifier: Apache-2.0
"""The writer of Word documents, laid out by GB/T 9704-2012."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from zhihang.reporting.caption import (
    SIMULATED,
    SIMULATED_SENTENCE,
    caption_word,
    footnotes,
    unit_and_period,
)
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_text import describe
from zhihang.reporting.data_table import DataTable
from zhihang.reporting.document import Annex, Document, Heading, Note, Prose
from zhihang.reporting.outline import Placed, annex_label, placed
from zhihang.reporting.title_lines import title_lines
from zhihang.reporting.wording import day
from zhihang.reporting.writer import writer
from zhihang.reporting.writers import _word_page as page
from zhihang.reporting.writers._drawing import draw
from zhihang.reporting.writers._same_zip import same_zip
from zhihang.reporting.writers._table_layout import TURNED_PT, UPRIGHT_PT, needs_turned_page, text_width
from zhihang.reporting.writers._word_xml import (
    NAMESPACES,
    bookmark,
    link,
    page_number,
    paragraph,
    picture,
    run,
    table,
)
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from docx.document import Document as Package

_BREAK = "<w:r><w:br/></w:r>"
_LONGEST_MARK_PT = 430.0
_LONGEST_PROPERTY = 255


@writer(
    label=Label("Word 文档", "Word document"),
    suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
def docx(document: Document) -> bytes:
    """Official paper by GB/T 9704-2012: A4, 22 lines of 28 characters, fonts by name, charts as pictures."""
    from docx import Document as new_package

    package = new_package()
    _set_properties(package, document)
    _set_styles(package, document)
    references = _set_page_heads(package, document)
    body = _Body(package, document, references).all()
    _replace_children(package.element.body, body)
    buffer = io.BytesIO()
    package.save(buffer)
    return same_zip(buffer.getvalue())


class _Body:
    """Writes the body, part by part."""

    def __init__(self, package: Package, document: Document, references: str) -> None:
        self.package, self.document, self.references = package, document, references
        self.language = document.language
        self.blocks = list(placed(document))
        self.pictures = 0
        self.bookmarks = 0

    def all(self) -> str:
        """Return the whole body with its sections."""
        text = [self._head(), self._title(), self._contents()]
        text += self._text()
        text += [self._attachment_note(), self._signature()]
        turned = False
        for annex in self.document.annexes:
            turn = needs_turned_page(annex, self.language)
            breaks = turn != turned
            if breaks:
                text.append(self._end_of_section(turned))
            text.append(self._annex(annex, turn, new_page=not breaks))
            turned = turn
        if turned and self.document.imprint:
            text.append(self._end_of_section(turned))
            turned = False
        return "".join([*text, self._imprint(), self._section(turned)])

    def _head(self) -> str:
        head, mark = self.document.header, ""
        if self.document.simulated:
            mark = paragraph(run(SIMULATED_SENTENCE[self.language]), "Simulated")
        if head is None:
            return mark and mark + _blank()
        lines = [line for line in (head.copy_number, head.secrecy, head.urgency) if line]
        upper = "".join(paragraph(run(line), "HeaderLine") for line in lines)
        size = max(40, min(72, int(2 * _LONGEST_MARK_PT / max(1.0, text_width(head.issuer)))))
        issuer = paragraph(run(head.issuer, f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'), "IssuerMark")
        number = head.number
        if head.approved_by:
            number += "\u3000\u3000" + caption_word("approved", self.language) + head.approved_by
        return mark + upper + issuer + _blank() * 2 + paragraph(run(number), "DocumentNumber") + _blank() * 2

    def _title(self) -> str:
        lines = title_lines(self.document.title)
        title = paragraph(_BREAK.join(run(line) for line in lines), "Title") + _blank()
        if not self.document.addressee:
            return title
        colon = "：" if self.language == "zh" else ":"
        return title + paragraph(run(self.document.addressee + colon), "Addressee")

    def _contents(self) -> str:
        if not self.document.contents:
            return ""
        lines = [paragraph(run(caption_word("contents", self.language)), "Caption")]
        for one in self.blocks:
            if self.document.in_contents(one.block):
                depth = one.block.level - 1 if isinstance(one.block, Heading) else 2
                indent = f'<w:ind w:leftChars="{100 * depth}" w:left="{page.CHARACTER * depth}"/>'
                lines.append(paragraph(link(one.shown, one.anchor), "Contents", indent))
        return "".join(lines) + _blank()

    def _text(self) -> list[str]:
        """Write the blocks of the text; the last paragraph stays with the signature, which never stands alone."""
        blocks = [one for one in self.blocks if one.annex is None]
        written = [self._block(one, UPRIGHT_PT) for one in blocks]
        last = blocks[-1].block if blocks else None
        if self.document.signature and isinstance(last, (Prose, Note)):
            written[-1] = written[-1].replace("/>", "/><w:keepNext/>", 1)
        return written

    def _block(self, one: Placed, available: float) -> str:
        match one.block:
            case Heading(_, level, _):
                return paragraph(self._marked(one), f"Heading{level}")
            case Prose(text):
                return paragraph(run(text), "BodyText")
            case Note(text):
                return paragraph(run(caption_word("note", self.language) + text), "Note")
            case DataTable():
                detail = paragraph(run(unit_and_period(one.block, self.language)), "CaptionDetail")
                shown = table(one.block, self.language, available)
                return self._caption(one) + detail + shown + self._notes(one.block) + _blank("Note")
            case Chart():
                return self._chart(one, one.block)

    def _chart(self, one: Placed, chart: Chart) -> str:
        drawing = draw(chart, form="png", language=self.language, simulated=self.document.simulated)
        relation, _ = self.package.part.get_or_add_image(io.BytesIO(drawing.content))
        self.pictures += 1
        shown = picture(
            relation,
            width_mm=drawing.width_mm,
            height_mm=drawing.height_mm,
            title=chart.title,
            description=describe(chart, self.language),
            number=self.pictures,
        )
        detail = paragraph(run(unit_and_period(chart, self.language)), "CaptionDetail")
        return self._caption(one) + detail + paragraph(shown, "Figure") + self._notes(chart) + _blank("Note")

    def _caption(self, one: Placed) -> str:
        return paragraph(self._marked(one), "Caption")

    def _notes(self, block: DataTable | Chart) -> str:
        *upper, last = footnotes(block, self.language)
        kept = [paragraph(run(line), "Note", "<w:keepNext/>") for line in upper]
        return "".join([*kept, paragraph(run(last), "Note")])

    def _marked(self, one: Placed) -> str:
        self.bookmarks += 1
        return bookmark(run(one.shown), one.anchor, self.bookmarks)

    def _attachment_note(self) -> str:
        names = self.document.attachment_names()
        if not names:
            return ""
        word = caption_word("attachment", self.language)
        numbered = names if len(names) == 1 else [f"{index}. {name}" for index, name in enumerate(names, 1)]
        kept = "<w:keepNext/>" if self.document.signature else ""
        first = f'{kept}<w:ind w:leftChars="200" w:left="{2 * page.CHARACTER}"/>'
        rest = f'{kept}<w:ind w:leftChars="500" w:left="{5 * page.CHARACTER}"/>'
        lines = [paragraph(run(word + numbered[0]), "AttachmentNote", first)]
        lines += [paragraph(run(name), "AttachmentNote", rest) for name in numbered[1:]]
        return _blank(kept=bool(self.document.signature)) + "".join(lines)

    def _signature(self) -> str:
        if not self.document.signature:
            return ""
        dated = day(self.document.date, self.language)
        right = max(0.0, 4 + (text_width(dated) - text_width(self.document.signature)) / 2)
        indent = f'<w:ind w:rightChars="{round(right * 100)}" w:right="{round(right * page.CHARACTER)}"/>'
        signed = paragraph(run(self.document.signature), "Signature", indent)
        return _blank(kept=True) * 2 + signed + paragraph(run(dated), "Date")

    def _annex(self, annex: Annex, turned: bool, *, new_page: bool) -> str:
        before = "<w:pageBreakBefore/>" if new_page else ""
        label = paragraph(run(annex_label(self.document, annex)), "AnnexLabel", before)
        lines = title_lines(annex.title, 28 if turned else 19)
        title = paragraph(_BREAK.join(run(line) for line in lines), "Title")
        available = TURNED_PT if turned else UPRIGHT_PT
        blocks = "".join(self._block(one, available) for one in self.blocks if one.annex is annex)
        # A turned page has room for fewer lines.
        space = "" if turned else _blank()
        return label + space + title + space + blocks

    def _imprint(self) -> str:
        imprint = self.document.imprint
        if imprint is None:
            return ""
        printed = imprint.printed_by + "\u3000\u3000" + day(imprint.printed_on, self.language)
        lines = [printed + caption_word("printed", self.language)]
        if imprint.copies_to:
            stop = "。" if self.language == "zh" else "."
            lines.insert(0, caption_word("copies", self.language) + imprint.copies_to + stop)
        return _blank() + "".join(paragraph(run(line), "Imprint") for line in lines)

    def _section(self, turned: bool) -> str:
        references, self.references = self.references, ""
        return page.section_xml(references, turned=turned, form=self.document.form)

    def _end_of_section(self, turned: bool) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="Note"/>{self._section(turned)}</w:pPr></w:p>'


def _blank(style: str = "Normal", *, kept: bool = False) -> str:
    return paragraph("", style, "<w:keepNext/>" if kept else "")


def _set_properties(package: Package, document: Document) -> None:
    core = package.core_properties
    # An official paper is dated by day; the time of day says nothing.
    dated = datetime.combine(document.date, time())
    author = document.signature or (document.header.issuer if document.header else "")
    author = author[:_LONGEST_PROPERTY]
    core.author, core.last_modified_by, core.comments = author, author, ""
    core.title, core.subject = document.title[:_LONGEST_PROPERTY], document.subject[:_LONGEST_PROPERTY]
    core.language = document.language
    core.keywords = SIMULATED[document.language] if document.simulated else ""
    core.created, core.modified, core.revision = dated, dated, 1


def _set_styles(package: Package, document: Document) -> None:
    _replace_children(package.styles.element, page.styles_xml(document.language, document.form))


def _set_page_heads(package: Package, document: Document) -> str:
    """Write page numbers and the mark of simulated data; return the references of the first section."""
    package.settings.odd_and_even_pages_header_footer = True
    section = package.sections[0]
    mark = paragraph(run(SIMULATED[document.language]), "Simulated") if document.simulated else _blank()
    for part, content in (
        (section.header, mark),
        (section.even_page_header, mark),
        (section.footer, paragraph(page_number(), "PageNumberOdd")),
        (section.even_page_footer, paragraph(page_number(), "PageNumberEven")),
    ):
        part.is_linked_to_previous = False
        _replace_children(part._element, content)
    references = ""
    for reference in section._sectPr.xpath("w:headerReference|w:footerReference"):
        kind = reference.tag.rpartition("}")[2]
        type_, relation = (reference.get(name) for name in reference.keys())  # noqa: SIM118
        references += f'<w:{kind} w:type="{type_}" r:id="{relation}"/>'
    return references


def _replace_children(element: Any, content: str) -> None:
    from docx.oxml import parse_xml

    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")):
        element.append(child)
