"""Comparing counties, prefectures and years by a metric whose definition can be switched."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import quantiles
from typing import Any

from pydantic import Field

from etl.dashboard.charts import Chart, lines
from etl.dashboard.reader import Reader, Row, Table
from etl.dashboard.registry import Evidence, Given
from etl.resources import DATA
from etl.yaml_source import DataModel, load_model

_MOST = 400  # counties of a province
_CONCEPT = "concept_"


class Metric(DataModel):
    """A figure, or a ratio of sums of figures: see data/metrics.yaml."""

    key: str
    family: str
    above: tuple[str, ...] = Field(min_length=1)
    below: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    zh: str
    en: str
    definition_zh: str
    definition_en: str

    @property
    def is_rate(self) -> bool:
        return bool(self.below)

    @property
    def concept(self) -> str | None:
        return self.above[0] if self.family == "concept" else None


class _Metrics(DataModel):
    metrics: tuple[Metric, ...]


@cache
def metrics() -> dict[str, Metric]:
    """The metrics of figures of county_year, by key."""
    return {one.key: one for one in load_model(DATA / "metrics.yaml", _Metrics).metrics}


@dataclass(frozen=True)
class Comparison:
    """A metric by province and year. ``cells`` is by province, ``""`` for all together, then year."""

    metric: Metric
    families: tuple[tuple[Metric, ...], ...]
    concepts: tuple[Row, ...]
    table: Table
    years: tuple[int, ...]
    provinces: dict[str, str]
    cells: dict[str, dict[int, Row]]
    chart: Chart
    quartiles: Chart
    is_detailed: bool  # whether a province can be opened


def first(reader: Reader) -> Comparison | None:
    """The comparison that is shown unless another is asked for."""
    return of_metric(reader, "granted_rate")


def of_metric(reader: Reader, metric: str) -> Comparison | None:
    """All provinces by a metric."""
    found = metric_of(reader, metric)
    if found is None:
        return None
    if found.concept is not None:
        table = reader.table("compare_concept", concept=found.concept)
    else:
        table = reader.table("compare_provinces", **_parts(found))
    cells: dict[str, dict[int, Row]] = {}
    for row in table.rows:
        cells.setdefault(row["province"] or "", {})[row["year"]] = row
    years = tuple(sorted({row["year"] for row in table.rows}))
    whole = [cells.get("", {}).get(year) or _nothing(year) for year in years]
    pooled = [
        row["pooled"] for by_year in cells.values() for row in by_year.values() if row["pooled"] is not None
    ]
    top = 1.0 if found.is_rate and max(pooled, default=0) <= 1 else None
    return Comparison(
        found,
        tuple(families().values()),
        reader.rows("concepts"),
        table,
        years,
        {row["province"]: row["province_name"] for row in table.rows if row["province"]},
        cells,
        lines(whole, x="year", series=("pooled",), top=top, is_share=found.is_rate),
        lines(
            whole,
            x="year",
            series=("upper_quarter", "median", "lower_quarter"),
            top=top,
            is_share=found.is_rate,
        ),
        found.concept is None,
    )


def _nothing(year: int) -> Row:
    return {"year": year, "pooled": None, "median": None, "lower_quarter": None, "upper_quarter": None}


def families() -> dict[str, tuple[Metric, ...]]:
    """The metrics by family, in their order."""
    found: dict[str, list[Metric]] = {}
    for one in metrics().values():
        found.setdefault(one.family, []).append(one)
    return {family: tuple(members) for family, members in found.items()}


def metric_of(reader: Reader, key: str) -> Metric | None:
    """A metric by its key; ``concept_<key>`` is a concept of the crosswalk, comparable over the forms."""
    if key in metrics():
        return metrics()[key]
    if not key.startswith(_CONCEPT):
        return None
    name = key.removeprefix(_CONCEPT)
    row = next((one for one in reader.rows("concepts") if one["concept"] == name), None)
    if row is None:
        return None
    unit = row["unit"]
    return Metric(
        key=key,
        family="concept",
        above=(name,),
        zh=f"{row['label_zh']}（{unit}）",
        en=f"{row['label_en']} ({unit})",
        definition_zh="各格式中含义相同或相近者；不可比的格式不计",
        definition_en="where the form means the same as the newest, or nearly so; others are left out",
    )


def _parts(metric: Metric) -> dict[str, Any]:
    return {"above": list(metric.above), "below": list(metric.below), "less": list(metric.less)}


def listed(reader: Reader, _: Evidence) -> Iterator[Given]:
    """All metrics, those of the crosswalk too."""
    for key in metrics():
        yield {"metric": key}
    for row in reader.rows("concepts"):
        yield {"metric": f"{_CONCEPT}{row['concept']}"}


@dataclass(frozen=True)
class Place:
    """A prefecture or a county: its values by year."""

    key: str
    name: str
    prefecture: str
    values: dict[int, float | None]


@dataclass(frozen=True)
class ProvinceComparison:
    """A metric of a province's counties, and of its prefectures: sums over their counties that state it."""

    metric: Metric
    name: str
    families: tuple[tuple[Metric, ...], ...]
    table: Table
    years: tuple[int, ...]
    prefectures: tuple[Place, ...]
    counties: tuple[Place, ...]
    spread: Chart


