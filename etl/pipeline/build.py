"""Write, audit, publish: a candidate warehouse is built, held against all suites, and swapped in."""

from collections.abc import Callable
from dataclasses import dataclass

from etl.catalogue import Catalogue
from etl.check.suites import AuditResult, audit
from etl.pipeline.extraction import extractor
from etl.pipeline.ingest import reread, writer
from etl.settings import Home
from etl.warehouse.build import BuildCounts, build_candidate
from etl.warehouse.publish import publish
from etl.warehouse.read import connect

Say = Callable[[str], None]

_VERDICTS = ("pass", "pass_blank_as_zero", "vacuous", "fail", "not_assessable")


@dataclass(frozen=True)
class Built:
    """A build and its audit; ``is_published`` is False where a structural suite failed."""

    counts: BuildCounts
    audit: AuditResult
    is_published: bool

    @property
    def faults(self) -> tuple[str, ...]:
        """What kept the candidate from being published, in words."""
        return faults(self.audit)


@dataclass(frozen=True)
class RuleRow:
    """How often each verdict of a rule stands in the published warehouse."""

    rule_id: str
    severity: str
    counts: tuple[int, ...]  # by verdict: pass, pass_blank_as_zero, vacuous, fail, not_assessable
    zh: str


def build(home: Home, say: Say, *, may_shrink: bool = False) -> Built:
    """Build the warehouse from everything ingested, audit it, and publish it if the structure is sound.

    Args:
        home: whose archive and readings.
        say: told what is being done.
        may_shrink: whether to publish although documents are gone since the last release.

    Raises:
        HomeBusyError: something else writes to this home.
        BuildError, DataError: nothing can be built; the published file is untouched.
    """
    with writer(home):
        say("looking for documents to read again")
        reread(home, on_read=lambda count: None)
        documents = Catalogue(home.catalogue_url).documents()
        counts = build_candidate(home, documents, say, extractor(home.counties_files))
        say("auditing with Great Expectations")
        previous = home.warehouse if home.warehouse.exists() and not may_shrink else None
        result = audit(home.candidate, previous, home.root)
        if result.structural_ok:
            say("publishing")
            publish(home)
        return Built(counts, result, result.structural_ok)


def recheck(home: Home, say: Say) -> tuple[list[RuleRow], AuditResult]:
    """Hold the published warehouse against all suites again.

    Returns:
        a row a rule with the number of each verdict, and the audit.

    Raises:
        NothingPublishedError: there is no warehouse yet.
    """
    with connect(home) as connection:
        rows = connection.execute(
            "SELECT rule_id, severity, "
            + ", ".join(f"count(*) FILTER (status = '{verdict}')" for verdict in _VERDICTS)
            + ", any_value(zh) FROM dim_rule LEFT JOIN (SELECT rule_id, status FROM fact_finding"
            " JOIN dim_check USING (check_key)) USING (rule_id) GROUP BY rule_id, severity ORDER BY rule_id"
        ).fetchall()
    say("auditing with Great Expectations")
    result = audit(home.warehouse, None, home.root)
    return [RuleRow(rule, severity, tuple(counts), zh) for rule, severity, *counts, zh in rows], result


def faults(result: AuditResult) -> tuple[str, ...]:
    """What blocks publication, in words: structural failures, and what could not be examined."""
    return tuple(str(outcome) for outcome in (*result.failures, *result.exceptions))
