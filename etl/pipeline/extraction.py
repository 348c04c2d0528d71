"""One file to everything that is known of it: read, align, identify."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from etl.align import Aligned, align
from etl.archive import Archive, ArchiveError, Record
from etl.content.sniff import sniff
from etl.errors import GoujiError
from etl.extract.office import to_docx
from etl.extract.read import read
from etl.forms import form_digest, forms_with, load_forms
from etl.model import Extraction, Identity, Problem, ReadError, Reading
from etl.pipeline.bundle import read_bundle
from etl.places import identify, load_counties
from etl.settings import Home

_READING_PACKAGES = ("content", "extract", "align", "places", "forms")
LAST_YEAR_OF_LISTS = max(form.report_years.last or 0 for form in forms_with("stat"))
FIRST_YEAR_OF_FORMS = min(form.report_years.first for form in load_forms().values())

PASSING = frozenset({"not_in_archive", "libreoffice_missing"})
"""Codes of documents that may be read later: the archive has their content again, LibreOffice is installed."""

_READING_LIBRARIES = (
    "camelot-py",
    "lxml",
    "onnxruntime",
    "opencv-python-headless",
    "openpyxl",
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
    """Read files, those that LibreOffice converts in one start of it."""
    contents: dict[Source, bytes] = {}
    for source in sources:
        with suppress(OSError, ArchiveError):  # told when the file is read
            content = _content(source, home)
            if len(content) <= home.max_bytes and sniff(content) in ("doc", "rtf"):
                contents[source] = content
    made = dict(zip(contents, to_docx(list(contents.values())), strict=True))
    return [extract_file(source, home, made.get(source)) for source in sources]


def extract_file(source: Source, home: Home, made: bytes | ReadError | None = None) -> Extraction:
    """Read one file. Never raises for what is in the file: what is wrong comes back as problems.

    ``made``: what LibreOffice made of it, where it was converted together with others.
    """
    try:
        content = _content(source, home)
    except OSError as error:
        return Extraction(source.name, "", None, problems=(cannot_open(source.name, error),))
    except ArchiveError as error:
        return _unread(source, source.sha256, "not_in_archive", str(error))
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        reading, aligned = _read(content, source.name, home, made)
        counties = load_counties(home.counties_files)
        identity, doubts = identify(reading.titles, reading.publishers, reading.lines, counties)
    except ReadError as error:
        return _unread(source, sha256, error.code, str(error))
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
        observations=aligned.observations,
        problems=(*reading.problems, *aligned.problems, *doubts),
        indicators=aligned.indicators,
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
        problems = tuple(one for one in aligned.problems if one.code != "no_tables")
        return replace(aligned, problems=problems)
    return aligned


def _read(content: bytes, name: str, home: Home, made: bytes | ReadError | None) -> tuple[Reading, Aligned]:
    if len(content) <= home.max_bytes and sniff(content) == "zip":
        return read_bundle(content, max_bytes=home.max_bytes, max_pages=home.max_pages)
    reading = read(content, name, max_bytes=home.max_bytes, max_pages=home.max_pages, made=made)
    return reading, align(reading.grids)


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
def extractor(counties_files: tuple[Path, ...]) -> str:
    """A name for everything that a reading depends on: code, libraries, forms and county list.

    It changes when any of them does, so a stored reading under this name is what reading again would give.
    """
    digest = hashlib.sha256()
    for path in _source_files():
        digest.update(path.read_bytes())
    for library in _READING_LIBRARIES:
        digest.update(f"{library}={version(library)}".encode())
    digest.update(form_digest().encode())
    digest.update(load_counties(counties_files).digest.encode())
    return digest.hexdigest()[:16]


def _source_files() -> Iterator[Path]:
    package = Path(__file__).resolve().parent.parent
    folders: Sequence[Path] = [package / name for name in _READING_PACKAGES]
    yield package / "model.py"
    yield Path(__file__).resolve()
    yield package / "pipeline" / "bundle.py"
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))
