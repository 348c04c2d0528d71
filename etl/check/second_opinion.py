"""Two readings of one document reconciled: where a second reader is needed, and whose value stands.

A broken rule does not say whether the source or the reading is wrong. A second reader does: where both see the
same figures, the source printed them so. Only values that a reader saw are ever taken.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from etl.align import Aligned, in_reading_order
from etl.check.compile import Address
from etl.check.verdicts import Verdict, check
from etl.forms import TABLES, load_forms
from etl.model import Extraction, Observation, Problem, Status

_UNSURE = 0.95  # what is read less surely than that is worth a second reading
_PROVEN = 0.9  # readers differed, and the rules tell which of them was right
_UNDECIDED = 0.5  # readers differed, and nothing tells
_FILLED = 0.9  # only the second reader saw it
_MOST_TRIED = 10  # cells on which readers differ whose combinations are all tried
_NAMED = 10


def in_doubt(aligned: Aligned) -> frozenset[Address]:
    """The addresses that a second reader should be asked about.

    They are those that take part in a hard rule that fails, those read with low confidence, and those that the
    form has and the reading lacks. A document in which nothing was found is no report: none of it is.
    """
    if not aligned.observations:
        return frozenset()
    found = {(one.table, one.row, one.column): one for one in aligned.observations}
    unsure = {address for address, one in found.items() if one.confidence < _UNSURE}
    lacking = _slots(tuple(aligned.forms.items())).difference(found)
    return frozenset(unsure.union(_failing(aligned.forms, found), lacking))


def reconcile(
    first: Aligned, second: Aligned, asked: Collection[Address]
) -> tuple[Aligned, tuple[Observation, ...]]:
    """The first reading, mended by the second at the addresses ``asked``; and what both saw there.

    - Where both see the same, it stands, as surely as the surer of them saw it.
    - What only one can read stands, with less confidence if it is the second.
    - Where they differ, the second's values stand if fewer hard rules fail with them than with the first's;
      confidence is 0.9 where the rules decide and 0.5, with a ``readers_differ`` problem, where they do not.
    """
    ours = {(one.table, one.row, one.column): one for one in first.observations}
    theirs = {(one.table, one.row, one.column): one for one in second.observations}
    forms = second.forms | first.forms
    kept = dict(ours)
    differing = []
    for address in sorted(asked):
        one, other = ours.get(address), theirs.get(address)
        if other is None or (one is not None and other.status is Status.UNREADABLE):
            continue
        if one is None or one.status is Status.UNREADABLE:
            kept[address] = other._replace(confidence=min(other.confidence, _FILLED))
        elif _says(one) == _says(other):
            kept[address] = one._replace(confidence=max(one.confidence, other.confidence))
        else:
            differing.append(address)
    undecided = _decide(forms, kept, theirs, differing)
    opinions = [seen[address] for address in sorted(asked) for seen in (ours, theirs) if address in seen]
    conflicts = (*first.conflicts, *_said(undecided, ours, theirs))
    mended = replace(first, forms=forms, observations=in_reading_order(kept.values()), conflicts=conflicts)
    return mended, tuple(opinions)


def _decide(
    forms: dict[str, str],
    kept: dict[Address, Observation],
    theirs: Mapping[Address, Observation],
    differing: Sequence[Address],
) -> list[Address]:
    """Put the better of two values at every address of ``differing`` into ``kept``; return those left open.

    The fewest exchanges that leave the fewest hard rules broken are made. A cell is decided when exchanging it
    alone, back or forth, would break more.
    """
    fewest = len(_broken(forms, kept))
    taken: tuple[Address, ...] = ()
    for some in _subsets(differing):
        broken = len(_broken(forms, kept | {address: theirs[address] for address in some}))
        if broken < fewest:
            fewest, taken = broken, some
    best = kept | {address: theirs[address] for address in taken}
    undecided = []
    for address in differing:
        exchanged = kept[address] if address in taken else theirs[address]
        is_decided = len(_broken(forms, best | {address: exchanged})) > fewest
        chosen = best[address]
        limit = _PROVEN if is_decided else _UNDECIDED
        kept[address] = chosen._replace(confidence=min(chosen.confidence, limit))
        if not is_decided:
            undecided.append(address)
    return undecided


def _subsets(addresses: Sequence[Address]) -> Iterator[tuple[Address, ...]]:
    """What is tried, small before large: all subsets of few addresses; single ones, pairs and all of many."""
    sizes = range(1, len(addresses) + 1) if len(addresses) <= _MOST_TRIED else (1, 2, len(addresses))
    for size in sizes:
        yield from combinations(addresses, size)


def _broken(forms: dict[str, str], cells: Mapping[Address, Observation]) -> list[tuple[str, ...]]:
    """The cells of every hard rule that fails."""
    report = Extraction("", "", None, forms=forms, observations=tuple(cells.values()))
    return [
        finding.cells
        for finding in check(report)
        if finding.severity == "hard" and finding.status is Verdict.FAIL
    ]


def _failing(forms: dict[str, str], cells: Mapping[Address, Observation]) -> set[Address]:
    broken = {name for rule in _broken(forms, cells) for name in rule}
    return {address for address in cells if ".".join(address) in broken} if broken else set()


@cache
def _slots(forms: tuple[tuple[str, str], ...]) -> frozenset[Address]:
    """Every address that the report should have: a table that was not found is taken for one of its form."""
    known = dict(forms)
    default = next(iter(known.values()))
    return frozenset(
        (slot.table, slot.row, slot.column)
        for table in TABLES
        for slot in load_forms()[known.get(table, default)].slots()
        if slot.table == table
    )


def _says(one: Observation) -> tuple[object, ...]:
    return one.status, one.value


def _said(
    undecided: Sequence[Address], ours: Mapping[Address, Observation], theirs: Mapping[Address, Observation]
) -> list[Problem]:
    if not undecided:
        return []
    told = "; ".join(
        f"{'.'.join(address)}: {ours[address].raw!r} or {theirs[address].raw!r}"
        for address in undecided[:_NAMED]
    )
    more = f"; and {len(undecided) - _NAMED} more" if len(undecided) > _NAMED else ""
    return [Problem("readers_differ", f"two readers differ, and no rule tells which is right: {told}{more}")]
