"""Findings in words, and whose fault they are."""

from etl.check.explain.blame import Blame, Blamed, Reason, blame
from etl.check.explain.evidence import Cell, Evidence, Suspect, Suspects
from etl.check.explain.text import Explanation, explain

__all__ = [
    "Blame",
    "Blamed",
    "Cell",
    "Evidence",
    "Explanation",
    "Reason",
    "Suspect",
    "Suspects",
    "blame",
    "explain",
]
