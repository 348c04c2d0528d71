"""The demo and the golden documents in the repository are what the makers make, byte for byte."""

from pathlib import Path

from tests.makers import demo, golden
from tests.makers.corpus import FORMATS, RENAMED
from tests.makers.figures import BREAKERS, PRINTINGS, failing
from tests.makers.html import ENCODINGS
from tests.makers.places import DEMO_PLACES
from tests.makers.quirks import QUIRKS
from tests.makers.report import HYBRIDS
from tests.makers.stat import SHAPES
from tests.makers.titles import TITLES


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".py"
    }


def test_the_demo_can_be_made_again(tmp_path: Path) -> None:
    demo.write_demo(tmp_path)
    assert contents(tmp_path) | {"places.csv": DEMO_PLACES.read_bytes()} == contents(demo.FOLDER)


def test_the_golden_documents_can_be_made_again(tmp_path: Path) -> None:
    golden.write_golden(tmp_path)
    assert contents(tmp_path) == contents(golden.FOLDER)


def test_the_golden_documents_show_everything_the_makers_can_do() -> None:
    known = {
        *QUIRKS,
        *PRINTINGS,
        *BREAKERS,
        *TITLES,
        *RENAMED,
        *filter(None, HYBRIDS),
        *ENCODINGS,
        *(style for styles in FORMATS.values() for style in styles),
    }
    assert known - golden.shown() == set()


def test_the_golden_lists_show_every_shape() -> None:
    assert {shape for _, shape, *_ in golden.LISTS} == set(SHAPES)


def test_demo_reports_break_the_planted_rules_and_no_others() -> None:
    planted = {entry.name: {entry.breaks} - {""} for entry in demo.ENTRIES}
    for made, _ in demo.demo_documents():
        found = failing(made.report.figures, made.report.form_of("requests"))
        assert {check.split()[0] for check in found} == planted.get(made.name, set()), made.name


def test_every_invented_document_says_so() -> None:
    for made, _ in demo.demo_documents():
        assert made.report.place.is_invented or made.report.place.code == "211421"
        assert any("示例" in getattr(block, "text", "") for block in made.document.blocks)
