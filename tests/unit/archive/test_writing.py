"""What is written is WARC/1.1 as other tools read it, and comes back as it was."""

import gzip
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from etl.archive import ArchiveError, ArchiveIOError, Exchange
from etl.archive import writer as writing
from tests.unit.archive.exchanges import AT, URL, archive_in, exchange, sha, warc_files

PAGE = "<html><body>政府信息公开工作年度报告</body></html>".encode("gbk") * 9


def records(warc: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    """All records of a file with their payloads as they are stored, read by warcio alone."""
    with warc.open("rb") as file:
        return [(record, record.raw_stream.read()) for record in ArchiveIterator(file, check_digests="raise")]


def write(folder: Path, *exchanges: Exchange) -> list[tuple[ArcWarcRecord, bytes]]:
    with archive_in(folder).writer("crawl") as writer:
        for one in exchanges:
            writer.exchange(one)
    (warc,) = warc_files(folder)
    return records(warc)


def test_an_exchange_is_a_response_and_its_request(tmp_path: Path) -> None:
    (info, fields), (response, body), (request, form) = write(tmp_path, exchange(PAGE, form=b"page=2"))
    assert info.rec_type == "warcinfo"
    assert info.rec_headers.get_header("WARC-Filename") == warc_files(tmp_path)[0].name
    assert b"software: gouji/" in fields
    assert b"conformsTo: http" in fields
    assert (response.rec_type, request.rec_type) == ("response", "request")
    assert response.rec_headers.protocol == "WARC/1.1"
    assert response.rec_headers.get_header("WARC-Target-URI") == URL
    assert response.rec_headers.get_header("WARC-Date") == "2026-03-31T01:02:03.456789Z"
    assert response.http_headers.statusline == "200 OK"
    assert body == PAGE
    assert request.http_headers.statusline == "/zwgk/nb/2024.html HTTP/1.1"
    assert request.http_headers.get_header("Host") == "qinghe.localhost"
    assert form == b"page=2"
    response_id = response.rec_headers.get_header("WARC-Record-ID")
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response_id


def test_standard_tools_find_no_fault(tmp_path: Path) -> None:
    write(tmp_path, exchange(PAGE), exchange(b"", url=f"{URL}?empty"), exchange(PAGE, revisit_of=(URL, AT)))
    warc = str(warc_files(tmp_path)[0])
    tool = [sys.executable, "-c", "from warcio.cli import main; main()"]
    checked = subprocess.run([*tool, "check", "-v", warc], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("digest pass") >= 4
    indexed = subprocess.run(
        [*tool, "index", "-f", "warc-type", warc], capture_output=True, text=True, check=True
    )
    found = [line.split('"')[3] for line in indexed.stdout.splitlines()]
    assert found == ["warcinfo", *["response", "request"] * 2, "revisit", "request"]


def test_unchanged_content_is_a_revisit(tmp_path: Path) -> None:
    same = exchange(PAGE, revisit_of=(URL, AT))
    unsent = exchange(PAGE, body=b"", status=304, reason="Not Modified", revisit_of=(URL, AT))
    _, (first, _), _, (again, body), _, (not_modified, nothing), _ = write(
        tmp_path, exchange(PAGE), same, unsent
    )
    for revisit, profile in ((again, "identical-payload-digest"), (not_modified, "server-not-modified")):
        fields = revisit.rec_headers
        assert revisit.rec_type == "revisit"
        assert fields.get_header("WARC-Profile") == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert fields.get_header("WARC-Refers-To-Target-URI") == first.rec_headers.get_header("WARC-Target-URI")
        assert fields.get_header("WARC-Refers-To-Date") == first.rec_headers.get_header("WARC-Date")
        assert fields.get_header("Gouji-Content-SHA256") == sha(PAGE)
    digests = {one.rec_headers.get_header("WARC-Payload-Digest") for one in (first, again)}
    assert len(digests) == 1
    assert (body, nothing) == (b"", b"")
    assert not_modified.http_headers.get_statuscode() == "304"
    archive = archive_in(tmp_path)
    assert archive.read(sha(PAGE)) == PAGE
    with warc_files(tmp_path)[0].open("rb") as file:
        place = archive.locate([sha(PAGE)])[sha(PAGE)]
        file.seek(place.offset)
        assert next(ArchiveIterator(file)).rec_type == "response"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZIP", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:90]) + gzip.compress(PAGE[90:])),
        ("gzip", gzip.compress(PAGE)[:-8] + b"\0" * 8),
        ("gzip", gzip.compress(PAGE)[:-3]),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("br", brotli.compress(PAGE)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
        ("gzip", PAGE),
        ("identity", PAGE),
        ("utf-8", PAGE),
    ],
    ids=(
        "gzip x-gzip members wrong-checksum cut-short deflate raw-deflate brotli twice"
        " said-only identity nonsense"
    ).split(),
)
def test_a_packed_body_stays_packed_and_its_content_is_read(
    tmp_path: Path, encoding: str, body: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    packed = exchange(PAGE, body=body, headers=(("Content-Encoding", encoding), ("Vary", "*")))
    _, (response, stored), _ = write(tmp_path, packed)
    assert stored == body
    assert response.http_headers.get_header("Content-Encoding") == encoding
    assert archive_in(tmp_path).read(sha(PAGE)) == PAGE
    assert archive_in(tmp_path).verify() == []
    assert capfd.readouterr().err == ""


def test_an_encoding_that_cannot_be_unpacked_is_no_damage(tmp_path: Path) -> None:
    write(tmp_path, exchange(PAGE, body=b"packed somehow", headers=(("Content-Encoding", "zstd"),)))
    archive = archive_in(tmp_path)
    assert archive.verify(repair=True) == []
    with pytest.raises(ArchiveError, match="zstd"):
        archive.read(sha(PAGE))


def test_headers_are_kept_as_they_came(tmp_path: Path) -> None:
    name = 'attachment; filename="年报.pdf"'.encode("gbk").decode("latin-1")
    headers = (("Content-Disposition", name), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Empty", ""))
    write(tmp_path, exchange(PAGE, headers=(*headers, ("Transfer-Encoding", "chunked"))))
    plain = gzip.decompress(warc_files(tmp_path)[0].read_bytes())
    assert 'filename="年报.pdf"'.encode("gbk") in plain
    assert b"Transfer-Encoding" not in plain
    _, (response, _), _ = records(warc_files(tmp_path)[0])
    assert response.http_headers.headers == list(headers)


def test_line_breaks_cannot_smuggle_headers_in(tmp_path: Path) -> None:
    hostile = "a\r\nWARC-Type: metadata\r\n\r\nb"
    _, (response, body), (request, _) = write(
        tmp_path, exchange(PAGE, reason=hostile, url=f"{URL}?{hostile}", headers=(("X-Hostile", hostile),))
    )
    assert response.rec_type == "response"
    assert body == PAGE
    assert [name for name, _ in response.http_headers.headers if name == "WARC-Type"] == []
    assert request.http_headers.get_header("Host") == "qinghe.localhost"
    assert archive_in(tmp_path).verify() == []


def test_a_file_is_a_resource(tmp_path: Path) -> None:
    archive = archive_in(tmp_path)
    with archive.writer("ingest") as writer:
        assert writer.resource("file:///inbox/2024.pdf", b"%PDF-1.7", "2024.pdf") == sha(b"%PDF-1.7")
        assert archive.read(sha(b"%PDF-1.7")) == b"%PDF-1.7"  # still in the spool
    _, (resource, content) = records(warc_files(tmp_path)[0])
    assert resource.rec_type == "resource"
    assert resource.rec_headers.get_header("WARC-Target-URI") == "file:///inbox/2024.pdf"
    assert content == archive.read(sha(b"%PDF-1.7")) == b"%PDF-1.7"


def test_a_writer_that_wrote_nothing_leaves_nothing(tmp_path: Path) -> None:
    with archive_in(tmp_path).writer("crawl"):
        pass
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_files_roll_over_and_have_names_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FULL", 2000)
    archive = archive_in(tmp_path)
    contents = [bytes([65 + number]) * 3000 for number in range(20)]
    with archive.writer("crawl") as writer:
        for content in contents:
            writer.exchange(exchange(content))
    found = warc_files(tmp_path)
    assert len(found) > 2
    assert all(records(warc)[0][0].rec_type == "warcinfo" for warc in found)
    assert [archive.read(sha(content)) for content in contents] == contents
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_failed_write_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path)
    with archive.writer("crawl") as writer:
        writer.exchange(exchange(b"before"))
        monkeypatch.setattr(writing.os, "write", _full_disk)
        with pytest.raises(ArchiveIOError, match="disk is full"):
            writer.exchange(exchange(b"x" * 5000))
        monkeypatch.undo()
        writer.exchange(exchange(b"after"))
    assert archive.verify() == []
    assert set(archive.locate([sha(b"before"), sha(b"after"), sha(b"x" * 5000)])) == {
        sha(b"before"),
        sha(b"after"),
    }


def test_a_file_that_could_not_be_begun_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = archive_in(tmp_path)
    with archive.writer("ingest") as writer:
        monkeypatch.setattr(writing.os, "write", _full_disk)
        with pytest.raises(ArchiveIOError, match="disk is full"):
            writer.resource("file:///a.txt", b"a", "a.txt")
        monkeypatch.undo()
        writer.resource("file:///b.txt", b"b", "b.txt")
    (warc,) = warc_files(tmp_path)
    assert [record.rec_type for record, _ in records(warc)] == ["warcinfo", "resource"]
    archive.recover()
    assert list((tmp_path / "spool").iterdir()) == []


def _full_disk(descriptor: int, content: memoryview) -> int:
    """What os.write does on a disk that fills up: some bytes, then an error."""
    if len(content) > 40:
        with open(descriptor, "ab", buffering=0, closefd=False) as file:
            return file.write(content[:40])
    raise OSError("disk is full")


_TOKEN = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ-", min_size=1, max_size=12).map(lambda name: f"X-{name}")
_VALUE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)


@st.composite
def _exchanges(draw: st.DrawFn) -> Exchange:
    content = draw(st.binary(max_size=3000))
    pack = draw(st.sampled_from([None, "gzip", "deflate"]))
    packers = {None: bytes, "gzip": gzip.compress, "deflate": zlib.compress}
    headers = draw(st.lists(st.tuples(_TOKEN, _VALUE), max_size=5))
    return exchange(
        content,
        body=packers[pack](content),
        url=f"http://{draw(st.sampled_from(['qinghe', 'bailu']))}.localhost/{draw(st.integers(0, 99))}",
        status=draw(st.integers(200, 599)),
        reason=draw(st.sampled_from(["", "OK", "Not Found"])),
        headers=(*headers, *([("Content-Encoding", pack)] if pack else [])),
        form=draw(st.binary(max_size=50)),
        revisit_of=draw(st.sampled_from([None, None, (URL, AT)])),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(_exchanges(), min_size=1, max_size=8))
def test_random_exchanges_come_back(exchanges: list[Exchange]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        _, *found = write(folder, *exchanges)
        archive = archive_in(folder)
        assert archive.verify() == []
        for one, (answer, body), (request, form) in zip(exchanges, found[::2], found[1::2], strict=True):
            assert answer.http_headers.get_statuscode() == str(one.status)
            assert answer.http_headers.headers == list(one.response_headers)
            assert form == one.request_body
            assert request.http_headers.get_header("User-Agent") == "gouji"
            if one.revisit_of is None:
                assert answer.rec_type == "response"
                assert body == one.body
                content = archive.read(one.sha256)
                assert sha(content) == one.sha256
            else:
                assert answer.rec_type == "revisit"
        stored = {one.sha256 for one in exchanges if one.revisit_of is None}
        assert set(archive.locate([one.sha256 for one in exchanges])) == stored


def test_the_index_can_be_made_again_from_the_warc(tmp_path: Path) -> None:
    write(
        tmp_path,
        exchange(PAGE),
        exchange(PAGE, body=gzip.compress(PAGE), headers=(("Content-Encoding", "gzip"),)),
    )
    (index,) = (tmp_path / "archive").rglob("*.cdxj")
    before = index.read_bytes()
    index.unlink()
    assert [fault.kind for fault in archive_in(tmp_path).verify()] == ["no_index"]
    archive_in(tmp_path).verify(repair=True)
    assert index.read_bytes() == before
    assert BytesIO(before).readline().startswith(f"{sha(PAGE)} 20260331010203 {{".encode())
