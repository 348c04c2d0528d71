"""Running text: blanks of typesetting taken out, and told from the text of tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from etl.model import Cell, Paragraph, Part, Place

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]+")
_BLANKS = re.compile(r"\s+")
_NEW_WORD = re.compile(r"[a-z][A-Z0-9]")
_BEFORE_WORD = re.compile(r"[A-Za-z0-9(\"'&@#]")
_AFTER_WORD = re.compile(r"[A-Za-z0-9.,;:!?)\"'&@#]")
_SENTENCE = 25  # characters from which on a cell with a full stop is text; the longest labels have no full stop
_FEW_FIGURES = 10
_CAPTION = re.compile(r"第\s*[二2]\s*十\s*条|信息内容")
_FIGURE = re.compile(r"[\d\s.,，％%+\-—－/／]*")
PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*(?:第?\s*\d{1,4}\s*(?:页|/)?[\s,，、]*(?:共?\s*\d{1,4}\s*页?)?)[-—–－·.\s]*"
)
"""A line that is a page's number."""


def tidy(text: str) -> str:
    """``text`` without the blanks of typesetting.

    Chinese has none between words: what stands there indents, spreads a line to its margins, or sets figures
    off. A blank stays between Latin words; one blank inside a run of digits goes, as it is set by a justified
    line, several stay as one.

    >>> tidy("\\u3000 2024 年收到 1 32 件， 用 Office 365 编")
    '2024年收到132件，用Office 365编'
    """
    if text.isascii() and text.isalnum():
        return text
    return _BLANKS.sub(_blank, _INVISIBLE.sub("", text).strip())


def _blank(found: re.Match[str]) -> str:
    text = found.string
    before, after = text[found.start() - 1], text[found.end()]
    if not _AFTER_WORD.match(before) or not _BEFORE_WORD.match(after):
        return ""
    if before.isdigit() and after.isdigit() and len(found.group()) == 1:
        return ""
    return " "


def paragraph(text: str, place: Place) -> Paragraph | None:
    """A paragraph printed in one place; None where nothing is left of it."""
    tidied = tidy(text)
    return Paragraph(tidied, (Part(0, place),)) if tidied else None


def told_in(cells: Sequence[Cell]) -> set[int]:
    """Which cells of a grid hold running text rather than a table's: their indices.

    Reports are set into tables whole, or a heading or a paragraph into a row of its own. A sentence in a cell
    is text; so is what stands alone in its row, unless it is a caption of the form; and so is everything but
    figures where sentences make up most of a table of few figures.
    """
    told = {index for index, cell in enumerate(cells) if len(cell.text) >= _SENTENCE and "。" in cell.text}
    if told:
        is_figure = [_is_figure(cell.text) for cell in cells]
        figures = sum(is_one and bool(cell.text) for cell, is_one in zip(cells, is_figure, strict=True))
        in_sentences = sum(len(cells[index].text) for index in told)
        if figures <= _FEW_FIGURES and in_sentences * 2 > sum(len(cell.text) for cell in cells):
            return {index for index in range(len(cells)) if not is_figure[index]}
    in_row: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            in_row[row] = in_row.get(row, 0) + 1
    for index, cell in enumerate(cells):
        if in_row[cell.row] == 1 and not _is_figure(cell.text) and not _CAPTION.match(cell.text):
            told.add(index)
    return told


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def prose_of_cells(cells: Iterable[Cell]) -> Iterator[Paragraph]:
    """The lines of cells as paragraphs."""
    for cell in cells:
        for line in cell.text.split("\n"):
            if found := paragraph(line, cell.place):
                yield found


def rejoined(paragraphs: Iterable[Paragraph], *, within_place: bool = False) -> list[Paragraph]:
    """Paragraphs made whole again where lines of a text export, or a page's end, cut them.

    A line is cut where it is long, ends within a sentence, and the next opens nothing.

    Args:
        paragraphs: one for each line.
        within_place: whether only what is printed in one place (lines of an element) may go together.
    """
    found: list[Paragraph] = []
    for one in paragraphs:
        if (
            found
            and _is_cut(found[-1].text)
            and not OPENING.match(one.text)
            and not (within_place and one.parts[0].place != found[-1].parts[-1].place)
        ):
            found[-1] = joined(found[-1], one)
        else:
            found.append(one)
    return found


OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十]+[部章节]|附[件表]"
)
"""What a paragraph begins with and a line within one hardly ever."""
_ENDED = "。！？；：…!?;:"
_CUT = 24  # characters: a shorter line is none that was cut
_COMMA = re.compile("[，、；。：]")
_CLOSING = "”’）)」』》"


def _is_cut(text: str) -> bool:
    """Whether a line ends within a sentence; a title or a name has no comma in it."""
    return len(text) >= _CUT and text.rstrip(_CLOSING)[-1:] not in _ENDED and _COMMA.search(text) is not None


def joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """The second read on from the first.

    Lines break anywhere, in Latin words too (addresses, abbreviations); a blank stands where a new word surely
    begins.
    """
    start = first.text + (" " if _NEW_WORD.fullmatch(first.text[-1:] + second.text[:1]) else "")
    moved = tuple(Part(part.offset + len(start), part.place) for part in second.parts)
    return Paragraph(start + second.text, (*first.parts, *moved))


def split_at(whole: Paragraph, offsets: Sequence[int]) -> list[Paragraph]:
    """A paragraph cut at offsets of its text; every piece keeps the places it is printed in."""
    if not offsets:
        return [whole]
    found = []
    edges = [0, *offsets, len(whole.text)]
    for start, end in pairwise(edges):
        text = whole.text[start:end]
        if not text:
            continue
        first = max(index for index, part in enumerate(whole.parts) if part.offset <= start)
        parts = [
            Part(max(part.offset - start, 0), part.place) for part in whole.parts[first:] if part.offset < end
        ]
        found.append(Paragraph(text, tuple(parts)))
    return found
