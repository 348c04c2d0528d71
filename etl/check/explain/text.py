"""What a failed check is told as: where it stands, what is printed, what would balance, how sure that is."""

from typing import Literal, NamedTuple

from etl.check.compile import Address, Check
from etl.check.explain.blame import Blamed, blame
from etl.check.explain.evidence import Cell, Evidence, Suspect
from etl.check.explain.names import Language, Named, cell_name, labels_of, number, section_of
from etl.check.explain.words import REASONS, SLIPS, STATES
from etl.check.localise.slips import Slip
from etl.check.rules import Equation, QueryRule, SumRule, ValueRule
from etl.check.wide import WideCheck, WideTerm

_LISTED = 6  # figures of one side, and alternatives, that are told one by one


class Explanation(NamedTuple):
    """A failed check in words, and whose fault it is."""

    blamed: Blamed
    text: Named


def explain(check: Check, evidence: Evidence) -> Explanation:
    """Put a failed check into words. ``blamed.blame`` is the column ``blame`` of finding."""
    blamed = blame(evidence)
    return Explanation(
        blamed, Named(_told(check, evidence, blamed, "zh"), _told(check, evidence, blamed, "en"))
    )


def _told(check: Check, evidence: Evidence, blamed: Blamed, language: Language) -> str:
    parts = (
        _where(check, evidence, language),
        _printed(check, evidence, language),
        _balance(check, evidence, language),
        _sure(blamed, language),
    )
    return ("" if language == "zh" else " ").join(part for part in parts if part)


def where(check: Check | WideCheck) -> Named:
    """The section, the row or column, and the rule that does not hold there, without a full stop."""
    rule = check.rule
    section = section_of(check.form, check.table)
    if not isinstance(rule, Equation | SumRule):
        return Named(f"“{section.zh}”不符：{rule.zh}", f"In '{section.en}' this does not hold: {rule.en}")
    labels = labels_of(check.form)[check.terms[0].address]
    line = labels.column if rule.each == "column" else labels.row
    return Named(
        f"“{section.zh}”“{line.zh}”{'列' if rule.each == 'column' else '行'}不符：{rule.zh}",
        f"In '{section.en}', {rule.each} '{line.en}', this does not hold: {rule.en}",
    )


def _where(check: Check, evidence: Evidence, language: Language) -> str:
    pages = sorted({cell.page for cell in evidence.cells if cell.page is not None and not cell.year})
    if language == "zh":
        return where(check).zh + (f"（第{'、'.join(map(str, pages))}页）。" if pages else "。")
    return where(check).en + (f" (page {', '.join(map(str, pages))})." if pages else ".")


def _printed(check: Check, evidence: Evidence, language: Language) -> str:
    if isinstance(check.rule, Equation):
        left = _side(check, evidence, "left", language)
        right = _side(check, evidence, "right", language)
        delta = (
            None
            if evidence.left_value is None or evidence.right_value is None
            else abs(evidence.left_value - evidence.right_value)
        )
        if language == "zh":
            return f"所印：{left}；{right}" + (f"；相差{number(delta)}。" if delta is not None else "。")
        return f"Printed: {left}; {right}" + (
            f"; a difference of {number(delta)}." if delta is not None else "."
        )
    own = cell_name(check.terms[0].address).in_(language)
    if language == "zh":
        return f"所印：“{own}”{number(evidence.left_value)}。"
    return f"Printed: '{own}' {number(evidence.left_value)}."


def compared(check: Check | WideCheck) -> tuple[Named, Named | None]:
    """What the left and the right value of a check are: single figures and signed sums by their labels."""
    rule = check.rule
    if isinstance(rule, Equation | SumRule):
        has_right = any(term.side == "right" for term in check.terms)
        return _expression(check, "left"), _expression(check, "right") if has_right else None
    own = cell_name(check.terms[0].address)
    left, right = Named(f"“{own.zh}”", f"'{own.en}'"), None
    if isinstance(rule, QueryRule):
        left = Named(rule.left_is.zh, rule.left_is.en) if rule.left_is else left
        right = Named(rule.right_is.zh, rule.right_is.en) if rule.right_is else None
    return left, right


def _expression(check: Check | WideCheck, side: Literal["left", "right"]) -> Named:
    zh = en = ""
    for term in check.terms:
        if term.side == side:
            sign = term.sign if isinstance(term, WideTerm) else 1
            year = term.year if isinstance(term, WideTerm) else 0
            name = _operand(check, term.address)
            zh += ("－" if sign < 0 else "＋" if zh else "") + ("上年" if year else "") + f"“{name.zh}”"
            en += (
                (" - " if sign < 0 else " + " if en else "") + ("last year's " if year else "") + f"'{name.en}'"
            )
    return Named(zh, en)


def mendable(check: Check | WideCheck) -> tuple[Literal["left", "right"], Named] | None:
    """The only figure of this year's report on a side, if one side is just that: another value mends it."""
    if not isinstance(check, WideCheck) or not isinstance(check.rule, SumRule) or check.rule.op != "eq":
        return None
    for side in ("right", "left"):
        terms = [term for term in check.terms if term.side == side]
        if len(terms) == 1 and not terms[0].year and terms[0].sign > 0:
            return ("right" if side == "right" else "left"), _operand(check, terms[0].address)
    return None


