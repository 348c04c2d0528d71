"""The pages and files that show where numbers come from."""

from etl.dashboard.pages import evidence, report
from etl.dashboard.registry import File, Page

PAGES = (
    Page("report", "report/{code}/{year}", report.of_year, report.listed_years, section="none"),
    Page("document", "document/{sha256}", report.of_document, report.listed_documents, section="none"),
    Page("evidence", "evidence/{sha256}/{cell}", evidence.values, evidence.listed, section="none"),
)
FILES = tuple(
    File(
        f"{part}_{kind}",
        f"pages/{{sha256}}/{{cell}}.{part}.{kind}",
        media,
        evidence.picture(part, kind),
        evidence.listed_pictures(part, kind),
    )
    for part in ("page", "cut")
    for kind, media in evidence.MEDIA.items()
)
