"""OFD documents (GB/T 33190): ruled tables and text from the page descriptions of the package."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from etl.extract.characters import text_of
from etl.extract.flow import Page, PageText, paragraphs_in, text_on
from etl.extract.ofd_page import Drawn, Image, drawn_on, local, numbers
from etl.extract.ruled_grid import ruled_grids
from etl.extract.table_words import lacks_tables
from etl.extract.zip_package import ZipPackage
from etl.model import Grid, Problem, ReadError, Reading

if TYPE_CHECKING:
    from etl.extract.scan.document import ScannedPage, Wanted

READER = "ofd-ruled"

_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
_MAX_UNPACKED = 192 * 2**20  # bytes
_MOST_IMAGES = 8  # of a page that are looked at
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

    def read(self, name: str) -> bytes:
        return self._package.read(self.names.get(_plain(name), name))


def read_ofd(content: bytes, *, max_pages: int, scan_text: bool = True) -> Reading:
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
    grids: dict[int, list[Grid]] = {}
    lines: list[str] = []
    problems: list[Problem] = []
    pictured: dict[int, Drawn] = {}
    texts: dict[int, PageText] = {}
    for number, page in enumerate(pages, start=1):
        try:
            drawn = _drawn(package, page)
        except ReadError as error:
            if error.code == "unsafe":
                raise
            problems.append(Problem("page_failed", f"page {number} could not be parsed: {error}"))
            continue
        if drawn.images:
            pictured[number] = drawn
        if not drawn.characters:
            continue
        lines += [line for part in text_of(drawn.characters).splitlines() if (line := part.strip())]
        grids[number] = list(
            ruled_grids(
                drawn.across, drawn.down, drawn.characters, page=number, height=drawn.height, reader=READER
            )
        )
        texts[number] = text_on(Page(number, drawn.height, drawn.characters, tuple(grids[number])))
    if pictured and lacks_tables(grid for found in grids.values() for grid in found):
        images = _Images(package)
        wanted: Wanted = "tables" if lines else "text" if scan_text else "headlines"
        for number, drawn in pictured.items():
            for image in drawn.images[:_MOST_IMAGES]:
                try:
                    read = images.read(image, number, wanted)
                except ReadError as error:
                    problems.append(
                        Problem("picture_unread", f"an image on page {number} was not read: {error}")
                    )
                    continue
                if read is not None:
                    grids.setdefault(number, []).extend(read.grids)
                    lines += read.lines
                    if read.text is not None:
                        texts[number] = texts[number].with_more(read.text) if number in texts else read.text
                    elif lines:
                        wanted = "tables"
                    problems += read.problems if read.grids else ()
    if not lines:
        if is_encrypted:
            raise ReadError("encrypted", "the OFD package is encrypted")
        if any(said.code == "page_failed" for said in problems):
            raise ReadError("corrupt", f"no page of the OFD can be read: {problems[0].message}")
        why = problems[0].message if problems else "a picture of something else, or empty pages"
        raise ReadError("no_text", f"no text was found on any of its {len(pages)} pages: {why}")
    ordered = tuple(grid for number in sorted(grids) for grid in grids[number])
    prose = tuple(paragraphs_in(texts[number] for number in sorted(texts)))
    return Reading("ofd", ordered, tuple(lines), problems=tuple(problems), prose=prose)


def drawn_page(content: bytes, number: int) -> tuple[Drawn, list[tuple[Image, bytes]]]:
    """What is drawn on one page, and the bytes of its images.

    Raises:
        ReadError: as `read_ofd` does; ``page_failed`` where there is no such page.
    """
    package = _Parts(ZipPackage(content, max_bytes=_MAX_UNPACKED))
    pages = list(_pages(package))
    if not 1 <= number <= len(pages):
        raise ReadError("page_failed", f"the OFD has no page {number}")
    drawn = _drawn(package, pages[number - 1])
    images = _Images(package) if drawn.images else None
    found = [(image, images.content(image)) for image in drawn.images[:_MOST_IMAGES]] if images else []
    return drawn, found


class _Images:
    """The images of a package, by the key that pages name them by."""

    def __init__(self, package: _Parts) -> None:
        self._package = package
        self._parts = {key: part for root in _roots(package) for key, part in _media(package, root)}

    def content(self, image: Image) -> bytes:
        part = self._parts.get(image.resource)
        if part is None:
            raise ReadError("corrupt", f"the package has no image {image.resource}")
        return self._package.read(part)

    def read(self, image: Image, page: int, wanted: "Wanted") -> "ScannedPage | None":
        content = self.content(image)
        from etl.extract.scan.pictures import read_placed

        return read_placed(content, page, image.box, wanted)


def _media(package: _Parts, root: str) -> Iterator[tuple[str, str]]:
    """Key and part of every image that a document's resources name."""
    for item in package.xml(root).iter():
        if local(item) not in ("PublicRes", "DocumentRes"):
            continue
        resources = _part(package, root, item.text)
        if resources not in package:
            continue
        tree = package.xml(resources)
        base = posixpath.join(posixpath.dirname(resources), tree.get("BaseLoc") or "", "x")
        for media in tree.iter():
            if local(media) == "MultiMedia" and (file := _first(media, "MediaFile")) is not None:
                yield media.get("ID") or "", _part(package, base, file.text)


def _roots(package: _Parts) -> Iterator[str]:
    """The root part of every document in the package."""
    for body in package.xml("OFD.xml").iter():
        if local(body) == "DocRoot":
            yield _part(package, "OFD.xml", body.text)


def _pages(package: _Parts) -> Iterator[_Page]:
    """The pages of every document in the package, in order."""
    for root in _roots(package):
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
