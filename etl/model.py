"""The small frozen types that every stage shares.

``Grid`` is what a reader makes of a document, ``Observation`` what aligning makes of grids, and
``Extraction`` everything that is known of one file afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points (1/72 inch) from the page's top left corner."""


class Status(StrEnum):
    """What a cell says. Only ``printed`` carries a number; zero is a number."""

    PRINTED = "printed"
    BLANK = "blank"  # the cell is there and empty
    DASH = "dash"  # the cell says "none": / — - 无
    UNREADABLE = "unreadable"  # the cell holds something that is no single number


class Place(NamedTuple):
    """Where something is printed: a page and box (PDF, scan) or an element path (HTML, text)."""

    page: int | None = None  # from 1
    box: Box | None = None
    path: str | None = None


class Cell(NamedTuple):
    """One cell of a grid as printed; a merged cell is one cell with spans above 1.

    ``certainty`` is below 1 where two ways of reading its text did not agree. ``across`` says from where to
    where it stands across the upright page, in points, where that lies on its side or head: ``place`` cannot.
    """

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    place: Place
    certainty: float = 1.0
    across: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table found in a document, in reading order of the document.

    ``reader`` names what found it. ``is_ruled`` says whether columns are physical (lines, HTML cells), so
    that a cell's column means something, or only counted (tabs in a text export).
    """

    cells: tuple[Cell, ...]
    reader: str
    is_ruled: bool = True


class Observation(NamedTuple):
    """The reading of one cell address of a form. ``value`` is None unless ``status`` is printed.

    Money is in 万元 (10,000 yuan) whatever the page printed; ``raw`` keeps what it printed.
    """

    table: str
    row: str
    column: str
    value: Decimal | None
    raw: str
    status: Status
    place: Place
    reader: str
    confidence: float  # 1: label and position were certain; below 1: look at it


class Indicator(NamedTuple):
    """A figure that no form asks for, as a list prints it.

    ``labels`` go from the outermost heading to the line's own label, and to its column's where several columns
    hold figures. ``raw`` is the cell as printed, ``unit`` the unit printed beside it.
    """

    labels: tuple[str, ...]
    raw: str
    unit: str | None
    place: Place
    reader: str


class Part(NamedTuple):
    """A piece of a paragraph that is printed in one place: a line of print, or a whole element.

    ``offset``: in characters, from the beginning of the paragraph's text.
    """

    offset: int
    place: Place


class Paragraph(NamedTuple):
    """A paragraph of running text, as printed but for line breaks and the blanks of typesetting.

    ``offset``: in characters, from the beginning of its section's text; 0 as long as it is in none.
    """

    text: str
    parts: tuple[Part, ...]
    offset: int = 0

    def place_at(self, offset: int) -> Place:
        """Where the character at ``offset`` of the paragraph's text is printed."""
        return next(part.place for part in reversed(self.parts) if part.offset <= max(offset, 0))


class Section(NamedTuple):
    """A section of a report: its key (docs/reference/narrative.md), heading and paragraphs, without tables.

    ``offset``: in characters, from the beginning of the whole narrative's text to that of this section's.
    """

    key: str
    heading: Paragraph | None  # none over what stands before the first and after the last section
    paragraphs: tuple[Paragraph, ...]
    offset: int = 0

    @property
    def text(self) -> str:
        """The paragraphs, a newline between two."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The running text of a report by sections, in its own order. A section that was not found is not there."""

    sections: tuple[Section, ...] = ()

    @property
    def text(self) -> str:
        """All sections' texts, a newline between two."""
        return "\n".join(section.text for section in self.sections)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


class Claim(NamedTuple):
    """A figure, or that there was none, as a report's running text states it (docs/reference/claims.md).

    ``text`` is the sentence, which begins at ``offset`` of the narrative's text (in characters); ``words`` are
    those of it that make the claim, at ``words_offset``; ``place`` is where they are printed. Where a value is
    rounded (1600余, 约, 1.2万) a figure between ``least`` and ``most`` agrees with it; for a list these are
    what the sum of ``parts`` may be. Fees are in yuan, dates are numbers such as 20241231.
    """

    kind: str
    value: Decimal | None
    text: str
    offset: int
    place: Place
    words: str
    words_offset: int
    least: Decimal | None = None
    most: Decimal | None = None
    parts: tuple[Decimal, ...] = ()
    is_exhaustive: bool = False
    is_narrower: bool = False  # of less than the whole county: of the government's office, of one body


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept a file, or a part of it, from being read. Codes: docs/reference/problems.md."""

    code: str
    message: str


class Cue(NamedTuple):
    """Something that speaks for a scope: ``source`` is title, text or figures, ``text`` what stands there."""

    source: str
    scope: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report it is, and of which year. None stands for undecided."""

    county: str | None = None  # GB/T 2260 code valid in the report year
    publisher: str | None = None
    scope: str | None = None  # county, office, department, township
    year: int | None = None
    title: str | None = None
    scope_evidence: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one file.

    ``forms`` says which statutory form each table was printed on: hybrids mix them. ``form`` is the report's
    own, that of section two where it has one. ``opinions`` is what each of two readers saw at the addresses
    that a second one was asked about. ``indicators`` are what lists print that no form asks for. ``seconds`` is
    how long the worker took (wall clock), None where it was lost; no part of what was read: never stored, never
    compared.
    """

    file: str
    sha256: str
    format: str | None
    identity: Identity = Identity()
    forms: dict[str, str] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    opinions: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    narrative: Narrative = Narrative()
    claims: tuple[Claim, ...] = ()
    seconds: float | None = field(default=None, compare=False)

    @property
    def form(self) -> str | None:
        for table in ("disclosure", "requests", "disputes", "stat"):
            if table in self.forms:
                return self.forms[table]
        return None


class Shown(NamedTuple):
    """How a page that was turned to be read is shown: turned clockwise by so many degrees from upright, where
    it has this width and height in points."""

    clockwise: int
    width: float
    height: float


class ReadError(Exception):
    """A file cannot be read. ``code`` is stable (docs/reference/problems.md), the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in a file before anything is matched to a form.

    ``lines`` is the document's text in reading order, tables included. ``titles`` and ``publishers`` are what
    the document itself names as such (HTML metadata), best first. ``shown`` holds the pages whose boxes are
    those of the page turned upright. ``line_places`` says where each line stands, for formats that have pages.
    ``prose`` is the text outside tables, paragraph by paragraph with its places. ``members`` are the names,
    with their folders, under which an archive holds the document; a lone file's own name is no part of it.
    """

    format: str
    grids: tuple[Grid, ...]
    lines: tuple[str, ...]
    titles: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    shown: Mapping[int, Shown] = field(default_factory=dict)
    line_places: tuple[Place, ...] = ()
    prose: tuple[Paragraph, ...] = ()
    members: tuple[str, ...] = ()
