"""The forms as data: what they hold, and what a faulty file is told."""

from pathlib import Path

import pytest

from etl.forms import Form, load_forms, measures, normalise
from etl.forms.labels import numbering
from etl.forms.registry import FORMS
from etl.yaml_source import DataError, load_model


@pytest.mark.parametrize(("form", "figures"), [("2021", 200), ("2019", 198)])
def test_a_form_asks_for_its_number_of_figures(form: str, figures: int) -> None:
    assert len(list(load_forms()[form].slots())) == figures


@pytest.mark.parametrize(("form", "leaves"), [("2021", 21), ("2019", 19)])
def test_the_total_of_results_sums_all_other_results(form: str, leaves: int) -> None:
    table = load_forms()[form].table("requests")
    total = next(row for row in table.rows if row.total_of)
    parts = {row.key for row in table.parts_of_total(total)}
    assert total.key == "outcome.total"
    assert len(parts) == leaves
    assert total.key not in parts


def test_totals_and_leaves_are_told_apart() -> None:
    totals = {address for address, slots in measures().items() if slots[0].is_total}
    assert ("requests", "received.new", "total") in totals
    assert ("requests", "outcome.total", "natural_person") in totals
    assert ("requests", "received.new", "natural_person") not in totals
    assert all(("disputes", row, "total") in totals for row in ("review", "litigation_direct"))


def test_aliases_say_something_new() -> None:
    for form in load_forms().values():
        for table in form.tables:
            for part in table.parts:
                for item in (*part.rows, *part.columns):
                    keys = [normalise(item.zh), *(normalise(alias) for alias in item.aliases)]
                    assert len(set(keys)) == len(keys), f"{form.id} {item.key}: {item.aliases}"


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("unit: 件}", "unit: 头}", "unit"),
        ("key: licensing", "key: Licensing", "lower-case"),
        ("notice:", "notise:", "notise"),
        ("columns:", "columns: [", "not YAML"),
        ("notice:", "id: '2'\nnotice:", "stands twice"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, right: str, wrong: str, word: str) -> None:
    text = (FORMS / "2021.yaml").read_text(encoding="utf-8")
    path = tmp_path / "2021.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    with pytest.raises(DataError) as told:
        load_model(path, Form)
    faults = [fault for fault in str(told.value).splitlines() if word in fault]
    assert any(fault.startswith((f"{path}:{line}: ", f"{path}:{line + 1}: ")) for fault in faults), told.value


def test_a_total_of_nothing_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "2021.yaml"
    text = (FORMS / "2021.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("total_of: outcome", "total_of: nothing"), encoding="utf-8")
    with pytest.raises(DataError, match="holds no row"):
        load_model(path, Form)


def test_an_empty_or_missing_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "2021.yaml").touch()
    with pytest.raises(DataError, match="empty"):
        load_model(tmp_path / "2021.yaml", Form)
    with pytest.raises(DataError, match="cannot be read"):
        load_model(tmp_path / "2022.yaml", Form)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（三） 不 予\n公开", "不予公开"),
        ("１．属于国家秘密", "属于国家秘密"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("①重复申请", "重复申请"),
        ("沁　县", "沁县"),
        ("23619", "23619"),
    ],
)
def test_labels_are_compared_without_typography(printed: str, key: str) -> None:
    assert normalise(printed) == key


def test_numbering_keeps_its_level() -> None:
    assert [numbering(text) for text in ("六、其他", "(六)其他处理", "6. 其他", "其他", "2024")] == [
        "六、",
        "（六）",
        "6.",
        None,
        None,
    ]
