"""The audit of a candidate warehouse by the suites of ``expectations/gx/``.

Structural failures, and anything that could not be examined, block publication; balance findings never do.
"""

import math
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.check.context import (
    BALANCE,
    CANDIDATE,
    DATASOURCE,
    FOLDER,
    STRUCTURE,
    import_great_expectations,
    least_rows,
)
from etl.check.structure import load_structure
from etl.resources import EXPECTATIONS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one expectation found.

    ``rows`` are the first of the ``count`` rows that break it (at most 200). Where ``at_least`` is given, the
    expectation is about the size of a table, and ``count`` is its number of rows.
    """

    checkpoint: str
    rule_id: str
    form: str | None
    en: str
    is_met: bool
    count: int
    at_least: int | None
    rows: tuple[dict[str, Any], ...]
    exception: str | None  # it could not be examined, so nothing is known
    zh: str = ""
    severity: str = ""

    def __str__(self) -> str:
        if self.exception is not None:
            return f"{self.rule_id} could not be examined: {self.exception}"
        if self.at_least is not None:
            return f"{self.rule_id} ({self.en}): {self.count} rows, at least {self.at_least} expected"
        examples = "; ".join(", ".join(f"{key} {value}" for key, value in row.items()) for row in self.rows[:3])
        return f"{self.rule_id} ({self.en}): {self.count} rows break it" + (
            f", first {examples}" if examples else ""
        )


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The outcomes of all suites on one candidate."""

    outcomes: tuple[Outcome, ...]

    @property
    def structural_ok(self) -> bool:
        """Whether the candidate may be published."""
        return not self.failures and not self.exceptions

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Structural expectations that are not met."""
        return tuple(
            o for o in self.outcomes if o.checkpoint == STRUCTURE and not o.is_met and o.exception is None
        )

    @property
    def exceptions(self) -> tuple[Outcome, ...]:
        """Expectations of either kind that could not be examined."""
        return tuple(o for o in self.outcomes if o.exception is not None)

    @property
    def balance(self) -> dict[str, int]:
        """The number of failing rows of each balance rule, over all forms."""
        counts: Counter[str] = Counter()
        for outcome in self.outcomes:
            if outcome.checkpoint == BALANCE:
                counts[outcome.rule_id] += outcome.count
        return dict(counts)


def audit(candidate: Path, previous: Path | None, home: Path) -> AuditResult:
    """Hold a candidate warehouse against all suites.

    Args:
        candidate: the DuckDB file; nobody may have it open for writing.
        previous: the published warehouse, whose size the candidate has to keep (``at_most_lost`` of
            ``expectations/structure.yaml``); None if there is none, or if a smaller one is wanted.
        home: the folder below which ``gx/`` is made anew: the shipped suites, and the results of this run in
            Great Expectations' own JSON under ``gx/uncommitted/validations``.

    Raises:
        duckdb.Error: ``previous`` cannot be read.
    """
    least = {least_rows(table): count for table, count in _least_rows(previous)}
    _copy_context(home)
    context = import_great_expectations().get_context(
        mode="file", project_root_dir=home, runtime_environment={CANDIDATE: str(candidate.absolute())}
    )
    engine = context.data_sources.get(DATASOURCE).get_execution_engine()
    try:
        outcomes = [
            _outcome(name, result)
            for name in (STRUCTURE, BALANCE)
            for run in context.checkpoints.get(name).run(expectation_parameters=least).run_results.values()
            for result in run.results
        ]
    finally:
        from etl.check.duckdb_engine import release

        release(engine)
    return AuditResult(tuple(outcomes))


def _copy_context(home: Path) -> None:
    """The shipped files without their permissions: an installed package may be read-only, folders included."""
    shutil.rmtree(home / FOLDER, ignore_errors=True)
    for source in (EXPECTATIONS / FOLDER).rglob("*"):
        if source.is_file():
            target = home / source.relative_to(EXPECTATIONS)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _least_rows(previous: Path | None) -> Iterator[tuple[str, int]]:
    structure = load_structure()
    if previous is None:
        yield from ((table, 0) for table in structure.tables_that_may_not_shrink)
        return
    with duckdb.connect(previous, read_only=True) as connection:
        for table in structure.tables_that_may_not_shrink:
            ((count,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
            yield table, math.ceil(count * (1 - structure.at_most_lost))


def _outcome(checkpoint: str, result: Any) -> Outcome:
    meta = result.expectation_config.meta
    found = result.result or {}
    count = found.get("observed_value") or 0
    return Outcome(
        checkpoint=checkpoint,
        rule_id=meta["rule_id"],
        form=meta.get("form") or ", ".join(meta.get("forms", ())) or None,
        en=meta["en"],
        is_met=bool(result.success),
        count=count,
        at_least=result.expectation_config.kwargs.get("min_value"),
        rows=tuple(found.get("details", {}).get("unexpected_rows", ())),
        exception=_exception(result.exception_info or {}),
        zh=meta["zh"],
        severity=meta.get("severity", "structure"),
    )


def _exception(info: dict[str, Any]) -> str | None:
    """The message of an exception: GX reports either one, or one for each metric that raised."""
    for each in (info, *(value for value in info.values() if isinstance(value, dict))):
        if each.get("raised_exception"):
            return str(each.get("exception_message")).partition("\n")[0]
    return None
