"""The list of figures of form 2014, and what else lists print.

Rows of the list are matched by label and order: both are known to differ from province to province, so a
label has to be a row's own or unmistakably like it, and a row the form does not have is kept as printed.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from etl.align.found import Found
from etl.align.labels import ALIKE, EXACT, Target, Targets, likenesses
from etl.align.listing import OF_WHICH, Entry, entries, figure_of, level, list_key, mended
from etl.align.rows import is_label
from etl.forms import Row, Table, forms_with, normalise
from etl.forms.labels import numbering
from etl.forms.values import parse_value
from etl.model import Grid, Indicator, Status

TABLE = "stat"
OUT_OF_ORDER = 0.9  # the row's own label, in a place where the form has others

_FEWEST = 5  # lines with a label of the form that make a list of it
_FEWEST_GOING_ON = 1  # on a page after one that holds the list
_FEWEST_LINES = 3  # with a figure, that make a list of whatever kind
_ALIKE_SCORE = 72.0
_MARGIN = 8.0  # by which a slip has to be more like its row than like any other


class Listed(NamedTuple):
    """What came of the lists of a document.

    ``form`` is None where none of them is the statutory one, and then the rest is empty; ``grids`` are those
    the statutory one stands in. ``further`` counts statutory lists beside the one that was taken.
    """

    form: str | None
    found: list[Found]
    indicators: tuple[Indicator, ...]
    grids: tuple[Grid, ...]
    further: int


def align_list(grids: Sequence[Grid]) -> Listed:
    """Find the list of form 2014 among the grids of a document, and match its lines.

    Where a document holds several, that with the most matched lines is taken, the first of equals.
    """
    form = forms_with(TABLE)[0]
    own = _grids_of_list(grids)
    if not own:
        return Listed(None, [], (), (), 0)
    lines = mended(entries(own), lambda label: max(likenesses(list_key(label), _targets())))
    best: tuple[list[Entry], dict[int, tuple[int, float]]] = ([], {})
    lists = _lists(lines)
    for several in lists:
        if len(matches := _match(several)) > len(best[1]):
            best = several, matches
    taken, matches = best
    table = form.table(TABLE)
    found, known = [], set()
    for index, (position, confidence) in sorted(matches.items()):
        key = _targets()[position].key
        entry = taken[index]
        known.add(id(entry))
        row = next((row for row in table.rows if row.key == key), None)
        if row is None:
            continue  # a heading
        item = _found(entry, row, table, confidence)
        if item is None:
            known.discard(id(entry))  # figures in several columns: kept as printed
        else:
            found.append(item)
    return Listed(form.id, found, tuple(_indicators(taken, known)), tuple(own), len(lists) - 1)


def _found(entry: Entry, row: Row, table: Table, confidence: float) -> Found | None:
    part = table.parts[0]
    (column,) = part.columns
    names = frozenset(normalise(name) for name in (column.zh, *column.aliases))
    if (cell := figure_of(entry, names)) is None:
        return None
    kind = part.kind_of(row, column)
    unit = (entry.unit or part.unit_of(row, column)) if kind == "amount" else None
    return Found(TABLE, row.key, column.key, kind, unit, cell, entry.grid.reader, confidence)


def other_lists(grids: Sequence[Grid]) -> tuple[Indicator, ...]:
    """What the lists of a document print that has not the statutory one."""
    return tuple(_indicators(entries(grids), set()))


def _grids_of_list(grids: Sequence[Grid]) -> list[Grid]:
    """The grids that hold lines of the list: many of them; right after such a grid, some and little else."""
    own: list[Grid] = []
    goes_on = False
    for grid in grids:
        goes_on = _holds_list(grid, goes_on)
        if goes_on:
            own.append(grid)
    return own


def _holds_list(grid: Grid, goes_on: bool) -> bool:
    """Whether a grid holds lines of the list; ``goes_on``: the grid before it does."""
    fewest = _FEWEST_GOING_ON if goes_on else _FEWEST
    if len(_own_rows(cell.text for cell in grid.cells if is_label(cell.text))) < fewest:
        return False  # the label of a line is the text of a cell: the lines need not be told
    lines = entries([grid])
    known = len(_own_rows(entry.label for entry in lines))
    return known >= _FEWEST or (goes_on and _FEWEST_GOING_ON <= known * 2 >= len(lines))


def _own_rows(labels: Iterable[str]) -> set[int]:
    return {row for label in labels if (row := _own_row(label)) is not None}


@lru_cache(maxsize=16384)
def _own_row(label: str) -> int | None:
    """The first row or heading whose own label this is."""
    key = list_key(label)
    return next((index for index, target in enumerate(_targets().items) if key in target.names), None)


def _lists(lines: Sequence[Entry]) -> list[list[Entry]]:
    """Lines parted where a list begins anew, with the label that the first began with."""
    lists: list[list[Entry]] = [[]]
    first: int | None = None
    for entry in lines:
        row = _own_row(entry.label)
        if first is None:
            first = row
        elif row == first and len(lists[-1]) >= _FEWEST:
            lists.append([])
        lists[-1].append(entry)
    return lists


@cache
def _targets() -> Targets:
    """Headings and rows of the list in printed order."""
    table = forms_with(TABLE)[0].table(TABLE)
    over: dict[str, list[Target]] = {}
    for heading in table.headings:
        over.setdefault(heading.before, []).append(_target(heading.zh, heading.zh, ()))
    return Targets(
        tuple(
            target
            for row in table.rows
            for target in (*over.get(row.key, ()), _target(row.key, row.zh, row.aliases))
        )
    )


def _target(key: str, label: str, aliases: tuple[str, ...]) -> Target:
    mark = numbering(label)
    names = tuple(dict.fromkeys(map(list_key, (label, *aliases))))
    return Target(key, names, frozenset({mark} if mark else ()), None)


def _match(lines: Sequence[Entry]) -> dict[int, tuple[int, float]]:
    """For the index of each matched line its target and how sure that is.

    The best chain of lines and targets in the same order; then lines whose label is one free target's own.
    """
    scores = [_scores(entry) for entry in lines]
    count = len(_targets())
    best = [[0.0] * (count + 1) for _ in range(len(lines) + 1)]
    for i in range(len(lines) - 1, -1, -1):
        for j in range(count - 1, -1, -1):
            score = scores[i].get(j, 0.0)
            take = score + best[i + 1][j + 1] if score else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    matches: dict[int, tuple[int, float]] = {}
    i = j = 0
    while i < len(lines) and j < count:
        score = scores[i].get(j, 0.0)
        if score and best[i][j] == score + best[i + 1][j + 1]:
            matches[i] = j, EXACT if score >= 100 else ALIKE
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    used = {position for position, _ in matches.values()}
    for index in (index for index in range(len(lines)) if index not in matches):
        own = [j for j, score in scores[index].items() if score >= 100]
        if len(own) == 1 and own[0] not in used:
            matches[index] = own[0], OUT_OF_ORDER
            used.add(own[0])
    return matches


def _scores(entry: Entry) -> dict[int, float]:
    """By target, how well a line fits it: 100 and more for its own label, nothing for what may be another."""
    likes = likenesses(list_key(entry.label), _targets())
    mark = numbering(entry.label)
    scores = {}
    for position, like in enumerate(likes):
        target = _targets()[position]
        fits_number = mark is not None and mark in target.numbers
        if like == 100:
            scores[position] = 110.0 if fits_number else 105.0
        elif like >= _ALIKE_SCORE:
            others = (other for at, other in enumerate(likes) if _targets()[at].names != target.names)
            if fits_number or like - max(others, default=0.0) >= _MARGIN:
                scores[position] = like * 0.9 + (5 if fits_number else 0)
    return scores


def _indicators(lines: Sequence[Entry], known: set[int]) -> list[Indicator]:
    """Every line that was not matched and states a figure, under the labels of the headings above it.

    Of a grid that holds no list of any kind nothing is kept.
    """
    stated: dict[int, int] = {}
    for entry in lines:
        figures = [parse_value(cell.text, "amount", None).status for _, cell in entry.figures]
        stated[id(entry.grid)] = stated.get(id(entry.grid), 0) + (Status.PRINTED in figures)
    made: list[Indicator] = []
    above: list[tuple[int, str]] = []  # numbered lines with their depth
    whole = ""  # the line that 其中 is of
    for entry in lines:
        depth = level(entry.label)
        above = [(its, label) for its, label in above if its < depth]
        over = [label for _, label in above]
        if depth == OF_WHICH and whole and whole not in over:
            over.append(whole)
        path = (*over, *entry.groups, entry.label)
        if depth < OF_WHICH:
            above.append((depth, entry.label))
        if depth != OF_WHICH:
            whole = entry.label
        if id(entry) in known or stated[id(entry.grid)] < _FEWEST_LINES:
            continue
        for heading, cell in entry.figures:
            if cell.text:
                labels = (*path, heading) if heading and len(entry.figures) > 1 else path
                made.append(Indicator(labels, cell.text, entry.unit, cell.place, entry.grid.reader))
    return made
