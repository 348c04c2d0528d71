"""What the running text of a report costs: ``python -m bench.narrative [--reports 1000]``.

Invented reports with the short and the long prose of the makers. Milliseconds of processor time a report: the
claims of its text, and holding them against its tables.

Target: 5 ms a report.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from etl.check.claims import weigh
from etl.check.explain.claims import claim_rules
from etl.narrative import claims
from etl.narrative.vocabulary import vocabulary
from tests.makers.corpus import random_report
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.prose import Prose, long_prose, prose
from tests.makers.report import Report
from tests.narratives import narrative_of


def texts_of(made: Prose) -> list[str]:
    return [one.text for one in (*made.opening, *(one for of in made.sections.values() for one in of))]


def measure(name: str, made: Sequence[tuple[Report, list[str]]]) -> None:
    rules = list(claim_rules().values())
    spent, found, signs = [], 0, 0
    for report, texts in made:
        narrative = narrative_of(*texts)
        cells = {".".join(at): Decimal(one) for at, one in report.figures.items() if not isinstance(one, str)}
        began = time.process_time()
        of_report = claims(narrative, report.year)
        weigh(of_report, cells, report.year, report.form, report.scope, rules)
        spent.append((time.process_time() - began) * 1000)
        found += len(of_report)
        signs += sum(map(len, texts))
    print(
        f"{name:12} {signs / len(made):7.0f} characters {found / len(made):5.1f} claims a report:"
        f" {statistics.median(spent):5.2f} ms median, {max(spent):5.2f} ms worst"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    count = parser.parse_args().reports
    vocabulary()  # compiled once
    places = load_places(DEMO_PLACES)
    reports = [random_report(places, Random(seed)) for seed in range(count)]
    kinds: dict[str, Callable[[Report, int], Prose]] = {
        "short prose": lambda report, _: prose(report),
        "long prose": long_prose,
    }
    for name, make in kinds.items():
        measure(name, [(report, texts_of(make(report, seed))) for seed, report in enumerate(reports)])


if __name__ == "__main__":
    main()
