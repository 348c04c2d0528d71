"""Which cells of a report that breaks hard rules would have to change for all of them to hold (Fellegi–Holt)."""

from etl.check.localise.report import (
    Changed,
    Located,
    Localisation,
    Suspicion,
    localise,
)

__all__ = ["Changed", "Localisation", "Located", "Suspicion", "localise"]
