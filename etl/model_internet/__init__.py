"""A model internet: a local server that plays county portals, for ``gouji demo`` and the tests.

What it plays, its faults and its control address: docs/reference/model-internet.md.
"""

from etl.model_internet.client import ModelInternet
from etl.model_internet.demo import demo_portals
from etl.model_internet.faults import Fault
from etl.model_internet.model import Apart, Family, ModelPortal, ModelReport, Shown
from etl.model_internet.synthetic import synthetic_counties, synthetic_portals

__all__ = [
    "Apart",
    "Family",
    "Fault",
    "ModelInternet",
    "ModelPortal",
    "ModelReport",
    "Shown",
    "demo_portals",
    "synthetic_counties",
    "synthetic_portals",
]
