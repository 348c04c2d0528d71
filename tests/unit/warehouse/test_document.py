"""The dictionary of the warehouse is the one that its comments make."""

from etl.warehouse.document import REFERENCE, warehouse_page


def test_the_committed_page_is_current() -> None:
    committed = (REFERENCE / "warehouse.md").read_text(encoding="utf-8")
    assert committed == warehouse_page(), "run: make docs"
