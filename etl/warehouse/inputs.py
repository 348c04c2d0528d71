"""What a build reads, made visible to its SQL as temporary views: segments, catalogue and reference data."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.catalogue.documents import DOCUMENTS
from etl.places import Counties, County
from etl.store import SCHEMAS
from etl.warehouse.reference import (
    COUNTY,
    Fields,
    comparability_table,
    concept_cell_table,
    concept_table,
    county_keys,
    county_table,
    form_measure_table,
    form_table,
    measure_table,
)

PLACE_IN_YEAR = pa.schema(
    Fields(
        read_code=pa.string(),
        year=pa.int16(),
        county_code=pa.string(),
        county_key=COUNTY.field("county_key").type,
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
    """View ``known_document``: the catalogue's documents, times in UTC without a zone."""
    connection.register("catalogue_document", documents.select(DOCUMENTS.names).cast(DOCUMENTS))
    connection.execute(
        "CREATE TEMP VIEW known_document AS "
        "SELECT * REPLACE (fetched_at AT TIME ZONE 'UTC' AS fetched_at, "
        "withdrawn_at AT TIME ZONE 'UTC' AS withdrawn_at) FROM catalogue_document"
    )


def offer_reference(connection: duckdb.DuckDBPyConnection, counties: Counties) -> None:
    """Views ``input_county``, ``input_form``, ``input_measure``, ``input_form_measure``, and of the crosswalk
    ``input_concept``, ``input_concept_cell`` and ``input_comparability``."""
    connection.register("input_county", county_table(counties))
    connection.register("input_form", form_table())
    connection.register("input_measure", measure_table())
    connection.register("input_form_measure", form_measure_table())
    connection.register("input_concept", concept_table())
    connection.register("input_concept_cell", concept_cell_table())
    connection.register("input_comparability", comparability_table())


def offer_places(connection: duckdb.DuckDBPyConnection, counties: Counties) -> None:
    """View ``place_in_year``: which county each code read or stated stands for in its report year.

    A code that was not in force in the year stands for what the county then was (洪泽县 320829, from 2016 on
    洪泽区 320813), if that is one county; else it has no row and the report no county.
    """
    pairs = connection.execute(
        "SELECT DISTINCT county_code, year FROM input_report "
        "WHERE county_code IS NOT NULL AND year IS NOT NULL ORDER BY ALL"
    ).fetchall()
    keys = county_keys(counties)
    rows = [
        {"read_code": code, "year": year, "county_code": county.code, "county_key": keys[county]}
        for code, year in pairs
        if (county := _in_year(counties, code, year)) is not None
    ]
    connection.register("place_in_year", pa.Table.from_pylist(rows, schema=PLACE_IN_YEAR))


def _in_year(counties: Counties, code: str, year: int) -> County | None:
    known = counties.coded(code)
    in_force = [county for county in known if county.in_force(year)]
    found = in_force or list({then for county in known for then in counties.at(county, year)})
    return found[0] if len(found) == 1 else None


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
