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


def _read(folder: Path, text: str) -> None:
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    read_rules(folder)


def test_the_rules_that_ship_load_and_name_every_form() -> None:
    assert {form for rule in load_rules() for form in rule.forms} == set(load_forms())


@pytest.mark.parametrize(
    ("rest", "line", "message"),
    [
        ("    table: requests\n    each: column\n    left: [received.news]\n    right: [carried_out]\n", 2, "no cell requests.received.news.natural_person"),
        ("    table: requests\n    each: column\n    left: {parts_of: carried_out}\n    right: [carried_out]\n", 2, "'carried_out' is no total row"),
        ("    table: disputes\n    each: row\n    left: {parts_of: pending}\n    right: [total]\n", 2, "'pending' is no total column"),
        ("    table: disputes\n    each: row\n    lines: [appeal]\n    left: {parts_of: total}\n    right: [total]\n", 2, "no cell disputes.appeal.upheld"),
        ("    table: disputes\n    each: row\n    left: [upheld, total]\n    right: [total]\n", 2, "total stands on both sides"),
        ("    table: appeals\n    each: row\n    left: [upheld]\n    right: [total]\n", 9, "table: Input should be"),
        ("    table: disputes\n    each: row\n    left: []\n    right: [total]\n", 11, "at least 1 item"),
    ],
)  # fmt: skip
def test_an_equation_about_cells_no_form_has_is_refused(
    tmp_path: Path, rest: str, line: int, message: str
) -> None:
    with pytest.raises(DataError) as error:
        _read(tmp_path, HEAD + rest)
    assert f"rules.yaml:{line}: " in str(error.value)
    assert message in str(error.value)


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"rules\.yaml:2: .*no form '2014'"):
        _read(
            tmp_path,
            HEAD.replace("2021", "2014")
            + "    table: disputes\n    each: row\n    left: {parts_of: total}\n    right: [total]\n",
        )


def test_an_id_stands_for_one_rule(tmp_path: Path) -> None:
    rule = HEAD + "    table: disputes\n    each: row\n    left: {parts_of: total}\n    right: [total]\n"
    (tmp_path / "a.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(DataError, match="SUM stands twice"):
        _read(tmp_path, rule)


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no rule found"):
        read_rules(tmp_path)