def _operand(check: Check | WideCheck, address: Address) -> Named:
    """A cell named within its line: by its column in a row, by its row in a column."""
    labels = labels_of(check.form).get(address)
    if labels is None:
        return cell_name(address)
    return (
        labels.column if isinstance(check.rule, Equation | SumRule) and check.rule.each == "row" else labels.row
    )


def _side(check: Check, evidence: Evidence, side: Literal["left", "right"], language: Language) -> str:
    """The figures of one side that are not 0, and what they come to."""
    cells = [cell for cell in evidence.cells if cell.side == side]
    total = evidence.left_value if side == "left" else evidence.right_value
    told = [cell for cell in cells if cell.value or len(cells) < 3] or cells[:1]
    more = len(told) - _LISTED if len(told) > _LISTED + 1 else 0
    shown = told[:_LISTED] if more else told
    text = ""
    for cell in shown:
        minus = cell.sign < 0
        operator = ("－" if minus else "＋") if language == "zh" else (" - " if minus else " + ")
        text += (operator if text or minus else "") + _figure(check, cell, language)
    if more:
        text += f"＋另{more}项" if language == "zh" else f" + {more} more"
    silent = len(cells) - len(told)
    if len(cells) == 1:
        return text
    if language == "zh":
        return text + (f"（其余{silent}项为0或空白）" if silent else "") + f"＝{number(total)}"
    return text + (f" (the other {silent} are 0 or empty)" if silent else "") + f" = {number(total)}"


def _figure(check: Check, cell: Cell, language: Language) -> str:
    name = _operand(check, cell.address)
    shown = STATES[cell.status].in_(language) if cell.value is None else number(cell.value)
    if language == "zh":
        year = "上年" if cell.year else ""
        return f"{year}“{name.zh}”{shown}" + ("（经审核更正）" if cell.is_corrected else "")
    year = "last year's " if cell.year else ""
    return f"{year}'{name.en}' {shown}" + (" (as corrected)" if cell.is_corrected else "")


def _balance(check: Check, evidence: Evidence, language: Language) -> str:
    """What would make it hold: the sets of localisation, or of a comparison of single figures the other one."""
    if evidence.suspects and not any(cell.is_corrected for cell in evidence.cells):
        return _sets(evidence, language)
    if isinstance(check.rule, ValueRule):
        what = Named("须为不小于零的数", "It has to be a number from 0 up")
        if check.rule.whole:
            what = Named("须为不小于零的整数", "It has to be a whole number from 0 up")
        return what.zh + "。" if language == "zh" else what.en + "."
    return ""


def _sets(evidence: Evidence, language: Language) -> str:
    suspects = evidence.suspects
    assert suspects is not None
    mine = {cell.address for cell in evidence.cells}
    zh = language == "zh"
    if suspects.only:
        cells = suspects.only
        told = ("；" if zh else "; ").join(_change(one, language) for one in cells[:_LISTED])
        more = len(cells) - _LISTED
        if more > 0:
            told += f"；另{more}格" if zh else f"; {more} more"
        if len(cells) == 1:
            return (
                f"仅改动一格即可使该部分各式均成立：{told}。"
                if zh
                else f"One cell alone would make all sums of this part hold: {told}."
            )
        return (
            f"至少须改动{len(cells)}格方可使该部分各式均成立：{told}。"
            if zh
            else f"At least {len(cells)} cells have to change for all sums of this part to hold: {told}."
        )
    sizes = {len(each) for each in suspects.sets}
    alternatives = list(
        dict.fromkeys(one for each in suspects.sets for one in each if one.address in mine)
    ) or list(dict.fromkeys(one for each in suspects.sets for one in each))
    told = ("；" if zh else "; ").join(_change(one, language) for one in alternatives[:_LISTED])
    more = len(alternatives) - _LISTED
    if more > 0:
        told += f"；另{more}种" if zh else f"; {more} more"
    many = "若干" if zh else "several"
    if suspects.is_complete:
        many = str(len(suspects.sets))
    if sizes == {1}:
        return (
            f"改动下列任一格均可使各式成立，不能确定是哪一格：{told}。"
            if zh
            else f"Any one of these cells would make all sums hold, and which it is cannot be told: {told}."
        )
    least = min(sizes)
    return (
        f"至少须改动{least}格，可能的组合有{many}种，其中涉及本式者：{told}。"
        if zh
        else f"At least {least} cells have to change; {many} sets are equally likely, in this sum: {told}."
    )


def _change(one: Suspect, language: Language) -> str:
    name = cell_name(one.address).in_(language)
    zh = language == "zh"
    empty = "未印数字" if zh else "no number"
    was = empty if one.value is None else number(one.value)
    if one.needed is None:
        return f"“{name}”（现为{was}）" if zh else f"'{name}' (now {was})"
    needed = number(one.needed)
    if one.needed_to is not None and one.needed_to != one.needed:
        needed += ("至" if zh else " to ") + number(one.needed_to)
    tail = _slip(Slip(one.slip) if one.slip else None, language)
    if not zh:
        return f"'{name}' {needed} instead of {was}{tail}"
    return f"“{name}”{f'（{empty}）填为' if one.value is None else f'由{was}改为'}{needed}{tail}"


def _slip(slip: Slip | None, language: Language) -> str:
    if slip is None:
        return ""
    return f"（疑{SLIPS[slip].zh}）" if language == "zh" else f" ({SLIPS[slip].en})"


def _sure(blamed: Blamed, language: Language) -> str:
    return REASONS[blamed.reason].in_(language) + ("。" if language == "zh" else ".")
