"""The reference names every table and column of the catalogue, and no other."""

import re
from pathlib import Path

from etl.catalogue.models import Base

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "catalogue.md"


def test_every_table_and_column_is_documented() -> None:
    told = {}
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    for table, section in sections:
        cells = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, re.MULTILINE)
        told[table] = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert told == {name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()}
