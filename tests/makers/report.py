"""A report as a value: whose, which year, on which forms, with which figures and title."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from etl.forms import Form, load_forms
from tests.makers.figures import Figures, random_figures
from tests.makers.places import Place


@dataclass(frozen=True)
class Report:
    """What one document says. ``forms`` names the form of each table: hybrids mix them.

    ``seed`` decides the wording of the prose. ``period`` says whether the text states the year's first and
    last day.
    """

    place: Place
    year: int
    forms: Mapping[str, str]
    figures: Figures
    seed: int
    title: str
    publisher: str
    scope: str = "county"
    period: bool = True
    note: str = ""  # a line before the text; a report with one has no made-up particulars in its prose
    printed_name: str = ""  # the name the document uses, where it is not the place's own
    quirks: tuple[str, ...] = field(default=())

    @property
    def form(self) -> str:
        """The report's form: that of section two where it has one."""
        return next(iter(self.forms.values()))

    @property
    def name(self) -> str:
        return self.printed_name or self.place.name

    def form_of(self, table: str) -> Form:
        return load_forms()[self.forms[table]]


HYBRIDS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "single_other": {"requests": "2019"},  # table two of 2021, one row for （六）其他处理
    "late_disclosure": {"disclosure": "2019"},  # tables three and four of 2021, table two still of 2019
    "late_user": {"disclosure": "2019", "requests": "2019", "disputes": "2019"},  # all of 2019, years late
}
"""Mixtures of forms seen in reports of 2021 and later."""


def make_report(place: Place, year: int, seed: int, size: str = "medium", hybrid: str = "") -> Report:
    """A consistent report of ``place`` for ``year``, on the form of that year unless ``hybrid`` mixes it."""
    rng = Random(f"{place.code} {year} {seed}")
    current = "2021" if year >= 2021 else "2019"
    forms = dict.fromkeys(("disclosure", "requests", "disputes"), current) | dict(HYBRIDS[hybrid])
    known = load_forms()
    figures = random_figures(known[forms["disclosure"]], known[forms["requests"]], size, rng)
    body = f"{place.name}人民政府"
    return Report(place, year, forms, figures, seed, f"{body}{year}年政府信息公开工作年度报告", body)
