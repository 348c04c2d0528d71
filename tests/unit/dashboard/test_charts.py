"""Charts: what stands where."""

import pytest

from etl.dashboard.charts import HEIGHT, WIDTH, lines, stacked

ROWS = [
    {"year": 2020, "a": 1, "b": 0.5},
    {"year": 2021, "a": None, "b": 0.25},
    {"year": 2022, "a": 3, "b": 1.0},
]


def test_what_is_not_stated_leaves_a_gap() -> None:
    (series,) = lines(ROWS, "year", ("a",)).series
    assert series.path.count("M") == 2
    assert "L" not in series.path
    assert [mark.at for mark in series.marks] == ["2020", "2022"]


def test_bars_stand_on_one_another_within_the_frame() -> None:
    chart = stacked(ROWS, "year", {"one": lambda row: row["a"], "two": lambda row: row["b"]})
    lower, upper = chart.series
    assert upper.marks[0].y + upper.marks[0].height == pytest.approx(lower.marks[0].y, abs=0.2)
    for mark in (*lower.marks, *upper.marks):
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= mark.y + mark.height <= HEIGHT


@pytest.mark.parametrize(
    ("highest", "texts"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (6, ["0", "2", "4", "6"]),
        (97, ["0", "20", "40", "60", "80", "100"]),
        (2851, ["0", "1,000", "2,000", "3,000"]),
    ],
)
def test_scales_are_round_and_counts_are_whole(highest: int, texts: list[str]) -> None:
    chart = lines([{"year": 1, "a": highest}], "year", ("a",))
    assert [tick.text for tick in chart.y_ticks] == texts


def test_shares_reach_to_all() -> None:
    chart = lines(ROWS, "year", ("b",), top=1.0, is_share=True)
    assert [tick.text for tick in chart.y_ticks][-1] == "100%"


def test_nothing_makes_an_empty_chart() -> None:
    assert lines([], "year", ("a",)).is_empty
    assert lines([{"year": 2020, "a": None}], "year", ("a",)).is_empty
    assert stacked([], "year", {"a": lambda row: row["a"]}).is_empty
