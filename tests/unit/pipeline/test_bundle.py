"""Archives: the best report is taken, the rest named; what is built to harm is refused."""

import gzip
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.align import Aligned, align
from etl.extract.bundle import members
from etl.model import ReadError, Reading
from etl.pipeline.bundle import read_bundle
from tests.makers.bundle import BUNDLE_STYLES, bundle
from tests.makers.docx import docx
from tests.makers.html import html
from tests.makers.layout import Grid, lay_out
from tests.makers.packages import packed
from tests.makers.places import invented
from tests.makers.rar import rar
from tests.makers.report import make_report
from tests.needs import needs_libarchive

MADE = lay_out(make_report(invented("990199", "样例县"), 2023, 5, "small"))
REPORT = html(MADE, "word", "utf8")
PART = docx(replace(MADE, blocks=tuple(one for one in MADE.blocks if isinstance(one, Grid))[-1:]))
LIMIT = 2**22


def read(parts: Mapping[str, bytes | str] | bytes) -> tuple[Reading, Aligned]:
    content = parts if isinstance(parts, bytes) else packed(parts)
    reading = read_bundle(content, max_bytes=LIMIT, max_pages=10).reading
    return reading, align(reading.grids)


def code(parts: Mapping[str, bytes | str] | bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(parts)
    return caught.value.code


def said(reading: Reading) -> dict[str, str]:
    return {problem.code: problem.message for problem in reading.problems}


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(name, marks=() if style.archive == "zip" else needs_libarchive)
        for name, style in BUNDLE_STYLES.items()
    ],
)
def test_every_style_gives_all_cells_and_says_which_member(style: str) -> None:
    reading, aligned = read(bundle(MADE, BUNDLE_STYLES[style]))
    assert len(aligned.observations) == len(MADE.report.figures)
    assert all((one.place.path or "").count("2023年政府信息公开") >= 1 for one in aligned.observations)
    assert reading.format == BUNDLE_STYLES[style].member.replace("xlsx", "xls")


def test_the_fullest_report_is_taken_and_others_are_named() -> None:
    reading, aligned = read({"a/附表.docx": PART, "b.html": REPORT, "c.txt": "说明\n", "c.pdf": b"%PDF-1.7 x"})
    assert (reading.format, len(aligned.observations)) == ("html", len(MADE.report.figures))
    assert "a/附表.docx (15 cells)" in said(reading)["other_reports"]
    assert "c.pdf" in said(reading)["member_unread"]
    assert (aligned.observations[0].place.path or "").startswith("b.html!/html/")


def test_an_archive_without_a_readable_document() -> None:
    assert code({"photo.png": b"\x89PNG\r\n", "__MACOSX/._a.html": REPORT}) == "empty"
    assert code({"a.pdf": b"%PDF-1.7 x"}) == "corrupt"
    assert code(b"PK\x05\x06" + b"\x00" * 18) == "empty"


def test_a_member_under_a_password_is_named() -> None:
    content = bytearray(packed({"年报.html": REPORT}))
    info = zipfile.ZipFile(BytesIO(content)).infolist()[0]
    content[info.header_offset + 6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(content)) == "encrypted"


def test_names_that_lead_out_are_refused() -> None:
    for name in ("../年报.html", "/etc/年报.html", "a/../../b.html", "C:\\年报.html"):
        assert code({name: REPORT}) == "unsafe"


def test_archives_made_to_swell_are_refused() -> None:
    assert code({"a.txt": b" " * 2**24}) == "unsafe"
    assert code({f"{n}.txt": "一" for n in range(201)}) == "unsafe"
    nested = packed({"a.html": REPORT})
    for _ in range(3):
        nested = packed({"a.zip": nested})
    assert code(nested) == "unsafe"
    once = packed({"a.html": REPORT})
    assert len(read({"a.zip": packed({"b.zip": once})})[1].observations) == len(MADE.report.figures)
    # Each below its limit, all together above.
    many = {f"{n}.txt": bytes(range(256)) * 2**13 for n in range(9)}
    assert code(many) == "too_large"
    reading, _ = read({f"{n}.zip": packed({"a.txt": "一\n" * 2**19}) for n in range(9)})
    assert "8.zip" in said(reading)["member_unread"]  # nested archives share one limit


def test_gbk_names_are_read() -> None:
    found = [one.name for one in members(packed({"年报/甲.txt": "一"}, gbk_names=True), max_bytes=LIMIT)]
    assert found == ["年报/甲.txt"]


def seven_zip(parts: Mapping[str, bytes]) -> bytes:
    import libarchive

    out = bytearray()

    def take(block: bytes) -> int:
        out.extend(block)
        return len(block)

    with libarchive.custom_writer(take, "7zip") as archive:
        for name, content in parts.items():
            archive.add_file_from_memory(name, len(content), content)
    return bytes(out)


@needs_libarchive
def test_a_7z_archive_is_read() -> None:
    _reading, aligned = read(seven_zip({"年报/年报.html": REPORT, "年报/附表.docx": PART}))
    assert len(aligned.observations) == len(MADE.report.figures)
    assert (aligned.observations[0].place.path or "").startswith("年报/年报.html!/html/")


@needs_libarchive
def test_rar_and_7z_have_the_limits_of_zip() -> None:
    assert code(rar({"年报.html": REPORT}, encrypted=True)) == "encrypted"
    assert code(rar({"../年报.html": REPORT})) == "unsafe"
    assert code(rar({f"{n}.txt": b"1" for n in range(201)})) == "unsafe"
    assert code(rar({f"{n}.css": b"1" for n in range(2_001)})) == "unsafe"
    assert code(rar({f"{n}.txt": bytes(2**21) for n in range(9)})) == "too_large"
    assert code(seven_zip({"a.txt": b" " * 2**24})) == "unsafe"
    assert code(gzip.compress(b" " * 2**24)) == "unsafe"
    nested = rar({"a.html": REPORT})
    for _ in range(3):
        nested = seven_zip({"a.rar": nested})
    assert code(nested) == "unsafe"


@needs_libarchive
def test_links_in_an_archive_are_not_followed() -> None:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("年报.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert code(out.getvalue()) == "unsafe"


def test_a_packed_page_is_read_as_one() -> None:
    reading, aligned = read(gzip.compress(REPORT))
    assert (reading.format, len(aligned.observations)) == ("html", len(MADE.report.figures))


def test_without_libarchive_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "libarchive", None)
    with pytest.raises(ReadError, match="libarchive13") as caught:
        read(rar({"a.html": REPORT}))
    assert caught.value.code == "libarchive_missing"


@needs_libarchive
@pytest.mark.parametrize("make", [rar, seven_zip])
def test_damage_to_an_archive_is_told(make: Callable[[Mapping[str, bytes]], bytes]) -> None:
    content = make({"年报.html": REPORT, "附表.docx": PART})
    found = {said_of(content[:length]) for length in range(9, len(content), len(content) // 40)}
    assert "corrupt" in found
    assert found <= {"corrupt", "empty", "read"}


def said_of(content: bytes) -> str:
    try:
        read(content)
    except ReadError as error:
        return error.code
    return "read"


CONTENT = packed({"年报.html": REPORT, "附表.docx": PART})


@settings(max_examples=60, deadline=None)
@given(st.integers(4, len(CONTENT) - 1))
def test_an_archive_cut_off_anywhere_is_corrupt(length: int) -> None:
    assert code(CONTENT[:length]) == "corrupt"
