"""Sentences that say that there was none, and what was charged for handling requests."""

import re
from collections.abc import Iterator
from decimal import Decimal

from etl.narrative.numerals import Quantity
from etl.narrative.shadow import Clause, Shadow
from etl.narrative.stated import Stated
from etl.narrative.vocabulary import vocabulary

_ZERO = Quantity(Decimal(0), Decimal(0), Decimal(0), "")
_YUAN = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}
_DISPUTE = re.compile("复议|诉讼")
_OF_SOME = re.compile("#[个家]")  # 25个单位未收到申请
# 均未引发行政复议: of what was told before, which only requests received make the whole.
_LED_TO = re.compile("[均都皆]未(?:有)?(?:引[发起]|导致|产生|造成)")
_FURTHER = re.compile("其[他它](?!组织|公民|法人|当事人)|另外")  # but for those told before


def denied(clause: Clause, before: str, is_other_year: bool) -> Iterator[Stated]:
    """What a clause says there was none of: 没有收到申请; 未发生行政复议、行政诉讼; 无下年度结转.

    Args:
        before: the sentence up to the clause.
        is_other_year: the clause is about another year.
    """
    told = vocabulary()
    text = clause.text
    if (
        is_other_year
        or not told.none.search(text)
        or told.other_time.search(text)
        or told.compared.search(text)
        or _OF_SOME.search(text)
    ):
        return
    found = next((one for one in told.no_requests.finditer(text) if "#" not in one.group()), None)
    if found and not _DISPUTE.search(found.group()[:8]) and told.topics["requests"].search(before + text):
        yield _none("received", clause, found)
    for absence in told.absences:
        if found := absence.find.search(text):
            yield _none(absence.kind, clause, found)
    if _DISPUTE.search(text) and not _FURTHER.search(text) and not _is_of_some(text, before):
        ends = (one.group() for one in told.denial.finditer(text) if one.end() == len(text))
        to_the_end = (words for words in ends if _DISPUTE.search(words))
        words = next(to_the_end, text if told.denial_after.match(text) else "")
        end = clause.start + len(text)
        for kind, sign in (("no_review", "复议"), ("no_litigation", "诉讼")):
            if sign in words:
                yield Stated(kind, None, end - len(words), end)


def _is_of_some(text: str, before: str) -> bool:
    return bool(_LED_TO.search(text)) and not vocabulary().received.search(before)


def _none(kind: str, clause: Clause, found: "re.Match[str]") -> Stated:
    return Stated(kind, _ZERO.value, clause.start + found.start(), clause.start + found.end(), _ZERO)


def fees(shadow: Shadow, clause: Clause) -> Iterator[Stated]:
    """信息处理费, in yuan; 行政事业性收费 is another thing."""
    told = vocabulary()
    if told.fee.search(clause.text) is None or told.fee_unless.search(clause.text):
        return
    start, end = clause.start, clause.start + len(clause.text)
    sums = [
        (at, one)
        for at, one in shadow.quantities.items()
        if start <= at < end and one.unit in _YUAN and not told.compared.search(shadow.text[start:at])
    ]
    if len(sums) == 1:
        at, one = sums[0]
        scale = _YUAN[one.unit]
        yuan = Quantity(one.value * scale, one.least * scale, one.most * scale, one.unit)
        yield Stated("processing_fee", yuan.value, start, at + 1 + len(one.unit), yuan)
    elif not sums and told.no_fee.search(clause.text):
        yield Stated("processing_fee", _ZERO.value, start, end, _ZERO)
