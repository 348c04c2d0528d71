"""The period that a report says its figures are of: 统计期限为2024年1月1日至12月31日."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from etl.narrative.vocabulary import vocabulary

_DAYS = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:起|开始)?[，,、]?(?:至|到|一|[-—–―~～─])+"
    r"(?:(?P<last_year>(?:19|20)\d\d)年)?(?P<last_month>\d{1,2})月(?P<last_day>\d{1,2})日(?:止)?"
)
_NEAR = 30  # characters between what a period is called and where it begins


class Period(NamedTuple):
    """First and last day as numbers such as 20241231, and where in the text the words are."""

    first: Decimal
    last: Decimal
    start: int
    end: int


def periods(text: str) -> Iterator[Period]:
    """The periods that a paragraph gives for its figures; other stretches of time are none."""
    for found in _DAYS.finditer(text):
        near = max(found.start() - _NEAR, 0), found.start()
        if not vocabulary().period.search(text, *near) and not (
            vocabulary().perhaps_period.search(text, *near) and _is_about_a_year(found)
        ):
            continue
        year, last_year = found["year"], found["last_year"] or found["year"]
        yield Period(
            _day(year, found["month"], found["day"]),
            _day(last_year, found["last_month"], found["last_day"]),
            *found.span(),
        )


def _is_about_a_year(found: "re.Match[str]") -> bool:
    """From January to December, of one year."""
    return (
        found["last_year"] in (None, found["year"])
        and int(found["month"]) == 1
        and int(found["last_month"]) == 12
    )


def _day(year: str, month: str, day: str) -> Decimal:
    return Decimal(int(year) * 10_000 + int(month) * 100 + int(day))