def of_province(reader: Reader, metric: str, province: str) -> ProvinceComparison | None:
    """A province by a metric of county_year."""
    found = metric_of(reader, metric)
    names = {row["province"]: row["name"] for row in reader.rows("provinces")}
    if found is None or found.concept is not None or province not in names:
        return None
    table = reader.table("compare_counties", **_parts(found), province=province, most=_MOST)
    years = tuple(sorted({row["year"] for row in table.rows}))
    return ProvinceComparison(
        found,
        names[province],
        tuple(families().values()),
        table,
        years,
        _prefectures(found, table),
        _counties(table),
        lines(
            [_quartiles(table, year) for year in years],
            x="year",
            series=("upper_quarter", "median", "lower_quarter"),
            top=1.0 if found.is_rate and _largest(table) <= 1 else None,
            is_share=found.is_rate,
        ),
    )


def _largest(table: Table) -> float:
    return max((row["value"] for row in table.rows if row["value"] is not None), default=0.0)


def _quartiles(table: Table, year: int) -> Row:
    found = [row["value"] for row in table.rows if row["year"] == year and row["value"] is not None]
    if not found:
        return {"year": year, "lower_quarter": None, "median": None, "upper_quarter": None}
    lower, middle, upper = quantiles(found, n=4, method="inclusive") if len(found) > 1 else found * 3
    return {"year": year, "lower_quarter": lower, "median": middle, "upper_quarter": upper}


def _counties(table: Table) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for row in table.rows:
        place = Place(row["county_code"], row["county_name"], row["prefecture"], {})
        found.setdefault(row["county_code"], place).values[row["year"]] = row["value"]
    return tuple(found.values())


def _prefectures(metric: Metric, table: Table) -> tuple[Place, ...]:
    sums: dict[tuple[str, int], tuple[Any, Any]] = {}
    for row in table.rows:
        above, below = sums.get((row["prefecture"], row["year"]), (0, 0))
        at = row["prefecture"], row["year"]
        sums[at] = above + row["numerator"], below + (row["denominator"] or 0)
    found: dict[str, Place] = {}
    for (prefecture, year), (above, below) in sums.items():
        value = (float(above / below) if below else None) if metric.is_rate else float(above)
        found.setdefault(prefecture, Place(prefecture, prefecture, prefecture, {})).values[year] = value
    return tuple(found.values())


def listed_provinces(reader: Reader, _: Evidence) -> Iterator[Given]:
    """Every metric of county_year with every province that has a report."""
    for row in reader.rows("provinces_with_reports"):
        for key in metrics():
            yield {"metric": key, "province": row["province"]}


@dataclass(frozen=True)
class ChosenComparison:
    """A metric of a few counties side by side."""

    metric: Metric
    families: tuple[tuple[Metric, ...], ...]
    codes: str
    table: Table
    years: tuple[int, ...]
    counties: tuple[Place, ...]
    chart: Chart


def of_counties(reader: Reader, metric: str, codes: str) -> ChosenComparison | None:
    """Counties by their codes, joined by ``+``."""
    found = metric_of(reader, metric)
    if found is None or found.concept is not None:
        return None
    chosen = list(dict.fromkeys(codes.split("+")))
    table = reader.table("compare_chosen", **_parts(found), codes=chosen)
    rows = [dict(row, prefecture="") for row in table.rows]
    counties = _counties(Table(table.name, table.columns, tuple(rows), table.statement))
    years = tuple(sorted({row["year"] for row in rows}))
    by_year = [
        {"year": year} | {f"{one.name} {one.key}": one.values.get(year) for one in counties} for year in years
    ]
    chart = lines(
        by_year,
        x="year",
        series=[f"{one.name} {one.key}" for one in counties],
        top=1.0 if found.is_rate and _largest(table) <= 1 else None,
        is_named=True,
        is_share=found.is_rate,
    )
    return ChosenComparison(found, tuple(families().values()), codes, table, years, counties, chart)


def not_listed(_: Reader, __: Evidence) -> Iterator[Given]:
    """Counties are chosen by who looks: the static site has none of these."""
    yield from ()
