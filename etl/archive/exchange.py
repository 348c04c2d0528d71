"""A request and its answer as WARC records."""

import re
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1, sha256
from http import HTTPStatus
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
_LINE_BREAKS = re.compile(r"[\r\n]+")

Headers = Sequence[tuple[str, str]]


class _HttpHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """HTTP headers written as they came; warcio would percent-encode what is not ASCII.

    A line break in a value becomes a space, so that no server writes lines of its own into the archive.
    """

    def __init__(self, first_line: str, headers: Headers, **more: object) -> None:
        super().__init__(_line(first_line), [(_line(name), _line(value)) for name, value in headers], **more)

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """The block that warcio writes."""
        self.headers_buff = f"{self.to_str()}\r\n".encode("latin-1", errors="replace")


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. Headers are the bytes of the wire, decoded as ISO 8859-1.

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
    target = _uri(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
    names = {name.lower() for name, _ in exchange.request_headers}
    host = [] if "host" in names else [("Host", parts.netloc.rpartition("@")[2])]
    yield builder.create_warc_record(
        _uri(exchange.url),
        "request",
        payload=BytesIO(exchange.request_body),
        length=len(exchange.request_body),
        http_headers=_HttpHeaders(
            f"{exchange.method} {target} HTTP/1.1",
            [*host, *exchange.request_headers],
            is_http_request=True,
        ),
        warc_headers_dict={
            "WARC-Date": warc_date(exchange.at),
            CONTENT: sha256(exchange.request_body).hexdigest(),
            "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID"),
        },
    )


def _answer(exchange: Exchange, builder: RecordBuilder) -> ArcWarcRecord:
    # How the body was cut up for the transfer is undone, and must not be believed of what is stored.
    kept = [one for one in exchange.response_headers if one[0].lower() != "transfer-encoding"]
    headers = _HttpHeaders(f"{exchange.status} {exchange.reason}", kept, protocol=_line(exchange.http_version))
    fields = {"WARC-Date": warc_date(exchange.at), CONTENT: exchange.sha256}
    body = exchange.body
    if exchange.revisit_of is not None:
        url, at = exchange.revisit_of
        is_unsent = exchange.status == HTTPStatus.NOT_MODIFIED
        fields |= {
            "WARC-Profile": _NOT_MODIFIED if is_unsent else _SAME,
            "WARC-Refers-To-Target-URI": _uri(url),
            "WARC-Refers-To-Date": warc_date(at),
        }
        if not is_unsent:
            fields["WARC-Payload-Digest"] = f"sha1:{b32encode(sha1(body).digest()).decode()}"
        body = b""
    return builder.create_warc_record(
        _uri(exchange.url),
        "response" if exchange.revisit_of is None else "revisit",
        payload=BytesIO(body),
        length=len(body),
        http_headers=headers,
        warc_headers_dict=fields,
    )


def resource_of(
    uri: str, content: bytes, content_sha256: str, file_name: str, at: datetime, builder: RecordBuilder
) -> ArcWarcRecord:
    """A file that was taken in by hand."""
    return builder.create_warc_record(
        _uri(uri),
        "resource",
        payload=BytesIO(content),
        length=len(content),
        warc_content_type="application/octet-stream",
        warc_headers_dict={
            "WARC-Date": warc_date(at),
            CONTENT: content_sha256,
            FILE_NAME: _line(file_name),
        },
    )


def warc_date(moment: datetime) -> str:
    """A time as WARC writes it, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)


def _uri(text: str) -> str:
    return _line(text).replace(" ", "%20")
