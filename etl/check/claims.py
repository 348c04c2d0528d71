"""What a report's running text states, held against its tables.

A figure may rightly be read in several ways (收到 may count what was carried in): a claim agrees if one of the
meanings of its rule does, and that meaning is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from etl.check.rules import ClaimRule
from etl.model import Claim


class Agreement(StrEnum):
    """What came of holding a claim against the tables."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    OTHER_SCOPE = "other_scope"  # differs, and speaks of another or of less than the tables do
    NOT_ASSESSABLE = "not_assessable"  # the cells are not stated


STATUS = {
    Agreement.AGREE: "pass",
    Agreement.CONTRADICT: "fail",
    Agreement.OTHER_SCOPE: "not_assessable",
    Agreement.NOT_ASSESSABLE: "not_assessable",
}
"""The status of finding for what came of holding a claim against the tables."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim held against the tables by one rule.

    ``claim`` is its position among the report's claims. ``meaning`` is the one in which it agrees, or the one
    that comes nearest. ``stated`` is what the text says (of a list the total), ``found`` what the cells of that
    meaning add up to (of a list its parts, of a period the year's last day).
    """

    rule_id: str
    severity: str
    claim: int
    status: Agreement
    meaning: str | None
    stated: Decimal | None
    found: Decimal | None
    cells: tuple[str, ...]


def weigh(
    claims: Sequence[Claim],
    cells: Mapping[str, Decimal],
    year: int | None,
    form: str | None,
    scope: str | None,
    rules: Iterable[ClaimRule],
) -> tuple[Weighed, ...]:
    """Every claim by every rule that is about it, in order of the rules.

    Args:
        cells: the stated figures by address, as ``requests.received.new.total``; what is blank is not there.
        year: of the report; None leaves periods unassessed.
        form: of the report; rules of other forms are left out.
        scope: of whom the report is; the office's own report may speak of the office.
    """
    found = []
    for rule in rules:
        if form not in rule.forms:
            continue
        of_rule = [
            _weigh(rule, index, claim, cells, year)
            for index, claim in enumerate(claims)
            if claim.kind in rule.claims
        ]
        agreed = {
            (claims[one.claim].kind, claims[one.claim].offset)
            for one in of_rule
            if one.status is Agreement.AGREE
        }
        for one in of_rule:
            claim = claims[one.claim]
            is_narrower = claim.is_narrower and scope in ("county", None)
            # Another sentence has the figure of the tables: this one is of something else.
            is_other = rule.op == "equal" and any(
                kind == claim.kind and offset != claim.offset for kind, offset in agreed
            )
            if (
                one.status is Agreement.CONTRADICT
                and rule.op in ("equal", "zero")
                and (is_narrower or is_other)
            ):
                one = replace(one, status=Agreement.OTHER_SCOPE)
            found.append(one)
    return tuple(found)


def _weigh(
    rule: ClaimRule, index: int, claim: Claim, cells: Mapping[str, Decimal], year: int | None
) -> Weighed:
    def weighed(
        status: Agreement, meaning: str | None, found: Decimal | None, of: Sequence[str] = ()
    ) -> Weighed:
        return Weighed(rule.id, rule.severity, index, status, meaning, claim.value, found, tuple(of))

    if rule.op == "parts":
        said = sum(claim.parts, Decimal(0))
        least = claim.least if claim.is_exhaustive and claim.least is not None else Decimal(0)
        agrees = claim.most is None or least <= said <= claim.most
        return weighed(Agreement.AGREE if agrees else Agreement.CONTRADICT, claim.kind, said)
    if rule.op == "year":
        if year is None:
            return weighed(Agreement.NOT_ASSESSABLE, None, None)
        is_whole = claim.value == year * 10_000 + 1231 and claim.parts in ((), (Decimal(year * 10_000 + 101),))
        status = Agreement.AGREE if is_whole else Agreement.CONTRADICT
        return weighed(status, claim.kind, Decimal(year * 10_000 + 1231))
    zero = Decimal(0)
    lowest, highest = (zero, zero) if rule.op == "zero" else (claim.least, claim.most)
    if lowest is None or highest is None:
        return weighed(Agreement.NOT_ASSESSABLE, None, None)
    named = (
        [one for one in rule.meanings if one.meaning == claim.kind] if len(rule.claims) > 1 else rule.meanings
    )
    differing: list[tuple[Decimal, str, Decimal, Sequence[str]]] = []
    is_stated = True
    for one in named:
        stated = [cells[cell] for cell in one.cells if cell in cells]
        found = sum(stated, Decimal(0))
        if stated and lowest <= found <= highest:
            return weighed(Agreement.AGREE, one.meaning, found, one.cells)
        if len(stated) < len(one.cells) and not (rule.op == "zero" and found > 0):
            is_stated = False
        else:
            differing.append((max(found - highest, lowest - found), one.meaning, found, one.cells))
    if not is_stated or not differing:
        return weighed(Agreement.NOT_ASSESSABLE, None, None)
    _, meaning, found, of = min(differing, key=lambda one: one[0])
    return weighed(Agreement.CONTRADICT, meaning, found, of)
