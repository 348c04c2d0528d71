"""The pages and files of the dashboard, in the order of its navigation."""

from etl.dashboard.pages import evidence, overview, report, search
from etl.dashboard.registry import File, Page, Registry

REGISTRY = Registry(
    pages=(
        Page("overview", "overview", overview.values),
        Page("report", "report/{code}/{year}", report.of_year, report.listed_years, "none"),
        Page("document", "document/{sha256}", report.of_document, report.listed_documents, "none"),
        Page("evidence", "evidence/{sha256}/{cell}", evidence.values, evidence.listed, "none"),
        Page("search", "search", search.values, section="none"),
    ),
    files=(
        *(
            File(
                f"{part}_{kind}",
                f"pages/{{sha256}}/{{cell}}.{part}.{kind}",
                media,
                picture,
                evidence.listed_pictures(f"{part}_{kind}"),
            )
            for part, picture in (("page", evidence.whole), ("cut", evidence.cut))
            for kind, media in (("png", "image/png"), ("svg", "image/svg+xml"))
        ),
        File("counties", "counties.js", "text/javascript; charset=utf-8", search.index),
    ),
)
