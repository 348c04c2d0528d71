"""The hours in which portals are asked, China time (UTC+8, no summer time since 1991)."""

from datetime import datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "China")


class Window:
    """A part of the day such as ``22:00-07:00``; ``00:00-24:00`` is always open.

    >>> Window("22:00-07:00").is_open(datetime(2026, 1, 1, 23, 30, tzinfo=CHINA))
    True
    """

    def __init__(self, text: str) -> None:
        self.text = text
        start, end = text.split("-")
        self._start, self._end = _minutes(start), _minutes(end)

    def is_open(self, now: datetime) -> bool:
        local = now.astimezone(CHINA)
        minute = local.hour * 60 + local.minute
        if self._start <= self._end:
            return self._start <= minute < self._end
        return minute >= self._start or minute < self._end


def _minutes(text: str) -> int:
    """Minutes since midnight of ``HH:MM``; raises ValueError where that is no time of the day."""
    if text == "24:00":
        return 24 * 60
    moment = time.fromisoformat(text)
    return moment.hour * 60 + moment.minute
