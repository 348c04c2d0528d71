"""Figures that look alike are recognised once; those that do not, each."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from etl.extract.scan.alike import recognise_alike
from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading

FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX)


def figure(text: str, font: int, rng: np.random.Generator, noise: float = 12.0) -> Grey:
    """A figure as it is cut out of a scan, in grey with noise."""
    page = np.full((60, 60), 255, np.uint8)
    cv2.putText(page, text, (15, 45), font, 1.0, 30, 2, cv2.LINE_AA)
    page = np.clip(page + rng.normal(0, noise, page.shape), 0, 255)
    ys, xs = np.nonzero(page < 150)
    return page[ys.min() - 2 : ys.max() + 3, xs.min() - 2 : xs.max() + 3].astype(np.uint8)


@pytest.mark.parametrize("font", FONTS)
def test_no_two_different_figures_are_taken_for_one(font: int) -> None:
    rng = np.random.default_rng(font)
    truth = [text for text in "0123456789" for _ in range(8)]
    order = rng.permutation(len(truth))
    lines = [figure(truth[index], font, rng) for index in order]
    wanted = {id(line): truth[index] for line, index in zip(lines, order, strict=True)}
    asked = 0

    def recognise(some: Sequence[Grey]) -> list[Reading]:
        nonlocal asked
        asked += len(some)
        return [Reading(wanted[id(line)], 0.95) for line in some]

    read = recognise_alike(lines, recognise)
    assert [one.text for one in read] == [truth[index] for index in order]
    assert asked < len(lines)


@pytest.mark.parametrize("second", [Reading("8", 0.95), Reading("0", 0.5)])
def test_where_the_few_do_not_agree_or_are_unsure_all_are_recognised(second: Reading) -> None:
    rng = np.random.default_rng(1)
    lines = [figure("0", FONTS[0], rng, noise=0) for _ in range(9)]
    answers = iter([Reading("0", 0.95), second, *[Reading("0", 0.95)] * 7])
    asked: list[int] = []

    def recognise(some: Sequence[Grey]) -> list[Reading]:
        asked.append(len(some))
        return [next(answers) for _ in some]

    assert len(recognise_alike(lines, recognise)) == 9
    assert asked == [3, 6]
