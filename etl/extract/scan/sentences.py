"""Lines of running text recognised: squeezed, and the figures in them once more as they are."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading, recognised

_SQUEEZED = 0.4  # of a line's width: 16 pixels a character, two of the model's answers; at 14 it loses some
_NARROWED = 0.65  # of the width of figures: 13 pixels each
_SHORT = 6.0  # times its height: headings, page numbers
_CHARACTER = 0.85  # of a line's height
_AROUND = 0.6  # of a character, from where one is first seen to its far edge
_SURE = 0.5
_FIGURES = re.compile(r"\d[\d.,]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = str.maketrans("()", "（）")
_WIDE = dict(zip(",:;!?", "，：；！？", strict=True))
_MARKS = re.compile(r"(?<=[\u4e00-\u9fff）》〕】”’。])[,:;!?]|[,:;!?](?=[\u4e00-\u9fff（《〔【“‘])")
_BATCH = 1  # of two at a time memory grows by as much as their widths, and they take as long


class _Piece(NamedTuple):
    """Figures of a line, and its picture from the character before them to the one after."""

    line: int
    start: int
    end: int
    picture: Grey


def recognise_sentences(lines: Sequence[Grey]) -> list[str]:
    """The text of each picture of a line, trimmed to its ink.

    Text bears being squeezed, but for its figures: they are half as wide as characters, and of two that are the
    same side by side one is lost.
    """
    squeezed = [_squeezed(line) for line in lines]
    read = recognised(squeezed, _BATCH)
    pieces = [
        piece
        for index, (line, small, reading) in enumerate(zip(lines, squeezed, read, strict=True))
        if small is not line
        for piece in _figures(index, line, small.shape[1] / line.shape[1], reading)
    ]
    texts = [reading.text for reading in read]
    again = recognised([piece.picture for piece in pieces], _BATCH)
    for piece, reading in reversed(list(zip(pieces, again, strict=True))):
        text = texts[piece.line]
        seen = _between(text[: piece.start][-1:], reading.text, text[piece.end :][:1])
        if seen is not None and reading.certainty >= _SURE:
            texts[piece.line] = text[: piece.start] + seen + text[piece.end :]
    return list(map(_wide, texts))


def _wide(text: str) -> str:
    """The text with its marks as wide as they are set among Chinese: the recogniser does not tell."""
    if not _CHINESE.search(text):
        return text
    return _MARKS.sub(lambda found: _WIDE[found.group()], text.translate(_BRACKETS))


def _between(before: str, text: str, after: str) -> str | None:
    """What of a piece's ``text`` stands between the characters around its figures; None where it lacks them."""
    figures = _FIGURES.search(text)
    if figures is None:
        return None
    start = text.rfind(before, 0, figures.start()) + len(before) if before else 0
    end = text.find(after, figures.end()) if after else len(text)
    return text[start:end] if before in text[: figures.start()] and end > start else None


def _squeezed(line: Grey) -> Grey:
    height, width = line.shape
    if width <= height * _SHORT:
        return line
    return _narrowed(line, _SQUEEZED)


def _narrowed(line: Grey, share: float) -> Grey:
    height, width = line.shape
    size = max(1, round(width * share)), height
    return np.asarray(cv2.resize(line, size, interpolation=cv2.INTER_AREA))


def _figures(index: int, line: Grey, share: float, reading: Reading) -> Iterator[_Piece]:
    """``share``: of its width to which the line was squeezed."""
    if len(reading.starts) != len(reading.text):
        return
    height, width = line.shape
    around = _AROUND * _CHARACTER * height
    for found in _FIGURES.finditer(reading.text):
        first, after = found.start() - 1, found.end()
        left = reading.starts[first] * height / share - around if first >= 0 else 0.0
        right = (reading.starts[after] * height) / share + around if after < len(reading.text) else float(width)
        x0, x1 = max(0, round(left)), min(width, round(right))
        if x1 > x0:
            yield _Piece(index, found.start(), found.end(), _narrowed(line[:, x0:x1], _NARROWED))
