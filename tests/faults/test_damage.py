"""Damage at random: whatever a file is, its reader says what is wrong, and never breaks off.

The makers' documents of every format, cut off at every tenth, with bytes changed, and, of packages, with parts
changed under right checksums. A failure names the seed.
"""

from pathlib import Path

import pytest

from etl.pipeline.extraction import Source, extract_file
from etl.settings import Home
from tests.faults.damage import cut_off, damaged, damaged_inside
from tests.needs import needs_libarchive

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = {
    "html": "blank-zeros.html",
    "text": "text-dos.txt",
    "pdf": "small-print.pdf",
    "docx": "docx-lists.docx",
    "ofd": "ofd-lines.ofd",
    "xlsx": "xlsx-sheets.xlsx",
    "xls": "xls-sheets.xls",
    "zip": "zip-parts.zip",
    "rar": "rar-parts.rar",
    "tar": "tar-gbk-names.tar",
    "gzip": "tar-gz.tar.gz",
}
PACKAGES = ("docx", "ofd", "xlsx", "zip")
SEEDS = 25
NEVER = {"reader_failed", "reader_crashed"}

pytestmark = pytest.mark.slow


def codes(content: bytes, folder: Path) -> set[str]:
    file = folder / "damaged"
    file.write_bytes(content)
    return {problem.code for problem in extract_file(Source(file, file.name), Home(home=folder)).problems}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs_libarchive if kind in ("rar", "tar") else ()) for kind in FILES]
)
def test_damaged_files_are_told(kind: str, tmp_path: Path) -> None:
    content = (GOLDEN / FILES[kind]).read_bytes()
    for number, cut in enumerate(cut_off(content)):
        assert not codes(cut, tmp_path) & NEVER, f"cut off at {number + 1} tenths"
    for seed in range(SEEDS):
        assert not codes(damaged(content, seed), tmp_path) & NEVER, f"seed {seed}"


@pytest.mark.parametrize("kind", PACKAGES)
def test_packages_with_damaged_parts_are_told(kind: str, tmp_path: Path) -> None:
    content = (GOLDEN / FILES[kind]).read_bytes()
    for seed in range(SEEDS):
        assert not codes(damaged_inside(content, seed), tmp_path) & NEVER, f"seed {seed}"
