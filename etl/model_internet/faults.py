"""What can be wrong with a portal. Each fault has a name; docs/reference/model-internet.md lists them."""

import fnmatch
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an address of a portal is."""

    ROBOTS = "robots"
    HOME = "home"
    HUB = "hub"  # between home page and list
    LISTING = "listing"  # a page of a list, or the endpoint that a script draws it from
    REPORT = "report"  # the page of an entry of a list
    FILE = "file"  # an attachment, an embedded PDF, a page in an iframe
    OTHER = "other"


class Fault(StrEnum):
    """The faults that can be switched on, for a portal or for some of its addresses."""

    # of the connection
    SLOW_DRIP = "slow_drip"
    STALL = "stall"
    RESET = "reset"
    FLAKY = "flaky"
    TRUNCATED = "truncated"
    # of the answer
    ERRORS = "errors"
    ERRORS_THEN_SUCCESS = "errors_then_success"
    NOT_MODIFIED = "not_modified"
    REFUSED = "refused"
    TOO_MANY = "too_many"
    EMPTY_BODY = "empty_body"
    SOFT_404 = "soft_404"
    SOFT_404_HOME = "soft_404_home"
    CHALLENGE = "challenge"
    CHALLENGE_200 = "challenge_200"
    LOGIN_WALL = "login_wall"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_TO_PRIVATE = "redirect_to_private"
    REDIRECT_TO_METADATA = "redirect_to_metadata"
    REDIRECT_OFF_HOST = "redirect_off_host"
    ZIP_BOMB = "zip_bomb"
    HUGE_BODY = "huge_body"
    HUGE_DECLARED = "huge_declared"
    # of robots.txt
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_ERROR = "robots_error"
    # of the content
    WRONG_CHARSET = "wrong_charset"
    VISIT_COUNTER = "visit_counter"
    CHANGED_REPORT = "changed_report"
    REMOVED_REPORT = "removed_report"
    UNLISTED_REPORT = "unlisted_report"
    LATE_REPORT = "late_report"
    REMOVED_LISTING = "removed_listing"
    MOVED_LISTING = "moved_listing"
    ENDLESS_LIST = "endless_list"
    ENDLESS_CALENDAR = "endless_calendar"


ABOUT_REPORTS = frozenset(
    {Fault.CHANGED_REPORT, Fault.REMOVED_REPORT, Fault.UNLISTED_REPORT, Fault.LATE_REPORT}
)
"""Faults of single reports: their pattern names reports, by file name or address; the newest unless given."""

_ALL = frozenset(Role) - {Role.ROBOTS}
_PAGES = frozenset({Role.HOME, Role.HUB, Role.LISTING, Role.REPORT})
_REPORTS = frozenset({Role.REPORT, Role.FILE})
_SCOPE = {
    Fault.SOFT_404: frozenset({Role.REPORT}),
    Fault.SOFT_404_HOME: frozenset({Role.REPORT}),
    Fault.TRUNCATED: _REPORTS,
    Fault.ZIP_BOMB: _REPORTS,
    Fault.HUGE_BODY: _REPORTS,
    Fault.HUGE_DECLARED: _REPORTS,
    Fault.REDIRECT_TO_PRIVATE: _REPORTS,
    Fault.REDIRECT_TO_METADATA: _REPORTS,
    Fault.REDIRECT_OFF_HOST: _REPORTS,
    Fault.ROBOTS_DENIED: frozenset({Role.ROBOTS}),
    Fault.ROBOTS_ERROR: frozenset({Role.ROBOTS}),
    Fault.WRONG_CHARSET: _PAGES,
    Fault.VISIT_COUNTER: frozenset({Role.REPORT}),
    Fault.ENDLESS_CALENDAR: _PAGES,
}


@dataclass
class Switched:
    """A fault that is on: where (a glob over paths, else the roles it is meant for), and its numbers."""

    fault: Fault
    path: str | None = None
    times: int = 2  # how many errors before success
    seconds: float = 1.0  # between two bytes of a drip
    since: float = 0.0  # when it was switched last (epoch)
    on: bool = True
    asked: Counter[str] = field(default_factory=Counter)

    def concerns(self, path: str, role: Role) -> bool:
        if self.path is not None:
            return fnmatch.fnmatchcase(path, self.path)
        return role in _SCOPE.get(self.fault, _ALL)

    def names(self, *names: str) -> bool:
        """Whether the pattern fits one of ``names``: a report's file name or address."""
        return self.path is not None and any(fnmatch.fnmatchcase(name, self.path) for name in names)
