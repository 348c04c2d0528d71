"""The pages and files of the dashboard, in the order of its navigation."""

from etl.dashboard import evidence_map
from etl.dashboard.pages import compare, county, coverage, overview, quality, run, search
from etl.dashboard.registry import File, Page, Registry

MARKDOWN = "text/markdown; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCRIPT = "text/javascript; charset=utf-8"

_PROVINCE = "coverage/{province}"

REGISTRY = Registry(
    pages=(
        Page("overview", "overview", overview.values),
        Page("coverage", "coverage", coverage.newest),
        Page(
            "coverage_year", "coverage/year/{year}", coverage.of_year, coverage.listed_years, section="coverage"
        ),
        Page("coverage_province", _PROVINCE, coverage.of_province, coverage.listed, section="coverage"),
        Page(
            "coverage_further",
            f"{_PROVINCE}/{{number}}",
            coverage.of_province,
            coverage.listed_further,
            section="coverage",
        ),
        Page("quality", "quality", quality.values),
        Page("rule", "quality/{rule}", quality.of_rule, quality.listed, section="quality"),
        Page("compare", "compare", compare.first),
        Page("metric", "compare/{metric}", compare.of_metric, compare.listed, section="compare"),
        Page(
            "metric_province",
            "compare/{metric}/{province}",
            compare.of_province,
            compare.listed_provinces,
            section="compare",
        ),
        Page(
            "metric_counties",
            "compare/{metric}/counties/{codes}",
            compare.of_counties,
            compare.not_listed,
            section="compare",
        ),
        Page("run", "run", run.values),
        Page("night", "run/{number}", run.of_night, run.listed, section="run"),
        Page("county", "county/{code}", county.values, county.listed, county.several, section="none"),
        Page("letter", "county/{code}/{year}/letter", county.letter, county.listed_letters, section="none"),
        *evidence_map.PAGES,
        Page("search", "search", search.values, section="none"),
    ),
    files=(
        File(
            "letter_markdown",
            "letter/{code}-{year}.md",
            MARKDOWN,
            county.letter_markdown,
            county.listed_letters,
        ),
        File("letter_docx", "letter/{code}-{year}.docx", DOCX, county.letter_docx, county.listed_letters),
        *evidence_map.FILES,
        File("counties", "counties.js", SCRIPT, search.index),
    ),
)
