"""A request and its answer as WARC records."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO
from urllib.parse import urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

CONTENT = "Gouji-Content-SHA256"
"""The WARC header that names the unpacked content of a record; the index is made from it."""

FILE_NAME = "Gouji-File-Name"

_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_TRANSFER = frozenset({"transfer-encoding", "content-length"})  # of the connection, which is undone

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Exchange:
    """One request and its answer.

    ``body`` is as it was received, content-encoding and all, transfer-encoding undone; ``sha256`` is that of
    the unpacked content. ``revisit_of`` is address and time of the record that holds the content already.
    """

    url: str
    at: datetime
    method: str
    request_headers: Headers
    request_body: bytes
    http_version: str
    status: int
    reason: str
    response_headers: Headers
    body: bytes
    sha256: str
    revisit_of: tuple[str, datetime] | None = None


def records_of(exchange: Exchange, builder: RecordBuilder) -> Iterator[ArcWarcRecord]:
    """The answer (a response, or a revisit where the content is held already), then its request."""
    answer = _answer(exchange, builder)
    yield answer
    parts = urlsplit(exchange.url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    names = {name.lower() for name, _ in exchange.request_headers}
    host = [] if "host" in names else [("Host", parts.netloc.rpartition("@")[2])]
    yield builder.create_warc_record(
        exchange.url,
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=StatusAndHeaders(
            f"{exchange.method} {target} {exchange.http_version}",
            [*host, *exchange.request_headers],
            is_http_request=True,
        ),
        warc_headers_dict={
            "WARC-Date": warc_date(exchange.at),
            "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def _answer(exchange: Exchange, builder: RecordBuilder) -> ArcWarcRecord:
    kept = [(name, value) for name, value in exchange.response_headers if name.lower() not in _TRANSFER]
    dated = {"WARC-Date": warc_date(exchange.at), CONTENT: exchange.sha256}
    status_line = f"{exchange.status} {exchange.reason}".strip()
    if exchange.revisit_of is None:
        headers = StatusAndHeaders(
            status_line, [*kept, ("Content-Length", str(len(exchange.body)))], protocol=exchange.http_version
        )
        return builder.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=headers,
            warc_headers_dict=dated,
        )
    url, at = exchange.revisit_of
    is_unsent = exchange.status == 304
    dated |= {
        "WARC-Profile": _NOT_MODIFIED if is_unsent else _SAME,
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": warc_date(at),
    }
    if not is_unsent:
        dated["WARC-Payload-Digest"] = f"sha1:{b32encode(sha1(exchange.body).digest()).decode()}"
    return builder.create_warc_record(
        exchange.url,
        "revisit",
        payload=BytesIO(b""),
        length=0,
        http_headers=StatusAndHeaders(status_line, kept, protocol=exchange.http_version),
        warc_headers_dict=dated,
    )


def resource_of(
    uri: str, content: bytes, sha256: str, file_name: str, at: datetime, builder: RecordBuilder
) -> ArcWarcRecord:
    """A file that was taken in by hand."""
    return builder.create_warc_record(
        uri,
        "resource",
        payload=BytesIO(content),
        length=len(content),
        warc_content_type="application/octet-stream",
        warc_headers_dict={"WARC-Date": warc_date(at), CONTENT: sha256, FILE_NAME: file_name},
    )


def warc_date(moment: datetime) -> str:
    """A time as WARC writes it, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
