"""By whose fault a rule is broken: the source's, the reading's, or nobody can tell.

A finding is blamed on the source only where the reading is beyond doubt: the file states the figure as text,
two readers saw the same, or other sums hold with it. It is blamed on the reading only where there is a sign of
misreading and one single set of cells that mends it. All else is undecided: a person has to look at the page.
Nothing is ever changed by it.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from etl.check.explain.evidence import Cell, Evidence, Suspect
from etl.check.localise.slips import Slip
from etl.check.localise.system import SURE_FROM

EXACT_READERS = frozenset(
    {
        "docx-lxml",
        "html-lxml",
        "libreoffice-docx",
        "ofd-ruled",
        "text-tabs",
        "xls-xlrd",
        "xlsx-openpyxl",
    }
)
"""Readers of formats that state a figure as text in a cell: nothing is recognised or measured."""

OPTICAL = "scan-"
"""How the names of readers begin that recognise figures in pictures."""

_SLIPS_OF_READERS = frozenset(
    {Slip.DIGIT, Slip.DROPPED_DIGIT, Slip.ADDED_DIGIT, Slip.DROPPED_ZEROS, Slip.ADDED_ZEROS, Slip.LEFT_EMPTY}
)
_MOVED = frozenset({Slip.SHIFTED, Slip.SWAPPED})


class Blame(StrEnum):
    """Whose fault a finding is."""

    SOURCE = "source"
    EXTRACTION = "extraction"
    UNDECIDED = "undecided"


class Reason(StrEnum):
    """What the blame rests on."""

    EXACT = "exact"  # the file states the figures as text
    AGREE = "agree"  # two readers saw the same
    CONFIRMED = "confirmed"  # the figures stand in sums that hold
    CORRECTED = "corrected"  # a reviewer looked at the page
    SEEN = "seen"  # another reader saw the value that is needed
    MISREAD = "misread"  # a doubtful reading of a picture, one slip away from what is needed
    MOVED = "moved"  # a doubtful place, and figures one cell off
    DIFFER = "differ"  # readers differ
    DOUBTFUL = "doubtful"  # read with little confidence
    ALONE = "alone"  # one reader, nothing to compare it with


class Blamed(NamedTuple):
    """Whose fault a finding is, and what that rests on."""

    blame: Blame
    reason: Reason


def blame(evidence: Evidence) -> Blamed:
    """Whose fault a failed check is."""
    asked = tuple(evidence.in_question())
    established = [_established(cell) for cell in asked]
    if all(established):
        return Blamed(Blame.SOURCE, _weakest([reason for reason in established if reason]))
    if evidence.suspects:
        needed = {one.address: one for one in evidence.suspects.only}
        for cell in asked:
            if (one := needed.get(cell.address)) and (reason := _misread(cell, one)):
                return Blamed(Blame.EXTRACTION, reason)
    open_ = [cell for cell, reason in zip(asked, established, strict=True) if reason is None]
    if any(cell.readers_differ for cell in open_):
        return Blamed(Blame.UNDECIDED, Reason.DIFFER)
    if any(cell.confidence < SURE_FROM for cell in open_):
        return Blamed(Blame.UNDECIDED, Reason.DOUBTFUL)
    return Blamed(Blame.UNDECIDED, Reason.ALONE)


def _established(cell: Cell) -> Reason | None:
    """Why it is beyond doubt that the source prints this figure; None if it is not."""
    if cell.is_corrected:
        return Reason.CORRECTED
    if cell.confidence < SURE_FROM:
        return None
    if cell.reader in EXACT_READERS:
        return Reason.EXACT
    if cell.readers_agree:
        return Reason.AGREE
    if cell.is_confirmed and not cell.readers_differ:
        return Reason.CONFIRMED
    return None


def _misread(cell: Cell, suspect: Suspect) -> Reason | None:
    """The sign of misreading that a suspected cell bears, if it bears one."""
    if cell.readers_agree:
        return None
    needed = suspect.needed
    if cell.readers_differ and needed is not None and needed == suspect.needed_to and needed in cell.opinions:
        return Reason.SEEN
    if cell.confidence < SURE_FROM and suspect.slip in _MOVED:
        return Reason.MOVED
    is_doubtful = cell.readers_differ or cell.confidence < SURE_FROM
    if cell.reader.startswith(OPTICAL) and is_doubtful and suspect.slip in _SLIPS_OF_READERS:
        return Reason.MISREAD
    return None


def _weakest(reasons: Collection[Reason]) -> Reason:
    order = (Reason.CONFIRMED, Reason.AGREE, Reason.CORRECTED, Reason.EXACT)
    return next(reason for reason in order if reason in reasons)
