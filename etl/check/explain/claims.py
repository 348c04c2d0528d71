"""What the running text of a report says against its tables: weighed, blamed, and told."""

from collections.abc import Collection, Sequence

from etl.check.claims import Weighed
from etl.check.compile import Address
from etl.check.explain.blame import Blame, Blamed, Reason, blame
from etl.check.explain.evidence import Cell, Evidence
from etl.check.explain.names import Named, cell_name, number, section_of
from etl.check.explain.text import Explanation
from etl.check.explain.words import REASONS
from etl.check.rules import ClaimRule, load_all_rules
from etl.forms import measures
from etl.model import Claim

_PICTURES = frozenset({"image", "scan"})


def claim_rules() -> dict[str, ClaimRule]:
    """The rules on running text by their ids."""
    return {rule.id: rule for rule in load_all_rules() if isinstance(rule, ClaimRule)}


def address_of(cell: str) -> Address:
    """The address that ``requests.received.new.total`` stands for."""
    table, rest = cell.split(".", 1)
    row, column = rest.rsplit(".", 1)
    return table, row, column


def claim_cells() -> frozenset[Address]:
    """Every cell that a rule on running text speaks of."""
    return frozenset(
        address_of(cell)
        for rule in claim_rules().values()
        for meaning in rule.meanings
        for cell in meaning.cells
    )


def explain_claim(
    weighed: Weighed, claim: Claim, cells: Collection[Cell], document_format: str | None
) -> Explanation:
    """Put a contradiction between text and tables into words. ``cells`` are those that ``weighed`` names.

    Running text of a picture was recognised, and nothing vouches for it: its contradictions stay undecided.
    """
    blamed = (
        Blamed(Blame.UNDECIDED, Reason.DOUBTFUL)
        if document_format in _PICTURES
        else blame(Evidence(weighed.stated, weighed.found, tuple(cells)))
        if cells
        else Blamed(Blame.SOURCE, Reason.EXACT)
    )
    rule = claim_rules()[weighed.rule_id]
    page = claim.place.page
    pages = sorted({cell.page for cell in cells if cell.page is not None})
    zh = f"正文{f'（第{page}页）' if page else ''}称“{claim.words}”，"
    en = f"The text{f' (page {page})' if page else ''} says “{claim.words}”, but "
    told = _compared(rule, weighed, claim, pages)
    reason = REASONS[blamed.reason]
    return Explanation(blamed, Named(f"{zh}{told.zh}。{reason.zh}。", f"{en}{told.en}. {reason.en}."))


def _compared(rule: ClaimRule, weighed: Weighed, claim: Claim, pages: Sequence[int]) -> Named:
    stated, found = weighed.stated, weighed.found
    off = None if stated is None or found is None else stated - found
    gap = Named("", "")
    if off:
        gap = Named(f"，相差{number(abs(off))}", f", a difference of {number(abs(off))}")
    if rule.op == "parts":
        en = "+".join(number(part) for part in claim.parts)
        zh = en.replace("+", "＋")
        more = Named("大于", "more than") if (off or 0) < 0 else Named("小于", "less than")
        return Named(
            f"而所列各项之和{zh}＝{number(found)}，{more.zh}所称的{number(stated)}{gap.zh}",
            f"the parts it lists come to {en} = {number(found)}, {more.en} {number(stated)}{gap.en}",
        )
    if rule.op == "year":
        year = number(found)[:4]
        return Named(
            f"而报告年度为{year}年1月1日至12月31日", f"the report year is 1 January to 31 December {year}"
        )
    addresses = [address_of(cell) for cell in weighed.cells]
    section = section_of(measures()[addresses[0]][-1].form, addresses[0][0])
    names = [cell_name(address) for address in addresses]
    where_zh = f"（第{'、'.join(map(str, pages))}页）" if pages else ""
    where_en = f" (page {', '.join(map(str, pages))})" if pages else ""
    zh = "＋".join(f"“{name.zh}”" for name in names)
    en = " + ".join(f"'{name.en}'" for name in names)
    others = Named("", "")
    if len(rule.claims) == 1 and len(rule.meanings) > 1:
        others = Named(
            "（此为最接近的口径，按其他口径亦不符）", " (the nearest way to count; others do not agree either)"
        )
    return Named(
        f"而“{section.zh}”表中{zh}{where_zh}为{number(found)}{gap.zh}{others.zh}",
        f"in '{section.en}' {en}{where_en} is {number(found)}{gap.en}{others.en}",
    )
