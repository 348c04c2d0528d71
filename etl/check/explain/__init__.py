"""Findings in words, and whose fault they are."""

from etl.check.explain.blame import Blame, Blamed, Reason, blame
from etl.check.explain.evidence import Cell, Evidence, Suspect, Suspects

__all__ = [
    "Blame",
    "Blamed",
    "Cell",
    "Evidence",
    "Reason",
    "Suspect",
    "Suspects",
    "blame",
]
