"""What the model internet is made of: portals, the reports they publish, and how these are shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Content(Protocol):
    """Bytes that are made when they are asked for: thousands of reports need no memory."""

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Bytes:
    """Content held in memory."""

    content: bytes

    def read(self) -> bytes:
        return self.content


@dataclass(frozen=True, slots=True)
class File:
    """Content of a file on disk."""

    path: Path

    def read(self) -> bytes:
        return self.path.read_bytes()


class Shown(StrEnum):
    """Where a report's page has the report."""

    INLINE = "inline"  # the page is the report
    ATTACHMENT = "attachment"  # a link to the file
    VIEWER = "viewer"  # a PDF in a viewer: iframe, embed, or a script's argument, as the CMS does it
    FRAME = "frame"  # an HTML page in an iframe


class Family(StrEnum):
    """The CMS families that are played; see docs/reference/model-internet.md."""

    TRS = "trs"
    HANWEB = "hanweb"
    HANWEB_ANNUAL = "hanweb_annual"
    VSB = "vsb"
    UCAP = "ucap"
    GUANGDONG = "guangdong"
    SHAANXI = "shaanxi"
    ANHUI = "anhui"
    GENERIC = "generic"  # made by hand long ago: GBK that claims to be UTF-8
    UNKNOWN = "unknown"  # of no family, its list several clicks from its home page


class Apart(StrEnum):
    """How a portal is told from the others."""

    NAME = "name"  # by its host name, on the port that all share
    PORT = "port"  # http://127.0.0.1:<its own port>/
    ADDRESS = "address"  # http://127.<its own>:<the port that all share>/


@dataclass(frozen=True, slots=True)
class ModelReport:
    """A report: whose (code and name of the place), of which year, and how its portal shows it."""

    code: str
    name: str
    year: int
    title: str
    published: date
    file_name: str
    content: Content
    shown: Shown = Shown.INLINE
    revised: Content | None = None  # what changed_report serves; a mended copy unless given


@dataclass(frozen=True, slots=True)
class ModelPortal:
    """A portal: ``host`` is its name under .localhost, ``code`` and ``name`` its place."""

    host: str
    code: str
    name: str
    family: Family
    reports: tuple[ModelReport, ...]
    faults: tuple[str, ...] = ()  # on from the start
    home_only: bool = False  # the registry knows the home page and no list
    clutter: int = 5  # other entries of the list for each year that has a report
    page_size: int | None = None  # entries a list page; the family's own unless given
    apart: Apart = Apart.NAME
