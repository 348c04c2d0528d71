"""Documents whose tables are pictures: of single tables, or of whole pages.

The bytes depend on the fonts of the machine, as those of scans do.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from typing import Literal

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.makers.docx import docx
from tests.makers.html import html
from tests.makers.layout import Block, Document, Grid
from tests.makers.ofd import Page, parts_of
from tests.makers.packages import packed, relations, unpacked
from tests.makers.pdf import PDF_STYLES, draw, pdf
from tests.makers.prose import Paragraph

Host = Literal["docx", "html", "html_zip", "ofd", "pdf", "zip"]


@dataclass(frozen=True)
class PicturedStyle:
    """``tables`` are pictures and the others text; without any, all pages are pictures. ``host`` is what holds
    them: a Word file, a page with pictures in it, one with pictures beside it in a ZIP, an OFD, a PDF of text,
    a ZIP of pictures. ``quarters`` of a circle by which the pictures lie counter-clockwise.
    """

    host: Host
    tables: tuple[str, ...] = ()
    dpi: int = 150
    kind: Literal["PNG", "JPEG"] = "PNG"
    quarters: int = 0


ALL = ("disclosure", "requests", "disputes")
PICTURED_STYLES: Mapping[str, PicturedStyle] = {
    "docx_pictures": PicturedStyle("docx", ALL),
    "docx_mixed": PicturedStyle("docx", ("requests",), kind="JPEG"),
    "docx_pages": PicturedStyle("docx", dpi=200, kind="JPEG"),
    "docx_sideways": PicturedStyle("docx", ("disclosure", "requests"), kind="JPEG", quarters=1),
    "html_inline": PicturedStyle("html", ALL),
    "html_mixed": PicturedStyle("html", ("disputes",)),
    "html_beside": PicturedStyle("html_zip", ("disclosure", "requests"), kind="JPEG"),
    "ofd_pages": PicturedStyle("ofd", dpi=150, kind="JPEG"),
    "pdf_pasted": PicturedStyle("pdf", ("requests", "disputes")),
    "zip_photos": PicturedStyle("zip", dpi=200, kind="JPEG"),
}

_MARK = "PICTURE{}X"
_MARKED = re.compile(r"PICTURE(\d+)X")


def pictured(document: Document, style: PicturedStyle) -> bytes:
    """The document with pictures in the place of tables."""
    if not style.tables:
        pictures = [_saved(page, style) for page in _pages(document, style.dpi)]
        if style.host == "zip":
            ending = style.kind.lower()
            return packed({f"年报扫描件/{number}.{ending}": one for number, one in enumerate(pictures, 1)})
        if style.host == "ofd":
            return _in_ofd(pictures, document.report.title.replace("\n", ""))
        blocks: tuple[Block, ...] = tuple(Paragraph(_MARK.format(number)) for number in range(len(pictures)))
        return _hosted(replace(document, blocks=blocks), pictures, style)
    pictures, shown = [], []
    for block in document.blocks:
        if isinstance(block, Grid) and block.key in style.tables:
            for page in _pages(replace(document, blocks=(block,)), style.dpi):
                shown.append(Paragraph(_MARK.format(len(pictures))))
                pictures.append(_saved(_cut_out(page), style))
        else:
            shown.append(block)
    return _hosted(replace(document, blocks=tuple(shown)), pictures, style)


def _hosted(document: Document, pictures: list[bytes], style: PicturedStyle) -> bytes:
    ending = style.kind.lower()
    if style.host == "docx":
        return _in_word(docx(document), {f"image{n}.{ending}": one for n, one in enumerate(pictures)})
    if style.host == "pdf":
        return _in_pdf(document, pictures)
    text = html(document, "word", "utf8").decode()
    if style.host == "html":
        sources = [f"data:image/{ending};base64,{b64encode(one).decode()}" for one in pictures]
        return _with_images(text, sources).encode()
    files = {f"年报.files/图{n}.{ending}": one for n, one in enumerate(pictures)}
    return packed({"年报.html": _with_images(text, list(files)), **files, "年报.files/icon.png": _icon()})


def _with_images(text: str, sources: list[str]) -> str:
    return _MARKED.sub(lambda found: f'<img src="{escape(sources[int(found[1])])}">', text)


def _in_word(content: bytes, pictures: Mapping[str, bytes]) -> bytes:
    parts: dict[str, bytes | str] = dict(unpacked(content))
    names = list(pictures)
    text = parts["word/document.xml"]
    assert isinstance(text, bytes)
    drawn = re.sub(
        r'<w:t xml:space="preserve">PICTURE(\d+)X</w:t>',
        lambda found: (
            '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<wp:extent cx="5486400" cy="3200400"/><wp:docPr id="1" name="p"/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
            '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
            f' r:embed="rIdP{found[1]}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5486400" cy="3200400"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        ),
        text.decode(),
    )
    parts["word/document.xml"] = drawn
    parts["word/_rels/document.xml.rels"] = relations(
        {f"rIdP{number}": ("image", f"media/{name}") for number, name in enumerate(names)}
    )
    types = parts["[Content_Types].xml"]
    assert isinstance(types, bytes)
    defaults = "".join(f'<Default Extension="{e}" ContentType="image/{e}"/>' for e in ("png", "jpeg"))
    parts["[Content_Types].xml"] = types.decode().replace("<Default", f"{defaults}<Default", 1)
    return packed(parts | {f"word/media/{name}": one for name, one in pictures.items()})


def _in_ofd(pictures: list[bytes], title: str) -> bytes:
    """Each picture fills a page."""
    pages, media, files = [], "", {}
    for number, picture in enumerate(pictures):
        drawn = '<ofd:ImageObject ID="{}" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="{}"/>'
        pages.append(Page(210, 297, [drawn.format(number + 100, number + 50)]))
        media += f'<ofd:MultiMedia ID="{number + 50}" Type="Image" Format="JPEG">'
        media += f"<ofd:MediaFile>image_{number}.jpeg</ofd:MediaFile></ofd:MultiMedia>"
        files[f"Doc_0/Res/image_{number}.jpeg"] = picture
    parts: dict[str, bytes | str] = dict(parts_of(pages, title))
    resources = str(parts["Doc_0/PublicRes.xml"])
    listed = f"<ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>"
    return packed(parts | {"Doc_0/PublicRes.xml": resources.replace("</ofd:Res>", listed)} | files)


def _in_pdf(document: Document, pictures: list[bytes]) -> bytes:
    """Text with pictures below each other at the end of pages of their own, under a line of text."""
    text = replace(
        document, blocks=tuple(one for one in document.blocks if not _MARKED.search(getattr(one, "text", "")))
    )
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    draw(text, PDF_STYLES["ruled"], canvas)
    for picture in pictures:
        image = Image.open(BytesIO(picture))
        height = 440 / image.width * image.height
        canvas.drawString(78, 790, "Annex: the table as it was submitted, see also section three above")
        canvas.drawImage(ImageReader(image), 78, 780 - height, 440, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(document: Document, dpi: int) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf(document, PDF_STYLES["ruled"])) as drawn:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in drawn]


def _cut_out(page: Image.Image, margin: int = 12) -> Image.Image:
    """What is on a page, without its margins."""
    ink = np.argwhere(np.asarray(page.convert("L")) < 200)
    (top, left), (foot, right) = ink.min(axis=0), ink.max(axis=0)
    return page.crop((left - margin, top - margin, right + margin, foot + margin))


def _saved(picture: Image.Image, style: PicturedStyle) -> bytes:
    out = BytesIO()
    picture.convert("L").rotate(90 * style.quarters, expand=True).save(out, style.kind)
    return out.getvalue()


def _icon() -> bytes:
    out = BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "PNG")
    return out.getvalue()
