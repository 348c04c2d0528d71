"""Two reports in one file: a county's followed by a department's, or those of two years."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from etl.align import Aligned, align
from etl.align.rows import printed_rows
from etl.align.tables import heading_of
from etl.forms.labels import compact
from etl.model import Grid, Identity, Paragraph, Problem, Reading
from etl.places import Counties, identify

_CONFLICTS = 10  # as many cells do not differ where one table is only printed twice
_ORDER = {"disclosure": 0, "requests": 1, "disputes": 2}
_SCOPES = {"county": 0, "office": 1, None: 2, "department": 3, "township": 3}
_SECTION_ONE = re.compile(r"^[一1][、.．]?(?:总体|基本)情况|^[一1][、.．]概述")
_TITLE = re.compile(r"信息公开.{0,12}?(?:报告|年报)")
_LONGEST_TITLE = 60
_OPENING = 25  # lines at most between a title and the heading of section one


class _Report(NamedTuple):
    reading: Reading
    aligned: Aligned
    identity: Identity


def chosen_report(reading: Reading, aligned: Aligned, counties: Counties) -> tuple[Reading, Aligned]:
    """Of a file that holds several reports the county's own, else the first; the others are told.

    A file that holds one is given back as it is. Cells of two reports are never mixed.
    """
    if sum(problem.code == "conflicting_cells" for problem in aligned.conflicts) < _CONFLICTS:
        return reading, aligned
    parts = [_of(part, counties) for part in _parts(reading)]
    reports = [part for part in parts if part.aligned.observations]
    if len(reports) < 2:
        return reading, aligned
    best = min(reports, key=lambda one: _SCOPES.get(one.identity.scope, 2))  # of equals the first
    told = "; ".join(_named(one) for one in reports if one is not best)
    problem = Problem(
        "other_reports",
        f"the file holds further reports, not taken: {told}; "
        "to have one, save it as a file of its own and ingest that",
    )
    return replace(best.reading, problems=(*reading.problems, problem)), best.aligned


def _of(reading: Reading, counties: Counties) -> _Report:
    identity, _ = identify(reading.titles, reading.publishers, reading.lines, counties, members=reading.members)
    return _Report(reading, align(reading.grids), identity)


def _named(report: _Report) -> str:
    pages = [cell.place.page for grid in report.reading.grids for cell in grid.cells if cell.place.page]
    where = f", tables on pages {min(pages)} to {max(pages)}" if pages else ""
    title = report.identity.title or "without a title"
    return f"{title} ({len(report.aligned.observations)} cells{where})"


def _parts(reading: Reading) -> list[Reading]:
    """The reading cut where the tables begin again, and its text where a title and section one stand again."""
    grids = _cut(reading.grids)
    starts = _starts(reading.lines)
    if len(starts) != len(grids):
        starts = [0] * len(grids)  # whose the others are cannot be told: the text is taken for the first
        ends = [len(reading.lines), *starts[1:]]
    else:
        ends = [*starts[1:], len(reading.lines)]
        starts[0] = 0
    proses = _cut_prose(reading.prose, [reading.lines[start] if start else "" for start in starts])
    return [
        replace(
            reading,
            grids=tuple(some),
            lines=reading.lines[start:end],
            line_places=reading.line_places[start:end],
            titles=reading.titles if index == 0 else (),
            prose=prose,
        )
        for index, (some, start, end, prose) in enumerate(zip(grids, starts, ends, proses, strict=True))
    ]


def _cut_prose(prose: Sequence[Paragraph], openings: Sequence[str]) -> list[tuple[Paragraph, ...]]:
    """The running text cut before the paragraphs that begin with the lines ``openings``, the first's whole.

    A report whose opening is not among the paragraphs, a title in an image for one, has no text of its own.
    """
    cuts = [0]
    for line in openings[1:]:
        opening = compact(line)
        found = (
            at
            for at in range(cuts[-1] + 1, len(prose))
            if opening and compact(prose[at].text).startswith(opening)
        )
        cuts.append(next(found, len(prose)))
    return [tuple(prose[start:end]) for start, end in zip(cuts, [*cuts[1:], len(prose)], strict=True)]


def _cut(grids: Sequence[Grid]) -> list[list[Grid]]:
    found: list[list[Grid]] = [[]]
    latest = -1
    for grid in grids:
        opened = [_ORDER[table] for row in printed_rows(grid) if (table := heading_of(row)) is not None]
        if opened and opened[0] < latest:
            found.append([])
            latest = -1
        latest = max([latest, *opened])
        found[-1].append(grid)
    return found


def _starts(lines: Sequence[str]) -> list[int]:
    """The line with which each report begins: its title, above the heading of section one."""
    starts: list[int] = []
    for index, line in enumerate(lines):
        if not _SECTION_ONE.match(compact(line)):
            continue
        lowest = max(index - _OPENING, starts[-1] + 1 if starts else 0)
        titles = (_first_line(lines, at) for at in range(lowest, index) if _is_title(lines, at))
        starts.append(next(titles, index if starts else 0))
    return starts


def _is_title(lines: Sequence[str], at: int) -> bool:
    """Whether a title begins with this line; it may go on in the next."""
    text, following = compact(lines[at]), compact(lines[at + 1])
    if not text or len(text) > _LONGEST_TITLE or text[-1] in "。，；：":
        return False
    if _TITLE.search(text):
        return True
    whole = _TITLE.search(text + following)
    return whole is not None and not _TITLE.search(following) and len(following) < _LONGEST_TITLE / 2


def _first_line(lines: Sequence[str], at: int) -> int:
    """A title over two lines begins with the publisher's name."""
    before = compact(lines[at - 1]) if at else ""
    return at - 1 if before.endswith(("政府", "办公室", "局", "委员会")) and len(before) < 30 else at
