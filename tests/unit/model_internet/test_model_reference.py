"""docs/reference/model-internet.md is held to the code."""

import re

from etl.model_internet import Family, Fault
from etl.model_internet.log import Logged
from etl.resources import ROOT

TOLD = (ROOT / "docs" / "reference" / "model-internet.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    _, part = TOLD.split(f"## {heading}\n")
    rows = re.findall(r"^\| (`[^|]*`) \|", part.split("\n## ")[0], re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]*)`", row)]


def test_every_family_is_told() -> None:
    assert sorted(first_column("Families")) == sorted(Family)


def test_every_fault_is_told() -> None:
    assert first_column("Faults") == [*Fault]


def test_every_field_of_the_log_is_told() -> None:
    assert sorted(first_column("The request log")) == sorted(Logged._fields)
