# ruff: noqa: E501 — text of the page
"""Error localisation measured: errors planted in reports that add up, and what is said of them.

    python -m bench.localise [--reports N] [--mutations FILE]

Times are of the processor: those of the clock depend on what else runs.

Invented reports of form 2021 (codes 99…, figures random) get k = 1 to 4 slips each: a digit, two digits in the
wrong order, two neighbours swapped, a row moved by one cell, zeros lost. Beside localisation stands the naive
check, which names every cell of every rule that fails. *Only set*: the cells alone tell, no other set of so few
cells mends the report. *Exact*: it is the one set that takes the fewest mistakes, when two neighbours swapped or a
row moved count as one; two swapped neighbours are two wrong cells to the model, and where two figures of another
row differ by as much, swapping those explains it as well. ``--mutations`` writes the page that says which
single-cell errors no rule can see.
"""

import argparse
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.synthetic import MICRO, _figures, _slots
from etl.check.compile import Address, compile_checks
from etl.check.localise import localise
from etl.check.localise.solver import _cp_model
from etl.check.rules import Equation
from etl.check.verdicts import Verdict, check
from etl.forms import load_forms
from etl.model import Extraction, Observation, Place, Status

Figures = dict[Address, int]
FORM = "2021"
FORMS = dict.fromkeys(("disclosure", "requests", "disputes"), FORM)


def reports(count: int, seed: int) -> list[Figures]:
    """Figures that keep every hard rule, few counties with many requests and many with few."""
    slots = _slots(FORM, FORM)
    values = _figures(slots, FORM, count, np.random.default_rng(seed)) // MICRO
    return [
        {(slot.table, slot.row, slot.column): int(value) for slot, value in zip(slots, row, strict=True)}
        for row in values
    ]


def as_printed(figures: Figures) -> Extraction:
    return Extraction(
        "bench",
        "0" * 64,
        "html",
        forms=FORMS,
        observations=tuple(
            Observation(*at, Decimal(value), str(value), Status.PRINTED, Place(), "bench", 1.0)
            for at, value in figures.items()
        ),
    )


def _lines() -> list[list[Address]]:
    return [
        [(table.key, row.key, column.key) for column in part.columns]
        for table in load_forms()[FORM].tables
        if table.key != "disclosure"
        for part in table.parts
        for row in part.rows
    ]


LINES = _lines()
CELLS = [at for line in LINES for at in line]


def digit(figures: Figures, rng: random.Random) -> Figures:
    at = rng.choice(CELLS)
    text = list(str(figures[at]))
    place = rng.randrange(len(text))
    text[place] = rng.choice([d for d in "0123456789" if d != text[place]])
    return {at: int("".join(text))}


def transposition(figures: Figures, rng: random.Random) -> Figures:
    wide = [at for at in CELLS if figures[at] > 9]
    if not wide:
        return {}
    at = rng.choice(wide)
    text = str(figures[at])
    place = rng.randrange(len(text) - 1)
    return {at: int(text[:place] + text[place + 1] + text[place] + text[place + 2 :])}


def lost_zeros(figures: Figures, rng: random.Random) -> Figures:
    round_ = [at for at in CELLS if figures[at] and not figures[at] % 10]
    if not round_:
        return {}
    at = rng.choice(round_)
    return {at: int(str(figures[at]).rstrip("0"))}


def neighbours(figures: Figures, rng: random.Random) -> Figures:
    pairs = [(one, other) for line in LINES for one, other in pairwise(line) if figures[one] != figures[other]]
    if not pairs:
        return {}
    one, other = rng.choice(pairs)
    return {one: figures[other], other: figures[one]}


def shifted_row(figures: Figures, rng: random.Random) -> Figures:
    filled = [line for line in LINES if sum(figures[at] > 0 for at in line) > 1]
    if not filled:
        return {}
    line = rng.choice(filled)
    values = [figures[at] for at in line]
    return dict(zip(line, [*values[1:], 0] if rng.random() < 0.5 else [0, *values[:-1]], strict=True))


SLIPS: dict[str, Callable[[Figures, random.Random], Figures]] = {
    "digit": digit,
    "transposed digits": transposition,
    "lost zeros": lost_zeros,
    "swapped neighbours": neighbours,
    "shifted row": shifted_row,
}


OF_ONE_CELL = ("digit", "transposed digits", "lost zeros")
MIXED = {"of one cell": OF_ONE_CELL, "any": tuple(SLIPS)}


@dataclass
class Tally:
    planted: int = 0
    seen: int = 0
    alone: int = 0
    exact: int = 0
    among_best: int = 0
    among_sets: int = 0
    incomplete: int = 0
    named: int = 0
    falsely: int = 0
    naive_named: int = 0
    naive_falsely: int = 0


def one(good: Figures, planted: Figures, tally: Tally) -> float | None:
    """Localise one spoilt report and count what came of it; the seconds it took, None if no rule saw it."""
    truth = {at for at, value in planted.items() if value != good[at]}
    if not truth:
        return None
    tally.planted += 1
    extraction = as_printed(good | planted)
    failed = [
        finding
        for finding in check(extraction)
        if finding.status is Verdict.FAIL and finding.severity == "hard"
    ]
    if not failed:
        return None
    tally.seen += 1
    began = time.process_time()
    parts = localise(extraction)
    seconds = time.process_time() - began
    is_alone = is_exact = is_best = is_in = True
    named: set[Address] = set()
    left = set(truth)
    for part in parts:
        sets = [{cell.address for cell in suspicion.cells} for suspicion in part.suspicions]
        cells = {at for each in sets for at in each}
        mine = {at for at in truth if _part(at) == _part(next(iter(cells)))}
        left -= mine
        is_alone &= sets == [mine] and part.is_complete
        is_exact &= part.best == 1 and sets[0] == mine
        is_best &= mine in sets[: part.best]
        is_in &= mine in sets
        tally.incomplete += not part.is_complete
        named |= {cell.address for cell in part.certain}
    tally.alone += is_alone and not left
    tally.exact += is_exact and not left
    tally.among_best += is_best and not left
    tally.among_sets += is_in and not left
    tally.named += len(named)
    tally.falsely += len(named - truth)
    naive = {_address(cell) for finding in failed for cell in finding.cells}
    tally.naive_named += len(naive)
    tally.naive_falsely += len(naive - truth)
    return seconds


