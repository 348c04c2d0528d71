"""The report of a bundle: every document in it is read, and the one with the most statutory cells is taken."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.align import Aligned, align
from etl.content.sniff import sniff
from etl.extract.bundle import Member, members
from etl.extract.read import read
from etl.model import Cell, Grid, Problem, ReadError, Reading

_NAMED = 10  # at most so many members are named in a message


class _Read(NamedTuple):
    """What was read of a member, or of all pictures of a folder; ``reading`` names it in its places."""

    name: str
    reading: Reading
    aligned: Aligned


def read_bundle(content: bytes, *, max_bytes: int, max_pages: int) -> tuple[Reading, Aligned]:
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

    def attempt(member: Member) -> Reading | None:
        name, inner, _ = member
        try:
            if isinstance(inner, ReadError):
                raise inner
            beside = _noting(member, shown)
            return _placed(name, read(inner, name, max_bytes=max_bytes, max_pages=max_pages, beside=beside))
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
        elif (reading := attempt(member)) is not None:
            found.append(_Read(member.name, reading, align(reading.grids)))
    for pictures in folders.values():
        pages = [one for one in sorted(pictures, key=_natural) if one.name not in shown]
        readings = [reading for one in pages if (reading := attempt(one)) is not None]
        if readings:
            joined = _joined(readings)
            found.append(_Read(pages[0].name, joined, align(joined.grids)))
    if not found:
        if not unread:
            raise ReadError("empty", "the archive holds no document")
        raise ReadError(unread[0][1].code, _listed([f"{name}: {error}" for name, error in unread]))
    reports = [one for one in found if one.aligned.observations]
    if _are_parts(reports):
        parts = sorted(reports, key=lambda one: _ORDER.index(next(iter(one.aligned.forms))))
        reading = _joined([one.reading for one in parts])
        aligned = align(reading.grids)
        others: list[_Read] = []
    else:
        best = max(found, key=lambda one: len(one.aligned.observations))  # of equals the first
        reading, aligned = best.reading, best.aligned
        others = [one for one in reports if one is not best]
    problems = list(reading.problems)
    if others:
        told = _listed([f"{one.name} ({len(one.aligned.observations)} cells)" for one in others])
        problems.append(Problem("other_reports", f"the archive holds further reports, not taken: {told}"))
    if unread:
        told = _listed([f"{name}: {error}" for name, error in unread])
        problems.append(Problem("member_unread", f"not read of the archive: {told}"))
    return replace(reading, problems=tuple(problems)), aligned


_ORDER = ("disclosure", "requests", "disputes")


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
    )


def _placed(name: str, reading: Reading) -> Reading:
    """A member's reading with its name in every place and problem."""

    def moved(cell: Cell) -> Cell:
        path = name if cell.place.path is None else f"{name}!{cell.place.path}"
        return cell._replace(place=cell.place._replace(path=path))

    grids = (Grid(tuple(map(moved, grid.cells)), grid.reader, grid.is_ruled) for grid in reading.grids)
    problems = (replace(said, message=f"{name}: {said.message}") for said in reading.problems)
    return replace(reading, grids=tuple(grids), problems=tuple(problems))


def _listed(items: Sequence[str]) -> str:
    more = f"; and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return "; ".join(items[:_NAMED]) + more
