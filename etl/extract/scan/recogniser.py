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
_NARROWEST = 48
_WIDE = 3.0  # times its height
_WIDEST = 12.0  # times its height, once squeezed: memory goes with the widest
_LARGER = 1.5
_MARGIN = 0.15  # of the line's height
_BATCH, _WIDE_BATCH = 8, 4  # all of a batch are padded to the widest, so they are sorted by width


class Reading(NamedTuple):
    """A line as read, and the probability of its least certain character; of no text at all, 0."""

    text: str
    certainty: float


# What figures are mistaken for. In a line that holds nothing else they are taken for the figures.
_LOOKALIKES = {"零": "雾", "0": "OoQD〇○ＯΟО", "1": "Il|丨", "-": "—–一－_="}
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

    def __call__(self, answers: np.ndarray, *_: object, **__: object) -> tuple[list[Reading], list[None]]:
        return [self._read(answer) for answer in answers], []

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
        return Reading(text, float(min(peaks[kept].min(), 1.0)) if text else 0.0)


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

    Time goes with width, and words bear being squeezed to half of theirs. Figures are not put at that risk: a
    squeezed line that reads as a number is read again as it is.
    """
    wide = [index for index, line in enumerate(lines) if line.shape[1] > line.shape[0] * _WIDE]
    narrow = sorted(set(range(len(lines))).difference(wide))
    readings = dict(zip(narrow, _recognised([lines[index] for index in narrow], _BATCH), strict=True))
    readings |= zip(wide, _recognised([_squeezed(lines[index]) for index in wide], _WIDE_BATCH), strict=True)
    again = [index for index in wide if _is_figure(readings[index].text)]
    readings |= zip(again, _recognised([lines[index] for index in again], _WIDE_BATCH), strict=True)
    return [readings[index] for index in range(len(lines))]


def recognise_again(lines: Sequence[Grey]) -> list[Reading]:
    """The text of each picture of a line, seen otherwise: in black and white, half as large again, on a margin.

    What noise, blur or a neighbouring speck made of a figure the first time, they do not make of it now.
    """
    return _recognised([_black_and_white(line) for line in lines], _WIDE_BATCH)


def _black_and_white(line: Grey) -> Grey:
    large = cv2.resize(line, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    split = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    margin = max(2, round(split.shape[0] * _MARGIN))
    return np.asarray(cv2.copyMakeBorder(split, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255))


def _squeezed(line: Grey) -> Grey:
    width = min(line.shape[1] // 2, round(line.shape[0] * _WIDEST))
    return np.asarray(cv2.resize(line, (width, line.shape[0]), interpolation=cv2.INTER_AREA))


def _is_figure(text: str) -> bool:
    return sum(letter.isdigit() for letter in text) * 2 >= len(text)


def _recognised(lines: Sequence[Grey], batch: int) -> list[Reading]:
    if not lines:
        return []
    from rapidocr.ch_ppocr_rec import TextRecInput

    recogniser = _recogniser()
    recogniser.rec_batch_num = batch
    answer = recogniser(TextRecInput(img=[cv2.cvtColor(line, cv2.COLOR_GRAY2BGR) for line in lines]))
    return [Reading(text, score) for text, score in zip(answer.txts, answer.scores, strict=True)]
