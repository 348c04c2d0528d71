"""Characters that figures are mistaken for."""

import numpy as np
import pytest

from etl.extract.scan.recogniser import _Decoder

CHARACTERS = ("", "0", "1", "-", "零", "日", "月", "O")


@pytest.mark.parametrize(("seen", "text"), [("日", "0"), ("1日O", "100"), ("1月1日", "1月1日")])
def test_a_lone_lookalike_is_a_figure_and_one_among_words_is_not(seen: str, text: str) -> None:
    answer = np.full((len(seen) * 2, len(CHARACTERS)), 0.01)
    for index, character in enumerate(seen):
        answer[index * 2, CHARACTERS.index(character)] = 0.95
        answer[index * 2 + 1, 0] = 0.95
    ((_, reading),), _ = _Decoder(CHARACTERS)(answer[None])
    assert reading.text == text
