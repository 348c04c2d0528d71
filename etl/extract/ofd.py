"""OFD documents (GB/T 33190): ruled tables and text from the page descriptions of the package."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from etl.extract.characters import text_of
from etl.extract.flow import Page, paragraphs_of
from etl.extract.ofd_page import Drawn, drawn_on, local, numbers
from etl.extract.ruled_grid import ruled_grids
from etl.extract.zip_package import ZipPackage
from etl.model import Grid, Problem, ReadError, Reading

READER = "ofd-ruled"

_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
_MAX_UNPACKED = 192 * 2**20  # bytes
_LARGEST = 10_000.0  # millimetres: no page is that wide
_ENCRYPTED_PARTS = ("encryptions.xml", "decryptseed.dat")  # GM/T 0099: a package with parts under a key


class _Page(NamedTuple):
    """A page's content, and the templates under it. ``box`` is x, y, width, height in millimetres."""

    part: str
    templates: dict[str, str]
    box: tuple[float, float, float, float]


class _Parts:
    """The package's parts, found whatever the case and the slashes of their names: writers differ in both."""

    def __init__(self, package: ZipPackage) -> None:
        self._package = package
        self.names = {_plain(name): name for name in package.names}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.names

    def xml(self, name: str) -> etree._Element:
        return self._package.xml(self.names.get(_plain(name), name))


def read_ofd(content: bytes, *, max_pages: int) -> Reading:
    """Read an OFD document's ruled tables and text.

    Boxes are in points from the page's top left, as for PDFs. Templates count as part of their pages;
    annotations (stamps, watermarks, links) and signatures do not.

    Raises:
        ReadError: ``encrypted``, ``corrupt``, ``unsafe``, ``too_large``, ``too_many_pages``, or ``no_text``
            when no page holds text.
    """
    package = _Parts(ZipPackage(content, max_bytes=_MAX_UNPACKED))
    is_encrypted = any(posixpath.basename(name) in _ENCRYPTED_PARTS for name in package.names)
    try:
        pages = list(_pages(package))
    except ReadError as error:
        raise ReadError("encrypted", "the OFD package is encrypted") if is_encrypted else error from error
    if not pages:
        raise ReadError("corrupt", "the OFD package names no pages")
    if len(pages) > max_pages:
        raise ReadError(
            "too_many_pages", f"the OFD has {len(pages)} pages; at most {max_pages} are read (max_pages)"
        )
    grids: list[Grid] = []
    lines: list[str] = []
    problems: list[Problem] = []
    pictures: list[int] = []
    printed: list[Page] = []
    for number, page in enumerate(pages, start=1):
        try:
            drawn = _drawn(package, page)
        except ReadError as error:
            if error.code == "unsafe":
                raise
            problems.append(Problem("page_failed", f"page {number} could not be parsed: {error}"))
            continue
        if not drawn.characters:
            pictures += [number] if drawn.has_image else []
            continue
        lines += [line for part in text_of(drawn.characters).splitlines() if (line := part.strip())]
        ruled = list(
            ruled_grids(
                drawn.across, drawn.down, drawn.characters, page=number, height=drawn.height, reader=READER
            )
        )
        grids += ruled
        printed.append(Page(number, drawn.height, drawn.characters, ruled))
    if not lines:
        if is_encrypted:
            raise ReadError("encrypted", "the OFD package is encrypted")
        if problems:
            raise ReadError("corrupt", f"no page of the OFD can be read: {problems[0].message}")
        raise ReadError("no_text", f"none of its {len(pages)} pages holds text: a scan, or empty pages")
    if pictures:
        listed = ", ".join(map(str, pictures))
        problems.append(Problem("page_without_text", f"page {listed} is a picture and was not read"))
    prose = tuple(paragraphs_of(printed))
    return Reading("ofd", tuple(grids), tuple(lines), problems=tuple(problems), prose=prose)


def _pages(package: _Parts) -> Iterator[_Page]:
    """The pages of every document in the package, in order."""
    for body in package.xml("OFD.xml").iter():
        if local(body) != "DocRoot":
            continue
        root = _part(package, "OFD.xml", body.text)
        document = package.xml(root)
        templates = {
            item.get("ID") or "": _part(package, root, item.get("BaseLoc"))
            for item in document.iter()
            if local(item) == "TemplatePage"
        }
        area = _first(_first(document, "CommonData"), "PageArea")
        for item in document.iter():
            if local(item) == "Page" and item.get("BaseLoc"):
                yield _Page(_part(package, root, item.get("BaseLoc")), templates, _box(area) or _A4)


def _drawn(package: _Parts, page: _Page) -> Drawn:
    root = package.xml(page.part)
    layers = []
    for item in root:
        if local(item) == "Template" and (part := page.templates.get(item.get("TemplateID") or "")):
            layers += [child for child in package.xml(part) if local(child) == "Content"]
    layers += [child for child in root if local(child) == "Content"]
    return drawn_on(layers, _box(_first(root, "Area")) or page.box)


def _box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    """The PhysicalBox of a page area; None where it has none that makes sense."""
    found = _first(area, "PhysicalBox")
    try:
        x, y, width, height = numbers(found.text if found is not None else None)
    except ValueError:
        return None
    return (x, y, width, height) if 0 < width < _LARGEST and 0 < height < _LARGEST else None


def _first(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if local(child) == name), None)


def _part(package: _Parts, base: str, location: str | None) -> str:
    """The part that ``location`` names: from the package's root with a leading slash, else from ``base``."""
    given = (location or "").strip().replace("\\", "/")
    near = posixpath.normpath(posixpath.join(posixpath.dirname(base), given))
    plain = given.lstrip("/")
    return near if not given.startswith("/") and near in package else plain if plain in package else near


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
