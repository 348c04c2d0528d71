"""One file to everything that is known of it: read, align, identify."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlsplit

from etl.align import Aligned, align, with_prose
from etl.archive import Archive, ArchiveError, Record
from etl.check.rules import RULES
from etl.check.second_opinion import in_doubt, reconcile
from etl.content.sniff import ARCHIVES, sniff
from etl.errors import GoujiError
from etl.extract.again import read_again
from etl.extract.office import to_docx
from etl.extract.read import read
from etl.extract.turning import as_shown, text_as_shown
from etl.forms import form_digest, forms_with, load_forms
from etl.model import Extraction, Grid, Identity, Observation, Place, Problem, ReadError, Reading
from etl.narrative import claims, narrate
from etl.narrative.vocabulary import FILE as CLAIMS
from etl.pipeline.bundle import read_bundle
from etl.pipeline.several import chosen_report
from etl.places import identify, load_counties
from etl.settings import Home

SecondReader = Callable[[Collection[Place], bool], Reading | None]
"""Reads a document again, given where the doubtful cells of the first reading lie, and whether it is whole."""

_READING_PACKAGES = ("content", "extract", "align", "narrative", "places", "forms")
LAST_YEAR_OF_LISTS = max(form.report_years.last or 0 for form in forms_with("stat"))
FIRST_YEAR_OF_FORMS = min(form.report_years.first for form in load_forms().values())

PASSING = frozenset({"not_in_archive", "libreoffice_missing", "libarchive_missing"})
"""Codes of documents that may be read later: the archive has their content again, a library is installed."""

_READING_LIBRARIES = (
    "camelot-py",
    "libarchive-c",
    "lxml",
    "onnxruntime",
    "opencv-python-headless",
    "openpyxl",
    "pillow",
    "playa-pdf",
    "pypdfium2",
    "rapidfuzz",
    "rapidocr",
    "xlrd",
)


@dataclass(frozen=True)
class Source:
    """A document to read: where its bytes lie (a local file, or a record of the archive; None where the archive
    has lost it), the name it goes by, and for one of the archive its content hash."""

    place: Path | Record | None
    name: str
    sha256: str = ""


def extract_batch(sources: Sequence[Source], home: Home) -> list[Extraction]:
    """Read files, those that LibreOffice converts in one start of it; each is charged its share of that."""
    contents: dict[Source, bytes] = {}
    for source in sources:
        with suppress(OSError, ArchiveError):  # told when the file is read
            content = _content(source, home)
            if len(content) <= home.max_bytes and sniff(content) in ("doc", "rtf"):
                contents[source] = content
    start = time.perf_counter()
    made = dict(zip(contents, to_docx(list(contents.values())), strict=True))
    share = (time.perf_counter() - start) / max(len(made), 1)
    found = [extract_file(source, home, made.get(source)) for source in sources]
    return [
        replace(one, seconds=(one.seconds or 0.0) + share) if source in made else one
        for source, one in zip(sources, found, strict=True)
    ]


def extract_file(source: Source, home: Home, made: bytes | ReadError | None = None) -> Extraction:
    """Read one file. Never raises for what is in the file: what is wrong comes back as problems.

    ``made``: what LibreOffice made of it, where it was converted together with others.
    """
    start = time.perf_counter()
    found = _extract(source, home, made)
    return replace(found, seconds=time.perf_counter() - start)


def _extract(source: Source, home: Home, made: bytes | ReadError | None) -> Extraction:
    try:
        content = _content(source, home)
    except OSError as error:
        return Extraction(source.name, "", None, problems=(cannot_open(source.name, error),))
    except ArchiveError as error:
        return _unread(source, source.sha256, "not_in_archive", str(error))
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        reading, again = _read(content, source, home, made)
        counties = load_counties(home.counties_files)
        reading, aligned = chosen_report(reading, align(reading.grids), counties)
        aligned, opinions = _judged(reading, aligned, again)
        aligned = with_prose(reading, aligned)
        narrative = narrate(text_as_shown(reading.prose, reading.shown))
        identity, doubts = identify(
            reading.titles, reading.publishers, reading.lines, counties, _decisions(aligned), reading.members
        )
    except ReadError as error:
        return _unread(source, sha256, error.code, str(error))
    except MemoryError:
        size = f"{home.max_memory / 2**20:.0f} MB"
        return _unread(
            source, sha256, "out_of_memory", f"reading needs more than {size} of memory (max_memory)"
        )
    except GoujiError:
        raise  # a fault of settings or reference data, not of this file
    except Exception as error:  # a file that breaks a reader is a row that says so, never the end of a batch
        return _unread(source, sha256, "reader_failed", f"the reader broke off: {error!r}")
    aligned = _as_of_its_year(aligned, identity)
    if not aligned.observations and not aligned.indicators:
        doubts = ()  # of a document that is no report nobody asks whose it is
    return Extraction(
        file=source.name,
        sha256=sha256,
        format=reading.format,
        identity=identity,
        forms=aligned.forms,
        observations=as_shown(aligned.observations, reading.shown),
        opinions=as_shown(opinions, reading.shown),
        problems=(*reading.problems, *aligned.problems, *doubts),
        indicators=aligned.indicators,
        narrative=narrative,
        claims=claims(narrative, identity.year),
    )


def _as_of_its_year(aligned: Aligned, identity: Identity) -> Aligned:
    """Without what lists print where the document is no report of a year in which forms were lists.

    Before the first form there was none to fill in: that no statutory table was found is then no problem.
    """
    if aligned.observations:
        return aligned
    year = identity.year
    if identity.title is None or year is None or year > LAST_YEAR_OF_LISTS:
        return replace(aligned, indicators=())
    if year < FIRST_YEAR_OF_FORMS and aligned.indicators:
        return replace(aligned, has_form=False)
    return aligned


def _read(
    content: bytes, source: Source, home: Home, made: bytes | ReadError | None
) -> tuple[Reading, SecondReader]:
    """A document's reading, and how it is read a second time."""
    if len(content) <= home.max_bytes and sniff(content) in ARCHIVES:
        bundle = read_bundle(
            content, max_bytes=home.max_bytes, max_pages=home.max_pages, scan_text=home.scan_text
        )
        return bundle.reading, bundle.read_again
    beside = _beside(source.place, home.max_bytes) if isinstance(source.place, Path) else None
    reading = read(
        content,
        source.name,
        max_bytes=home.max_bytes,
        max_pages=home.max_pages,
        scan_text=home.scan_text,
        made=made,
        beside=beside,
    )
    return reading, lambda doubtful, is_whole: read_again(content, reading, doubtful, is_whole=is_whole)


