"""A raw HTTP client for the model internet: it follows nothing, decodes nothing, forgives nothing."""

import re
from collections.abc import Iterator
from html import unescape
from http.client import HTTPConnection, HTTPMessage
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from etl.model_internet import ModelInternet


class Reply(NamedTuple):
    url: str
    status: int
    headers: HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")

    def said(self, text: str) -> list[str]:
        """The addresses of the links that say ``text``."""
        hrefs = re.findall(rf"""<a\b[^>]*href=["']([^"']*)["'][^>]*>{re.escape(text)}</a>""", self.text)
        return [urljoin(self.url, unescape(href)) for href in hrefs]

    def links(self) -> dict[str, str]:
        """Addresses and what the first link to each says; a title attribute before the text."""
        found: dict[str, str] = {}
        for attributes, text in re.findall(r"<a\b([^>]*)>(.*?)</a>", self.text, re.DOTALL | re.IGNORECASE):
            href = re.search(r"""href=["']([^"']*)""", attributes, re.IGNORECASE)
            title = re.search(r'title="([^"]*)"', attributes)
            if href:
                found.setdefault(urljoin(self.url, unescape(href[1])), unescape(title[1] if title else text))
        return found


class Browser:
    """Asks a model internet, whatever the host: all of them are on this machine."""

    def __init__(self, net: ModelInternet) -> None:
        self.net = net
        self._unused: Iterator[dict[str, Any]] = iter(net.portals())

    def fresh(self) -> dict[str, Any]:
        """A portal that no test has had yet."""
        return next(self._unused)

    def connect(self, url: str, body: bytes | None = None, **headers: str) -> HTTPConnection:
        """A connection on which ``url`` has been asked for."""
        parts = urlsplit(url)
        host = parts.hostname if str(parts.hostname).startswith("127.") else "127.0.0.1"
        connection = HTTPConnection(str(host), parts.port, timeout=20)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST" if body is not None else "GET", path, body, {"Host": parts.netloc, **headers})
        return connection

    def get(self, url: str, body: bytes | None = None, **headers: str) -> Reply:
        connection = self.connect(url, body, **{name.replace("_", "-"): said for name, said in headers.items()})
        try:
            response = connection.getresponse()
            return Reply(url, response.status, response.headers, response.read())
        finally:
            connection.close()
