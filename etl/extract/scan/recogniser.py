"""RapidOCR's recogniser: pictures of lines to text, with the certainty of the least certain character."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from etl.extract.scan.engine import configured
from etl.extract.scan.picture import Grey

_MODEL = "PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels, that of the model's input
_NARROWEST = 32
_WIDE = 1.7  # times its height: words of two characters, figures of three
_SHORT = 5.0  # times its height: the word over a column, by which a table is known
_SURE = 0.9
_WIDEST = 12.0  # times its height, once squeezed: memory goes with the widest
_LARGER = 1.5
_MARGIN = 0.15  # of the line's height
_SEVERAL = 1.25  # times its height: figures of two and more
_APART = 0.75  # of its height: figures are no wider, and stand apart; most characters are as wide as high
_SMALL = 0.75  # of the model's height is enough for figures that stand apart
_STEP = 8  # pixels at the model's height that it gives one answer for
_BATCH, _WIDE_BATCH = 8, 4  # all of a batch are padded to the widest, so they are sorted by width


class Reading(NamedTuple):
    """A line as read, and the probability of its least certain character; of no text at all, 0.

    ``starts``: where each character is first seen, in heights of the line; none where blanks were taken out.
    """

    text: str
    certainty: float
    starts: tuple[float, ...] = ()


# What figures are mistaken for. In a line that holds nothing else they are taken for the figures.
_LOOKALIKES = {"零": "雾", "0": "OoQD〇○ＯΟО日曰", "1": "Il|丨", "-": "—–一－_="}
_LIKE_FIGURES = frozenset("零0123456789.,-+ ").union(*_LOOKALIKES.values())

_SPACED = 0.85


class _Decoder:
    """Best path through the model's answer: a character wherever it changes, blanks left out."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters
        numbers = {character: number for number, character in enumerate(characters)}
        self._alike = [
            (numbers[figure], [numbers[other] for other in others if other in numbers])
            for figure, others in _LOOKALIKES.items()
        ]

    def __call__(
        self, answers: np.ndarray, *_: object, **__: object
    ) -> tuple[list[tuple[str, Reading]], list[None]]:
        """Pairs, which RapidOCR takes for texts and scores and hands on."""
        return [("", self._read(answer)) for answer in answers], []

    def _read(self, answer: np.ndarray) -> Reading:
        reading = self._best(answer)
        if not _LIKE_FIGURES.issuperset(reading.text):
            return reading
        figures = answer.copy()
        for figure, others in self._alike:
            figures[:, figure] += figures[:, others].sum(axis=1)
            figures[:, others] = 0
        reading = self._best(figures)
        if " " not in reading.text.strip():
            return reading
        # One line of one cell is one number: a space is a gap between figures, and room for doubt.
        return Reading(reading.text.replace(" ", ""), min(reading.certainty, _SPACED))

    def _best(self, answer: np.ndarray) -> Reading:
        best, sure = answer.argmax(axis=1), answer.max(axis=1)
        starts = np.flatnonzero(np.r_[True, best[1:] != best[:-1]])
        peaks = np.maximum.reduceat(sure, starts)
        kept = best[starts] != 0
        text = "".join(self._characters[index] for index in best[starts][kept])
        seen = tuple((starts[kept] * _STEP / _HEIGHT).tolist())
        return Reading(text, float(min(peaks[kept].min(), 1.0)) if text else 0.0, seen)


@cache
def _recogniser() -> Any:
    from rapidocr.ch_ppocr_rec import TextRecognizer

    settings = configured("Rec", _MODEL, rec_img_shape=[3, _HEIGHT, _NARROWEST])
    settings.font_path = None
    recogniser = TextRecognizer(settings)
    recogniser.postprocess_op = _Decoder(recogniser.postprocess_op.character)
    return recogniser


