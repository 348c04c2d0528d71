"""OFD packages (GB/T 33190): what the PDF maker draws, as text and path objects in millimetres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import Any, cast
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.makers.layout import Document
from tests.makers.packages import packed
from tests.makers.pdf import PdfStyle, draw

NAMESPACE = "http://www.ofdspec.org/2016"
MM = 25.4 / 72

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class OfdStyle:
    """How an OFD is written.

    ``drawing``: what is drawn, as for PDFs. ``repeats``: distances between characters as "g 12 3.5".
    ``scaled``: objects in points under a CTM that makes them millimetres. ``rooted``: places of parts from the
    package's root. ``template``: the page's rules stand in a template page.
    """

    drawing: PdfStyle = field(default_factory=PdfStyle)
    repeats: bool = False
    scaled: bool = False
    rooted: bool = False
    template: bool = False


OFD_STYLES: Mapping[str, OfdStyle] = {
    "ofd_lines": OfdStyle(),
    "ofd_rects": OfdStyle(PdfStyle(rules="rects", latin="Times-Roman", shaded=True), repeats=True, rooted=True),
    "ofd_frames": OfdStyle(PdfStyle(rules="frames", breaks=("（四）无法提供",)), scaled=True),
    "ofd_repeated_head": OfdStyle(
        PdfStyle(breaks=("（三）不予公开",), repeat_head=True, latin="Helvetica"), repeats=True, template=True
    ),
    "ofd_narrow": OfdStyle(PdfStyle(rules="rects", figure_width=17, lead_width=14, open_foot=True)),
    "ofd_open_sides": OfdStyle(PdfStyle(open_sides=True, by_column=True), scaled=True),
    "ofd_turned": OfdStyle(PdfStyle(turn=90)),
    "ofd_watermark": OfdStyle(PdfStyle(watermark="示例文件", letter_space=1.2), repeats=True),
}
"""The writers' manners, by name."""


def ofd(document: Document, style: OfdStyle) -> bytes:
    """The document as an OFD package, the same bytes each time and everywhere: stored, for zlibs differ."""
    canvas = _OfdCanvas(style)
    draw(document, style.drawing, cast(Canvas, canvas))
    return packed(parts_of(canvas.pages, document.report.title.replace("\n", ""), style))


@dataclass
class Page:
    """A page's size in millimetres, and its objects as XML: those of the text and those of the rules."""

    width: float
    height: float
    texts: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


def parts_of(
    pages: Sequence[Page], title: str = "", style: OfdStyle = OFD_STYLES["ofd_lines"]
) -> dict[str, str]:
    """The parts of an OFD, by name."""
    root = "/Doc_0/" if style.rooted else ""
    parts = {
        "OFD.xml": _root(
            "OFD",
            f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
            f"</ofd:DocInfo><ofd:DocRoot>{'/' if style.rooted else ''}Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody>",
            'Version="1.0" DocType="OFD"',
        )
    }
    first = pages[0]
    listed, templates = "", ""
    for number, page in enumerate(pages):
        listed += f'<ofd:Page ID="{number + 10}" BaseLoc="{root}Pages/Page_{number}/Content.xml"/>'
        under = ""
        if style.template:
            templates += (
                f'<ofd:TemplatePage ID="{number + 1000}" BaseLoc="{root}Tpls/Tpl_{number}/Content.xml"/>'
            )
            under = f'<ofd:Template TemplateID="{number + 1000}" ZOrder="Background"/>'
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = _root("Page", _content(page.rules))
        objects = page.texts if style.template else [*page.rules, *page.texts]
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _root(
            "Page", f"{under}<ofd:Area>{_box(page)}</ofd:Area>{_content(objects)}"
        )
    parts["Doc_0/Document.xml"] = _root(
        "Document",
        f"<ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>{_box(first)}</ofd:PageArea>"
        f"<ofd:PublicRes>{root}PublicRes.xml</ofd:PublicRes>{templates}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>",
    )
    parts["Doc_0/PublicRes.xml"] = _root(
        "Res", '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>', 'BaseLoc="Res"'
    )
    return parts


