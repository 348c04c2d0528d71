"""The county dimension and what belongs to it as Arrow tables: names, successions, lines back in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import pyarrow as pa

from etl.places import Counties, County
from etl.places.lineage import lineage
from etl.places.names import aliases
from etl.places.portals import Registry
from etl.places.succession import lines, successions

KEY = pa.int32()
COUNTY = pa.schema(
    {
        "county_key": KEY,
        "code": pa.string(),
        "name": pa.string(),
        "kind": pa.string(),
        "prefecture": pa.string(),
        "province": pa.string(),
        "valid_from": pa.int16(),
        "valid_to": pa.int16(),
        "is_county": pa.bool_(),
        "area_changed_in": pa.list_(pa.int16()),
    }
)
ALIAS = pa.schema({"county_key": KEY, "alias": pa.string(), "kind": pa.string()})
SUCCESSION = pa.schema(
    {"predecessor_key": KEY, "successor_key": KEY, "year": pa.int16(), "relation": pa.string()}
)
LINE = pa.schema(
    {
        "county_key": KEY,
        "first": pa.int16(),
        "last": pa.int16(),
        "members": pa.list_(KEY),
        "broken": pa.string(),
        "broken_in": pa.int16(),
    }
)
PORTAL = pa.schema(
    {"county_key": KEY, "portal_key": pa.string(), "is_own": pa.bool_(), "codes": pa.list_(pa.string())}
)


@cache
def county_keys(counties: Counties) -> Mapping[County, int]:
    """A key for every row of the county list, from 1, in order of code and first year."""
    ordered = sorted(counties.all, key=lambda county: (county.code, county.valid_from))
    return {county: key for key, county in enumerate(ordered, start=1)}


def county_table(counties: Counties) -> pa.Table:
    """Rows of dim_county."""
    changes = _area_changes(counties)
    rows = [
        (
            key,
            county.code,
            county.name,
            county.kind,
            county.prefecture,
            county.province,
            county.valid_from,
            county.valid_to,
            county.is_county,
            sorted(changes.get(county, ())),
        )
        for county, key in county_keys(counties).items()
    ]
    return _table(COUNTY, rows)


def _area_changes(counties: Counties) -> Mapping[County, set[int]]:
    """The years in which a county gave or took area and stayed what it was."""
    changes: dict[County, set[int]] = defaultdict(set)
    for step in successions(counties):
        if step.predecessor.in_force(step.year):
            changes[step.predecessor].add(step.year)
        if step.successor.in_force(step.year - 1):
            changes[step.successor].add(step.year)
    return changes


def alias_table(counties: Counties) -> pa.Table:
    """Rows of county_alias."""
    keys = county_keys(counties)
    return _table(ALIAS, [(keys[one.county], one.name, one.kind) for one in aliases(counties)])


def succession_table(counties: Counties) -> pa.Table:
    """Rows of bridge_succession."""
    keys = county_keys(counties)
    return _table(
        SUCCESSION,
        [(keys[one.predecessor], keys[one.successor], one.year, one.relation) for one in successions(counties)],
    )


def line_table(counties: Counties) -> pa.Table:
    """Rows of county_line and bridge_line, years and members together."""
    keys = county_keys(counties)
    return _table(
        LINE,
        [
            (keys[one.county], one.first, one.last, [keys[member] for member in one.members], *one[4:])
            for one in lineage(counties)
        ],
    )


def portal_table(counties: Counties, registry: Registry) -> pa.Table:
    """The portals on which a county's reports may stand, with the codes its reports may be listed under.

    ``is_own`` is true for a portal of the county itself, under whatever code. Others, such as the column of its
    prefecture or the portal of what it was merged into, tell of it only where they have listed a report of it.
    """
    rows = []
    own_lines = lines(counties)
    for county, key in county_keys(counties).items():
        if not county.is_county:
            continue
        own = {row.code for row in own_lines[county]}
        further = {code for one in own for row in counties.coded(one) for code in row.successors} - own
        above = {f"{code[:4]}00" for code in own | further} - own
        rows += [
            (key, code, code in own, sorted(own))
            for code in sorted(own | further | above)
            if code in registry.portals
        ]
    return _table(PORTAL, rows)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
