"""Watching a page: every request that leaves for elsewhere, every error of the console."""

from playwright.sync_api import Page

LOCAL = ("http://127.0.0.1:", "file://", "data:", "blob:")


class Watched:
    """``faults`` are errors of console, scripts and requests; ``foreign`` are requests to the outside."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", lambda asked: self._failed(asked.url, str(asked.failure)))
        page.on("request", lambda asked: self._asked(asked.url))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))

    def _failed(self, url: str, why: str) -> None:
        if "ERR_ABORTED" not in why:  # the browser's own doing: the page was left, or a file saved
            self.faults.append(f"request: {url} {why}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.faults.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith(LOCAL):
            self.foreign.append(url)
