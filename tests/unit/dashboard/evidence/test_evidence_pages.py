"""Evidence pages, pictures and originals as the server gives them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from markupsafe import escape
from PIL import Image
from starlette.types import ASGIApp

from etl.dashboard.evidence.original import _attached
from etl.dashboard.evidence.shared import close_all, sources_of
from etl.dashboard.evidence.sources import Document, NoEvidenceError
from etl.dashboard.server import application
from etl.demo import DOCUMENTS
from etl.model import Place
from etl.settings import Home
from etl.warehouse.publish import publish
from tests.archived_home import ATTACK
from tests.built_warehouse import build, consistent, make_home
from tests.dashboard_client import ask

CELL = "requests.carried_out.total"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_of_a_pdf_leads_to_its_page(site: ASGIApp, named: SimpleNamespace, language: str) -> None:
    reply = ask(site, f"/{language}/evidence/{named.pdf}/{CELL}")
    assert reply.status == 200
    source = re.search(r'<img id="marked"[^>]*src="([^"]+)"', reply.text)
    assert source
    picture = ask(site, f"/{source[1].replace('../', '')}")
    assert picture.headers["content-type"] == "image/png"
    image = Image.open(BytesIO(picture.body)).convert("RGB")
    assert (204, 0, 51) in {colour for _, colour in image.getcolors(1 << 24) or ()}
    assert named.pdf in reply.text
    assert "T3_BALANCE" in reply.text


def test_the_whole_page_is_as_large_as_the_page(site: ASGIApp, named: SimpleNamespace) -> None:
    image = Image.open(BytesIO(ask(site, f"/pages/{named.pdf}/{CELL}.page.png").body))
    assert (image.width, image.height) == (1191, 1684)  # A4, two pixels a point


def test_a_pdf_is_not_drawn_as_svg(site: ASGIApp, named: SimpleNamespace) -> None:
    assert ask(site, f"/pages/{named.pdf}/{CELL}.page.svg").status == 404


def test_a_cell_of_a_web_page_is_shown_in_a_table_of_ours(site: ASGIApp, named: SimpleNamespace) -> None:
    text = ask(site, f"/zh/evidence/{named.html}/requests.received.new.total").text
    marked = re.findall(r'<td[^>]*id="marked"[^>]*>(.*?)</td>', text)
    assert len(marked) == 1
    assert "10" in marked[0]
    assert "/tbody/tr[4]/td[8]" in text
    assert "gkmlpt" not in text  # nothing of the page's own markup


def test_markup_around_a_figure_is_text(site: ASGIApp, named: SimpleNamespace) -> None:
    text = ask(site, f"/zh/evidence/{named.attack}/requests.received.new.total").text
    assert str(escape(ATTACK)) in text
    assert "<script>document" not in text


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[ASGIApp]:
    """A report whose cells print markup; its document is not in the archive."""
    home = make_home(tmp_path)
    report = consistent("a.html")
    cells = tuple(
        one._replace(raw=f"{one.raw}{ATTACK}", place=Place(path=f"/html{ATTACK}"), reader=ATTACK)
        for one in report.observations
    )
    build(home, replace(report, observations=cells), crawled={"a.html": {"file_name": f"{ATTACK}.html"}})
    publish(home)
    yield application(home)
    close_all()


@pytest.mark.parametrize("path", ["/zh/report/990001/2024", "/en/evidence/{}/requests.received.new.total"])
def test_markup_in_a_cell_is_text(hostile: ASGIApp, path: str) -> None:
    document = hashlib.sha256(b"a.html").hexdigest()
    text = ask(hostile, path.format(document)).text
    assert str(escape(ATTACK)) in text
    assert "<script>document" not in text


def test_tables_as_printed_mark_the_cells_of_failed_checks(site: ASGIApp, named: SimpleNamespace) -> None:
    text = ask(site, "/en/report/990101/2023").text
    cells = dict(re.findall(rf'href="[^"]*{named.pdf}/([a-z_.]+)"[^>]*>[^<]*</a>([^\n]*)', text))
    assert len(cells) == 200
    assert "✗" in cells[CELL]
    assert "fails" in cells[CELL]
    assert "✗" not in cells["disclosure.regulations.issued"]
    assert f"/evidence/{named.pdf}/" in text


@pytest.mark.parametrize(
    "path",
    [
        "/zh/evidence/{other}/" + CELL,
        "/zh/evidence/{pdf}/requests.nothing.total",
        "/zh/evidence/{pdf}/../../../etc/passwd",
        "/pages/{other}/" + CELL + ".cut.png",
        "/pages/{pdf}/..%2f..%2fetc%2fpasswd.cut.png",
        "/pages/..%2f" + "a" * 61 + "/" + CELL + ".cut.png",
        "/pages/{pdf}/requests.nothing.total.cut.png",
        "/original/{other}",
        "/original/..%2f..%2fetc%2fpasswd",
        "/original/{upper}",
        "/zh/document/{other}",
        "/zh/report/990101/1999",
    ],
)
def test_only_what_the_warehouse_names_can_be_asked_for(
    site: ASGIApp, named: SimpleNamespace, path: str
) -> None:
    asked = path.format(pdf=named.pdf, other="0" * 64, upper=named.pdf.upper())
    assert ask(site, asked).status == 404


def test_the_original_is_an_attachment_that_no_browser_opens(site: ASGIApp, named: SimpleNamespace) -> None:
    reply = ask(site, f"/original/{named.attack}")
    assert reply.status == 200
    assert ATTACK.replace("<", "&lt;").replace(">", "&gt;").encode() in reply.body
    assert reply.headers["content-type"] == "application/octet-stream"
    assert reply.headers["content-disposition"].startswith("attachment; ")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"].startswith("sandbox")


def test_the_original_is_the_file(site: ASGIApp, named: SimpleNamespace) -> None:
    assert ask(site, f"/original/{named.pdf}").body == (DOCUMENTS / "qinghe-2023.pdf").read_bytes()


@pytest.mark.parametrize(
    "name", ['a"; x="', "年报\r\nSet-Cookie: x", "../../etc/passwd", "", "a" * 500, "报告.pdf", "\ud800"]
)
def test_a_name_cannot_leave_its_header(name: str) -> None:
    said = _attached(name.encode("utf-8", "replace").decode())
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9._-]+\"; filename\*=UTF-8''[A-Za-z0-9._~%-]+", said)


def test_a_document_that_the_archive_lost_is_said_to_be(archived: Home) -> None:
    lost = Document("0" * 64, "lost.pdf")
    sources = sources_of(archived)
    with pytest.raises(NoEvidenceError, match="archive"):
        sources.page(lost, Place(1, (1, 2, 3, 4)), is_cut=True)
    with pytest.raises(NoEvidenceError, match="archive"):
        sources.element(lost, "/html/body")
    assert sources.record(lost) is None


def test_a_page_is_drawn_once(archived: Home, named: SimpleNamespace) -> None:
    sources = sources_of(archived)
    document = Document(named.pdf, "qinghe-2023.pdf")
    place = Place(2, (100, 100, 200, 120))
    first = sources.page(document, place, is_cut=True)
    calls: list[object] = []
    sources._drawing.run = lambda *given: calls.append(given)  # type: ignore[method-assign, assignment]
    try:
        assert sources.page(document, place, is_cut=True) == first
        assert sources.page(document, replace_box(place), is_cut=True) != first
    finally:
        del sources._drawing.run
    assert not calls


def replace_box(place: Place) -> Place:
    return place._replace(box=(300.0, 300.0, 400.0, 320.0))


def test_a_page_that_cannot_be_drawn_says_so_in_its_place(
    site: ASGIApp, named: SimpleNamespace, archived: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NoEvidenceError("the document took longer than 10 s to open")

    monkeypatch.setattr(sources_of(archived), "page", fail)
    for kind in ("cut", "page"):
        reply = ask(site, f"/pages/{named.pdf}/{CELL}.{kind}.png")
        assert reply.status == 200
        assert Image.open(BytesIO(reply.body)).size == (900, 160)
