"""Numbers print as spreadsheets print them."""

import pytest

from etl.extract.number_format import printed_number


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (-3, "General", "-3"),
        (1e-7, "General", "0.0000001"),
        (3.14159, "0.00", "3.14"),
        (2.5, "0", "3"),
        (12.5, "0.00_ ", "12.50"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, '#,##0.00"万元"', "1,234.50万元"),
        (5, r"0\件", "5件"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (-7, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-7"),
        (0, "0;-0;;@", ""),
        (-4, "0_);[Red](0)", "(4)"),
        (0.125, "0.0%", "12.5%"),
        (1.5, "0.0##", "1.5"),
        (7, "@", "7"),
        (7, "G/通用格式", "7"),
        (12000, "0.00E+00", "12000"),
    ],
)
def test_printed_number(value: float, code: str, printed: str) -> None:
    assert printed_number(value, code) == printed
