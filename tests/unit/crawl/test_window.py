from datetime import UTC, datetime

import pytest

from etl.crawl.window import Window


@pytest.mark.parametrize(
    ("window", "utc_hour", "is_open"),
    [
        ("00:00-24:00", 0, True),
        ("22:00-07:00", 14, True),  # 22:00 in China
        ("22:00-07:00", 22, True),  # 06:00
        ("22:00-07:00", 23, False),  # 07:00
        ("22:00-07:00", 6, False),  # 14:00
        ("01:00-05:00", 17, True),
        ("01:00-05:00", 21, False),
    ],
)
def test_hours_are_those_of_china(window: str, utc_hour: int, is_open: bool) -> None:
    assert Window(window).is_open(datetime(2026, 3, 1, utc_hour, tzinfo=UTC)) is is_open
