"""robots.txt as RFC 9309 wants it: what cannot be had because the server fails forbids everything."""

from dataclasses import dataclass

from protego import Protego

from etl.content.charset import decode
from etl.content.sniff import sniff
from etl.crawl.download import PRODUCT
from etl.crawl.outcome import GOOD, Outcome

_MOST_DELAY = 60.0  # a longer Crawl-delay would make a visit endless; such a host is asked once a minute


@dataclass(frozen=True)
class Robots:
    """The rules of one origin. ``failure`` says why they could not be had."""

    rules: Protego | None = None
    failure: Outcome | None = None

    def allows(self, url: str) -> bool:
        return self.failure is None and (self.rules is None or self.rules.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """The Crawl-delay asked for, in seconds; 0 where none is."""
        asked = self.rules.crawl_delay(PRODUCT) if self.rules is not None else None
        return min(float(asked or 0), _MOST_DELAY)


def robots_of(outcome: Outcome, content: bytes) -> Robots:
    """What an answer for ``/robots.txt`` says. A page in its place (many portals answer so) says nothing,
    and neither does a refusal or a missing file."""
    if outcome in GOOD and sniff(content) == "text":
        return Robots(Protego.parse(decode(content)))
    if outcome in _UNANSWERED:
        return Robots(failure=outcome)
    return Robots()


_UNANSWERED = frozenset(
    {
        Outcome.SERVER_ERROR,
        Outcome.CONNECTION_FAILED,
        Outcome.TOO_SLOW,
        Outcome.NAME_NOT_FOUND,
        Outcome.PRIVATE_ADDRESS,
        Outcome.HOST_NOT_ALLOWED,
        Outcome.CIRCUIT_OPEN,
        Outcome.BUDGET_SPENT,
        Outcome.WINDOW_CLOSED,
    }
)
