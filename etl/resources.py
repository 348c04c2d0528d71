"""Where the data that ships with Gouji lies: reference data, SQL, rules.

In a checkout these are the top-level folders ``data/``, ``sql/`` and ``expectations/``; an installed
wheel carries the same folders inside the package, under ``etl/_resources/``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKAGED = _PACKAGE / "_resources"
ROOT = _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent

DATA = ROOT / "data"
SQL = ROOT / "sql"
EXPECTATIONS = ROOT / "expectations"


def sql(name: str) -> str:
    """The statements of ``sql/<name>.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
