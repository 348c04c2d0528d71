"""Write, audit, publish: a candidate warehouse is built, held against all suites, and swapped in."""

from collections.abc import Callable
from dataclasses import dataclass

from etl.catalogue import Catalogue
from etl.check.audit_page import audit_page
from etl.check.suites import AuditResult, audit
from etl.hashes import sha256_of
from etl.pipeline.extraction import extractor
from etl.pipeline.ingest import reread, writer
from etl.settings import Home
from etl.warehouse.build import BuildCounts, build_candidate
from etl.warehouse.publish import PublishError, publish
from etl.warehouse.read import connect

Say = Callable[[str], None]

_VERDICTS = ("pass", "pass_blank_as_zero", "vacuous", "fail", "not_assessable")


@dataclass(frozen=True)
class Audited:
    """What the suites found, and in which candidate: ``sha256`` is that of the file they examined."""

    result: AuditResult
    sha256: str


@dataclass(frozen=True)
class Loaded:
    """A candidate: how many documents had to be read for it, and what is in it."""

    newly_read: int
    counts: BuildCounts


@dataclass(frozen=True)
class Built:
    """A build and its audit."""

    newly_read: int  # documents read for it; all others were read before
    counts: BuildCounts
    audit: AuditResult

    @property
    def is_published(self) -> bool:
        """Whether the candidate was published: unless a structural suite failed."""
        return self.audit.structural_ok

    @property
    def refused(self) -> tuple[str, ...]:
        """Accepted corrections that could not be applied, in words."""
        return self.counts.refused

    @property
    def faults(self) -> tuple[str, ...]:
        """What kept the candidate from being published, in words."""
        return faults(self.audit)


@dataclass(frozen=True)
class RuleRow:
    """How often each verdict of a rule stands in the published warehouse."""

    rule_id: str
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
        loaded = load(home, say)
        audited = audit_candidate(home, say, may_shrink=may_shrink)
        if audited.result.structural_ok:
            release(home, say, audited.sha256)
        return Built(loaded.newly_read, loaded.counts, audited.result)


def load(home: Home, say: Say) -> Loaded:
    """Write the candidate from everything ingested. The caller holds the writer lock.

    Raises:
        BuildError, DataError: nothing can be built.
    """
    newly_read = reread(home, say)
    catalogue = Catalogue(home.catalogue_address)
    documents, looks = catalogue.versions(), catalogue.looks()
    return Loaded(
        newly_read, build_candidate(home, documents, say, extractor(home.counties_files, home.scan_text), looks)
    )


def audit_candidate(home: Home, say: Say, *, may_shrink: bool = False) -> Audited:
    """Hold the candidate against all suites. The caller holds the writer lock."""
    say("auditing with Great Expectations")
    previous = home.warehouse if home.warehouse.exists() and not may_shrink else None
    result = audit(home.candidate, previous, home.root)
    home.audit_page.write_text(audit_page(result), encoding="utf-8")
    return Audited(result, sha256_of(home.candidate))


def release(home: Home, say: Say, sha256: str) -> None:
    """Publish the candidate whose audit gave ``sha256``. The caller holds the writer lock.

    Publishing what is published already changes nothing, so a step that was cut off may be repeated.

    Raises:
        PublishError: another build has written the candidate since the audit, or there is none.
    """
    if not home.candidate.exists() and home.warehouse.exists() and sha256_of(home.warehouse) == sha256:
        return
    if home.candidate.exists() and sha256_of(home.candidate) != sha256:
        raise PublishError(
            f"{home.candidate}: another build has written it since it was audited; build and audit again"
        )
    say("publishing")
    publish(home)


def recheck(home: Home, say: Say) -> tuple[list[RuleRow], AuditResult]:
    """Hold the published warehouse against all suites again.

    Returns:
        a row a rule with the number of each verdict, and the audit.

    Raises:
        NothingPublishedError: there is no warehouse yet.
    """
    with connect(home) as connection:
        rows = connection.execute(
            "SELECT rule_id, "
            + ", ".join(f"count(*) FILTER (status = '{verdict}')" for verdict in _VERDICTS)
            + ", any_value(zh) FROM dim_rule LEFT JOIN (SELECT rule_id, status FROM fact_finding"
            " JOIN dim_check USING (check_key)) USING (rule_id) GROUP BY rule_id ORDER BY rule_id"
        ).fetchall()
    say("auditing with Great Expectations")
    result = audit(home.warehouse, None, home.root)
    return [RuleRow(rule, tuple(counts), zh) for rule, *counts, zh in rows], result


def faults(result: AuditResult) -> tuple[str, ...]:
    """What blocks publication, in words: structural failures, and what could not be examined."""
    return tuple(str(outcome) for outcome in (*result.failures, *result.exceptions))
