"""The pages and files of the dashboard, in the order of its navigation."""

from etl.dashboard import evidence_map
from etl.dashboard.pages import overview, search
from etl.dashboard.registry import File, Page, Registry

REGISTRY = Registry(
    pages=(
        Page("overview", "overview", overview.values),
        *evidence_map.PAGES,
        Page("search", "search", search.values, section="none"),
    ),
    files=(
        File("counties", "counties.js", "text/javascript; charset=utf-8", search.index),
        *evidence_map.FILES,
    ),
)
