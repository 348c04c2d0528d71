"""Numbers in every notation mean what they say."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.narrative import claims
from etl.narrative.numerals import FIGURE, Quantity, chinese_number, quantity
from tests.narratives import narrative_of

_SIGNS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 10,0000,0000 in Chinese numerals, by their rules."""
    if number < 10:
        return _SIGNS[number]
    for unit, name in ((100_000_000, "亿"), (10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            head, rest = divmod(number, unit)
            led = "" if unit == 10 and head == 1 else chinese(head)
            gap = "零" if rest and rest * 10 < unit else ""
            return led + name + gap + (chinese(rest) if rest else "")
    raise AssertionError(number)


def _inner(text: str) -> str:
    """十 within a number is 一十: 一百一十二."""
    return re.sub("(?<=[百千万亿零])十", "一十", text)


NOTATIONS = {
    "digits": str,
    "full-width": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "thousands": lambda number: f"{number:,}",
    "Chinese": lambda number: _inner(chinese(number)),
}


@given(number=st.integers(0, 99_999_999), notation=st.sampled_from(sorted(NOTATIONS)))
def test_a_number_in_any_notation(number: int, notation: str) -> None:
    text = f"全年共收到政府信息公开申请{NOTATIONS[notation](number)}件，已建立台账。"
    (found,) = claims(narrative_of(text), 2024)
    assert (found.kind, found.value, found.least, found.most) == ("received", number, number, number)


@given(number=st.integers(10, 99_999_999))
def test_a_rounded_number_agrees_with_itself_and_not_with_its_double(number: int) -> None:
    for text in (f"{number}余件", f"约{number}件", f"近{number}件", f"超过{number}件"):
        found = _counted(text)
        assert found is not None
        assert found.value == number
        assert found.least <= number <= found.most < 2 * number + 10


@pytest.mark.parametrize(
    ("text", "value", "least", "most"),
    [
        ("1600余条", 1600, 1600, 1699),
        ("1万余条", 10000, 10000, 19999),
        ("10余万条", 100000, 100000, 199999),
        ("1.2万条", 12000, 11500, 12500),
        ("3万条", 30000, 25000, 35000),
        ("约500件", 500, 400, 600),
        ("近300件", 300, 200, 300),
        ("132件", 132, 132, 132),
    ],
)
def test_how_far_a_rounded_number_reaches(text: str, value: int, least: int, most: int) -> None:
    found = _counted(text)
    assert found is not None
    assert (found.value, found.least, found.most) == (value, least, most)


@pytest.mark.parametrize(
    "text", ["2024年", "3月", "5号", "98%", "3.5倍", "20个工作日", "2个百分点", "007件", "12345热线"]
)
def test_what_counts_nothing(text: str) -> None:
    assert _counted(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两千三百", 2300),
        ("二〇二四", 2024),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["一百二", "十百", "二三", "百"])
def test_what_is_no_single_numeral(text: str) -> None:
    assert chinese_number(text) is None


def _counted(text: str) -> Quantity | None:
    found = FIGURE.search(text)
    assert found is not None
    counted = quantity(found)
    assert counted is None or isinstance(counted.value, Decimal)
    return counted