def _root(name: str, inside: str, attributes: str = "") -> str:
    opening = " ".join(filter(None, (f"ofd:{name}", f'xmlns:ofd="{NAMESPACE}"', attributes)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{opening}>{inside}</ofd:{name}>'


def _content(objects: Sequence[str]) -> str:
    return '<ofd:Content><ofd:Layer ID="5" Type="Body">\n' + "\n".join(objects) + "\n</ofd:Layer></ofd:Content>"


def _box(page: Page) -> str:
    return f"<ofd:PhysicalBox>0 0 {_number(page.width)} {_number(page.height)}</ofd:PhysicalBox>"


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


class _OfdCanvas:
    """The strokes that the PDF maker makes on reportlab's canvas, written down as OFD objects."""

    def __init__(self, style: OfdStyle) -> None:
        self.pages: list[Page] = []
        self._style = style
        self._size = (0.0, 0.0)
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._kept: list[Matrix] = []
        self._font, self._font_size = "", 0.0
        self._count = 20_000
        self._page = Page(0, 0)

    def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802
        self._size = size
        self._page = Page(size[0] * MM, size[1] * MM)
        self._matrix = (1, 0, 0, 1, 0, 0)

    def setPageRotation(self, degrees: int) -> None:  # noqa: N802
        """OFD pages are not turned by an entry: the text is printed up the page."""

    def setFont(self, font: str, size: float) -> None:  # noqa: N802
        self._font, self._font_size = font, size

    def setFillGray(self, grey: float) -> None:  # noqa: N802
        """Everything is black."""

    def setLineWidth(self, width: float) -> None:  # noqa: N802
        """All lines have one width."""

    def translate(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._matrix
        self._matrix = a, b, c, d, a * x + c * y + e, b * x + d * y + f

    def rotate(self, degrees: float) -> None:
        a, b, c, d, e, f = self._matrix
        u, v = cos(radians(degrees)), sin(radians(degrees))
        self._matrix = a * u + c * v, b * u + d * v, c * u - a * v, d * u - b * v, e, f

    def saveState(self) -> None:  # noqa: N802
        self._kept.append(self._matrix)

    def restoreState(self) -> None:  # noqa: N802
        self._matrix = self._kept.pop()

    def showPage(self) -> None:  # noqa: N802
        self.pages.append(self._page)

    def drawString(self, x: float, y: float, text: str, charSpace: float = 0, **_: Any) -> None:  # noqa: N802,N803
        unit = 1.0 if self._style.scaled else MM
        steps = [
            (pdfmetrics.stringWidth(one, self._font, self._font_size) + charSpace) * unit for one in text[:-1]
        ]
        left, top = self._placed(x, y)
        a, b, c, d = self._matrix[:4]
        size, width = self._font_size * unit, sum(steps) + self._font_size * unit
        matrix = self._ctm(a, -b, -c, d)
        rise = 0.0
        if not matrix:
            rise, top = size * 0.85, top - size * 0.85
        delta = f' DeltaX="{self._steps(steps)}"' if steps else ""
        self._page.texts.append(
            f'<ofd:TextObject ID="{self._next()}" Boundary="{_numbers(left, top, width, size * 1.2)}"{matrix}'
            f' Font="1" Size="{_number(size)}"><ofd:TextCode X="0" Y="{_number(rise)}"{delta}>{escape(text)}'
            "</ofd:TextCode></ofd:TextObject>"
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._draw([(x0, y0), (x1, y1)])

    def rect(self, x: float, y: float, width: float, height: float, stroke: int = 1, fill: int = 0) -> None:
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self._draw(corners, is_closed=True, attributes="" if stroke else ' Stroke="false" Fill="true"')

    def _draw(
        self, corners: list[tuple[float, float]], *, is_closed: bool = False, attributes: str = ""
    ) -> None:
        placed = [self._placed(*corner) for corner in corners]
        left, top = min(x for x, _ in placed), min(y for _, y in placed)
        unit = MM if self._style.scaled else 1.0
        data = " ".join(
            f"{'L' if index else 'M'} {_numbers((x - left) / unit, (y - top) / unit)}"
            for index, (x, y) in enumerate(placed)
        )
        size = max(x for x, _ in placed) - left, max(y for _, y in placed) - top
        self._page.rules.append(
            f'<ofd:PathObject ID="{self._next()}" Boundary="{_numbers(left, top, *size)}"'
            f'{self._ctm(1, 0, 0, 1)} LineWidth="0.176"{attributes}>'
            f"<ofd:AbbreviatedData>{data}{' C' if is_closed else ''}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _placed(self, x: float, y: float) -> tuple[float, float]:
        """A point of the canvas in millimetres from the page's top left."""
        a, b, c, d, e, f = self._matrix
        return (a * x + c * y + e) * MM, (self._size[1] - (b * x + d * y + f)) * MM

    def _ctm(self, a: float, b: float, c: float, d: float) -> str:
        if (a, b, c, d) == (1, 0, 0, 1) and not self._style.scaled:
            return ""
        unit = MM if self._style.scaled else 1.0
        return f' CTM="{" ".join(f"{value * unit:.6f}" for value in (a, b, c, d))} 0 0"'

    def _steps(self, steps: list[float]) -> str:
        if self._style.repeats and len(steps) > 1 and len(set(steps)) == 1:
            return f"g {len(steps)} {_number(steps[0])}"
        return _numbers(*steps)

    def _next(self) -> int:
        self._count += 1
        return self._count


def _numbers(*values: float) -> str:
    return " ".join(map(_number, values))
