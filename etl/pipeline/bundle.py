"""The report of a bundle: every document in it is read, and the one with the most statutory cells is taken."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.align import Aligned, align
from etl.extract.bundle import members
from etl.extract.read import read
from etl.forms import TABLES
from etl.model import Cell, Grid, Problem, ReadError, Reading

_NAMED = 10  # at most so many members are named in a message


class _Read(NamedTuple):
    name: str
    reading: Reading
    aligned: Aligned


def read_bundle(content: bytes, *, max_bytes: int, max_pages: int) -> tuple[Reading, Aligned]:
    """Read the best report of an archive.

    Where every table stands in one member only, the members are parts of one report and are joined. Places
    say which member: ``年报/附件.docx!/w:document/…``.

    Raises:
        ReadError: the archive cannot be opened, holds no document, or none that can be read (the code is then
            that of the first).
    """
    found: list[_Read] = []
    unread: list[tuple[str, ReadError]] = []
    for name, inner in members(content, max_bytes=max_bytes):
        try:
            if isinstance(inner, ReadError):
                raise inner
            reading = read(inner, name, max_bytes=max_bytes, max_pages=max_pages)
            found.append(_Read(name, reading, align(reading.grids)))
        except ReadError as error:
            unread.append((name, error))
        except Exception as error:  # one member that breaks its reader must not take the others with it
            unread.append((name, ReadError("reader_failed", f"the reader broke off: {error!r}")))
    if not found:
        if not unread:
            raise ReadError("empty", "the archive holds no document")
        raise ReadError(unread[0][1].code, _listed([f"{name}: {error}" for name, error in unread]))
    reports = [one for one in found if one.aligned.observations]
    if _are_parts(reports):
        parts = sorted(reports, key=lambda one: TABLES.index(next(iter(one.aligned.forms))))
        reading = _joined(parts)
        aligned = align(reading.grids)
        others: list[_Read] = []
    else:
        best = max(found, key=lambda one: len(one.aligned.observations))  # of equals the first
        reading = _placed(best)
        aligned = align(reading.grids)
        others = [one for one in reports if one is not best]
    problems = list(reading.problems)
    if others:
        told = _listed([f"{one.name} ({len(one.aligned.observations)} cells)" for one in others])
        problems.append(Problem("other_reports", f"the archive holds further reports, not taken: {told}"))
    if unread:
        told = _listed([f"{name}: {error}" for name, error in unread])
        problems.append(Problem("member_unread", f"not read of the archive: {told}"))
    return replace(reading, problems=tuple(problems)), aligned


def _are_parts(reports: Sequence[_Read]) -> bool:
    """Whether several members hold different tables, none of them twice."""
    tables = [table for one in reports for table in one.aligned.forms]
    return len(reports) > 1 and all(one.aligned.forms for one in reports) and len(tables) == len(set(tables))


def _joined(parts: Sequence[_Read]) -> Reading:
    placed = [_placed(one) for one in parts]
    return Reading(
        placed[0].format,
        tuple(grid for one in placed for grid in one.grids),
        tuple(line for one in placed for line in one.lines),
        tuple(title for one in placed for title in one.titles),
        tuple(publisher for one in placed for publisher in one.publishers),
        tuple(problem for one in placed for problem in one.problems),
    )


def _placed(one: _Read) -> Reading:
    """A member's reading with its name in every place and problem."""

    def moved(cell: Cell) -> Cell:
        path = one.name if cell.place.path is None else f"{one.name}!{cell.place.path}"
        return cell._replace(place=cell.place._replace(path=path))

    grids = (Grid(tuple(map(moved, grid.cells)), grid.reader, grid.is_ruled) for grid in one.reading.grids)
    problems = (replace(said, message=f"{one.name}: {said.message}") for said in one.reading.problems)
    return replace(one.reading, grids=tuple(grids), problems=tuple(problems))


def _listed(items: Sequence[str]) -> str:
    more = f"; and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return "; ".join(items[:_NAMED]) + more
