"""The report of a bundle: every document in it is read, and the one with the most statutory cells is taken."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.align import Aligned, align
from etl.content.sniff import sniff
from etl.extract.again import read_again
from etl.extract.bundle import Member, members
from etl.extract.prose import rejoined
from etl.extract.read import read
from etl.forms import TABLES
from etl.model import Cell, Grid, Paragraph, Part, Place, Problem, ReadError, Reading
from etl.narrative import absent, narrate

_NAMED = 10  # at most so many members are named in a message


class _Member(NamedTuple):
    name: str
    content: bytes
    reading: Reading


class _Read(NamedTuple):
    """What was read of a member, or of all pictures of a folder; ``reading`` names it in its places."""

    members: tuple[_Member, ...]
    reading: Reading
    aligned: Aligned

    @property
    def name(self) -> str:
        return self.members[0].name


class Bundle(NamedTuple):
    """The best report of an archive: its reading, and the members it stands in."""

    reading: Reading
    members: tuple[_Member, ...]

    def read_again(self, doubtful: Collection[Place], is_whole: bool) -> Reading | None:
        """A second reading of the report, of those members whose format has a second reader."""
        inside = {
            one.name: {place._replace(path=None) for place in doubtful if place.path == one.name}
            for one in self.members
        }
        again = (
            (one, read_again(one.content, one.reading, inside[one.name], is_whole=is_whole))
            for one in self.members
        )
        placed = [_placed(one.name, reading) for one, reading in again if reading is not None]
        return _joined(placed) if placed else None


def read_bundle(content: bytes, *, max_bytes: int, max_pages: int, scan_text: bool = True) -> Bundle:
    """Read the best report of an archive.

    Where every table stands in one member only, the members are parts of one report and are joined. Pictures of
    one folder are taken for the pages of one report, but for those that a page shows. Places say which member:
    ``年报/附件.docx!/w:document/…``.

    Raises:
        ReadError: the archive cannot be opened, holds no document, or none that can be read (the code is then
            that of the first).
    """
    found: list[_Read] = []
    unread: list[tuple[str, ReadError]] = []
    shown: set[str] = set()
    folders: dict[str, list[Member]] = {}

    def attempt(member: Member) -> _Member | None:
        name, inner, _ = member
        try:
            if isinstance(inner, ReadError):
                raise inner
            beside = _noting(member, shown)
            reading = read(
                inner, name, max_bytes=max_bytes, max_pages=max_pages, scan_text=scan_text, beside=beside
            )
            return _Member(name, inner, reading)
        except ReadError as error:
            unread.append((name, error))
        except MemoryError:
            raise
        except Exception as error:  # one member that breaks its reader must not take the others with it
            unread.append((name, ReadError("reader_failed", f"the reader broke off: {error!r}")))
        return None

    for member in members(content, max_bytes=max_bytes):
        if isinstance(member.content, bytes) and sniff(member.content) == "image":
            from etl.extract.scan.pictures import is_large

            if is_large(member.content):
                folders.setdefault(member.name.rpartition("/")[0], []).append(member)
        elif (one := attempt(member)) is not None:
            found.append(_read([one]))
    for pictures in folders.values():
        pages = [one for one in sorted(pictures, key=_natural) if one.name not in shown]
        if read_pages := [page for member in pages if (page := attempt(member)) is not None]:
            found.append(_read(read_pages))
    if not found:
        if not unread:
            raise ReadError("empty", "the archive holds no document")
        raise ReadError(unread[0][1].code, _listed([f"{name}: {error}" for name, error in unread]))
    reports = [one for one in found if one.aligned.observations]
    if _are_parts(reports):
        taken = sorted(reports, key=lambda one: TABLES.index(next(iter(one.aligned.forms))))
    else:
        taken = [max(found, key=lambda one: len(one.aligned.observations))]  # of equals the first
    reading = _joined([one.reading for one in taken])
    others = [one for one in reports if one not in taken]
    texts = [one.reading.prose for one in found if not one.aligned.observations]
    reading = replace(reading, prose=_fullest([reading.prose, *texts]))
    problems = list(reading.problems)
    if others:
        told = _listed([f"{one.name} ({len(one.aligned.observations)} cells)" for one in others])
        problems.append(Problem("other_reports", f"the archive holds further reports, not taken: {told}"))
    if unread:
        told = _listed([f"{name}: {error}" for name, error in unread])
        problems.append(Problem("member_unread", f"not read of the archive: {told}"))
    inside = tuple(one for read in taken for one in read.members)
    names = tuple(one.name for one in inside)
    return Bundle(replace(reading, problems=tuple(problems), members=names), inside)


def _read(members: Sequence[_Member]) -> _Read:
    placed = [_placed(one.name, one.reading) for one in members]
    reading = replace(_joined(placed), prose=_read_on([one.prose for one in placed]))
    return _Read(tuple(members), reading, align(reading.grids))


def _read_on(pages: Sequence[tuple[Paragraph, ...]]) -> tuple[Paragraph, ...]:
    """The running text of pages that lie in files of their own; a page may end within a paragraph."""
    found: list[Paragraph] = []
    for page in pages:
        found = [*found[:-1], *rejoined([*found[-1:], *page[:1]]), *page[1:]]
    return tuple(found)


def _noting(page: Member, shown: set[str]) -> Callable[[str], bytes | None]:
    """Gives the files beside a page, and notes in ``shown`` which."""

    def given(address: str) -> bytes | None:
        found = page.beside(address)
        if found is None:
            return None
        shown.add(found[0])
        return found[1]

    return given


def _natural(member: Member) -> list[tuple[int, str]]:
    """Orders 2.jpg before 10.jpg."""
    parts = re.split(r"(\d+)", member.name)
    return [(int(part), "") if index % 2 else (0, part) for index, part in enumerate(parts)]


def _are_parts(reports: Sequence[_Read]) -> bool:
    """Whether several members hold different tables, none of them twice."""
    tables = [table for one in reports for table in one.aligned.forms]
    return len(reports) > 1 and all(one.aligned.forms for one in reports) and len(tables) == len(set(tables))


def _joined(readings: Sequence[Reading]) -> Reading:
    return Reading(
        readings[0].format,
        tuple(grid for one in readings for grid in one.grids),
        tuple(line for one in readings for line in one.lines),
        tuple(title for one in readings for title in one.titles),
        tuple(publisher for one in readings for publisher in one.publishers),
        tuple(problem for one in readings for problem in one.problems),
        prose=tuple(paragraph for one in readings for paragraph in one.prose),
    )


def _fullest(proses: Sequence[tuple[Paragraph, ...]]) -> tuple[Paragraph, ...]:
    """The running text with most of a report's sections, of equals the first: tables may lie beside it in files
    of their own."""
    return max(proses, key=lambda prose: -len(absent(narrate(prose))))


def _placed(name: str, reading: Reading) -> Reading:
    """A member's reading with its name in every place and problem."""

    def within(place: Place) -> Place:
        return place._replace(path=name if place.path is None else f"{name}!{place.path}")

    def moved(cell: Cell) -> Cell:
        return cell._replace(place=within(cell.place))

    def told(paragraph: Paragraph) -> Paragraph:
        return paragraph._replace(parts=tuple(Part(at, within(place)) for at, place in paragraph.parts))

    grids = (Grid(tuple(map(moved, grid.cells)), grid.reader, grid.is_ruled) for grid in reading.grids)
    problems = (replace(said, message=f"{name}: {said.message}") for said in reading.problems)
    prose = tuple(map(told, reading.prose))
    return replace(reading, grids=tuple(grids), problems=tuple(problems), prose=prose)


def _listed(items: Sequence[str]) -> str:
    more = f"; and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return "; ".join(items[:_NAMED]) + more
