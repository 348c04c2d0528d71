"""Printed labels matched to the rows and columns of a form.

A label matches by its normalised words first; slips are matched by likeness, helped by numbering, group and
order; what is still left between two matched neighbours is matched by elimination. Each step is less sure
than the one before, and says so in the confidence it returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.align.values import without_unit_note
from etl.forms.labels import normalise, numbering

EXACT = 1.0
ALIKE = 0.95  # a slip of the pen in a label that is still like no other
BY_NUMBER = 0.85  # hardly legible words under the right number in the right group
BY_ELIMINATION = 0.7  # the only label without a row beside the only row without a label

_ALIKE_SCORE = 72.0
_NUMBERED_SCORE = 34.0


def label_key(label: str) -> str:
    """What a printed label is compared by."""
    return normalise(without_unit_note(label))


@dataclass(frozen=True)
class Target:
    """A row or column of a form as something a printed label may mean."""

    key: str
    names: tuple[str, ...]  # compared by: the label and its aliases, normalised
    numbers: frozenset[str]  # the numberings it is printed with
    group: str | None  # the normalised label of the group it stands under


class Printed(NamedTuple):
    """A printed row's labels: its own last, and the groups above it."""

    own: str
    groups: tuple[str, ...]


class Match(NamedTuple):
    target: int
    confidence: float


def likeness(key: str, target: Target) -> float:
    """How alike a normalised label and a target are, 0 to 100; a label cut short counts as nearly whole."""
    best = 0.0
    for name in target.names:
        if key == name:
            return 100.0
        score = fuzz.ratio(key, name)
        shorter, longer = sorted((key, name), key=len)
        if len(shorter) >= 5 and longer.startswith(shorter):
            score = max(score, 90.0)
        best = max(best, score)
    return best


def match_one(label: str, targets: Sequence[Target], at_least: float = _ALIKE_SCORE) -> Match | None:
    """The target a lone label means, or None when none is like it or two are equally."""
    key = label_key(label)
    if not key:
        return None
    scores = sorted(((likeness(key, target), -i) for i, target in enumerate(targets)), reverse=True)
    if not scores or scores[0][0] < at_least:
        return None
    if len(scores) > 1 and scores[0][0] == scores[1][0]:
        return None
    score, index = scores[0]
    return Match(-index, EXACT if score == 100 else ALIKE)


def match_rows(rows: Sequence[Printed], targets: Sequence[Target]) -> dict[int, Match]:
    """Match printed rows to targets, each used at most once.

    Returns:
        for the index of each matched row its target and the confidence of the match.
    """
    candidates: list[tuple[float, int, int, float]] = []
    for index, row in enumerate(rows):
        key = label_key(row.own)
        number = numbering(row.own)
        above = [label_key(group) for group in row.groups]
        for position, target in enumerate(targets):
            like = likeness(key, target) if key else 0.0
            number_fits = number is not None and number in target.numbers
            score = like
            if number is not None and target.numbers:
                score += 6 if number_fits else -6
            in_group = None
            if target.group and above:
                in_group = max(fuzz.ratio(group, target.group) for group in above) > 60
                others = [t.group for t in targets if t.group and t.group != target.group]
                elsewhere = any(fuzz.ratio(group, other) > 80 for group in above for other in others)
                score += 8 if in_group else (-12 if elsewhere else 0)
            if like == 100:
                candidates.append((score + 1000, index, position, EXACT))
            elif like >= _ALIKE_SCORE:
                candidates.append((score, index, position, ALIKE))
            elif like >= _NUMBERED_SCORE and number_fits and in_group is not False:
                candidates.append((score - 50, index, position, BY_NUMBER))
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1], candidate[2]))
    matches: dict[int, Match] = {}
    used: set[int] = set()
    for _, index, position, confidence in candidates:
        if index not in matches and position not in used:
            matches[index] = Match(position, confidence)
            used.add(position)
    _eliminate(len(rows), len(targets), matches)
    return matches


def _eliminate(rows: int, targets: int, matches: dict[int, Match]) -> None:
    """Match runs of unmatched rows to the equally long run of free targets between the same neighbours."""
    used = {match.target for match in matches.values()}
    index = 0
    while index < rows:
        if index in matches:
            index += 1
            continue
        end = index
        while end < rows and end not in matches:
            end += 1
        low = matches[index - 1].target if index > 0 else -1
        high = matches[end].target if end < rows else targets
        free = [position for position in range(low + 1, high) if position not in used]
        if len(free) == end - index and high - low - 1 == len(free):
            for row, position in zip(range(index, end), free, strict=True):
                matches[row] = Match(position, BY_ELIMINATION)
        index = end
