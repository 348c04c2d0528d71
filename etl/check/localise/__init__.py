"""Which cells of a report have to change for all hard rules to hold (Fellegi–Holt)."""

from etl.check.localise.report import (
    Changed,
    Localisation,
    Located,
    Suspicion,
    localise,
)

__all__ = ["Changed", "Localisation", "Located", "Suspicion", "localise"]
