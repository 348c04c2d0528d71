"""Gouji: from a county's printed disclosure report to audited, traceable rows.

The stages, each a function from values to values with its reading and writing at the edge::

    extract -> align -> observations (Parquet) -> warehouse (DuckDB) -> check -> publish
"""

__version__ = "0.1.0"
