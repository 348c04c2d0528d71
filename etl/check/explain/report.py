"""The failed checks of one report in memory, explained, and what its text claims against its tables."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from etl.check.claims import Agreement, Weighed, weigh
from etl.check.compile import Address, Check, compile_checks
from etl.check.explain.claims import address_of, claim_rules, explain_claim
from etl.check.explain.evidence import Cell, Evidence, Suspect, Suspects, Value
from etl.check.explain.text import Explanation, explain
from etl.check.localise import Located, localise
from etl.check.verdicts import Finding, Verdict
from etl.model import Extraction, Observation


def explain_findings(extraction: Extraction, findings: Sequence[Finding]) -> dict[Finding, Explanation]:
    """An explanation for every finding that failed; none for the others."""
    failed = [finding for finding in findings if finding.status is Verdict.FAIL]
    if not failed:
        return {}
    is_broken = any(finding.severity == "hard" for finding in failed)
    suspects = [suspects_of(part) for part in localise(extraction)] if is_broken else []
    cells = {(seen.table, seen.row, seen.column): seen for seen in extraction.observations}
    opinions = _opinions(extraction)
    return {finding: _explained(finding, cells, opinions, suspects) for finding in failed}


def suspects_of(located: Located) -> Suspects:
    """The best sets of a part, as evidence has them."""
    return Suspects(
        tuple(
            tuple(
                Suspect(
                    cell.address,
                    cell.printed,
                    None if cell.needed is None else Decimal(cell.needed[0]),
                    None if cell.needed is None else Decimal(cell.needed[1]),
                    cell.slip,
                )
                for cell in suspicion.cells
            )
            for suspicion in located.suspicions[: located.best]
        ),
        located.is_complete,
    )


def relevant(suspects: Collection[Suspects], addresses: Collection[Address]) -> Suspects | None:
    """Those of the part of the report that the cells belong to."""
    return next((one for one in suspects if not one.addresses.isdisjoint(addresses)), None)


def _explained(
    finding: Finding,
    cells: Mapping[Address, Observation],
    opinions: Mapping[Address, Sequence[Value]],
    suspects: Sequence[Suspects],
) -> Explanation:
    check: Check = compile_checks()[finding.check_key - 1]
    found = tuple(
        _cell(seen, term.side, opinions.get(term.address, ()))
        for term in check.terms
        if (seen := cells.get(term.address)) is not None
    )
    own = relevant(suspects, [cell.address for cell in found])
    return explain(check, Evidence(finding.left_value, finding.right_value, found, own))


def weigh_claims(
    extraction: Extraction, findings: Sequence[Finding]
) -> list[tuple[Weighed, Explanation | None]]:
    """What the running text claims, held against the tables; an explanation for every contradiction."""
    cells = {".".join(seen[:3]): seen for seen in extraction.observations}
    holding = {
        cell
        for finding in findings
        if finding.severity == "hard" and finding.status in (Verdict.PASS, Verdict.PASS_BLANK_AS_ZERO)
        for cell in finding.cells
    }
    identity = extraction.identity
    weighed = weigh(
        extraction.claims,
        {name: seen.value for name, seen in cells.items() if seen.value is not None},
        identity.year,
        extraction.form,
        identity.scope,
        claim_rules().values(),
    )
    opinions = _opinions(extraction)

    def explained(one: Weighed) -> Explanation | None:
        if one.status is not Agreement.CONTRADICT:
            return None
        involved = [
            _cell(cells[name], "right", opinions.get(address_of(name), ()), name in holding)
            for name in one.cells
            if name in cells
        ]
        return explain_claim(one, extraction.claims[one.claim], involved, extraction.format)

    return [(one, explained(one)) for one in weighed]


def _opinions(extraction: Extraction) -> dict[Address, list[Value]]:
    opinions: dict[Address, list[Value]] = {}
    for seen in extraction.opinions:
        opinions.setdefault((seen.table, seen.row, seen.column), []).append(seen.value)
    return opinions


def _cell(
    seen: Observation, side: Literal["left", "right"], opinions: Sequence[Value], is_holding: bool = False
) -> Cell:
    return Cell(
        address=(seen.table, seen.row, seen.column),
        side=side,
        sign=1,
        year=0,
        status=seen.status.value,
        value=seen.value,
        page=seen.place.page,
        reader=seen.reader,
        confidence=seen.confidence,
        opinions=tuple(opinions),
        is_confirmed=is_holding and bool(seen.value),
    )
