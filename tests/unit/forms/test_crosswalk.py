"""The crosswalk: every pair of forms has a label, and a faulty file is told."""

from pathlib import Path

import pytest

from etl.forms import load_forms
from etl.forms.crosswalk import CROSSWALK, load_crosswalk
from etl.yaml_source import DataError


def test_what_only_one_form_has_is_compared_with_nothing() -> None:
    concepts = {concept.key: concept for concept in load_crosswalk()}
    assert list(concepts["procurement_amount"].forms) == ["2019"]
    assert list(concepts["fees"].forms) == ["2021"]
    assert concepts["fees"].comparability == concepts["procurement_amount"].comparability == ()


def test_the_breaks_of_series_are_labelled() -> None:
    concepts = {concept.key: concept for concept in load_crosswalk()}
    stock = concepts["normative_documents_stock"].between("2021", "2019")
    assert stock is not None
    assert stock.label == "none"
    refused = concepts["requests_refused"].between("2014", "2021")
    assert refused is not None
    assert refused.label == "weak"


def test_no_cell_stands_in_two_addresses_of_a_concept() -> None:
    for concept in load_crosswalk():
        for form in concept.forms:
            cells = [(slot.table, slot.row, slot.column) for slots in concept.slots(form) for slot in slots]
            assert len(cells) == len(set(cells)), concept.key


def test_all_of_section_three_and_four_is_comparable_between_2019_and_2021() -> None:
    covered = {
        (slot.table, slot.row)
        for concept in load_crosswalk()
        if (said := concept.between("2019", "2021")) is not None and said.label == "exact"
        for form in ("2019", "2021")
        for slots in concept.slots(form)
        for slot in slots
    }
    for form in ("2019", "2021"):
        rows = {(s.table, s.row) for s in load_forms()[form].slots() if s.table in ("requests", "disputes")}
        assert rows <= covered


@pytest.mark.parametrize(
    ("right", "wrong", "word"),
    [
        ("[requests.received.new]", "[requests.received.old]", "neither a row nor a cell"),
        ('"2021": [requests.received.new]', '"2022": [requests.received.new]', "no form"),
        ("label: exact, zh", "label: same, zh", "exact"),
        ("unit: 件", "unit: 条", "counts it in"),
        ('forms: ["2021", "2014"]', 'forms: ["2021", "2019"]', "one label"),
        ("key: requests_carried_in", "key: requests_received", "stand twice"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, right: str, wrong: str, word: str) -> None:
    text = CROSSWALK.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "crosswalk.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DataError, match=word):
        load_crosswalk(path)
