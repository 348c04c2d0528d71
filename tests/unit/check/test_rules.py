"""The rules as data: they load, and a faulty file says where and why."""

from pathlib import Path

import pytest

from etl.check.rules import load_rules, read_rules
from etl.forms import load_forms
from etl.yaml_source import DataError

HEAD = """\
equations:
  - id: SUM
    severity: hard
    scope: intra
    forms: ["2021"]
    zh: 和
    en: sum
    source: {zh: 表式, en: the form}
"""


def _equation(table: str, each: str, left: str, right: str) -> str:
    return f"{HEAD}    table: {table}\n    each: {each}\n    left: {left}\n    right: {right}\n"


GOOD = _equation("disputes", "row", "{parts_of: total}", "[total]")


def _read(folder: Path, text: str) -> None:
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    read_rules(folder)


def test_the_rules_that_ship_load_and_name_every_form() -> None:
    assert {form for rule in load_rules() for form in rule.forms} == set(load_forms())


@pytest.mark.parametrize(
    ("table", "each", "left", "right", "line", "message"),
    [
        ("requests", "column", "{parts_of: carried_out}", "[carried_out]", 2, "'carried_out' is no total row"),
        ("requests", "column", "[received.news]", "[carried_out]", 2, "no cell requests.received.news.natural"),
        ("disputes", "row", "{parts_of: pending}", "[total]", 2, "'pending' is no total column"),
        ("disputes", "row", "[upheld, total]", "[total]", 2, "total stands on both sides"),
        ("disputes", "row", "[upheld]", "[totals]", 2, "no cell disputes.review.totals"),
        ("appeals", "row", "[upheld]", "[total]", 9, "table: Input should be"),
        ("disputes", "row", "[]", "[total]", 11, "at least 1 item"),
    ],
)
def test_an_equation_about_cells_no_form_has_is_refused(
    tmp_path: Path, table: str, each: str, left: str, right: str, line: int, message: str
) -> None:
    with pytest.raises(DataError) as error:
        _read(tmp_path, _equation(table, each, left, right))
    assert f"rules.yaml:{line}: " in str(error.value)
    assert message in str(error.value)


def test_lines_have_to_exist(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules\.yaml:2: .*no cell disputes\.appeal\.upheld"):
        _read(tmp_path, f"{GOOD}    lines: [appeal]\n")


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules\.yaml:2: .*no form '1999'"):
        _read(tmp_path, GOOD.replace("2021", "1999"))


def test_an_id_stands_for_one_rule(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError, match="SUM stands twice"):
        _read(tmp_path, GOOD)


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no rule found"):
        read_rules(tmp_path)
