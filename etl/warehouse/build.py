"""Building the candidate warehouse: the statements of ``sql/`` run in order over the observation store."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.catalogue.looks import NO_LOOKS, Looks
from etl.check.explain.claims_load import judge_claims
from etl.check.explain.load import explain_into
from etl.check.load import judge, load_rules_into
from etl.check.locate import AT_MOST_RANKS, locate
from etl.check.wide import judge_wide, wide_statements
from etl.errors import GoujiError
from etl.places import load_counties
from etl.places.portals import load_registry
from etl.resources import sql
from etl.settings import Home
from etl.store import segments
from etl.warehouse.as_of import make_twins
from etl.warehouse.correction_files import load_corrections
from etl.warehouse.corrections import offer_corrections, refused
from etl.warehouse.files import remove_database, silence
from etl.warehouse.inputs import (
    offer_documents,
    offer_looks,
    offer_places,
    offer_reference,
    offer_segments,
)
from etl.warehouse.review_file import load_reviews
from etl.warehouse.reviews import offer_reviews

KEYS = (
    "dim_county",
    "county_alias",
    "bridge_succession",
    "county_line",
    "bridge_line",
    "dim_form",
    "dim_measure",
    "form_measure",
    "dim_concept",
    "bridge_concept",
    "comparability",
    "keyed_report",
    "document_version",
    "dim_document",
)
FACTS = (
    "fact_observation",
    "fact_opinion",
    "fact_problem",
    "fact_claim",
    "fact_indicator",
    "fact_narrative",
    "report_count",
    "dim_report",
    "county_year_part",
)
CORRECTED = ("correction", "fact_concept")
"""What is made once the reports of each county and year are chosen: corrections, then what adds figures up."""
CHOSEN = ("dim_document", "dim_report", "county_year_part", "fact_concept")
"""What of keys and facts depends on what else is known; the other facts are the same at all times."""
LEDGER = ("deadline", "coverage_date", "report_found", "report_listed", "portal_look", "fact_coverage")
SERIES = ("county_year", "comparable_sum", "report_pair", "report_revision_cell", "report_revision")
VIEWS = (
    "candidate",
    "observation",
    "opinion",
    "leaf",
    "report_finding",
    "finding",
    "printed_finding",
    "finding_value",
    "finding_cell",
    "coverage",
    "contradiction",
    "indicator",
    "narrative",
    "claim",
    "concept_year",
    "comparable_series",
    "comparable_leaf",
)
REVIEWED = ("review",)
"""What reviewers said of findings: of the file as it is now, so it has no past."""
RELIED_ON = ("county_year", "report_revision", "report_revision_cell", *VIEWS)
"""What analysts rely on; the first are tables, so that they answer at once."""

COUNTED = ("rule_year",)
"""What is counted once, for those who look at a publication; it is of the present alone."""

Progress = Callable[[str], None]


class BuildError(GoujiError):
    """The candidate cannot be built from what is there; nothing was changed."""


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """What a build put into the candidate, in rows."""

    reports: int
    county_years: int
    observations: int
    printed: int
    problems: int
    claims: int
    findings: int
    indicators: int
    corrections: int  # applied
    refused: tuple[str, ...]  # accepted corrections that could not be applied, in words


def build_candidate(
    home: Home,
    documents: pa.Table,
    progress: Progress,
    extractor: str,
    looks: Looks = NO_LOOKS,
) -> BuildCounts:
    """Write ``home.candidate`` anew from the observation store; the published file is not touched.

    Args:
        documents: the catalogue's through time, of schema ``etl.catalogue.documents.VERSIONS``. Those that have
            not been read are left out.
        progress: told in a few words what is being done.
        extractor: whose readings to load, a folder of ``home.extracted``.
        looks: what crawls saw, the catalogue's.

    Returns the number of rows by kind. The same inputs give the same content. ``home.candidate`` appears by
    a rename when it is whole: a failed or interrupted build leaves none.

    Raises:
        BuildError: the observation store and the forms do not fit together.
        DataError: reference data, corrections or reviews are faulty.
    """
    found = segments(home.extracted, extractor)
    counties = load_counties(home.counties_files)
    corrections = load_corrections(home.corrections_folders, counties)
    reviews = load_reviews(home.reviews)
    registry = load_registry(home.registry_files, counties)
    with _database_of_build(home) as connection:
        progress(f"reading {len(found)} segments")
        offer_segments(connection, found)
        offer_documents(connection, documents)
        offer_reference(connection, counties)
        offer_corrections(connection, corrections)
        offer_reviews(connection, reviews)
        offer_looks(connection, looks, counties, registry)
        connection.execute(sql("input_report"))
        offer_places(connection, counties)
        for name in ("look", *KEYS):
            connection.execute(sql(name))
        for name in FACTS:
            progress(f"loading {name}")
            connection.execute(sql(name))
        _assert_all_loaded(connection)
        for name in CORRECTED:
            connection.execute(sql(name))
        progress("checking the balance rules")
        load_rules_into(connection)
        judge(connection)
        judge_wide(connection)
        progress("locating mistakes")
        locate(connection, home.workers)
        progress("explaining findings")
        explain_into(connection, AT_MOST_RANKS)
        judge_claims(connection)
        progress("drawing up the coverage ledger")
        for name in (*LEDGER, *SERIES, *VIEWS, *COUNTED):
            connection.execute(sql(name))
        for name in REVIEWED:
            connection.execute(sql(name))
        later = map(sql, ("finding_as_of", *LEDGER, *SERIES, *VIEWS))
        scripts = (*map(sql, CHOSEN), *wide_statements(), *later)
        make_twins(connection, scripts)
        return _counts(connection)


@contextmanager
def _database_of_build(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A fresh database that becomes ``home.candidate`` when the block ends well, and vanishes when it fails."""
    home.root.mkdir(parents=True, exist_ok=True)
    unfinished = home.candidate.with_name(f"{home.candidate.name}.unfinished")
    spill = home.root / "build.tmp"
    remove_database(unfinished)
    remove_database(home.candidate)
    try:
        with duckdb.connect(unfinished, config=_settings(home, spill)) as connection:
            silence(connection)
            connection.begin()  # one transaction: a commit a statement would wait for the disk each time
            yield connection
            connection.commit()
            connection.execute("CHECKPOINT")
        unfinished.replace(home.candidate)
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C during a statement
            raise KeyboardInterrupt from error
        raise
    finally:
        remove_database(unfinished)
        shutil.rmtree(spill, ignore_errors=True)


