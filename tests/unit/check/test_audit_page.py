"""The page of the last audit: it opens without a network, and says what was found."""

import re

from lxml import html

from etl.check.audit_page import audit_page
from etl.check.context import BALANCE, STRUCTURE
from etl.check.suites import AuditResult, Outcome


def outcome(checkpoint: str, rule_id: str, *rows: dict[str, object], exception: str | None = None) -> Outcome:
    is_met = not rows and exception is None
    return Outcome(
        checkpoint,
        rule_id,
        "2021",
        "must hold <always>",
        is_met,
        len(rows),
        None,
        rows,
        exception,
        "须成立",
        "hard",
    )


PAGE = audit_page(
    AuditResult(
        (
            outcome(STRUCTURE, "REPORT_ONCE"),
            outcome(STRUCTURE, "COUNTY_ONCE", exception="no such table & nothing else"),
            outcome(BALANCE, "T3_BALANCE", {"report_key": 7, "line": "business", "left_value": 1.0}),
        )
    )
)


def test_nothing_outside_is_referred_to() -> None:
    page = html.document_fromstring(PAGE)
    assert page.xpath("//@src | //@href | //@srcset | //@action | //@data | //@poster") == []
    assert page.xpath("//script | //link | //iframe | //object | //embed | //base") == []
    assert re.search(r"url\(|@import|https?:|//cdn", PAGE) is None


def test_what_was_found_is_said_and_marked_up_safely() -> None:
    page = html.document_fromstring(PAGE)
    told = [row.text_content() for row in page.xpath("//body/table/tbody/tr")]
    assert len(told) == 3
    assert "met / 相符" in told[0]
    assert "could not be examined: no such table & nothing else" in told[1]
    assert "1 rows break it / 1 行不符" in told[2]
    assert "business" in told[2]
    assert all("must hold <always>" in one and "须成立" in one for one in told)
    assert "held back" in page.text_content()
