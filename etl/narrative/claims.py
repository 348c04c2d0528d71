"""What the running text of a report states that its tables state too.

Each paragraph is turned into its shadow (`etl.narrative.shadow`), cut into sentences and clauses, and each clause
held against the expressions of ``data/claims.yaml``. What is not surely a claim is none: figures of other years,
comparisons, parts of the whole, figures of something else.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from etl.model import Claim, Narrative, Paragraph
from etl.narrative.lists import listed
from etl.narrative.numerals import UNITS, Quantity
from etl.narrative.period import periods
from etl.narrative.shadow import Clause, Shadow, clauses, shadow_of
from etl.narrative.vocabulary import Expression, Vocabulary, vocabulary

SKIPPED = frozenset({"closing"})
_SUBHEADING = 40  # characters; what is longer is text
_SENTENCE = re.compile(r"[^。！？!?]+(?:。(?=其中)[^。！？!?]+)*[。！？!?]?")
# A figure, or a denial of what is claimed; other sentences are not looked at.
_MAY_CLAIM = re.compile(
    rf"\d|[〇零一二两三四五六七八九十百千万亿](?:余|多)?(?:{UNITS})|[未无没零](?=.*(?:复议|诉讼|申请|公开|信息处理费))"
    r"|(?:复议|诉讼|信息处理费).*[未无没零]"
)
_YEARS, _THIS_YEAR, _CARRIED = re.compile("[ＹＰＮＺ]"), re.compile("今年|本年|全年"), re.compile("结转|转入")
_OF_BODIES = frozenset(
    "received carried_in concluded carried_out granted partial refused unavailable not_processed other reviews lawsuits"
    " no_review no_litigation normative_issued normative_repealed normative_in_force".split()
)
_IS_TOTAL = frozenset({"received"})  # what channels add up to
_OUTCOMES = frozenset("granted partial refused unavailable not_processed other".split())
_IS_NO_PART = _OF_BODIES - _OUTCOMES
_PARTS = re.compile("其中")
_NEW_ITEM = re.compile(r"^[一二三四五六七八九十]{1,2}是")
_REVIEW, _LAWSUIT = re.compile("复议"), re.compile("诉讼|起诉")
# What stands before words that share their figure with it: 新收和上年结转共40件.
_JOINT = re.compile(
    r"(?:(?:复议|诉讼)(?:案件|案|申请)?|制发|制定|印发|出台|新收|收到|受理|公开|提供|处理)[、和及或与以]+(?:行政)?$"
)
_BOTH = re.compile(
    r"(?:复议(?:案件|申请|案)?[、和及或与]+(?:提起)?(?:行政)?诉讼|诉讼(?:案件|案)?[、和及或与]+(?:行政)?复议)"
    r"(?:案件|申请|案|情况|数量|事项)*"
    r"(?P<how>(?:的)?(?:均为|均是|都是|都为|各为|各有|各|皆为|数均为|分别为|均|[共总合]计|共有|共|为)?)#"
)


class _Stated(NamedTuple):
    """A claim within a shadow: its kind and figure, and where its words begin and end there."""

    kind: str
    value: Decimal | None
    start: int
    end: int
    quantity: Quantity | None = None
    parts: tuple[Decimal, ...] = ()
    is_exhaustive: bool = False
    least: Decimal | None = None
    most: Decimal | None = None


def claims(narrative: Narrative, year: int | None) -> tuple[Claim, ...]:
    """The claims of a report's text in its order.

    Args:
        narrative: the text by sections.
        year: the year reported on; figures of other years are left out. None: unknown.
    """
    found: list[Claim] = []
    for section in narrative.sections:
        if section.key in SKIPPED:
            continue
        of_section = frozenset({section.key} & {"requests", "disputes"})
        of_heading: frozenset[str] = frozenset()
        for paragraph in section.paragraphs:
            if len(paragraph.text) <= _SUBHEADING and "。" not in paragraph.text:
                of_heading = _topics(paragraph.text)
            found += _paragraph(paragraph, section.offset, of_section | of_heading, year)
    return tuple(found)


def _paragraph(
    paragraph: Paragraph, section_offset: int, topics: frozenset[str], year: int | None
) -> Iterator[Claim]:
    """The claims of a paragraph. What a sentence is about stands for the next ones, until an item begins (二是 …)."""
    standing = topics
    for span in _SENTENCE.finditer(paragraph.text):
        text = span.group()
        if _NEW_ITEM.match(text):
            standing = topics
        stated: list[_Stated] = []
        if _MAY_CLAIM.search(text):
            shadow = shadow_of(text, year)
            stated += _sentence(shadow, standing)
            stated += (_Stated(*one) for one in listed(shadow, _ends(stated, _IS_TOTAL), _ends(stated, _IS_NO_PART), _ends(stated, _OUTCOMES)))
            stated = [one._replace(start=shadow.origins[one.start], end=shadow.origins[one.end]) for one in stated]
            told = vocabulary()
            for one in sorted((*stated, *_periods(text)), key=lambda one: (one.start, one.kind)):
                before = text[: one.end]
                is_narrower = bool(told.narrower.search(before)) and not told.whole.search(before)
                offset = paragraph.offset + span.start()
                yield Claim(
                    kind=one.kind,
                    value=one.value,
                    text=text,
                    offset=section_offset + offset,
                    place=paragraph.place_at(span.start() + one.start),
                    words=text[one.start : one.end],
                    words_offset=section_offset + offset + one.start,
                    least=one.quantity.least if one.quantity else one.least,
                    most=one.quantity.most if one.quantity else one.most,
                    parts=one.parts,
                    is_exhaustive=one.is_exhaustive,
                    is_narrower=is_narrower and one.kind in _OF_BODIES,
                )
        if own := _topics(text):
            standing = own | topics


def _periods(text: str) -> Iterator[_Stated]:
    for one in periods(text):
        yield _Stated("period", one.last, one.start, one.end, None, (one.first,), False, one.last, one.last)


def _topics(text: str) -> frozenset[str]:
    return frozenset(key for key, pattern in vocabulary().topics.items() if pattern.search(text))


def _ends(found: Sequence[_Stated], kinds: frozenset[str]) -> frozenset[int]:
    """Where in the shadow figures end that claims of these kinds state."""
    return frozenset(one.end for one in found if one.kind in kinds and one.quantity)


def _sentence(shadow: Shadow, standing: frozenset[str]) -> Iterator[_Stated]:
    told = vocabulary()
    is_part, is_other_year, has_received = False, False, False
    for clause in clauses(shadow.text):
        if clause.opened_by == "；":
            is_part = False
        is_part = is_part or bool(_PARTS.search(clause.text))
        is_other_year = _other_year(clause.text, is_other_year)
        before = shadow.text[: clause.start]
        denied = list(_denied(clause, before, is_other_year))
        yield from denied
        yield from _fees(shadow, clause)
        if "#" not in clause.text:
            continue
        if not told.signs.search(clause.text):
            continue
        taken = {at for one in denied for at in range(one.start, one.end)}
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
            if expression.kind == "concluded" and not has_received and "理" in clause.text:
                continue
            for one in _matches(expression, clause, shadow, taken):
                if _is_aside(told, shadow.text, clause, one, expression.kind):
                    continue
                if expression.topic and not _about(told, expression.topic, clause.text, before, standing):
                    break
                taken.add(one.quantity_at)
                has_received = has_received or expression.kind == "received"
                quantity = shadow.quantities[one.quantity_at]
                yield _Stated(expression.kind, quantity.value, one.start, one.end, quantity)


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
            start = clause.start + found.start() + len(found.group()) - len(found.group().lstrip("#件、和及"))
            start = min(start, at)
            unit = len(shadow.quantities[at].unit)
            yield _Match(start, max(clause.start + found.end(), at + 1 + unit), at)
            taken = taken | {at}


def _is_joint(text: str, found: "re.Match[str]") -> bool:
    led = len(found.group()) - len(found.group().lstrip("、和及以"))
    return _JOINT.search(text[: found.start() + led]) is not None


def _is_else(expression: Expression, text: str, found: "re.Match[str]") -> bool:
    """Whether words around a figure make it something else: those since the figure before, to the next item."""
    if expression.unless is None:
        return False
    start = text.rfind("#", 0, found.start() + 1)
    end = min((at for sign in "、#" if (at := text.find(sign, found.end())) >= 0), default=len(text))
    around = vocabulary().several_channels.sub("", text[max(start, 0) : end])
    return expression.unless.search(around) is not None


def _may_be_part(kind: str, text: str) -> bool:
    """办结58件 after 其中 may be of a part; 已办结, 共办结 is of all."""
    return kind == "concluded" and not re.match("[已共均]|全部", text)


def _is_aside(told: Vocabulary, text: str, clause: Clause, one: _Match, kind: str) -> bool:
    """Whether a figure is one of another time, or a change against another."""
    before = text[clause.start : one.quantity_at]
    if kind in ("carried_in", "carried_out"):
        return bool(re.search("同比|环比|增加|减少|增长|下降", before))
    if "分别" in before:
        return True
    return bool(told.compared.search(before) or told.other_time.search(clause.text))


def _other_year(text: str, was: bool) -> bool:
    """Whether figures are of another year: as the clause says, or else the one before."""
    years = _YEARS.findall(text)
    if not years:
        return was and not _THIS_YEAR.search(text)
    return was if _CARRIED.search(text) else years[-1] != "Ｙ"


def _about(told: Vocabulary, topic: str, clause: str, before: str, standing: frozenset[str]) -> bool:
    """Whether a clause is about a topic: it says so, or what stands before does and nothing else came between."""
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


def _both(shadow: Shadow, found: "re.Match[str]", at: int, clause_start: int) -> Iterator[_Stated]:
    """复议、诉讼均为0件: both; 共0件: both, too; 分别为3件、1件: one each; 共3件 says nothing of either."""
    quantity, start = shadow.quantities[at], clause_start + found.start()
    how, unit = found["how"], quantity.unit
    end = at + 1 + len(unit)
    kinds = ("reviews", "lawsuits") if found.group().startswith("复议") else ("lawsuits", "reviews")
    if "分别" in how:
        second = end + 1
        if second in shadow.quantities and shadow.text[end] in "、和":
            yield _Stated(kinds[0], quantity.value, start, end, quantity)
            last = shadow.quantities[second]
            yield _Stated(kinds[1], last.value, start, second + 1 + len(last.unit), last)
    elif re.search("均|都|各|皆", how) or quantity.most == 0:
        for kind in kinds:
            yield _Stated(kind, quantity.value, start, end, quantity)


def _denied(clause: Clause, before: str, is_other_year: bool) -> Iterator[_Stated]:
    """没有收到申请; 未发生行政复议、行政诉讼."""
    told = vocabulary()
    text = clause.text
    if is_other_year or not told.none.search(text) or told.other_time.search(text):
        return
    if "申请" in text or "公开" in text:
        for found in told.no_requests.finditer(text):
            if not re.search("复议|诉讼", found.group()[:8]) and "#" not in found.group():
                zero = Decimal(0)
                where = clause.start + found.start(), clause.start + found.end()
                if told.topics["requests"].search(text) or told.topics["requests"].search(before):
                    yield _Stated("received", zero, *where, Quantity(zero, zero, zero, ""))
                    break
    for absence in told.absences:
        if found := absence.find.search(text):
            zero = Decimal(0)
            where = clause.start + found.start(), clause.start + found.end()
            yield _Stated(absence.kind, zero, *where, Quantity(zero, zero, zero, ""))
    if "复议" not in text and "诉讼" not in text:
        return
    for found in told.denial.finditer(text):
        if found.end() == len(text) and ("复议" in found.group() or "诉讼" in found.group()):
            yield from _none_of(found.group(), clause, found.start())
            return
    after = told.denial_after.match(text)
    if after:
        yield from _none_of(text, clause, 0)


def _none_of(words: str, clause: Clause, at: int) -> Iterator[_Stated]:
    start, end = clause.start + at, clause.start + len(clause.text)
    if _REVIEW.search(words):
        yield _Stated("no_review", None, start, end)
    if _LAWSUIT.search(words):
        yield _Stated("no_litigation", None, start, end)


def _fees(shadow: Shadow, clause: Clause) -> Iterator[_Stated]:
    """信息处理费, in yuan; 行政事业性收费 is another thing."""
    told = vocabulary()
    named = told.fee.search(clause.text)
    if named is None or told.fee_unless.search(clause.text):
        return
    start, end = clause.start, clause.start + len(clause.text)
    sums = [
        (at, one)
        for at, one in sorted(shadow.quantities.items())
        if start <= at < end and one.unit in _YUAN and not told.compared.search(shadow.text[start:at])
    ]
    if len(sums) == 1:
        at, one = sums[0]
        scale = _YUAN[one.unit]
        yuan = Quantity(one.value * scale, one.least * scale, one.most * scale, one.unit)
        yield _Stated("processing_fee", yuan.value, start, at + 1 + len(one.unit), yuan)
    elif not sums and told.no_fee.search(clause.text):
        zero = Decimal(0)
        yield _Stated("processing_fee", zero, start, end, Quantity(zero, zero, zero, "元"))


_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
