"""The running text of a report by sections, with the place of every paragraph."""

from etl.narrative.claims import claims
from etl.narrative.sections import absent, narrate

__all__ = ["absent", "claims", "narrate"]
