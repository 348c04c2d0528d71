"""The warehouse: built whole from the observation store, audited as a candidate, published by a rename."""

from etl.warehouse.build import BuildCounts, BuildError, build_candidate
from etl.warehouse.publish import PublishError, publish
from etl.warehouse.read import NothingPublishedError, connect

__all__ = [
    "BuildCounts",
    "BuildError",
    "NothingPublishedError",
    "PublishError",
    "build_candidate",
    "connect",
    "publish",
]
