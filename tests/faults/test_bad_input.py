"""Bad files: each becomes a row that says why, and costs the batch nothing."""

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.command import extracted, gouji
from tests.makers.packages import packed

GOLDEN = Path(__file__).parents[1] / "golden"
GOOD = GOLDEN / "small-print.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    pdf = GOOD.read_bytes()
    html = (GOLDEN / "blank-zeros.html").read_bytes()
    (folder / "good.pdf").write_bytes(pdf)
    (folder / "truncated.pdf").write_bytes(pdf[: len(pdf) // 2])
    (folder / "garbled.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    (folder / "empty.pdf").touch()
    (folder / "html-named.pdf").write_bytes(html)
    (folder / "pdf-named.html").write_bytes((GOLDEN / "narrow-columns.pdf").read_bytes())
    (folder / "word.docx").write_bytes((GOLDEN / "docx-plain.docx").read_bytes()[:2000])
    (folder / "laughs.docx").write_bytes(
        packed({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'})
    )
    (folder / "bomb.zip").write_bytes(packed({"年报.html": b" " * 2**25}))
    (folder / "cut.xls").write_bytes((GOLDEN / "xls-sheets.xls").read_bytes()[:600])
    (folder / "slides.pptx").write_bytes(packed({"ppt/presentation.xml": "<p/>"}))
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)
    (folder / "huge.html").write_bytes(b"<table>" + b"<tr><td>1</td></tr>" * 2_700_000)  # 51 MB
    text = html.decode("utf-8", errors="replace")
    start = text.rindex("<table", 0, text.index("行政复议</"))
    (folder / "no-section-four.html").write_text(text[:start], encoding="utf-8")
    secret = Canvas(str(folder / "encrypted.pdf"), encrypt=StandardEncryption("secret"))
    secret.drawString(100, 700, "x")
    secret.save()
    letter = Canvas(str(folder / "letter.pdf"))
    letter.drawString(100, 700, "Dear reader, this is no report.")
    letter.save()
    return folder


EXPECTED = {
    "truncated.pdf": "corrupt",
    "garbled.pdf": "corrupt",
    "empty.pdf": "empty",
    "encrypted.pdf": "encrypted",
    "letter.pdf": "no_tables",
    "word.docx": "corrupt",
    "laughs.docx": "unsafe",
    "bomb.zip": "unsafe",
    "cut.xls": "corrupt",
    "slides.pptx": "unsupported_format",
    "binary.txt": "unknown_format",
    "huge.html": "too_large",
    "html-named.pdf": "mislabelled",
    "pdf-named.html": "mislabelled",
    "no-section-four.html": "missing_table",
}


def test_every_file_comes_out_and_says_what_is_wrong(folder: Path) -> None:
    read = extracted(*sorted(folder.iterdir()), folder / "absent.pdf", status=1)
    assert set(read) == {*EXPECTED, "good.pdf", "absent.pdf"}
    for name, code in {**EXPECTED, "absent.pdf": "not_found"}.items():
        problems = {problem["code"]: problem["message"] for problem in read[name]["problems"]}
        assert code in problems, f"{name}: {problems}"
        assert problems[code]
        if code not in ("mislabelled", "missing_table"):
            assert read[name]["observations"] == []
    assert len(read["good.pdf"]["observations"]) == 198
    assert len(read["html-named.pdf"]["observations"]) == 198
    assert len(read["no-section-four.html"]["observations"]) == 183


@pytest.mark.slow
def test_a_batch_with_bad_files_is_ingested_built_and_published(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    taken = gouji("ingest", *sorted(folder.iterdir()), "--county", "990101", "--year", "2019", "--home", home)
    assert taken.returncode == 2  # a county that does not exist is a slip to be mended first
    assert "990101" in taken.stderr
    taken = gouji("ingest", *sorted(folder.iterdir()), "--county", "211421", "--year", "2019", "--home", home)
    assert taken.returncode == 1
    for name, code in EXPECTED.items():
        assert f"{name}: {code}" in taken.stderr
    rows = gouji(
        "query",
        "select code, count(*) from fact_problem group by code order by code",
        "-f",
        "csv",
        "--home",
        home,
    )
    found = dict(line.split(",") for line in rows.stdout.splitlines()[1:])
    assert {EXPECTED[name] for name in EXPECTED} <= set(found)
    states = gouji(
        "query",
        "select state from coverage where county_code = '211421' and year = 2019",
        "-f",
        "csv",
        "--home",
        home,
    )
    assert states.stdout.split() == ["state", "published"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["query", "select 1"], "nothing is published yet"),
        (["show", "绥中县", "2024"], "nothing is published yet"),
        (["check"], "nothing is published yet"),
    ],
)
def test_a_home_without_a_warehouse_says_what_to_do(tmp_path: Path, arguments: list[str], word: str) -> None:
    run = gouji(*arguments, "--home", tmp_path / "none")
    assert run.returncode == 1
    assert word in run.stderr
    assert "Traceback" not in run.stderr


def test_what_is_no_day_is_told(tmp_path: Path) -> None:
    run = gouji("query", "select 1", "--as-of", "last spring", "--home", tmp_path)
    assert run.returncode == 2
    assert "--as-of last spring: neither a day, as 2025-03-31, nor a moment" in run.stderr


def test_faulty_settings_are_told(tmp_path: Path) -> None:
    (tmp_path / "gouji.toml").write_text("workers = 0\n")
    run = gouji("build", "--home", tmp_path)
    assert run.returncode == 2
    assert "workers" in run.stderr
    (tmp_path / "gouji.toml").write_text("workers = \n")
    run = gouji("build", "--home", tmp_path)
    assert run.returncode == 2
    assert "gouji.toml" in run.stderr
    assert "Traceback" not in run.stderr
