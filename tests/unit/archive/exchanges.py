"""Invented exchanges and archives for the tests of the archive."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from etl.archive import Archive, Exchange

AT = datetime(2026, 3, 31, 1, 2, 3, 456789, tzinfo=UTC)
URL = "http://qinghe.localhost/zwgk/nb/2024.html"
Headers = tuple[tuple[str, str], ...]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def exchange(
    content: bytes,
    *,
    body: bytes | None = None,
    url: str = URL,
    status: int = 200,
    reason: str = "OK",
    headers: Headers = (("Content-Type", "text/html; charset=gbk"),),
    form: bytes = b"",
    revisit_of: tuple[str, datetime] | None = None,
) -> Exchange:
    """A request and the answer that gave ``content``; ``body`` is how it was sent, if packed."""
    return Exchange(
        url=url,
        at=AT,
        method="POST" if form else "GET",
        request_headers=(("User-Agent", "gouji"), ("Accept-Encoding", "gzip, deflate")),
        request_body=form,
        http_version="HTTP/1.1",
        status=status,
        reason=reason,
        response_headers=headers,
        body=content if body is None else body,
        sha256=sha(content),
        revisit_of=revisit_of,
    )


def archive_in(folder: Path) -> Archive:
    return Archive(str(folder / "archive"), folder / "spool")


def warc_files(folder: Path) -> list[Path]:
    """The WARC files that are in the archive of a folder."""
    return sorted((folder / "archive").rglob("*.warc.gz"))


def written(folder: Path, *contents: bytes) -> Path:
    """The WARC file of a new archive in ``folder`` that holds these contents."""
    with archive_in(folder).writer("crawl") as writer:
        for number, content in enumerate(contents):
            writer.exchange(exchange(content, url=f"http://qinghe.localhost/{number}.html"))
    (warc,) = warc_files(folder)
    return warc
