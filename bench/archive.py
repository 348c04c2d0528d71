"""Writing, reading, finding and verifying archived pages, against plain warcio.

    python -m bench.archive [--exchanges 5000] [--lines 500000]

The pages have 20 KB of a report's HTML, each with figures of its own.
"""

import argparse
import hashlib
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive import Archive, Exchange
from etl.resources import ROOT

_PAGE_BYTES = 20_000
_AT = datetime(2026, 3, 31, tzinfo=UTC)


def exchanges(count: int) -> Iterator[Exchange]:
    """Invented answers: golden pages, cut and repeated to 20 KB, with random figures."""
    pages = [path.read_bytes() for path in sorted((ROOT / "tests" / "golden").glob("*.html"))]
    chance = random.Random(3)
    for number in range(count):
        page = (pages[number % len(pages)] * 3)[: _PAGE_BYTES - 200]
        content = page + " ".join(str(chance.randrange(10**6)) for _ in range(29)).encode()
        yield Exchange(
            url=f"http://county-{number % 3000}.localhost/zwgk/{number}.html",
            at=_AT,
            method="GET",
            request_headers=(("User-Agent", "gouji"), ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate")),
            request_body=b"",
            http_version="HTTP/1.1",
            status=200,
            reason="OK",
            response_headers=(
                ("Date", "Tue, 31 Mar 2026 00:00:00 GMT"),
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Length", str(len(content))),
                ("ETag", f'"{number}"'),
            ),
            body=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )


def write_plainly(path: Path, made: list[Exchange]) -> None:
    """The same pairs by warcio's own writer, as its documentation has it; no index, no SHA-256."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        for one in made:
            answer = writer.create_warc_record(
                one.url,
                "response",
                payload=BytesIO(one.body),
                http_headers=StatusAndHeaders("200 OK", list(one.response_headers), protocol="HTTP/1.1"),
            )
            asked = writer.create_warc_record(
                one.url,
                "request",
                http_headers=StatusAndHeaders(
                    "GET / HTTP/1.1", list(one.request_headers), is_http_request=True
                ),
            )
            writer.write_request_response_pair(asked, answer)


def timed(what: str, count: int, unit: str, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    print(f"{what:44}{seconds:8.2f} s{count / seconds:12,.0f} {unit}/s")
    return seconds


def bench_writing(folder: Path, count: int) -> None:
    made = list(exchanges(count))
    archive = Archive(str(folder / "archive"), folder / "spool")

    def write() -> None:
        with archive.writer("crawl") as writer:
            for one in made:
                writer.exchange(one)

    own = timed("write exchanges (response, request, index)", 2 * count, "records", write)
    plain = timed(
        "the same by warcio alone", 2 * count, "records", lambda: write_plainly(folder / "plain.gz", made)
    )
    stored = sum((folder / "archive").joinpath(name).stat().st_size for name in archive.files())
    plainly = (folder / "plain.gz").stat().st_size
    print(f"  {plain / own:.1f} times as fast as warcio alone; {stored / plainly:.3f} of its size")
    wanted = [one.sha256 for one in made]
    found = archive.locate(wanted)
    timed("read contents, located", count, "contents", lambda: [archive.read(found[one]) for one in wanted])
    timed(f"verify {stored / 2**20:.0f} MB", 2 * count, "records", archive.verify)


def bench_memory(folder: Path, count: int) -> None:
    """Peak memory after writing exchanges one at a time."""
    archive = Archive(str(folder / "much"), folder / "spool")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with archive.writer("crawl") as writer:
        for one in exchanges(count):
            writer.exchange(one)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory before and after {count} exchanges: {before:.0f} MB, {after:.0f} MB")


def bench_finding(folder: Path, count: int) -> None:
    """Locate 1,000 contents among ``count`` index lines in files of 20,000."""
    root = folder / "indexed" / "2026"
    root.mkdir(parents=True)
    shas = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    for start in range(0, count, 20_000):
        name = f"crawl-20260331T000000{start:06}Z-00000000"
        with (root / f"{name}.cdxj").open("w", encoding="utf-8") as index:
            for number in range(start, min(start + 20_000, count)):
                index.write(
                    f'{shas[number]} 20260331000000 {{"url": "http://county-{number % 3000}.localhost/zwgk/'
                    f'{number}.html", "mime": "text/html; charset=utf-8", "status": "200", "digest":'
                    f' "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "filename": "{name}.warc.gz",'
                    f' "offset": "{number * 4000}", "length": "4000"}}\n'
                )
    archive = Archive(str(folder / "indexed"), folder / "spool")
    wanted = [*shas[:: max(count // 1000, 1)], "0" * 64]
    timed(f"locate {len(wanted)} contents among the lines", count, "lines", lambda: archive.locate(wanted))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exchanges", type=int, default=5000)
    parser.add_argument("--lines", type=int, default=500_000)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        bench_memory(Path(name), given.exchanges * 4)
        bench_writing(Path(name), given.exchanges)
        bench_finding(Path(name), given.lines)


if __name__ == "__main__":
    main()
