"""What a build reads, made visible to its SQL as temporary views: segments, catalogue and reference data."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.catalogue.documents import VERSIONS
from etl.catalogue.looks import Looks
from etl.crawl.outcome import BLOCKED, FAILURES, GOOD, NOT_ASKED, Outcome
from etl.places import Counties, County
from etl.places.portals import Registry
from etl.store import SCHEMAS
from etl.warehouse.divisions import (
    KEY,
    alias_table,
    county_keys,
    county_table,
    line_table,
    portal_table,
    succession_table,
)
from etl.warehouse.reference import (
    Fields,
    comparability_table,
    concept_cell_table,
    concept_table,
    form_measure_table,
    form_table,
    measure_table,
)

PLACE_IN_YEAR = pa.schema(
    Fields(
        read_code=pa.string(),
        year=pa.int16(),
        county_code=pa.string(),
        county_key=KEY,
    )
)


def offer_segments(connection: duckdb.DuckDBPyConnection, segments: Sequence[Path]) -> None:
    """Views ``segment_report``, ``segment_observation`` …: the rows of all segments, each with its segment."""
    for name, schema in SCHEMAS.items():
        if segments:
            files = ", ".join(f"'{_quoted(segment / name)}.parquet'" for segment in segments)
            source = f"read_parquet([{files}], filename = 'file')"
            columns = ", ".join(f'"{column}"' for column in schema.names)
            query = f"SELECT {columns}, parse_dirpath(file) AS segment FROM {source}"
        else:
            nothing = schema.append(pa.field("segment", pa.string())).empty_table()
            connection.register(f"nothing_{name}", nothing)
            query = f"FROM nothing_{name}"
        connection.execute(f"CREATE TEMP VIEW segment_{name} AS {query}")


def offer_documents(connection: duckdb.DuckDBPyConnection, documents: pa.Table) -> None:
    """Views ``known_version``, the catalogue's documents through time, and ``known_document``, as known now;
    times in UTC without a zone."""
    connection.register("catalogue_document", documents.select(VERSIONS.names).cast(VERSIONS))
    moments = ("fetched_at", "withdrawn_at", "known_from", "known_to")
    without_zone = ", ".join(f"{moment} AT TIME ZONE 'UTC' AS {moment}" for moment in moments)
    connection.execute(
        f"CREATE TEMP VIEW known_version AS SELECT * REPLACE ({without_zone}) FROM catalogue_document"
    )
    connection.execute(
        "CREATE TEMP VIEW known_document AS SELECT * EXCLUDE (known_from, known_to) FROM known_version "
        "WHERE known_to IS NULL"
    )


def offer_reference(connection: duckdb.DuckDBPyConnection, counties: Counties) -> None:
    """Views ``input_county``, ``input_alias``, ``input_succession``, ``input_line``, ``input_form``,
    ``input_measure``, ``input_form_measure``, and of the crosswalk ``input_concept``, ``input_concept_cell``
    and ``input_comparability``."""
    connection.register("input_county", county_table(counties))
    connection.register("input_alias", alias_table(counties))
    connection.register("input_succession", succession_table(counties))
    connection.register("input_line", line_table(counties))
    connection.register("input_form", form_table())
    connection.register("input_measure", measure_table())
    connection.register("input_form_measure", form_measure_table())
    connection.register("input_concept", concept_table())
    connection.register("input_concept_cell", concept_cell_table())
    connection.register("input_comparability", comparability_table())


def offer_looks(
    connection: duckdb.DuckDBPyConnection, looks: Looks, counties: Counties, registry: Registry
) -> None:
    """Views ``input_visit``, ``input_listing`` and ``input_file``, as `etl.catalogue.looks.Looks` has them;
    ``input_portal``; and ``input_outcome``, what the ending of a request says."""
    connection.register("input_visit", looks.visits)
    connection.register("input_listing", looks.reports)
    connection.register("input_file", looks.files)
    connection.register("input_portal", portal_table(counties, registry))
    classes = [{"outcome": str(one), "class": _class_of(one)} for one in Outcome]
    connection.register("input_outcome", pa.Table.from_pylist(classes))


def _class_of(outcome: Outcome) -> str:
    """blocked; open, where what the address has is not known; good; else missing."""
    if outcome in BLOCKED:
        return "blocked"
    if outcome in FAILURES | NOT_ASKED:
        return "open"
    return "good" if outcome in GOOD else "missing"


def offer_places(connection: duckdb.DuckDBPyConnection, counties: Counties) -> None:
    """View ``input_place``: which county each code read or stated stands for in its report year.

    A code that was not in force in the year stands for what the county then was (洪泽县 320829, from 2016 on
    洪泽区 320813), if that is one county; else it has no row and the report no county.
    """
    pairs = connection.execute(
        "SELECT DISTINCT county_code, year FROM "
        "(SELECT county_code, year FROM input_version UNION SELECT county_code, year FROM input_listing) "
        "WHERE county_code IS NOT NULL AND year IS NOT NULL ORDER BY ALL"
    ).fetchall()
    keys = county_keys(counties)
    rows = [
        {"read_code": code, "year": year, "county_code": county.code, "county_key": keys[county]}
        for code, year in pairs
        if (county := _in_year(counties, code, year)) is not None
    ]
    connection.register("input_place", pa.Table.from_pylist(rows, schema=PLACE_IN_YEAR))


def _in_year(counties: Counties, code: str, year: int) -> County | None:
    known = counties.coded(code)
    if in_force := next((county for county in known if county.in_force(year)), None):
        return in_force
    found = {counties.stood_for(county, year) for county in known}
    return found.pop() if len(found) == 1 else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
