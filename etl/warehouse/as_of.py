"""What was known at an earlier moment: every relation of the warehouse as a macro of that moment.

A build is a function of what was known. Its statements are kept in the warehouse once more, as table macros
``NAME_as_of(at_moment, scopes := ['county'])`` that read the documents, visits and lists known at
the moment (UTC) in place of those known now. So nothing says twice how a choice is made, and
what a macro gives of a moment is what a build of that moment gave.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from etl.errors import GoujiError

MOMENT, SCOPES = "at_moment", "scopes"
_PARAMETERS = f"{MOMENT}, {SCOPES} := ['county']"
_ARGUMENTS = f"{MOMENT}, {SCOPES} := {SCOPES}"
GIVEN = (
    "keyed_report",
    "known_document",
    "county_scope",
    "crawl_visit",
    "listed_report",
    "listed_file",
)
"""What `sql/document_version.sql` and `sql/look.sql` have for a moment themselves."""

OF_ALL_TIMES = frozenset(
    {
        "fact_observation",
        "fact_opinion",
        "fact_problem",
        "fact_claim",
        "fact_indicator",
        "fact_narrative",
        "fact_finding",
        "fact_claim_finding",
        "fact_explanation",
        "fact_suspect",
        "fact_suspicion",
        "report_count",
        "correction",
        "review",
        "rule_year",
        "document_version",
        "crawl_visit",
        "listing_version",
        "listed_file",
    }
)
"""Tables that hold what was known at all times, as the macros read them."""

_HEAD = re.compile(r"\s*CREATE (?:TEMP )?(?:TABLE|VIEW) (?P<name>\w+) AS\s+(?P<body>.*)", re.S)
_MACRO = re.compile(r"\s*CREATE MACRO (?P<name>\w+)\((?P<rest>[^()]*)\) AS TABLE\s+(?P<body>.*)", re.S)
_INSERT = re.compile(r"\s*INSERT INTO (?P<name>\w+)\s+(?P<body>.*)", re.S)
_COMMENT = re.compile(r"^\s*--.*$", re.M)


class _Twin(NamedTuple):
    name: str
    further: str  # parameters of a macro
    body: str
    is_inserted: bool  # its columns are those of a table made before


def as_of(name: str) -> str:
    """What the relation ``name`` is called at a moment."""
    return f"{name}_as_of"


def make_twins(connection: duckdb.DuckDBPyConnection, scripts: Iterable[str]) -> list[str]:
    """Make the macros of all relations that the statements of ``scripts`` make, and return the names of these.

    Args:
        connection: to the warehouse, in which the statements were run.
        scripts: SQL, in the order in which it was run. What makes no relation out of those that have a past is
            passed over; a macro of a moment is made as it stands.
    """
    past = dict.fromkeys(GIVEN)
    macros: set[str] = set()
    for script in scripts:
        for statement in connection.extract_statements(_COMMENT.sub("", script)):
            twin = _twin(statement.query)
            if twin is None or twin.name in past:
                continue
            if MOMENT in twin.further:
                connection.execute(statement.query)
                past[twin.name.removesuffix("_as_of")] = None
                continue
            body = _at_moment(twin.body, past, macros)
            if body == twin.body:
                continue
            if twin.is_inserted:
                columns = connection.execute(f"SELECT * FROM {twin.name} LIMIT 0").description or ()
                body = f"SELECT * FROM ({body}) AS made ({', '.join(column[0] for column in columns)})"
            further = f"{twin.further}, " if twin.further else ""
            connection.execute(
                f"CREATE MACRO {as_of(twin.name)}({MOMENT}, {further}{SCOPES} := ['county']) AS TABLE {body}"
            )
            past[twin.name] = None
            if twin.further:
                macros.add(twin.name)
    quoted = _PARAMETERS.replace("'", "''")
    for name in past:
        connection.execute(
            f"COMMENT ON MACRO TABLE {as_of(name)} IS '{as_of(name)}({quoted}): "
            f"{name} as it was known at a moment (UTC) / {name} 在某一时刻（UTC）之所知'"
        )
    return list(past)


def go_back(connection: duckdb.DuckDBPyConnection, moment: datetime, sql: str) -> None:
    """Have every relation that has a past say, in this connection, what was known at ``moment``.

    Args:
        connection: to a published warehouse, see `etl.warehouse.read.connect`.
        moment: with its zone.
        sql: what is to be asked.

    Raises:
        GoujiError: ``sql`` reads a relation that holds things of all times.
    """
    at = f"TIMESTAMP '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"
    macros = connection.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'table_macro'"
    ).fetchall()
    known = [name.removesuffix("_as_of") for (name,) in macros if name.endswith("_as_of")]
    words = set(re.findall(r"\w+", sql.lower()))
    if asked := sorted(words & {*OF_ALL_TIMES, *GIVEN}):
        raise GoujiError(
            f"{', '.join(asked)} holds what was known at all times; with --as-of ask the views, "
            "observation, finding, coverage, county_year and the others of docs/reference/warehouse.md"
        )
    for name in known:
        if name not in GIVEN and name not in OF_ALL_TIMES:
            connection.execute(f"CREATE TEMP VIEW {name} AS FROM {as_of(name)}({at})")


def _twin(statement: str) -> _Twin | None:
    statement = statement.strip().rstrip(";")
    if found := _HEAD.match(statement):
        return _Twin(found["name"], "", found["body"], is_inserted=False)
    if found := _MACRO.match(statement):
        return _Twin(found["name"], found["rest"], found["body"], is_inserted=False)
    if found := _INSERT.match(statement):
        return _Twin(found["name"], "", found["body"], is_inserted=True)
    return None


def _at_moment(body: str, past: Iterable[str], macros: Iterable[str]) -> str:
    """``body`` reading of each relation what was known at the moment."""
    own = set(re.findall(r"\b(\w+) AS \(", body))  # of its WITH, whatever else is called so
    for name in (name for name in past if name not in own):
        call = f"{as_of(name)}({_ARGUMENTS})"
        read = rf"(\b(?:FROM|JOIN)\s+|\bFROM\s+\w+,\s+){name}\b(?!\s*[(.])"
        body = re.sub(rf"{read}(?=\s+AS\b)", rf"\g<1>{call}", body)
        body = re.sub(read, rf"\g<1>{call} AS {name}", body)
    for name in macros:
        body = re.sub(rf"(\bFROM\s+){name}\(", rf"\g<1>{as_of(name)}({MOMENT}, ", body)
    return body
