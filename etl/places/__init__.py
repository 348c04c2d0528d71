"""Counties through time, and whose report a document is."""

from etl.places.counties import Counties, County, load_counties
from etl.places.identify import identify

__all__ = ["Counties", "County", "identify", "load_counties"]