def _decisions(aligned: Aligned) -> int:
    """Licences, penalties and coercion that the tables print."""
    return int(
        sum(
            one.value
            for one in aligned.observations
            if one.value is not None
            and one.row in ("licensing", "penalties", "coercion")
            and one.column == "decisions"
        )
    )


def _judged(reading: Reading, first: Aligned, again: SecondReader) -> tuple[Aligned, tuple[Observation, ...]]:
    """What the first reader saw; where it leaves doubts, reconciled with what a second one sees."""
    asked = in_doubt(first)
    places = {(one.table, one.row, one.column): one.place for one in first.observations}
    doubtful = {place for address, place in places.items() if address in asked}
    second = again(doubtful, asked <= places.keys()) if asked else None
    if second is None:
        return first, ()
    pages = {_page(grid) for grid in reading.grids}  # of this report: the file may hold another
    return reconcile(first, align(grid for grid in second.grids if _page(grid) in pages), asked)


def _page(grid: Grid) -> int | None:
    return grid.cells[0].place.page


def _beside(page: Path, max_bytes: int) -> Callable[[str], bytes | None]:
    """Gives the files in a page's folder and below it, and no others."""
    folder = page.resolve().parent

    def found(address: str) -> bytes | None:
        try:
            path = (folder / unquote(urlsplit(address).path)).resolve()
            if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= max_bytes:
                return path.read_bytes()
        except (OSError, ValueError):
            pass
        return None

    return found


def _content(source: Source, home: Home) -> bytes:
    if isinstance(source.place, Path):
        return source.place.read_bytes()
    return Archive(home.archive_address, home.spool).read(source.place or source.sha256)


def cannot_open(name: str, error: OSError) -> Problem:
    """The problem of a file that cannot even be opened."""
    if isinstance(error, IsADirectoryError):
        return Problem("not_a_file", f"{name} is a folder; name the files in it")
    return Problem("not_found", f"{name}: {error.strerror}")


def _unread(source: Source, sha256: str, code: str, message: str) -> Extraction:
    return Extraction(source.name, sha256, None, problems=(Problem(code, message),))


@cache
def extractor(counties_files: tuple[Path, ...], scan_text: bool = True) -> str:
    """A name for everything that a reading depends on: code, libraries, forms, county list and ``scan_text``.

    It changes when any of them does, so a stored reading under this name is what reading again would give.
    """
    digest = hashlib.sha256()
    for path in _source_files():
        digest.update(path.read_bytes())
    for library in _READING_LIBRARIES:
        digest.update(f"{library}={version(library)}".encode())
    digest.update(form_digest().encode())
    digest.update(load_counties(counties_files).digest.encode())
    digest.update(f"scan_text={scan_text}".encode())
    return digest.hexdigest()[:16]


def _source_files() -> Iterator[Path]:
    package = Path(__file__).resolve().parent.parent
    folders: Sequence[Path] = [package / name for name in _READING_PACKAGES]
    yield package / "model.py"
    # The second opinion is asked where a rule fails.
    yield from (package / "check" / f"{name}.py" for name in ("compile", "rules", "second_opinion", "verdicts"))
    yield from sorted(RULES.glob("*.yaml"))
    yield CLAIMS
    yield Path(__file__).resolve()
    yield package / "pipeline" / "bundle.py"
    yield package / "pipeline" / "several.py"
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))
