"""A portal whose every byte the test decides: for answers that no web framework would give."""

import socketserver
import threading
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

from etl.settings import Home

CODE, NAME = "990042", "示例四十二县"
_HOME = """\
registry = "portals.yaml"
extra_counties = "places.csv"
allow_loopback = true
contact = "https://example.org/tests"
crawl_delay = 0
retry_seconds = 0.02
fetch_seconds = 2
"""


def answer(body: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole HTTP answer that closes its connection."""
    lines = (b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), b"Connection: close", *headers)
    return b"\r\n".join((*lines, b"", body))


def page(text: str, *headers: bytes) -> bytes:
    return answer(text.encode(), b"Content-Type: text/html; charset=utf-8", *headers)


def report(year: int, more: str = "", *headers: bytes) -> bytes:
    """A report's page, long enough to be one."""
    title = f"{NAME}{year}年政府信息公开工作年度报告"
    body = f"<h1>{title}</h1>{'<p>本报告依据条例编制。</p>' * 40}{more}"
    return page(f"<html><title>{title}</title><body>{body}", *headers)


def listing(*paths: str, last: int = 2024) -> bytes:
    """A list of reports, the newest first, one at each path."""
    items = (
        f'<li><a href="{path}">{NAME}{last - n}年政府信息公开工作年度报告</a></li>'
        for n, path in enumerate(paths)
    )
    return page(f"<html><title>政府信息公开年报</title><body><ul>{''.join(items)}</ul>")


class RawServer:
    """Answers each path with the bytes given for it, and 404 elsewhere, ``wait`` seconds after it was asked.

    ``asked`` holds the paths in order, ``times`` when each was asked for and answered.
    """

    def __init__(self, answers: Mapping[str, bytes], wait: float = 0.0) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.times: list[tuple[float, float]] = []
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                path = self.rfile.readline().split(b" ")[1].decode()
                while self.rfile.readline().strip():
                    pass
                outer.asked.append(path)
                arrived = monotonic()
                sleep(wait)
                outer.times.append((arrived, monotonic()))
                self.wfile.write(outer.answers.get(path, answer(b"gone", status=b"404 Not Found")))

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def home(self, root: Path, *, listings: tuple[str, ...] = (), settings: str = "") -> Home:
        """A home whose only portal this server is."""
        entry = f'portals:\n  - code: "{CODE}"\n    home: {self.url}/\n'
        if listings:
            entry += f"    listings: [{', '.join(self.url + path for path in listings)}]\n"
        (root / "portals.yaml").write_text(entry, encoding="utf-8")
        (root / "places.csv").write_text(
            "code,name,kind,prefecture,province,valid_from,valid_to,successor_codes\n"
            f"{CODE},{NAME},县,示例市,示例省,1980,,\n",
            encoding="utf-8",
        )
        (root / "gouji.toml").write_text(_HOME + settings, encoding="utf-8")
        return Home(home=root)

    def __enter__(self) -> "RawServer":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
