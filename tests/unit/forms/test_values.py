"""What cells say, by example and by property."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.forms.values import is_value, parse_value, unit_note
from etl.model import Status

FULL_WIDTH = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("23619", 23619),
        ("１２３", 123),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("5件", 5),
        ("12人次", 12),
        ("-3", -3),
        ("－3", -3),
        ("−3", -3),
        ("+5", 5),
        (" 7 ", 7),
        ("\u200b8", 8),
        ("零", 0),
    ],
)
def test_counts(text: str, number: int) -> None:
    value = parse_value(text, "count", None)
    assert (value.status, value.number) == (Status.PRINTED, number)


@pytest.mark.parametrize(
    ("text", "stated", "number"),
    [
        ("7730.28", "万元", "7730.28"),
        ("80618元", "万元", "8.0618"),
        ("80,618元", None, "8.0618"),
        ("1.5亿元", "万元", "15000"),
        ("3382万元", "元", "3382"),
        ("3382", "元", "0.3382"),
        ("0.5", "亿元", "5000"),
        ("190.457379", "万元", "190.457379"),
        ("12（万元）", None, "12"),
    ],
)
def test_money_comes_out_in_wan_yuan(text: str, stated: str | None, number: str) -> None:
    assert parse_value(text, "amount", stated).number == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0", "\n \n"])
def test_blank(text: str) -> None:
    assert parse_value(text, "count", None).status is Status.BLANK


@pytest.mark.parametrize("text", ["/", "／", "—", "——", "-", "－", "–", "\\", "无", "N/A", "─", "/\n/"])
def test_dash(text: str) -> None:
    assert parse_value(text, "count", None).status is Status.DASH


@pytest.mark.parametrize("text", ["见附件", "12%", "0 0", "0\n0", "3 17", "007", "1-2", "12元", "9" * 30])
def test_unreadable_is_never_a_number(text: str) -> None:
    value = parse_value(text, "count", None)
    assert (value.status, value.number) == (Status.UNREADABLE, None)
    assert value.confidence < 1


@pytest.mark.parametrize(
    ("text", "number"), [("1600余", 1600), ("12,3456", 123456), ("1 280", 1280), ("1 3 2", 132), ("5\n12", 512)]
)
def test_doubtful_numbers_are_less_sure(text: str, number: int) -> None:
    value = parse_value(text, "count", None)
    assert value.number == number
    assert value.confidence < 1


@pytest.mark.parametrize(
    ("text", "confidence"), [("2.402", 0.5), ("2.5件", 0.5), ("-3", 0.5), ("12.0", 1), ("1.2万", 0.9)]
)
def test_a_count_with_a_fraction_or_below_zero_is_doubted(text: str, confidence: float) -> None:
    assert parse_value(text, "count", None).confidence == confidence


def test_signed_changes_in_words() -> None:
    assert parse_value("减12", "signed", None).number == -12
    assert parse_value("增加3", "signed", None).number == 3
    assert parse_value("减12", "count", None).status is Status.UNREADABLE


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(元)", "元"),
        ("行政事业性收费〔元〕", "元"),
        ("行政事业性收费《万元》", "万元"),
        ("单位:亿元", "亿元"),
        ("本年收费金额（单位：亿年）", "?"),
        ("本年制发件数", None),
        ("行政事业性收费", None),
    ],
)
def test_units_stated_in_labels(label: str, unit: str | None) -> None:
    assert unit_note(label) == unit


@given(st.integers(0, 10**11))
def test_typography_changes_no_number(number: int) -> None:
    plain = f"{number}"
    for text in (plain, f"{number:,}", plain.translate(FULL_WIDTH), f"{number:,}".translate(FULL_WIDTH)):
        value = parse_value(text, "count", None)
        assert (value.number, value.confidence) == (number, 1.0)


@given(st.integers(10, 10**9), st.integers(2, 6))
def test_numbers_wrapped_by_a_narrow_cell_are_whole(number: int, width: int) -> None:
    digits = str(number)
    wrapped = "\n".join(digits[i : i + width] for i in range(0, len(digits), width))
    value = parse_value(wrapped, "count", None)
    assert value.number == number


@given(st.decimals(0, 10**9, places=6))
def test_yuan_and_wan_yuan_agree(amount: Decimal) -> None:
    in_wan = parse_value(f"{amount}", "amount", "万元").number
    in_yuan = parse_value(f"{amount * 10000:f}", "amount", "元").number
    assert in_wan == in_yuan == amount


@given(st.text(max_size=12))
def test_any_text_has_a_meaning_and_only_printed_has_a_number(text: str) -> None:
    value = parse_value(text, "amount", "万元")
    assert (value.number is not None) == (value.status is Status.PRINTED)
    assert 0 < value.confidence <= 1
    is_value(text)
