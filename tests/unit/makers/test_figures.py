"""Made figures keep the rules of the form; what is planted breaks the rule it names and no other."""

from random import Random

import pytest

from etl.forms import load_forms
from tests.makers.figures import BREAKERS, PRINTINGS, SIZES, failing
from tests.makers.places import invented
from tests.makers.report import HYBRIDS, Report, make_report

PLACE = invented("990199", "样例县")


def report(year: int = 2023, size: str = "medium", hybrid: str = "") -> Report:
    return make_report(PLACE, year, 5, size, hybrid)


@pytest.mark.parametrize("hybrid", HYBRIDS)
@pytest.mark.parametrize("size", SIZES)
def test_figures_are_whole_and_consistent(size: str, hybrid: str) -> None:
    made = report(2023, size, hybrid)
    forms = load_forms()
    expected = {
        (slot.table, slot.row, slot.column)
        for table, form in made.forms.items()
        for slot in forms[form].slots()
        if slot.table == table
    }
    assert set(made.figures) == expected
    assert failing(made.figures, made.form_of("requests")) == []


@pytest.mark.parametrize("rule", BREAKERS)
@pytest.mark.parametrize("year", [2020, 2023])
def test_a_breaker_breaks_its_rule_only(rule: str, year: int) -> None:
    made = report(year)
    BREAKERS[rule](made.figures, Random(1))
    broken = {check.split()[0] for check in failing(made.figures, made.form_of("requests"))}
    assert broken == {rule}


@pytest.mark.parametrize("name", PRINTINGS)
def test_what_is_printed_instead_of_a_figure_is_text(name: str) -> None:
    made = report(size="small")
    before = dict(made.figures)
    PRINTINGS[name](made.figures, Random(1))
    changed = {address for address in before if made.figures[address] != before[address]}
    assert changed
    assert all(isinstance(made.figures[address], str) for address in changed)
