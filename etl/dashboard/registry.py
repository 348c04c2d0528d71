"""What the dashboard consists of: its pages and files, and the paths they stand at."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from etl.dashboard.reader import Reader
from etl.dashboard.words import LANGUAGES, Language

PARAMETERS: Mapping[str, str] = {
    "province": r"[0-9]{2}",
    "code": r"[0-9]{6}",
    "year": r"(?:19|20)[0-9]{2}",
    "rule": r"[A-Z][A-Z0-9_]{1,40}",
    "sha256": r"[0-9a-f]{64}",
    "cell": r"[a-z0-9_]+(?:\.[a-z0-9_]+){1,4}",
    "number": r"[1-9][0-9]{0,3}",
    "metric": r"[a-z][a-z_]{1,60}",
    "codes": r"[0-9]{6}(?:\+[0-9]{6}){0,7}",
}
"""The pattern of each parameter of a path. What does not match is no page."""

Given = Mapping[str, str]
Evidence = Literal["failed", "all", "none"]
"""Of which cells the static site has evidence pages: those of failed checks, all with a place, none."""


def _once(_: Reader, __: Evidence) -> Iterable[Given]:
    """A page without parameters is written once."""
    return ({},)


@dataclass(frozen=True)
class Page:
    """A kind of page. ``values`` gives what a template of the same name shows, or none: not found."""

    name: str
    path: str  # as coverage/{province}
    values: Callable[..., Any]
    listed: Callable[[Reader, Evidence], Iterable[Given]] = _once
    several: Callable[[Reader, Sequence[Given]], Sequence[Any]] | None = (
        None  # values of many, asked for together
    )
    section: str = ""  # the entry of the navigation that it belongs to; its own name unless given

    @property
    def menu(self) -> str:
        return self.section or self.name

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.path)


@dataclass(frozen=True)
class File:
    """A kind of file beside the pages: ``content`` gives its bytes, or none: not found."""

    name: str
    path: str  # as evidence/{sha256}/{number}.png
    media_type: str
    content: Callable[..., bytes | None]
    listed: Callable[[Reader, Evidence], Iterable[Given]] = _once

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.path)


def _pattern(path: str) -> re.Pattern[str]:
    """The pattern of a path with its parameters; literal parts are literal."""
    parts = re.split(r"\{(\w+)\}", path)
    text = "".join(
        f"(?P<{part}>{PARAMETERS[part]})" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    return re.compile(text)


@dataclass(frozen=True)
class Found:
    """What stands at a path: a page in a language, the CSV of a page's table, or a file."""

    what: Page | File
    given: Given
    language: Language | None = None  # of a page
    table: str | None = None  # of the CSV


@dataclass(frozen=True)
class Registry:
    """All pages, in the order of the navigation, and all files."""

    pages: tuple[Page, ...]
    files: tuple[File, ...] = field(default=())

    def page(self, name: str) -> Page:
        return next(page for page in self.pages if page.name == name)

    def has(self, name: str) -> bool:
        return any(page.name == name for page in self.pages)

    def file(self, name: str) -> File:
        return next(file for file in self.files if file.name == name)

    def find(self, path: str) -> Found | None:
        """What stands at a path without leading stroke: ``zh/coverage/21``, ``data/overview.heat.csv``."""
        first, _, rest = path.partition("/")
        for language in LANGUAGES:
            if first == language:
                return self._page(rest, language)
        if first == "data" and (match := re.fullmatch(r"(.+)\.([a-z_]+)\.csv", rest)):
            found = self._page(match[1], "en")
            return found and Found(found.what, found.given, table=match[2])
        for file in self.files:
            if match := file.pattern.fullmatch(path):
                return Found(file, match.groupdict())
        return None

    def _page(self, path: str, language: Language) -> Found | None:
        for page in self.pages:
            if match := page.pattern.fullmatch(path):
                return Found(page, match.groupdict(), language)
        return None
