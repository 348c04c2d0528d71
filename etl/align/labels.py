"""Printed labels matched to the rows and columns of a form.

A label matches by its normalised words first; slips are matched by likeness, helped by numbering, group and
order; what is still left between two matched neighbours is matched by elimination. Each step is less sure
than the one before, and says so in the confidence it returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.forms.labels import normalise, numbering
from etl.forms.values import without_unit_note

EXACT = 1.0
ALIKE = 0.95  # a slip of the pen in a label that is still like no other
BY_NUMBER = 0.85  # hardly legible words under the right number in the right group
BY_ELIMINATION = 0.7  # the only label without a row beside the only row without a label

_ALIKE_SCORE = 72.0
_NUMBERED_SCORE = 34.0
_GROUP_SCORE = 70.0


@lru_cache(maxsize=16384)
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


@dataclass(frozen=True, eq=False)
class Targets:
    """What the labels of one table may mean. Compared by identity, so that scores can be remembered."""

    items: tuple[Target, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Target:
        return self.items[index]


class Printed(NamedTuple):
    """A printed row's labels: its own last, and the groups above it."""

    own: str
    groups: tuple[str, ...]


class Match(NamedTuple):
    """The target, by its place among the targets, and how sure the match is."""

    target: int
    confidence: float


def likenesses(label: str, targets: Targets) -> tuple[float, ...]:
    """How alike a printed label and each target are, 0 to 100; a label cut short counts as nearly whole."""
    return _likenesses(label_key(label), targets)


@lru_cache(maxsize=16384)
def _likenesses(key: str, targets: Targets) -> tuple[float, ...]:
    return tuple(_likeness(key, target) if key else 0.0 for target in targets.items)


@lru_cache(maxsize=16384)
def _perhaps(label: str, targets: Targets) -> tuple[tuple[int, float], ...]:
    """The targets that a printed label may mean, by their places, and how alike they are."""
    return tuple(
        (position, like) for position, like in enumerate(likenesses(label, targets)) if like >= _NUMBERED_SCORE
    )


def _likeness(key: str, target: Target) -> float:
    if key in target.names:
        return 100.0
    best = 0.0
    for name in target.names:
        best = max(best, fuzz.ratio(key, name, score_cutoff=max(best, _NUMBERED_SCORE)))
        if best < 90 and (key.startswith(name) or name.startswith(key)) and min(len(key), len(name)) >= 5:
            best = 90.0
    return best


@lru_cache(maxsize=16384)
def match_one(label: str, targets: Targets, at_least: float = _ALIKE_SCORE) -> Match | None:
    """The target a lone label means, or None when none is like it or two are equally."""
    scores = likenesses(label, targets)
    best = max(scores, default=0.0)
    if best < at_least or scores.count(best) > 1:
        return None
    return Match(scores.index(best), EXACT if best == 100 else ALIKE)


def match_rows(rows: Sequence[Printed], targets: Targets) -> dict[int, Match]:
    """Match printed rows to targets, each used at most once.

    Returns:
        for the index of each matched row its target and the confidence of the match.
    """
    candidates: list[tuple[float, int, int, float]] = []
    for index, row in enumerate(rows):
        number = numbering(row.own)
        stated = _stated_group(row.groups, targets)
        for position, like in _perhaps(row.own, targets):
            target = targets[position]
            number_fits = number is not None and number in target.numbers
            fits_group = stated is None or target.group is None or target.group == stated
            score = like + (6 if number_fits else 0) + (8 if stated and target.group == stated else 0)
            if not fits_group:
                score -= 12
            if like == 100:
                candidates.append((score + 1000, index, position, EXACT))
            elif like >= _ALIKE_SCORE:
                candidates.append((score, index, position, ALIKE))
            elif number_fits and fits_group:
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


def repeated_rows(rows: Sequence[Printed], targets: Targets, matches: dict[int, Match]) -> dict[int, Match]:
    """Unmatched rows whose label is exactly that of a target another row was matched to: printed twice."""
    used = {match.target for match in matches.values()}
    again = {}
    for index, row in enumerate(rows):
        if index not in matches and (match := match_one(row.own, targets, 100.0)) and match.target in used:
            again[index] = match
    return again


@lru_cache(maxsize=16384)
def _stated_group(printed: tuple[str, ...], targets: Targets) -> str | None:
    """The innermost group that the labels above a row name."""
    groups = {target.group for target in targets.items if target.group}
    if not groups:
        return None
    for label in reversed(printed):
        like, group = max((fuzz.ratio(label_key(label), group), group) for group in groups)
        if like > _GROUP_SCORE:
            return group
    return None


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
