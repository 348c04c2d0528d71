"""Labels given to the rows that they stand level with, all in one manner."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from etl.extract.unruled.block import DOUBTED, INFERRED, Block, Row
from etl.extract.unruled.runs import LEADING, SPLIT, Run, lines_of
from etl.extract.unruled.words import PITCH, is_numbered, without_groups

UNSURE = 0.5  # of a row that may have more figures than were given to it
_LONGEST_LABEL = 9  # lines


def give_labels(block: Block) -> None:
    """Give the words at the left to the rows they stand level with."""
    lines = lines_of(without_groups(block.words))
    if not lines:
        _doubt_fragments(block)
        return
    size = median(line[0].size for line in lines)
    if not block.rows:
        block.rows = _empty_rows(lines, size)
        return
    ways = [_levelled(lines, block, manner) for manner in ("middle", "top", "foot")]
    _, given = min(ways, key=lambda way: way[0])
    taken: set[int] = set()
    for row, (first, last, cost) in zip(block.rows, given, strict=True):
        row.label = [run for line in lines[first:last] for run in line]
        row.certainty = DOUBTED if cost > (SPLIT * size) ** 2 else INFERRED
        taken.update(range(first, last))
    _doubt_fragments(block)
    if not taken:
        return
    block.rows += _empty_rows([line for index, line in enumerate(lines) if index not in taken], size)
    block.rows.sort(key=lambda row: -row.y)


def _empty_rows(lines: Sequence[Sequence[Run]], size: float) -> list[Row]:
    """Rows of the labels that no figures stand level with: left blank, or cut in two by the page's end."""
    labels: list[list[Sequence[Run]]] = []
    for line in lines:
        if labels and labels[-1][-1][0].y - line[0].y < LEADING * size and not is_numbered(line[0]):
            labels[-1].append(line)
        else:
            labels.append([line])
    return [
        Row((label[0][0].y + label[-1][0].y) / 2, [], [run for line in label for run in line], DOUBTED)
        for label in labels
    ]


def _doubt_fragments(block: Block) -> None:
    """A line of figures without a label close to a row may be the rest of its figures."""
    for above, row in pairwise(block.rows):
        size = row.figures[0].size
        if above.y - row.y < 1.6 * size and not (above.label and row.label):
            above.certainty = row.certainty = UNSURE


def _levelled(
    lines: Sequence[Sequence[Run]], block: Block, manner: str
) -> tuple[float, list[tuple[int, int, float]]]:
    """The lines divided among the rows in order, so that each row's label stands level with it.

    Returns:
        the cost, and for each row its first line, the one after its last, and its part of the cost.
    """
    rows = block.rows
    size = median(line[0].size for line in lines)
    skipped, unlabelled = (0.45 * size) ** 2, (1.5 * size) ** 2
    levels = [line[0].y for line in lines]
    begins = [is_numbered(line[0]) for line in lines]
    # Lines of one label are not much further apart than the closest two are.
    closest = min((above - below for above, below in pairwise(levels)), default=0.0)
    pitch = min(PITCH * size, 1.3 * closest)
    count = len(lines)
    # What stands above the first row may be headings' words.
    over = sum(level > rows[0].y + size for level in levels) if block.heads else 0
    # best[i]: the cheapest way to have used the first i lines for the rows so far
    best: list[tuple[float, list[tuple[int, int, float]]]] = [
        (skipped * max(0, used - over), []) for used in range(count + 1)
    ]
    for row in rows:
        following: list[tuple[float, list[tuple[int, int, float]]]] = []
        for end in range(count + 1):
            options = [(best[end][0] + unlabelled, [*best[end][1], (end, end, unlabelled)])]
            for start in range(max(0, end - _LONGEST_LABEL), end):
                inside = levels[start:end]
                if any(above - below > pitch for above, below in pairwise(inside)) or any(
                    begins[start + 1 : end]
                ):
                    continue
                level = {"middle": sum(inside) / len(inside), "top": inside[0], "foot": inside[-1]}[manner]
                cost = (level - row.y) ** 2
                options.append((best[start][0] + cost, [*best[start][1], (start, end, cost)]))
            if following:  # or the last line is no label
                cost, given = following[-1]
                options.append((cost + skipped, given))
            following.append(min(options, key=lambda option: option[0]))
        best = following
    return min(
        ((cost + skipped * (count - used), given) for used, (cost, given) in enumerate(best)),
        key=lambda way: way[0],
    )