def _part(at: Address) -> tuple[str, str]:
    return (at[0], at[1] if at[0] == "disputes" else "")


def _address(cell: str) -> Address:
    table, rest = cell.split(".", 1)
    row, column = rest.rsplit(".", 1)
    return table, row, column


def measure(count: int) -> None:
    _cp_model()  # its import takes a second and is paid once
    rng = random.Random(1)
    good = reports(count, seed=1)
    print(f"{count} reports of form {FORM} for each line; 'named' are cells that every best set has\n")
    head = [
        "k",
        "slip",
        "seen",
        "only set",
        "exact",
        "among best",
        "among sets",
        "false/named",
        "naive false/named",
        "ms cpu median",
        "ms cpu worst",
    ]
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for k in (1, 2, 3, 4):
        for name in (*SLIPS, *MIXED) if k == 1 else MIXED:
            tally, times = Tally(), []
            for figures in good:
                planted: Figures = {}
                for _ in range(k):
                    kind = SLIPS[rng.choice(MIXED[name]) if name in MIXED else name]
                    planted |= kind(figures | planted, rng)
                seconds = one(figures, planted, tally)
                times += [] if seconds is None else [seconds * 1000]
            if times:
                print(_row(k, name, tally, times), flush=True)
    print("\nOne wrong figure (k = 1), by where it stands:\n")
    for where, is_there in (("section three", "requests"), ("section four", "disputes")):
        tally = Tally()
        for figures in good:
            at = rng.choice([cell for cell in CELLS if cell[0] == is_there])
            one(figures, {at: figures[at] + rng.randint(1, 9)}, tally)
        print(
            f"- {where}: {tally.seen} of {tally.planted} seen, {tally.exact / tally.seen:.1%} located to the one cell"
        )


def _row(k: int, name: str, tally: Tally, times: list[float]) -> str:
    share = [
        f"{value / tally.seen:.1%}" for value in (tally.alone, tally.exact, tally.among_best, tally.among_sets)
    ]
    cells = [
        str(k),
        name,
        f"{tally.seen} of {tally.planted}",
        *share,
        f"{tally.falsely}/{tally.named}",
        f"{tally.naive_falsely}/{tally.naive_named}",
        f"{statistics.median(times):.1f}",
        f"{max(times):.0f}",
    ]
    return "| " + " | ".join(cells) + " |"


def mutations() -> str:
    """The page on single-cell errors no rule can see, by table and row: every cell of every form is changed."""
    lines = [
        "# What the rules cannot see / 规则看不见的错误",
        "",
        "<!-- Generated by `make docs`; edit bench/localise.py. -->",
        "",
        "Each figure of a form is changed alone, in a report that adds up. A cell is *located* if the hard rules name it"
        " and no other, *seen* if some hard rule fails, *unseen* if none does: then only a second reader, the year"
        " before or the text can tell. 逐一改动各格：located 指硬性规则唯一指出该格，seen 指有规则不符但不能定格，"
        "unseen 指没有规则不符，只能靠另一次识读、上年报告或正文。",
        "",
        "| form | table | cells | located | seen | unseen | unseen rows |",
        "|---|---|---|---|---|---|---|",
    ]
    for form_id, form in load_forms().items():
        members: dict[str, set[Address]] = defaultdict(set)
        for slot in form.slots():
            members[slot.table].add((slot.table, slot.row, slot.column))
        equations = [
            frozenset(term.address for term in made.terms)
            for made in compile_checks()
            if made.form == form_id
            and isinstance(made.rule, Equation)
            and (made.rule.severity, made.rule.op) == ("hard", "eq")
        ]
        signature = {
            at: tuple(n for n, equation in enumerate(equations) if at in equation)
            for cells in members.values()
            for at in cells
        }
        alike = Counter(signature.values())
        for table, cells in members.items():
            unseen = sorted({at[1] for at in cells if not signature[at]})
            located = sum(bool(signature[at]) and alike[signature[at]] == 1 for at in cells)
            blind = sum(not signature[at] for at in cells)
            counts = (len(cells), located, len(cells) - located - blind, blind)
            lines.append(
                f"| {form_id} | `{table}` | {' | '.join(map(str, counts))} | {', '.join(f'`{row}`' for row in unseen)} |"
            )
    lines += [
        "",
        "A cell that stands in the same equations as another cannot be told from it by them. In section four the five"
        " cells of a line share their only equation, so a mistake is located to five, or to fewer where some of them"
        " would have to be negative. Two mistakes that cancel in every sum are unseen anywhere."
        " 与他格同处相同等式者，仅凭等式不能区分；第四部分每类五格共用一个等式。彼此抵消的两处错误，任何等式都看不见。",
        "",
        "Of the unseen figures of section two, the rules across years watch `in_force`, `disclosed_total` and"
        " `items_prior`, `X_YOY` jumps of decisions and fees, `FEE_UNIT_SUSPECT` the unit of fees, and"
        " `COUNTY_NO_RULES` the row of regulations.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--mutations", type=Path)
    given = parser.parse_args()
    if given.mutations:
        given.mutations.write_text(mutations(), encoding="utf-8")
    else:
        measure(given.reports)


if __name__ == "__main__":
    main()
