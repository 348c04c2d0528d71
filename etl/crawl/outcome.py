"""How a request, or the visit to a portal, can end. Every ending has a name; none is silent."""

from enum import StrEnum


class Outcome(StrEnum):
    """The named endings of one request."""

    FETCHED = "fetched"  # new content, archived
    UNCHANGED = "unchanged"  # 304, or the same content again
    GONE = "gone"  # 404 or 410
    SOFT_404 = "soft_404"  # a page that says so with status 200, or a redirect to the home page
    CHALLENGE = "challenge"  # a script to be run before the content is given: never bypassed
    LOGIN_WALL = "login_wall"
    EMPTY = "empty"  # status 200, and nothing
    REFUSED = "refused"  # 401, 403, 429 and the like
    ROBOTS_DENIED = "robots_denied"
    HOST_NOT_ALLOWED = "host_not_allowed"
    PRIVATE_ADDRESS = "private_address"
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    TOO_COMPRESSED = "too_compressed"  # small on the wire, beyond the limit when unpacked
    TOO_SLOW = "too_slow"
    CONNECTION_FAILED = "connection_failed"  # refused, reset, cut short
    NAME_NOT_FOUND = "name_not_found"
    SERVER_ERROR = "server_error"  # 5xx after all retries
    UNEXPECTED_STATUS = "unexpected_status"
    CIRCUIT_OPEN = "circuit_open"  # not asked: the host has failed too often tonight
    BUDGET_SPENT = "budget_spent"  # not asked: the host's or the night's budget is spent
    WINDOW_CLOSED = "window_closed"  # not asked: the night is over


BLOCKED = frozenset({Outcome.CHALLENGE, Outcome.LOGIN_WALL, Outcome.REFUSED, Outcome.ROBOTS_DENIED})
"""The portal does not want us, or not without a person: recorded, left alone."""

GOOD = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})

FAILURES = frozenset(
    {
        Outcome.TOO_SLOW,
        Outcome.CONNECTION_FAILED,
        Outcome.NAME_NOT_FOUND,
        Outcome.SERVER_ERROR,
        Outcome.CIRCUIT_OPEN,
    }
)
"""The server could not be asked, or failed: what it has is not known."""

MISSING = frozenset({Outcome.GONE, Outcome.SOFT_404})
"""The address is not there any more."""

NOT_ASKED = frozenset({Outcome.CIRCUIT_OPEN, Outcome.BUDGET_SPENT, Outcome.WINDOW_CLOSED})

NOT_SENT = NOT_ASKED | {Outcome.ROBOTS_DENIED, Outcome.HOST_NOT_ALLOWED, Outcome.PRIVATE_ADDRESS}
"""Nothing was sent to the address; at most to one that redirected there."""


class VisitOutcome(StrEnum):
    """The named endings of a visit to a portal."""

    OK = "ok"  # reports listed, all of them fetched or known
    PARTIAL = "partial"  # reports listed, some could not be fetched
    NOTHING_FOUND = "nothing_found"  # no report where none was known before
    LOST = "lost"  # no report, or fewer than the registry expects, where there were some before
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"  # our own code failed on it
    STOPPED = "stopped"  # budget or window ended it; the next night goes on
