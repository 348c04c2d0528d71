"""The clauses of a sentence held against the expressions of ``data/claims.yaml``.

What is not surely stated is left out: figures of other years, comparisons, parts of the whole, what two nouns
share, figures of something else.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.narrative.denials import denied, fees
from etl.narrative.shadow import Clause, Shadow, clauses
from etl.narrative.stated import Stated
from etl.narrative.vocabulary import Expression, Vocabulary, vocabulary

_YEARS, _THIS_YEAR, _CARRIED = re.compile("[ＹＰＮＺ]"), re.compile("今年|本年|全年"), re.compile("结转|转入")
_PART_OF_YEAR = re.compile("截至Ｙ?¤月|[上下]半年(?!继续|办理|#)|季度")
_CHANGED = re.compile("同比|环比|增加|减少|增长|下降")
_OF_ALL = re.compile("[已共均]|全部")
_WITH_PARTIAL = re.compile("（?(?:其中)?(?:包?含|包括)[^，。；）]{0,6}部分")  # 予以公开10件（含部分公开2件）
_EACH = re.compile("均|都|各|皆")
# What stands before words that share their figure with it: 新收和上年结转共40件.
_JOINT = re.compile(
    r"(?:(?:复议|诉讼)(?:案件|案|申请)?|制发|制定|印发|出台|新收|收到|受理|公开|提供|处理)[、和及或与以]+(?:行政)?$"
)
_BOTH = re.compile(
    r"(?:复议(?:案件|申请|案)?[、和及或与]+(?:提起)?(?:行政)?诉讼|诉讼(?:案件|案)?[、和及或与]+(?:行政)?复议)"
    r"(?:案件|申请|案|情况|数量|事项)*"
    r"(?P<how>(?:的)?(?:均为|均是|都是|都为|各为|各有|各|皆为|数均为|分别为|均|[共总合]计|共有|共|为)?)#"
)


def stated_in(shadow: Shadow, standing: frozenset[str]) -> Iterator[Stated]:
    """What the clauses of a sentence state, lists left out.

    Args:
        shadow: the sentence.
        standing: topics that stand where it begins, from the heading or the sentence before.
    """
    told = vocabulary()
    is_part, is_other_year = False, False
    for clause in clauses(shadow.text):
        if clause.opened_by == "；":
            is_part = False
        is_part = is_part or "其中" in clause.text
        is_other_year = _other_year(clause.text, is_other_year)
        before = shadow.text[: clause.start]
        nothing = list(denied(clause, before, is_other_year))
        yield from nothing
        yield from fees(shadow, clause)
        if "#" not in clause.text or not told.signs.search(clause.text):
            continue
        taken = {at for one in nothing for at in range(one.start, one.end)}
        for both in _BOTH.finditer(clause.text):
            at = clause.start + both.end() - 1
            taken.add(at)
            if not is_other_year and _about(told, "disputes", clause.text, before, standing):
                yield from _both(shadow, both, at, clause.start)
            if "分别" in both["how"]:
                taken |= set(shadow.quantities)
        for expression in told.expressions:
            if not expression.signs.search(clause.text):
                continue
            if is_part and (expression.kind == "received" or _may_be_part(expression.kind, clause.text)):
                continue
            if is_other_year and expression.kind not in ("carried_in", "carried_out"):
                continue
            for one in _matches(expression, clause, shadow, taken):
                if _is_aside(told, shadow.text, clause, one, expression.kind):
                    continue
                if expression.topic and not _about(told, expression.topic, clause.text, before, standing):
                    break
                taken.add(one.quantity_at)
                if expression.kind == "granted" and _WITH_PARTIAL.match(shadow.text, one.end):
                    continue
                quantity = shadow.quantities[one.quantity_at]
                yield Stated(expression.kind, quantity.value, one.start, one.end, quantity)


class _Match(NamedTuple):
    start: int
    end: int
    quantity_at: int


def _matches(expression: Expression, clause: Clause, shadow: Shadow, taken: set[int]) -> Iterator[_Match]:
    for pattern in expression.find:
        for found in pattern.finditer(clause.text):
            at = clause.start + found.start() + found.group().rindex("#")
            if at in taken or _is_else(expression, clause.text, found) or _is_joint(clause.text, found):
                continue
            start = (
                clause.start
                + found.start()
                + len(found.group())
                - len(found.group().lstrip("#件、和及以中为出"))
            )
            start = min(start, at)
            unit = len(shadow.quantities[at].unit)
            yield _Match(start, max(clause.start + found.end(), at + 1 + unit), at)
            taken = taken | {at}


def _is_joint(text: str, found: "re.Match[str]") -> bool:
    led = len(found.group()) - len(found.group().lstrip("、和及以"))
    return _JOINT.search(text[: found.start() + led]) is not None


def _is_else(expression: Expression, text: str, found: "re.Match[str]") -> bool:
    """Whether words around a figure make it something else: those from the figure before to the next item."""
    if expression.unless is None:
        return False
    start = text.rfind("#", 0, found.start() + 1)
    end = min((at for sign in "、#" if (at := text.find(sign, found.end())) >= 0), default=len(text))
    around = vocabulary().several_channels.sub("", text[max(start, 0) : end])
    return expression.unless.search(around) is not None


def _may_be_part(kind: str, text: str) -> bool:
    """办结58件 after 其中 may be of a part; 已办结, 共办结 is of all."""
    return kind == "concluded" and not _OF_ALL.match(text)


def _is_aside(told: Vocabulary, text: str, clause: Clause, one: _Match, kind: str) -> bool:
    """Whether a figure is one of another time, or a change against another."""
    before = text[clause.start : one.quantity_at]
    if kind in ("carried_in", "carried_out"):
        return bool(_CHANGED.search(before))
    if "分别" in before:
        return True
    return bool(told.compared.search(before) or told.other_time.search(clause.text))


def _other_year(text: str, was: bool) -> bool:
    """Whether figures are of another year, or of part of one: as the clause says, or else the one before."""
    if _PART_OF_YEAR.search(text):
        return True
    years = _YEARS.findall(text)
    if not years:
        return was and not _THIS_YEAR.search(text)
    return was if _CARRIED.search(text) else years[-1] != "Ｙ"


def _about(told: Vocabulary, topic: str, clause: str, before: str, standing: frozenset[str]) -> bool:
    """Whether a clause is about a topic: it says so, or what stands before does and nothing else between."""
    foreign, spoiled = told.foreign.get(topic), told.spoiled.get(topic)
    if spoiled and (spoiled.search(clause) or spoiled.search(before)):
        return False
    if foreign and foreign.search(clause):
        return False
    if told.topics[topic].search(clause):
        return True
    last = max((found.end() for found in told.topics[topic].finditer(before)), default=-1)
    if last < 0 and topic not in standing:
        return topic == "disputes" and "requests" in standing
    return foreign is None or not foreign.search(before, max(last, 0))


def _both(shadow: Shadow, found: "re.Match[str]", at: int, clause_start: int) -> Iterator[Stated]:
    """复议、诉讼均为0件: both; 共0件: both, too; 分别为3件、1件: one each; 共3件 says nothing of either."""
    quantity, start = shadow.quantities[at], clause_start + found.start()
    how, unit = found["how"], quantity.unit
    end = at + 1 + len(unit)
    kinds = ("reviews", "lawsuits") if found.group().startswith("复议") else ("lawsuits", "reviews")
    if "分别" in how:
        second = end + 1
        if second in shadow.quantities and shadow.text[end] in "、和":
            yield Stated(kinds[0], quantity.value, start, end, quantity)
            last = shadow.quantities[second]
            yield Stated(kinds[1], last.value, start, second + 1 + len(last.unit), last)
    elif _EACH.search(how) or quantity.most == 0:
        for kind in kinds:
            yield Stated(kind, quantity.value, start, end, quantity)
