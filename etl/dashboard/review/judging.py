"""A finding as a reviewer judges it, and what a judgement writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from etl.dashboard.reader import Reader, Row
from etl.errors import GoujiError
from etl.pipeline.correct import printed, propose
from etl.settings import Home
from etl.warehouse.review_file import Review, checked_review, file_review, load_reviews


class ChangedError(GoujiError):
    """What was judged is not what the warehouse says any more."""


@dataclass(frozen=True)
class Judged:
    """A failed check of a document, its cells, and the verdict that the file has of it.

    ``judged`` is what the cells say, as a verdict keeps it; ``is_stale`` whether it was on other values.
    """

    document: str
    finding: Row
    cells: tuple[Row, ...]
    judged: tuple[str, ...]
    review: Review | None
    is_stale: bool

    @property
    def own_cells(self) -> tuple[Row, ...]:
        """The cells of this report, which a correction may be about."""
        return tuple(row for row in self.cells if not row["cell"].endswith("@-1"))


@dataclass(frozen=True)
class Listed:
    """A verdict of the file and what the last build made of it: its status, none before a build has read it."""

    review: Review
    status: str | None
    document: str | None


def judged(reader: Reader, document: str, rule: str, line: str) -> Judged | None:
    """The finding of a document by rule and line; none where no such check fails in the published warehouse."""
    found = reader.row("review_finding", document=document, rule=rule, line=line)
    if found is None:
        return None
    cells = reader.rows("review_values", document=document, rule=rule, line=line)
    values = tuple(f"{row['cell']}={row['says']}" for row in cells)
    key = (found["county_code"], found["year"], rule, line)
    review = next((one for one in load_reviews(reader.home.reviews) if one.finding == key), None)
    return Judged(document, found, cells, values, review, review is not None and review.judged != values)


def listed(reader: Reader) -> tuple[Listed, ...]:
    """All verdicts of the file."""
    built = {
        (row["county_code"], row["year"], row["rule_id"], row["line"], row["verdict"]): row
        for row in reader.rows("review_states")
    }
    found = []
    for review in load_reviews(reader.home.reviews):
        row = built.get((*review.finding, review.verdict))
        found.append(
            Listed(review, row["status"], row["document_sha256"]) if row else Listed(review, None, None)
        )
    return tuple(found)


def judge(home: Home, finding: Judged, form: Mapping[str, str]) -> None:
    """Write the verdict that a form states: ``verdict``, ``reason``, ``reviewer``, and ``judged``, the values
    that it showed, a line each.

    Raises:
        ChangedError: the form showed other values than the warehouse has now.
        DataError: the form is not filled in; the message says where.
        GoujiError: the file cannot be written.
    """
    _as_shown(finding, form)
    row = finding.finding
    file_review(
        home.reviews,
        checked_review(
            {
                "county": row["county_code"],
                "year": row["year"],
                "rule": row["rule_id"],
                "line": row["line"],
                "verdict": form.get("verdict", ""),
                "judged": finding.judged,
                "reason": form.get("reason", "").strip(),
                "reviewer": form.get("reviewer", "").strip(),
                "date": date.today(),
            }
        ),
    )


def correct(home: Home, finding: Judged, form: Mapping[str, str]) -> None:
    """Write the correction that a form states: ``cell``, ``corrected``, ``reason``, ``evidence``, ``reviewer``,
    ``status``, and ``judged`` as above. It goes the way of ``gouji correct``.

    Raises:
        ChangedError: the form showed other values than the warehouse has now.
        GoujiError: the correction is faulty, there is one already, or the file cannot be written.
    """
    cell = form.get("cell", "")
    if cell not in {row["cell"] for row in finding.own_cells}:
        raise GoujiError("name one of the cells of the finding")
    _as_shown(finding, form)
    row = finding.finding
    found = printed(home, row["county_code"], row["year"], cell, finding.document)
    fields: dict[str, object] = {
        "county": found.county,
        "year": row["year"],
        "cell": cell,
        "document": finding.document,
        "printed": found.says,
        "corrected": _value(form.get("corrected", "")),
        "reason": form.get("reason", "").strip(),
        "evidence": form.get("evidence", "").strip(),
        "reviewer": form.get("reviewer", "").strip(),
        "date": date.today(),
        "status": "accepted" if form.get("status") == "accepted" else "open",
    }
    propose(home, fields, home.own_corrections)


def _as_shown(finding: Judged, form: Mapping[str, str]) -> None:
    if form.get("judged", "") != "\n".join(finding.judged):
        raise ChangedError("the cells say something else than what was shown; look again and judge again")


def _value(text: str) -> Decimal | str:
    if text.strip() == "blank":
        return "blank"
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise GoujiError(f"{text.strip()[:40]!r} is neither a number nor blank")
    return value
