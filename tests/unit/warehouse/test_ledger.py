"""The coverage ledger: what each kind of looking lets it say of a county and year, and nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue import Catalogue
from etl.catalogue.records import Record
from etl.model import Extraction, Indicator, Place, Problem
from etl.settings import Home
from etl.store import write_segment
from etl.warehouse.build import build_candidate
from tests.built_warehouse import COUNTY, EXTRACTOR, NEW, OLD, candidate, consistent, make_home, rows
from tests.crawl_records import HOME, PAGE, PORTAL, ended, fetched, file, night, seen, withdrawn

YEAR = 2025  # due on 31 March 2026, the thirtieth night
BEFORE, DUE, AFTER, LATER = 10, 30, 40, 50
REPORT = consistent("2025.html", COUNTY, YEAR)
REGISTRY = "portals:\n  - code: '990001'\n    home: http://qinghe.localhost/\n"
COLUMN = "portals:\n  - code: '990000'\n    home: http://qinghe.localhost/\n"


@dataclass
class Night:
    """One visit to the portal: what it told, how it ended, whether its list was read whole."""

    number: int
    records: Sequence[Record] = ()
    outcome: str = "ok"
    whole: bool = True
    found: int = 1
    portal: str = PORTAL


@dataclass
class Case:
    nights: Sequence[Night]
    expected: tuple[Any, ...]  # state, days_late, evidence
    read: Sequence[Extraction] = ()
    registry: str = REGISTRY
    county: str = COUNTY
    more: dict[str, Any] = field(default_factory=dict)


def listed(number: int, on: date | None = date(2026, 3, 2), **changes: Any) -> list[Record]:
    """The report of 2025 on the list, not asked for."""
    return [seen(at=night(number), year=YEAR, listed_on=on, **changes)]


def had(number: int, on: date | None = date(2026, 3, 2), **changes: Any) -> list[Record]:
    """The report of 2025, listed and fetched."""
    at = night(number)
    return [*listed(number, on, **changes), fetched(at=at), file("2025.html", at=at)]


def other_year(number: int, code: str = COUNTY) -> list[Record]:
    """Another report on the list."""
    return [seen(url=f"{HOME}2020.html", at=night(number), year=2020, county_code=code)]


def refused(number: int, outcome: str) -> list[Record]:
    failed = fetched(at=night(number), outcome=outcome, sha256=None, status=None)
    return [*listed(number), failed]


def unreadable(code: str, format: str = "pdf") -> Extraction:
    return replace(
        REPORT,
        format=format,
        observations=(),
        forms={},
        identity=replace(REPORT.identity, scope=None),
        problems=(Problem(code, "in words"),),
    )


CASES = {
    "in time by its date": Case([Night(AFTER, had(AFTER))], ("published", 0, "document"), [REPORT]),
    "seen before it was due": Case([Night(BEFORE, had(BEFORE, None))], ("published", 0, "document"), [REPORT]),
    "on the last day": Case(
        [Night(AFTER, had(AFTER, date(2026, 3, 31)))], ("published", 0, "document"), [REPORT]
    ),
    "late by its date": Case(
        [Night(AFTER, had(AFTER, date(2026, 4, 7)))], ("published_late", 7, "document"), [REPORT]
    ),
    "late, for an earlier look missed it": Case(
        [Night(AFTER), Night(LATER, had(LATER, None))], ("published_late", 10, "document"), [REPORT]
    ),
    "an earlier look that was not whole proves nothing": Case(
        [Night(AFTER, whole=False), Night(LATER, had(LATER, None))], ("published", None, "document"), [REPORT]
    ),
    "no date, first look after the deadline": Case(
        [Night(AFTER, had(AFTER, None))], ("published", None, "document"), [REPORT]
    ),
    "a date that cannot be": Case(
        [Night(AFTER, had(AFTER, date(2024, 1, 20)))], ("published", None, "document"), [REPORT]
    ),
    "unreadable": Case(
        [Night(AFTER, had(AFTER))], ("found_unreadable", 0, "document"), [unreadable("encrypted")]
    ),
    "a picture": Case([Night(AFTER, had(AFTER))], ("image_only", 0, "document"), [unreadable("no_text")]),
    "a scan": Case(
        [Night(AFTER, had(AFTER))], ("image_only", 0, "document"), [unreadable("no_tables", "scan")]
    ),
    "withdrawn": Case(
        [Night(AFTER, had(AFTER)), Night(LATER, [withdrawn(night(LATER))])],
        ("withdrawn", 0, "document"),
        [REPORT],
    ),
    "there again": Case(
        [Night(AFTER, had(AFTER)), Night(45, [withdrawn(night(45))]), Night(LATER, had(LATER))],
        ("published", 0, "document"),
        [REPORT],
    ),
    "listed, and its address is dead": Case(
        [Night(AFTER, refused(AFTER, "gone"))], ("listed_without_file", None, "listing")
    ),
    "listed, and refused": Case([Night(AFTER, refused(AFTER, "challenge"))], ("blocked", None, "listing")),
    "listed, and the server failed": Case(
        [Night(AFTER, refused(AFTER, "too_slow"), "partial")], ("not_looked", None, "listing")
    ),
    "listed, and not asked for": Case(
        [Night(AFTER, listed(AFTER), "stopped")], ("not_looked", None, "listing")
    ),
    "not in a whole list": Case([Night(AFTER)], ("not_found", None, "whole_list")),
    "a whole list before the deadline": Case([Night(BEFORE)], ("not_yet_due", None, "calendar")),
    "a whole list on the last day": Case([Night(DUE)], ("not_yet_due", None, "calendar")),
    "a failed look after a whole one before the deadline": Case(
        [Night(BEFORE), Night(AFTER, outcome="unreachable", whole=False, found=0)],
        ("not_looked", None, "visit"),
    ),
    "a failed look after a whole one after the deadline": Case(
        [Night(AFTER), Night(LATER, outcome="blocked", whole=False, found=0)], ("not_found", None, "whole_list")
    ),
    "blocked": Case([Night(AFTER, outcome="blocked", whole=False, found=0)], ("blocked", None, "visit")),
    "unreachable": Case(
        [Night(AFTER, outcome="unreachable", whole=False, found=0)], ("not_looked", None, "visit")
    ),
    "broken": Case([Night(AFTER, outcome="broken", whole=False, found=0)], ("not_looked", None, "visit")),
    "part of a list": Case([Night(AFTER, outcome="partial", whole=False)], ("not_looked", None, "visit")),
    "no list": Case([Night(AFTER, outcome="nothing_found", found=0)], ("not_looked", None, "visit")),
    "a list that was lost": Case([Night(AFTER, outcome="lost", found=0)], ("not_looked", None, "visit")),
    "another portal was visited": Case([Night(AFTER, portal="990003")], ("not_looked", None, "no_visit")),
    "no portal": Case([Night(AFTER)], ("no_portal_known", None, "registry"), registry="portals: []\n"),
    "a column that never told of the county": Case(
        [Night(AFTER, portal="990000")], ("not_looked", None, "visit"), registry=COLUMN
    ),
    "a column that told of the county": Case(
        [Night(AFTER, other_year(AFTER), portal="990000")], ("not_found", None, "whole_list"), registry=COLUMN
    ),
    "the report of a department": Case(
        [Night(AFTER, had(AFTER, body="department"))], ("not_found", None, "whole_list"), [REPORT]
    ),
}


def ledger(root: Path, case: Case) -> tuple[Home, dict[tuple[str, int], dict[str, Any]]]:
    """The ledger by county and year."""
    home = make_home(root)
    (root / "own.yaml").write_text(case.registry, encoding="utf-8")
    home = home.model_copy(update={"registry": Path("own.yaml")})
    catalogue = Catalogue(home.catalogue_address)
    for one in case.nights:
        run, _ = catalogue.open_run(night(one.number), timedelta(0))
        end = ended(one.outcome, night(one.number), is_list_whole=one.whole, found=one.found)
        catalogue.record(run, one.portal, HOME, [*one.records, end])
    if case.read:
        write_segment(home.extracted, EXTRACTOR, case.read)
    build_candidate(home, catalogue.versions(), lambda _: None, EXTRACTOR, catalogue.looks())
    catalogue.close()
    with candidate(home) as connection:
        found = rows(connection, "FROM coverage WHERE county_code LIKE '99%'")
    return home, {(row["county_code"], row["year"]): row for row in found}


@pytest.mark.parametrize("name", CASES)
def test_a_state_is_what_the_looking_lets_say(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    _, found = ledger(tmp_path, case)
    row = found[case.county, YEAR]
    assert (row["state"], row["days_late"], row["evidence"]) == case.expected
    assert row["due_on"] == date(2026, 3, 31)
    assert row["evidence_en"]
    assert row["evidence_zh"]


def test_a_row_names_the_night_the_document_and_the_dates(tmp_path: Path) -> None:
    nights = [Night(BEFORE), Night(AFTER, had(AFTER, date(2026, 4, 7))), Night(LATER)]
    _, found = ledger(tmp_path, Case(nights, (), [REPORT]))
    row = found[COUNTY, YEAR]
    assert (row["run_id"], row["portal_key"], row["url"]) == (2, PORTAL, PAGE)
    assert row["document_sha256"] == REPORT.sha256
    assert (row["published_on"], row["first_seen_at"]) == (date(2026, 4, 7), night(AFTER).replace(tzinfo=None))
    other = found[COUNTY, 2024]
    assert (other["state"], other["run_id"], other["looked_at"]) == (
        "not_found",
        3,
        (night(LATER) + timedelta(minutes=1)).replace(tzinfo=None),
    )


def test_a_portal_speaks_for_what_its_county_was_before(tmp_path: Path) -> None:
    registry = "portals:\n  - code: '990003'\n    home: http://qinghe.localhost/\n"
    _, found = ledger(tmp_path, Case([Night(AFTER, portal="990003")], (), registry=registry))
    assert found[OLD, 2015]["state"] == "not_found"  # 旧名县 is 新名区 since
    assert found[NEW, 2016]["state"] == "not_found"
    assert (OLD, 2016) not in found
    assert found[COUNTY, 2015]["state"] == "no_portal_known"


def test_a_report_under_a_later_name_counts_for_the_county_of_its_year(tmp_path: Path) -> None:
    nights = [Night(AFTER, had(AFTER, None))]
    _, found = ledger(tmp_path, Case(nights, (), [consistent("2025.html", NEW, 2014)]))
    assert found[OLD, 2014]["state"] == "published"


def test_figures_of_before_the_forms_are_published(tmp_path: Path) -> None:
    older = replace(unreadable("no_tables"), problems=())
    older = replace(older, identity=replace(REPORT.identity, year=2010))
    figure = Indicator(("主动公开信息数",), "31", "条", Place(path="/html/body/table/tr[2]/td[2]"), "html")
    nights = [Night(AFTER, had(AFTER, None))]
    _, found = ledger(tmp_path, Case(nights, (), [replace(older, indicators=(figure,))]))
    assert found[COUNTY, 2010]["state"] == "published"
    _, found = ledger(tmp_path / "empty", Case(nights, (), [older]))
    assert found[COUNTY, 2010]["state"] == "found_unreadable"


def test_the_day_is_that_of_the_last_look_not_of_the_clock(tmp_path: Path) -> None:
    home, _ = ledger(tmp_path, Case([Night(BEFORE)], ()))
    with candidate(home) as connection:
        assert rows(connection, "FROM coverage_date") == [{"as_of": date(2026, 3, 11), "last_year": 2025}]


def test_the_ledger_has_a_row_for_every_county_in_force_and_year(tmp_path: Path) -> None:
    home, _ = ledger(tmp_path, Case([Night(AFTER)], ()))
    with candidate(home) as connection:
        counts = dict(
            connection.execute(
                "SELECT year, count(*) FROM coverage WHERE county_code NOT LIKE '99%' GROUP BY year"
            ).fetchall()
        )
        twice = connection.execute("SELECT county_code, year FROM coverage GROUP BY ALL HAVING count(*) > 1")
        assert twice.fetchall() == []
    assert {year: counts[year] for year in (2008, 2015, 2019, 2024)} == {
        2008: 2859,
        2015: 2850,
        2019: 2846,
        2024: 2846,
    }
    assert sorted(counts) == list(range(2008, 2026))


def test_departments_are_due_in_january_under_the_new_regulations(tmp_path: Path) -> None:
    home, _ = ledger(tmp_path, Case([], ()))
    with candidate(home) as connection:
        due = connection.execute(
            "SELECT deadline('department', 2023), deadline('county', 2023), deadline('department', 2018)"
        ).fetchone()
    assert due == (date(2024, 1, 31), date(2024, 3, 31), date(2019, 3, 31))
