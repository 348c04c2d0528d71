"""Word documents: the same document as Word, WPS and their users leave it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from tests.makers.layout import Cell, Document, Grid
from tests.makers.packages import XML, office, relations, said
from tests.makers.prose import Paragraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_CHINESE_NUMBER = re.compile(r"^（([一二三四五六七八九十]+)）")
_NUMBER = re.compile(r"^(\d{1,2})[.．、]")
_COUNTED = ("", *"一 二 三 四 五 六 七 八 九 十 十一 十二".split())


@dataclass(frozen=True)
class DocxStyle:
    """How a document is written.

    ``automatic`` numbers labels by lists; ``controls`` puts figures into content controls; ``tracked`` keeps
    what was changed; ``nested`` puts the tables into one of the page's layout; ``boxed`` puts the title into
    a text box, twice, as Word does for older programs; ``hidden`` leaves hidden words in cells; ``strict``
    is the ISO variant; ``old_merges`` marks cells merged across as converters from DOC do.
    """

    automatic: bool = False
    controls: bool = False
    tracked: bool = False
    nested: bool = False
    boxed: bool = False
    hidden: bool = False
    strict: bool = False
    old_merges: bool = False


DOCX_STYLES: Mapping[str, DocxStyle] = {
    "docx_word": DocxStyle(),
    "docx_lists": DocxStyle(automatic=True),
    "docx_wps": DocxStyle(controls=True, boxed=True),
    "docx_tracked": DocxStyle(tracked=True, hidden=True),
    "docx_nested": DocxStyle(nested=True),
    "docx_strict": DocxStyle(strict=True),
    "docx_converted": DocxStyle(old_merges=True),
}


@dataclass
class _Writer:
    style: DocxStyle
    rng: Random
    starts: list[tuple[str, int]] = field(default_factory=list)  # a list each: its kind and first number
    last: dict[str, int] = field(default_factory=dict)  # by kind: the number that its list has come to
    lists: dict[str, int] = field(default_factory=dict)

    def run(self, text: str, properties: str = "") -> str:
        inner = "".join(
            f'{"<w:br/>" if index else ""}<w:t xml:space="preserve">{said(part)}</w:t>'
            for index, part in enumerate(text.split("\n"))
        )
        fonts = '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hint="eastAsia"/><w:sz w:val="24"/>'
        return f"<w:r><w:rPr>{fonts}{properties}</w:rPr>{inner}</w:r>"

    def words(self, text: str) -> str:
        """Runs as Word cuts them: where the script changes."""
        parts = re.findall(r"[\x21-\x7e]+|[^\x21-\x7e]+", text)
        return "".join(self.run(part) for part in parts)

    def paragraph(self, inner: str, properties: str = "") -> str:
        return f'<w:p w:rsidR="00A77427"><w:pPr><w:spacing w:line="560"/>{properties}</w:pPr>{inner}</w:p>'

    def block(self, block: Paragraph) -> str:
        if block.kind == "title" and self.style.boxed:
            inner = self.paragraph(self.words(block.text))
            return self.paragraph(
                "<w:r><mc:AlternateContent>"
                f'<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent>'
                "</wps:txbx></w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict>"
                "</mc:Fallback></mc:AlternateContent></w:r>"
            )
        if block.kind == "body" and self.style.tracked:
            gone = f'<w:del w:id="1"><w:r><w:delText>（2017年）{said(block.text[:6])}</w:delText></w:r></w:del>'
            return self.paragraph(gone + f'<w:ins w:id="2">{self.words(block.text)}</w:ins>')
        return self.paragraph(self.words(block.text))

    def table(self, grid: Grid) -> str:
        widths = "".join('<w:gridCol w:w="900"/>' for _ in range(grid.columns))
        rows = "".join(self.row(grid, row) for row in range(grid.height))
        if self.style.tracked:
            cells = "".join(
                f"<w:tc><w:tcPr/>{self.paragraph(self.words('7'))}</w:tc>" for _ in range(grid.columns)
            )
            rows += f'<w:tr><w:trPr><w:del w:id="9"/></w:trPr>{cells}</w:tr>'
        return f"<w:tbl><w:tblPr/><w:tblGrid>{widths}</w:tblGrid>{rows}</w:tbl>"

    def row(self, grid: Grid, row: int) -> str:
        reaching = [cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span]
        cells = sorted(reaching, key=lambda cell: cell.column)
        return f'<w:tr w:rsidR="00A77427"><w:trPr/>{"".join(self.cell(cell, row) for cell in cells)}</w:tr>'

    def cell(self, cell: Cell, row: int) -> str:
        merged = ""
        if cell.row_span > 1:
            merged = '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
        text, properties = (cell.text, "") if cell.row == row else ("", "")
        if self.style.automatic and cell.kind in ("label", "group") and cell.row == row:
            text, properties = self.listed(text)
        inner = self.words(text)
        if cell.kind == "figure" and text:
            inner = self.figure(text)
        content = self.paragraph(inner, f'<w:jc w:val="center"/>{properties}')
        if self.style.old_merges and cell.column_span > 1:
            first = f'<w:tc><w:tcPr><w:hMerge w:val="restart"/>{merged}</w:tcPr>{content}</w:tc>'
            more = f"<w:tc><w:tcPr><w:hMerge/>{merged}</w:tcPr>{self.paragraph('')}</w:tc>"
            return first + more * (cell.column_span - 1)
        span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        made = f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{span}{merged}</w:tcPr>{content}</w:tc>'
        if self.style.controls and cell.kind == "figure" and self.rng.random() < 0.2:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
        return made

    def figure(self, text: str) -> str:
        if self.style.tracked and self.rng.random() < 0.2:
            old = f'<w:del w:id="3"><w:r><w:delText>{self.rng.randint(1, 99)}</w:delText></w:r></w:del>'
            moved = '<w:moveFrom w:id="4"><w:r><w:t>8</w:t></w:r></w:moveFrom>'
            return f'{old}{moved}<w:ins w:id="5">{self.words(text)}</w:ins>'
        if self.style.hidden and self.rng.random() < 0.1:
            return self.run("5", "<w:vanish/>") + self.words(text)
        return self.words(text)

    def listed(self, text: str) -> tuple[str, str]:
        """A label without its number, and the paragraph properties that print it."""
        if (found := _CHINESE_NUMBER.match(text)) and found.group(1) in _COUNTED:
            kind, number = "chinese", _COUNTED.index(found.group(1))
        elif found := _NUMBER.match(text):
            kind, number = "decimal", int(found.group(1))
        else:
            return text, ""
        if number != self.last.get(kind, 0) + 1 or kind not in self.lists:
            self.starts.append((kind, number))
            self.lists[kind] = len(self.starts)
        self.last[kind] = number
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.lists[kind]}"/></w:numPr>'
        return text[found.end() :], listed

    def numbering(self) -> str:
        kinds = {"chinese": (0, "chineseCounting", "（%1）"), "decimal": (1, "decimal", "%1．")}
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
            for key, form, text in kinds.values()
        )
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kinds[kind][0]}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for number, (kind, start) in enumerate(self.starts, 1)
        )
        return f'{XML}<w:numbering xmlns:w="{_W}">{abstract}{lists}</w:numbering>'


def docx(document: Document, style: DocxStyle = DOCX_STYLES["docx_word"]) -> bytes:
    """The document as a Word file."""
    writer = _Writer(style, Random(f"docx {document.report.seed}"))
    parts = [
        writer.table(block) + writer.paragraph("") if isinstance(block, Grid) else writer.block(block)
        for block in document.blocks
    ]
    body = "".join(parts)
    if style.nested:
        body = f"<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr/>{body}</w:tc></w:tr></w:tbl>{writer.paragraph('')}"
    text = f'{XML}<w:document xmlns:w="{_W}" {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>'
    if style.strict:
        text = text.replace(_W, _STRICT)
    named = {"word/document.xml": text}
    types = {"word/document.xml": "wordprocessingml.document.main"}
    if style.automatic:
        named["word/numbering.xml"] = writer.numbering()
        named["word/_rels/document.xml.rels"] = relations({"rId1": ("numbering", "numbering.xml")})
        types["word/numbering.xml"] = "wordprocessingml.numbering"
    return office(named, "word/document.xml", types)
