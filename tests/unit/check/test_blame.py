"""Whose fault a finding is: the source's only beyond doubt, the reading's only with a sign of misreading."""

from decimal import Decimal

import pytest

from etl.check.explain import Blame, Cell, Evidence, Reason, Suspect, Suspects, blame
from etl.check.explain.blame import EXACT_READERS
from etl.check.localise.slips import Slip
from etl.extract import docx, html, ofd, office, text

AT = ("requests", "outcome.granted", "total")


def cell(reader: str, confidence: float = 1.0, opinions: tuple[int, ...] = (), confirmed: bool = False) -> Cell:
    seen = tuple(map(Decimal, opinions))
    return Cell(
        AT, "left", 1, 0, "printed", Decimal(3), 2, reader, confidence, opinions=seen, is_confirmed=confirmed
    )


def evidence(one: Cell, slip: Slip | None = None, needed: int = 8, sets: int = 1) -> Evidence:
    suspect = Suspect(AT, Decimal(3), Decimal(needed), Decimal(needed), slip)
    others = tuple((suspect._replace(address=("requests", "carried_out", str(n))),) for n in range(1, sets))
    return Evidence(Decimal(3), Decimal(needed), (one,), Suspects(((suspect,), *others), True))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (evidence(cell("html-lxml")), (Blame.SOURCE, Reason.EXACT)),
        (evidence(cell("html-lxml", 0.7)), (Blame.UNDECIDED, Reason.DOUBTFUL)),
        (evidence(cell("camelot-lattice-vector")), (Blame.UNDECIDED, Reason.ALONE)),
        (evidence(cell("camelot-lattice-vector", opinions=(3, 3))), (Blame.SOURCE, Reason.AGREE)),
        (evidence(cell("scan-rapidocr", 0.95, (3, 3)), Slip.DIGIT), (Blame.SOURCE, Reason.AGREE)),
        (evidence(cell("scan-rapidocr", 0.6, (3, 3)), Slip.DIGIT), (Blame.UNDECIDED, Reason.DOUBTFUL)),
        (evidence(cell("scan-rapidocr", 0.5, (3, 8)), Slip.DIGIT), (Blame.EXTRACTION, Reason.SEEN)),
        (evidence(cell("scan-rapidocr", 0.5, (3, 6)), Slip.DIGIT), (Blame.EXTRACTION, Reason.MISREAD)),
        (evidence(cell("scan-rapidocr", 0.5, (3, 6)), None, 52), (Blame.UNDECIDED, Reason.DIFFER)),
        (evidence(cell("scan-rapidocr", 0.5, (3, 6)), Slip.DIGIT, sets=2), (Blame.UNDECIDED, Reason.DIFFER)),
        (evidence(cell("scan-rapidocr", 0.95), Slip.DIGIT), (Blame.UNDECIDED, Reason.ALONE)),
        (evidence(cell("unruled", 0.7), Slip.SHIFTED), (Blame.EXTRACTION, Reason.MOVED)),
        (evidence(cell("camelot-lattice-vector", confirmed=True)), (Blame.SOURCE, Reason.CONFIRMED)),
    ],
)
def test_blame_rests_on_how_the_suspected_cells_were_read(
    found: Evidence, expected: tuple[Blame, Reason]
) -> None:
    assert blame(found) == expected


def test_without_suspects_every_cell_has_to_be_beyond_doubt() -> None:
    sure, unsure = cell("html-lxml"), cell("scan-rapidocr", 0.95)
    assert blame(Evidence(Decimal(3), Decimal(8), (sure, sure))).blame is Blame.SOURCE
    assert blame(Evidence(Decimal(3), Decimal(8), (sure, unsure))) == (Blame.UNDECIDED, Reason.ALONE)


def test_the_readers_called_exact_are_those_there_are() -> None:
    assert {one.READER for one in (docx, html, office, ofd, text)} < EXACT_READERS