def recognise(lines: Sequence[Grey]) -> list[Reading]:
    """The text of each picture of a line.

    Time goes with width, and words bear being squeezed to half of theirs. Figures are not put at that risk:
    what looks like them is only made smaller, and a squeezed line that reads as a number is read again as it
    is, and so is a short one that is not read surely.
    """
    figures = [index for index, line in enumerate(lines) if _is_wide(line, _SEVERAL) and _stands_apart(line)]
    rest = sorted(set(range(len(lines))).difference(figures))
    narrow = [index for index in rest if not _is_wide(lines[index], _WIDE)]
    wide = [index for index in rest if _is_wide(lines[index], _WIDE)]
    readings = dict(zip(narrow, recognised([lines[index] for index in narrow], _BATCH), strict=True))
    readings |= zip(
        figures, recognised([_smaller(lines[index]) for index in figures], _WIDE_BATCH), strict=True
    )
    readings |= zip(wide, recognised([_squeezed(lines[index]) for index in wide], _WIDE_BATCH), strict=True)
    again = [index for index in wide if _is_doubtful(lines[index], readings[index])]
    readings |= zip(again, recognised([lines[index] for index in again], _WIDE_BATCH), strict=True)
    return [readings[index] for index in range(len(lines))]


def recognise_again(lines: Sequence[Grey]) -> list[Reading]:
    """The text of each picture of a line, seen otherwise: in black and white, half as large again, on a margin.

    What noise, blur or a neighbouring speck made of a figure the first time, they do not make of it now.
    """
    return recognised([_black_and_white(line) for line in lines], _WIDE_BATCH)


def _black_and_white(line: Grey) -> Grey:
    large = cv2.resize(line, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    split = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    margin = max(2, round(split.shape[0] * _MARGIN))
    return np.asarray(cv2.copyMakeBorder(split, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255))


def _squeezed(line: Grey) -> Grey:
    width = min(line.shape[1] // 2, round(line.shape[0] * _WIDEST))
    return np.asarray(cv2.resize(line, (width, line.shape[0]), interpolation=cv2.INTER_AREA))


def _is_wide(line: Grey, times: float) -> bool:
    return bool(line.shape[1] > line.shape[0] * times)


def _stands_apart(line: Grey) -> bool:
    """Whether the ink falls into pieces side by side as narrow as figures are."""
    dark = line < (float(line.min()) + float(np.percentile(line, 90))) / 2
    rows, columns = np.flatnonzero(dark.any(axis=1)), dark.any(axis=0)
    if not rows.size:
        return False
    edges = np.flatnonzero(np.diff(columns, prepend=False, append=False))
    return bool((edges[1::2] - edges[::2]).max() <= _APART * (rows[-1] + 1 - rows[0]))


def _smaller(line: Grey) -> Grey:
    """The line between margins of paper above and below, which the model's height then holds too."""
    margin = round(line.shape[0] * (1 / _SMALL - 1) / 2)
    paper = float(np.percentile(line, 90))
    return np.asarray(cv2.copyMakeBorder(line, margin, margin, 0, 0, cv2.BORDER_CONSTANT, value=paper))


def _is_doubtful(line: Grey, squeezed: Reading) -> bool:
    is_short = line.shape[1] <= line.shape[0] * _SHORT
    return _is_figure(squeezed.text) or (is_short and squeezed.certainty < _SURE)


def _is_figure(text: str) -> bool:
    return sum(letter.isdigit() for letter in text) * 2 >= len(text)


def recognised(lines: Sequence[Grey], batch: int) -> list[Reading]:
    """The text of each picture of a line as it is, so many of them at a time."""
    if not lines:
        return []
    from rapidocr.ch_ppocr_rec import TextRecInput

    recogniser = _recogniser()
    recogniser.rec_batch_num = batch
    answer = recogniser(TextRecInput(img=[cv2.cvtColor(line, cv2.COLOR_GRAY2BGR) for line in lines]))
    return list(answer.scores)
