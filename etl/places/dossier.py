"""One county with its history, as ``gouji county`` tells it."""

from dataclasses import dataclass

from etl.places.counties import Counties, County
from etl.places.names import AliasKind, aliases
from etl.places.succession import Succession, lines, successions


@dataclass(frozen=True)
class Dossier:
    """A county through all its names and codes: ``periods`` oldest first, the last of them what it is or was.

    ``history`` holds the steps that it took part in, by year. ``names`` are those beside the last period's.
    """

    periods: tuple[County, ...]
    history: tuple[Succession, ...]
    names: tuple[tuple[str, AliasKind], ...]

    @property
    def last(self) -> County:
        return self.periods[-1]


def dossiers(counties: Counties, rows: tuple[County, ...]) -> list[Dossier]:
    """One a line that any of ``rows`` belongs to, in their order."""
    line_of = lines(counties)
    return [_dossier(counties, line) for line in dict.fromkeys(line_of[row] for row in rows)]


def _dossier(counties: Counties, line: tuple[County, ...]) -> Dossier:
    members = set(line)
    return Dossier(
        line,
        tuple(one for one in successions(counties) if {one.predecessor, one.successor} & members),
        tuple((one.name, one.kind) for one in aliases(counties) if one.county == line[-1]),
    )


def as_dict(dossier: Dossier) -> dict[str, object]:
    """The dossier for JSON: the last period's fields, then ``periods``, ``history`` and ``aliases``."""
    return _period(dossier.last) | {
        "is_county": dossier.last.is_county,
        "periods": [_period(row) for row in dossier.periods],
        "history": [
            {
                "year": one.year,
                "relation": one.relation,
                "predecessor": {"code": one.predecessor.code, "name": one.predecessor.name},
                "successor": {"code": one.successor.code, "name": one.successor.name},
            }
            for one in dossier.history
        ],
        "aliases": [{"name": name, "kind": kind} for name, kind in dossier.names],
    }


def _period(row: County) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "prefecture": row.prefecture,
        "province": row.province,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
