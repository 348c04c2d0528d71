"""The claims of hundreds of made reports: those that were written, and none that the tables contradict."""

import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest

from etl.check.claims import Agreement, weigh
from etl.check.rules import ClaimRule, load_all_rules
from etl.model import Claim
from etl.narrative import claims
from tests.makers.corpus import random_report
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.prose import Prose, long_prose, prose
from tests.makers.report import Report
from tests.narratives import narrative_of

REPORTS = [random_report(load_places(DEMO_PLACES), Random(seed)) for seed in range(300)]
RULES = [rule for rule in load_all_rules() if isinstance(rule, ClaimRule)]
# What the sentences of the makers' long prose claim, by what stands in them.
_WRITTEN = (
    ("received", re.compile(r"收到政府信息公开申请([\d,]+)余?件")),
    ("no_litigation", re.compile(r"没有因政府信息公开引起的行政诉讼()")),
    ("reviews", re.compile(r"行政复议([\d,]+)余?件")),
    ("processing_fee", re.compile(r"收取信息处理费(\d+)元")),
    ("processing_fee", re.compile(r"未收取信息处理费()")),
)


def _claims(report: Report, made: Prose) -> tuple[str, tuple[Claim, ...]]:
    texts = [one.text for one in (*made.opening, *(one for of in made.sections.values() for one in of))]
    return "".join(texts), claims(narrative_of(*texts), report.year)


def _cells(report: Report) -> dict[str, Decimal]:
    return {".".join(at): Decimal(value) for at, value in report.figures.items() if not isinstance(value, str)}


def test_true_sentences_are_never_contradicted() -> None:
    agreed = 0
    for report in REPORTS:
        _, found = _claims(report, prose(report))
        weighed = weigh(found, _cells(report), report.year, report.form, report.scope, RULES)
        assert [one for one in weighed if one.status is Agreement.CONTRADICT] == []
        agreed += sum(one.status is Agreement.AGREE for one in weighed)
    assert agreed > 3 * len(REPORTS)


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_long_prose_claims_what_is_written_in_it(start: int) -> None:
    for seed, report in enumerate(REPORTS[start : start + 100], start):
        text, found = _claims(report, long_prose(report, seed))
        for kind in ("received", "no_litigation", "reviews", "processing_fee"):
            assert _values(found, kind) == _written(text, kind)
        others = {one.kind for one in found} - {kind for kind, _ in _WRITTEN}
        assert others <= {"list", "channels", "period"}


def _values(found: Sequence[Claim], kind: str) -> list[Decimal]:
    return sorted(one.value or Decimal(0) for one in found if one.kind == kind)


def _written(text: str, kind: str) -> list[Decimal]:
    return sorted(
        Decimal(found[1].replace(",", "") or 0)
        for of, pattern in _WRITTEN
        if of == kind
        for found in pattern.finditer(text)
    )
