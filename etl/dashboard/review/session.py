"""Who has given the password, and how often somebody gave a wrong one. A restart ends all sessions."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from hmac import compare_digest
from threading import Lock
from typing import NamedTuple

LASTS = 8 * 3600.0  # seconds, from the password on

_MOST_SESSIONS = 200
_WINDOW = 15 * 60.0  # seconds in which wrong passwords are counted
_MOST_WRONG = 5  # of one address
_MOST_WRONG_OF_ALL = 50

Clock = Callable[[], float]


class Session(NamedTuple):
    """A browser that gave the password. ``token`` is what its forms carry against foreign ones."""

    token: str
    ends: float


class Sessions:
    """The sessions of a server, by the secret in a browser's cookie."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._open: dict[str, Session] = {}

    def begin(self) -> str:
        """A new session; returns its secret. The oldest goes where there are too many."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._open = {key: one for key, one in self._open.items() if one.ends > now}
            while len(self._open) >= _MOST_SESSIONS:
                self._open.pop(next(iter(self._open)))
            self._open[secret] = Session(secrets.token_urlsafe(32), now + LASTS)
        return secret

    def find(self, secret: str | None) -> Session | None:
        """The session of a secret, unless it has ended."""
        with self._lock:
            found = self._open.get(secret or "")
            return found if found is not None and found.ends > self._clock() else None

    def end(self, secret: str | None) -> None:
        with self._lock:
            self._open.pop(secret or "", None)


def is_own(session: Session, token: str) -> bool:
    """Whether a form carries the session's token."""
    return compare_digest(session.token.encode(), token.encode())


class Throttle:
    """Wrong passwords counted, by address and in all: beyond a number, none is even looked at for a while."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wrong: deque[tuple[float, str]] = deque()

    def wait(self, address: str) -> int:
        """Seconds until this address may try again; 0 for now."""
        with self._lock:
            now = self._clock()
            while self._wrong and self._wrong[0][0] <= now - _WINDOW:
                self._wrong.popleft()
            own = [at for at, whose in self._wrong if whose == address]
            if len(own) >= _MOST_WRONG:
                return int(own[-_MOST_WRONG] + _WINDOW - now) + 1
            if len(self._wrong) >= _MOST_WRONG_OF_ALL:
                return int(self._wrong[-_MOST_WRONG_OF_ALL][0] + _WINDOW - now) + 1
            return 0

    def note_wrong(self, address: str) -> None:
        with self._lock:
            self._wrong.append((self._clock(), address))