def _settings(home: Home, spill: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": home.build_memory,
        "temp_directory": str(spill),
        # Order is given where it matters, by ORDER BY; elsewhere keeping it only costs memory.
        "preserve_insertion_order": False,
    }


def _assert_all_loaded(connection: duckdb.DuckDBPyConnection) -> None:
    """No cell is dropped in silence: an address that no form has is a fault of the segment."""
    strangers = connection.execute(
        "SELECT DISTINCT form_table, form_row, form_column, segment FROM segment_observation "
        "SEMI JOIN keyed_report USING (document_sha256, segment) "
        "ANTI JOIN dim_measure USING (form_table, form_row, form_column) ORDER BY ALL LIMIT 1"
    ).fetchone()
    if strangers:
        *address, segment = strangers
        raise BuildError(
            f"{segment}: holds the cell {'.'.join(address)}, which no form has; "
            "delete this folder and ingest its documents again"
        )


def _counts(connection: duckdb.DuckDBPyConnection) -> BuildCounts:
    row = connection.execute(
        "SELECT (SELECT count(*) FROM dim_report), (SELECT count(*) FROM dim_report WHERE is_county_year), "
        "(SELECT count(*) FROM fact_observation), (SELECT count(value) FROM fact_observation), "
        "(SELECT count(*) FROM fact_problem), (SELECT count(*) FROM fact_claim), "
        "(SELECT count(*) FROM fact_finding), (SELECT count(*) FROM fact_indicator), "
        "(SELECT count(*) FROM correction WHERE status = 'applied')"
    ).fetchone()
    assert row is not None
    return BuildCounts(*(*row, refused(connection)))
