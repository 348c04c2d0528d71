"""Documents of every format give back the sentences that were written into them, section by section."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from reportlab.pdfgen.canvas import Canvas

from etl.content.sniff import ARCHIVES, sniff
from etl.extract.prose import tidy
from etl.extract.read import read
from etl.model import Narrative, Reading
from etl.narrative import narrate
from etl.pipeline.bundle import read_bundle
from tests.golden.test_golden import FOLDER
from tests.makers.corpus import FORMATS, Made, random_report, render
from tests.makers.golden import golden_documents
from tests.makers.layout import Document, Grid, lay_out
from tests.makers.packages import packed
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.prose import Paragraph, long_prose
from tests.narratives import WITHOUT_HEADINGS, told, written

PLACES = load_places(DEMO_PLACES)
STYLES = [style for kind, styles in FORMATS.items() if kind != "zip" for style in styles if style != "turned"]


def reading_of(content: bytes, name: str) -> Reading:
    if sniff(content) in ARCHIVES:
        return read_bundle(content, max_bytes=2**26, max_pages=50).reading
    return read(content, name, max_bytes=2**26, max_pages=50)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("index", range(2))
def test_long_text_comes_back_exactly(style: str, index: int) -> None:
    report = random_report(PLACES, Random(f"{style} {index}"))
    document = lay_out(report, long_prose(report, index))
    _, extension, content = render(document, style, encoding="gb18030")
    narrative = narrate(reading_of(content, f"report{extension}").prose)
    assert told(narrative) == written(document)
    for section in narrative.sections:
        for one in section.paragraphs:
            assert all(part.place.path or (part.place.page and part.place.box) for part in one.parts)


GOLDEN = golden_documents()
LISTS = [made for made in GOLDEN if "stat" in made.document.report.forms]
SHAPED = [made for made in GOLDEN if made not in LISTS]


@pytest.mark.parametrize("made", SHAPED, ids=lambda made: made.name)
def test_golden_documents(made: Made) -> None:
    if made.style == "turned" or made.style.endswith("_parts") or WITHOUT_HEADINGS & set(made.document.quirks):
        pytest.skip("the document lacks headings, text, or a part of its page")
    reading = reading_of((FOLDER / made.name).read_bytes(), made.name)
    assert told(narrate(reading.prose)) == written(made.document)


@pytest.mark.parametrize("made", LISTS, ids=lambda made: made.name)
def test_lists_of_figures_are_no_running_text(made: Made) -> None:
    narrative = narrate(reading_of((FOLDER / made.name).read_bytes(), made.name).prose)
    assert [one.key for one in narrative.sections] == [
        "opening", "overview", "disclosure", "requests", "problems", "closing",
    ]  # fmt: skip
    texts = [
        one.text
        for section in narrative.sections
        for one in (*filter(None, [section.heading]), *section.paragraphs)
    ]
    _, *printed = [block.text for block in made.document.blocks if not isinstance(block, Grid)]
    assert texts == [tidy(text.replace("\n", "")) for text in printed]


def _document(seed: int) -> Document:
    report = random_report(PLACES, Random(seed), names=("by_government",))
    return lay_out(report, long_prose(report, seed))


def _html(document: Document, paragraph: Callable[[str], str], around: str = "<div>{}</div>") -> bytes:
    table = (
        "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>7</td></tr></table>"
    )
    body = "".join(
        table if isinstance(block, Grid) else paragraph(block.text.replace("&", "&amp;"))
        for block in document.blocks
    )
    menu = "<ul><li>首页</li><li>一、总体情况</li></ul>"
    return f"<html><body>{menu}{around.format(body)}<div>主办：示例</div></body></html>".encode()


_MARKUPS: dict[str, Callable[[str], str]] = {
    "styled figures": lambda text: "<p>" + re.sub("([0-9])", r"<span>\1</span>", text) + "</p>",
    "blanks": lambda text: "<p>&nbsp;&nbsp;&emsp;" + text.replace("，", "&nbsp;，&nbsp;") + "</p>",
    "breaks": lambda text: f"　　{text}<br>",
    "divisions": lambda text: f"<div><font face=仿宋>{text}</font></div>",
    "lines of source": lambda text: "<p>\n  " + text.replace("，", "，\n  ").replace("年", "\n年") + "\n</p>",
    "scripts": lambda text: (
        f"<p><script>var a='一、总体情况';</script>{text}<style>p{{}}</style><!-- 2 --></p>"
    ),
    "list items": lambda text: f"<ul><li>{text}</li></ul>",
    "nested": lambda text: f"<section><p><b><i>{text[:3]}</i></b>{text[3:]}</p></section>",
}


@pytest.mark.parametrize("markup", _MARKUPS)
@pytest.mark.parametrize("around", ["<div>{}</div>", "<table><tr><td>{}</td></tr></table>", "{}"])
def test_markup_of_pages(markup: str, around: str) -> None:
    document = _document(7)
    narrative = narrate(reading_of(_html(document, _MARKUPS[markup], around), "page.html").prose)
    assert told(narrative) == written(document)


def test_rows_of_one_cell() -> None:
    document = _document(8)
    content = _html(document, lambda text: f"<table><tr><td>{text}</td></tr></table>")
    assert told(narrate(reading_of(content, "page.html").prose)) == written(document)


def test_text_in_a_member_of_its_own() -> None:
    document = _document(9)
    words = replace(document, blocks=tuple(one for one in document.blocks if isinstance(one, Paragraph)))
    tables = replace(document, blocks=tuple(one for one in document.blocks if isinstance(one, Grid)))
    bundle = packed({"正文.docx": render(words, "docx_word")[2], "附表.xlsx": render(tables, "xlsx_sheets")[2]})
    narrative = narrate(reading_of(bundle, "report.zip").prose)
    assert told(narrative) == written(document)
    path = narrative.sections[1].paragraphs[0].parts[0].place.path
    assert path is not None
    assert path.startswith("正文.docx!/w:document")


def test_an_image_of_a_page_has_no_narrative() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "no headings here, only a few words of text")
    canvas.save()
    assert narrate(reading_of(out.getvalue(), "page.pdf").prose) == Narrative()
