"""Running text is squeezed to be recognised; figures are looked at once more."""

from collections.abc import Sequence

import numpy as np
import pytest

from etl.extract.scan import sentences
from etl.extract.scan.picture import Grey
from etl.extract.scan.recogniser import Reading
from etl.extract.scan.sentences import recognise_sentences

HEIGHT, WIDTH = 40, 400


def recognising(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[int]:
    """Lets lines and then their figures be read as these answers; returns the widths that are seen."""
    seen: list[int] = []
    rest = iter(answers)

    def recognised(lines: Sequence[Grey], batch: int) -> list[Reading]:
        seen.extend(line.shape[1] for line in lines)
        read = []
        for line in lines:
            text = next(rest)
            step = line.shape[1] / line.shape[0] / len(text)
            read.append(Reading(text, 1.0, tuple(step * (at + 0.5) for at in range(len(text)))))
        return read

    monkeypatch.setattr(sentences, "recognised", recognised)
    return seen


def line(width: int = WIDTH) -> Grey:
    return np.full((HEIGHT, width), 255, np.uint8)


@pytest.mark.parametrize(
    ("squeezed", "again", "text"),
    [
        ("国办发4号文件", "发44号", "国办发44号文件"),
        ("国办发4号文件", "发〔2021〕44号", "国办发〔2021〕44号文件"),
        ("国办发4号文件", "944号", "国办发4号文件"),  # what stands before is not seen: of other figures
        ("国办发4号文件", "发号", "国办发4号文件"),
        ("国办发文件4", "件44", "国办发文件44"),
        ("4号国办发文件", "44号", "44号国办发文件"),
    ],
)
def test_figures_of_a_squeezed_line_are_read_again_between_what_is_around_them(
    monkeypatch: pytest.MonkeyPatch, squeezed: str, again: str, text: str
) -> None:
    widths = recognising(monkeypatch, squeezed, again)
    assert recognise_sentences([line()]) == [text]
    assert max(widths) < WIDTH


def test_a_short_line_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert recognising(monkeypatch, "一、2024") == []
    assert recognise_sentences([line(150)]) == ["一、2024"]


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("(一)办理情况:共", "（一）办理情况：共"),
        ("公开,9,360件;其中", "公开，9,360件；其中"),
        ("网站(www.a.cn/?b,c)", "网站（www.a.cn/?b,c）"),
        ("Open API (v2)", "Open API (v2)"),
    ],
)
def test_marks_among_chinese_are_as_wide_as_characters(
    monkeypatch: pytest.MonkeyPatch, seen: str, text: str
) -> None:
    recognising(monkeypatch, seen)
    assert recognise_sentences([line(150)]) == [text]
