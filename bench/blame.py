"""Blame measured on a labelled set: ``python -m bench.blame [--reports N]``.

Invented reports that add up get one mistake each, of which it is known whose it is:

- *source*: the publisher printed a wrong figure (a digit, two digits changed, zeros lost, neighbours swapped, a
  row one cell off). Every reader sees it.
- *reading*: the page is right, and the first reader of a scan takes one figure for another (a look-alike digit,
  a digit lost or added, a figure not seen). The second reader sees the page rightly, or errs in the same cell,
  in the same way or another; the first is unsure where it errs, most times. The shares are assumptions.

Both go the way of every document: the second reader is asked where rules fail or the first is unsure, the two
readings are reconciled, what still fails is localised and blamed. *Corrected* means that the value of the
second reader was taken, proven by the rules; for a source error that would be a 'repair': never to happen.
"""

import argparse
import random
from collections import Counter
from decimal import Decimal

from bench.localise import CELLS, FORMS, SLIPS, Figures, reports
from etl.align import Aligned
from etl.check.compile import Address
from etl.check.explain.blame import Blame
from etl.check.explain.report import explain_findings
from etl.check.second_opinion import in_doubt, reconcile
from etl.check.verdicts import Verdict, check
from etl.model import Extraction, Observation, Place, Status

Printed = dict[Address, int | None]

_LOOK_ALIKE = dict(zip("0123456789", ("68", "74", "7", "85", "19", "63", "85", "12", "630", "4"), strict=True))
_SAME_ERROR, _OTHER_ERROR = 0.03, 0.07  # of the second reader, where the first one errs
_SURE_THOUGH_WRONG = 0.2  # share of misreadings whose confidence does not show it
_UNSURE_THOUGH_RIGHT = 0.02  # share of rightly read figures whose confidence is low
_FIRST, _SECOND = "scan-rapidocr", "scan-rapidocr-again"
_FORMATS = {"html": "html-lxml", "pdf": "camelot-lattice-vector", "scan": _FIRST}


def misread(value: int, rng: random.Random) -> int | None:
    """What an optical reader may take a figure for; None where it sees nothing."""
    text = str(value)
    place = rng.randrange(len(text))
    kind = rng.random()
    if kind < 0.7:
        return int(text[:place] + rng.choice(_LOOK_ALIKE[text[place]]) + text[place + 1 :])
    if kind < 0.8 and len(text) > 1:
        return int(text[:place] + text[place + 1 :] or "0")
    if kind < 0.9:
        return int(text[:place] + text[place] + text[place:])
    return None


def seen(figures: Printed, reader: str, unsure: dict[Address, float]) -> Aligned:
    return Aligned(
        FORMS,
        tuple(
            Observation(
                *at,
                None if value is None else Decimal(value),
                "" if value is None else str(value),
                Status.BLANK if value is None else Status.PRINTED,
                Place(page=1),
                reader,
                unsure.get(at, 1.0),
            )
            for at, value in figures.items()
        ),
        (),
        frozenset(FORMS),
    )


def verdict(first: Aligned, second: Aligned | None, document: str) -> tuple[str, int]:
    """What is said of a document: nothing, corrected, or the blame of its hard findings; and the values taken
    from the second reader."""
    asked = in_doubt(first)
    judged, opinions = reconcile(first, second, asked) if second is not None and asked else (first, ())
    was = {one[:3]: one.value for one in first.observations}
    taken = sum(one.value != was[one[:3]] for one in judged.observations)
    extraction = Extraction(
        "bench", "0" * 64, document, forms=FORMS, observations=judged.observations, opinions=opinions
    )
    failed = [one for one in check(extraction) if one.status is Verdict.FAIL and one.severity == "hard"]
    if not failed:
        return ("corrected" if taken else "unseen"), taken
    blames = Counter(told.blamed.blame for told in explain_findings(extraction, failed).values())
    only = next(iter(blames)) if len(blames) == 1 else Blame.UNDECIDED
    return only.value, taken


def _doubts(figures: Figures, rng: random.Random) -> dict[Address, float]:
    return {at: rng.uniform(0.5, 0.89) for at in figures if rng.random() < _UNSURE_THOUGH_RIGHT}


def source_error(good: Figures, document: str, rng: random.Random) -> tuple[str, int]:
    printed: Printed = {**good, **SLIPS[rng.choice(list(SLIPS))](good, rng)}
    first = seen(printed, _FORMATS[document], _doubts(good, rng) if document == "scan" else {})
    if document == "html":
        return verdict(first, None, document)
    second = _SECOND if document == "scan" else "camelot-lattice-raster"
    doubts = _doubts(good, rng) if document == "scan" else {}
    return verdict(first, seen(printed, second, doubts), document)


def reading_error(good: Figures, rng: random.Random) -> tuple[str, int]:
    at = rng.choice(CELLS)
    wrong = misread(good[at], rng)
    while wrong == good[at]:
        wrong = misread(good[at], rng)
    doubts = _doubts(good, rng) | {at: 1.0 if rng.random() < _SURE_THOUGH_WRONG else rng.uniform(0.4, 0.89)}
    luck = rng.random()
    other = (
        wrong
        if luck < _SAME_ERROR
        else misread(good[at], rng)
        if luck < _SAME_ERROR + _OTHER_ERROR
        else good[at]
    )
    first = seen({**good, at: wrong}, _FIRST, doubts)
    return verdict(first, seen({**good, at: other}, _SECOND, _doubts(good, rng)), "scan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    given = parser.parse_args()
    rng = random.Random(3)
    good = reports(given.reports, seed=3)
    table: dict[str, Counter[str]] = {}
    repaired = 0
    for document in _FORMATS:
        told: Counter[str] = Counter()
        for figures in good:
            said, taken = source_error(figures, document, rng)
            told[said] += 1
            repaired += taken
        table[f"source error, {document}"] = told
    told = Counter()
    for figures in good:
        told[reading_error(figures, rng)[0]] += 1
    table["reading error, scan"] = told
    words = ("source", "extraction", "undecided", "corrected", "unseen")
    print("| mistake | " + " | ".join(words) + " |\n|" + "---|" * (len(words) + 1))
    for name, told in table.items():
        print(f"| {name} | " + " | ".join(str(told[word]) for word in words) + " |")
    _shares(table)
    print(f"\nsource errors 'repaired' (values taken that the page does not print): {repaired}")


def _shares(table: dict[str, Counter[str]]) -> None:
    of_source = sum((told for name, told in table.items() if name.startswith("source")), Counter())
    of_reading = table["reading error, scan"]
    caught = of_reading["extraction"] + of_reading["corrected"]
    claimed = of_source["source"] + of_reading["source"]
    blamed = caught + of_source["extraction"] + of_source["corrected"]
    all_source = sum(of_source.values()) - of_source["unseen"]
    all_reading = sum(of_reading.values()) - of_reading["unseen"]
    print(
        f"\nsource: precision {of_source['source'] / claimed:.1%},"
        f" recall {of_source['source'] / all_source:.1%};"
        f" reading (blamed or corrected): precision {caught / blamed:.1%}, recall {caught / all_reading:.1%},"
        " of what a rule or a reader sees"
    )


if __name__ == "__main__":
    main()
