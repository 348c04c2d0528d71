"""The page about the rules is the one that the rules make."""

from pathlib import Path

from etl.check.reference import rules_page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run: make docs"
