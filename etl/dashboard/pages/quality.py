"""What does not add up: by rule, severity, blame and year, the counties it happens to, and each failure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from etl.dashboard.charts import Chart, lines, stacked
from etl.dashboard.pages.findings import Finding, findings
from etl.dashboard.reader import Reader, Row, Table
from etl.dashboard.registry import Evidence, Given

SEVERITIES = ("hard", "near_hard", "soft")


@dataclass(frozen=True)
class Quality:
    """All rules. ``by_rule`` holds the cells of the table of rules and years."""

    rules: Table
    rule_years: Table
    by_rule: dict[str, dict[int, Row]]
    heat_years: tuple[int, ...]
    years: Table
    worst: Table
    share_chart: Chart
    severity_chart: Chart
    severities: tuple[str, ...]
    scopes: tuple[str, ...]


def values(reader: Reader) -> Quality:
    """How the rules fare in the reports that stand for a county and year."""
    rules, rule_years = reader.table("quality_rules"), reader.table("quality_rule_years")
    years = reader.table("quality_years")
    by_rule: dict[str, dict[int, Row]] = {}
    for row in rule_years.rows:
        by_rule.setdefault(row["rule_id"], {})[row["year"]] = row
    return Quality(
        rules=rules,
        rule_years=rule_years,
        by_rule=by_rule,
        heat_years=tuple(sorted({row["year"] for row in rule_years.rows})),
        years=years,
        worst=reader.table("quality_worst"),
        share_chart=lines(years.rows, x="year", series=("unbalanced_share",), top=1.0, is_share=True),
        severity_chart=stacked(years.rows, x="year", parts={one: _part(one) for one in SEVERITIES}),
        severities=SEVERITIES,
        scopes=tuple(dict.fromkeys(row["scope"] for row in rules.rows)),
    )


def _part(name: str) -> Callable[[Row], int]:
    return lambda row: int(row[name])


@dataclass(frozen=True)
class RulePage:
    """One rule: what it says, how it fares through the years, and its failures (at most 200)."""

    rule: Row
    years: Table
    findings: Table
    failed: tuple[Finding, ...]
    count: int
    chart: Chart


def of_rule(reader: Reader, rule: str) -> RulePage | None:
    """A rule by its id."""
    row = reader.row("rule", rule=rule)
    if row is None:
        return None
    years, found = reader.table("rule_years", rule=rule), reader.table("rule_findings", rule=rule)
    return RulePage(
        row,
        years,
        found,
        findings(found),
        sum(one["failed"] for one in years.rows),
        lines(years.rows, x="year", series=("share",), is_share=True),
    )


def listed(reader: Reader, _: Evidence) -> Iterator[Given]:
    """All rules."""
    for row in reader.rows("quality_rules"):
        yield {"rule": row["rule_id"]}
