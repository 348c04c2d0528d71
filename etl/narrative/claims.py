"""What the running text of a report states that its tables state too."""

import re
from collections.abc import Iterator, Sequence

from etl.model import Claim, Narrative, Paragraph
from etl.narrative.lists import listed
from etl.narrative.numerals import UNITS
from etl.narrative.period import periods
from etl.narrative.shadow import shadow_of
from etl.narrative.stated import Stated
from etl.narrative.statements import stated_in
from etl.narrative.vocabulary import vocabulary

SKIPPED = frozenset({"closing"})
OUTCOMES = frozenset({"granted", "partial", "refused", "unavailable", "not_processed", "other"})
_APART = frozenset(
    "received carried_in concluded carried_out reviews lawsuits no_review no_litigation normative_issued"
    " normative_repealed normative_in_force".split()
)
"""Kinds whose figures are never parts of a list."""
_SUBHEADING = 40  # characters; what is longer is text
_SENTENCE = re.compile(r"[^。！？!?]+(?:。(?=其中)[^。！？!?]+)*[。！？!?]?")
# A figure, or a denial of what is claimed; other sentences are not looked at.
_MAY_CLAIM = re.compile(
    rf"\d|[〇零一二两三四五六七八九十百千万亿](?:余|多)?(?:{UNITS})"
    r"|[未无没零](?=.*(?:复议|诉讼|申请|公开|结转|信息处理费))|(?:复议|诉讼|信息处理费).*[未无没零]"
)
_NEW_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}是")


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
    """The claims of a paragraph.

    What a sentence is about stands for the next ones, until an item begins (二是 …).
    """
    standing = topics
    for span in _SENTENCE.finditer(paragraph.text):
        text = span.group()
        if _NEW_ITEM.match(text):
            standing = topics
        stated: list[Stated] = []
        if _MAY_CLAIM.search(text):
            shadow = shadow_of(text, year)
            stated += stated_in(shadow, standing)
            received, apart, outcomes = (
                _ends(stated, kinds) for kinds in (frozenset({"received"}), _APART, OUTCOMES)
            )
            stated += listed(shadow, received, apart, outcomes)
            stated = [
                one._replace(start=shadow.origins[one.start], end=shadow.origins[one.end]) for one in stated
            ]
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
                    is_narrower=is_narrower and one.kind in _APART | OUTCOMES,
                )
        if own := _topics(text):
            standing = own | topics


def _periods(text: str) -> Iterator[Stated]:
    for one in periods(text):
        yield Stated("period", one.last, one.start, one.end, None, (one.first,), False, one.last, one.last)


def _topics(text: str) -> frozenset[str]:
    return frozenset(key for key, pattern in vocabulary().topics.items() if pattern.search(text))


def _ends(found: Sequence[Stated], kinds: frozenset[str]) -> frozenset[int]:
    """Where in the shadow figures end that claims of these kinds state."""
    return frozenset(one.end for one in found if one.kind in kinds and one.quantity)
