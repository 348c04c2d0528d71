"""What running text claims: our own sentences, in the many ways counties phrase these things."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from etl.model import Claim, Narrative, Paragraph, Part, Place, Section
from etl.narrative import claims
from tests.narratives import narrative_of

_FILE = Path(__file__).parent / "phrasings.yaml"
_GROUPS: dict[str, list[tuple[str, str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
PHRASINGS = [(group, text, expected) for group, items in _GROUPS.items() for text, expected in items]


def told(claim: Claim) -> str:
    """A claim in the notation of the file."""
    kind = ("~" if claim.is_narrower else "") + claim.kind + ("!" if claim.is_exhaustive else "")
    if claim.value is None:
        return kind
    if claim.parts and claim.kind != "period":
        return f"{kind} {_plain(claim.value)}={'+'.join(map(_plain, claim.parts))}"
    bounds = "" if claim.least == claim.most else f" {_plain(claim.least)}..{_plain(claim.most)}"
    return f"{kind} {_plain(claim.value)}{bounds}"


def _plain(value: Decimal | None) -> str:
    assert value is not None
    return f"{value.normalize():f}"


@pytest.mark.parametrize(("group", "text", "expected"), PHRASINGS, ids=[text for _, text, _ in PHRASINGS])
def test_phrasing(group: str, text: str, expected: str) -> None:
    narrative = narrative_of(*(["（二）依申请公开"] if group == "requests" else []), text.replace(" ", ""))
    found = claims(narrative, 2024)
    wanted = [one.strip() for one in expected.split(";") if one.strip()]
    assert sorted(told(one) for one in found) == sorted(wanted)
    for one in found:
        assert narrative.text[one.offset : one.offset + len(one.text)] == one.text
        assert narrative.text[one.words_offset : one.words_offset + len(one.words)] == one.words
        assert one.words in one.text


def test_there_are_enough_phrasings() -> None:
    assert len({text for _, text, _ in PHRASINGS}) == len(PHRASINGS) >= 150
    kinds = {
        one.split()[0].lstrip("~").rstrip("!") for *_, all_ in PHRASINGS for one in all_.split("; ") if one
    }
    assert kinds == {*_OF_TABLES, "list", "channels", "period", "processing_fee"}


_OF_TABLES = set(
    "received carried_in concluded carried_out granted partial refused unavailable not_processed other reviews"
    " lawsuits no_review no_litigation normative_issued normative_repealed normative_in_force".split()
)


@pytest.mark.parametrize(
    "key", ["overview", "disclosure", "requests", "disputes", "problems", "other", "chapter"]
)
def test_every_section_is_read(key: str) -> None:
    text = "全年收到政府信息公开申请12件，未发生行政诉讼。"
    assert [told(one) for one in claims(narrative_of(text, key=key), 2024)] == ["received 12", "no_litigation"]


def test_what_is_signed_below_claims_nothing() -> None:
    assert claims(narrative_of("收到政府信息公开申请12件。", key="closing"), 2024) == ()


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("（一）主动公开", []),
        ("（二）依申请公开", ["concluded 7"]),
        ("本年共收到政府信息公开申请8件。", ["concluded 7"]),
        ("本年共收到政府信息公开申请8件。二是抓好热线。", []),
    ],
)
def test_a_topic_stands_until_another_begins(before: str, expected: list[str]) -> None:
    sentence = "全年办结7件。"
    paragraphs = [before, sentence] if before.startswith("（") else [before + sentence]
    found = claims(narrative_of(*paragraphs), 2024)
    assert [told(one) for one in found if one.kind == "concluded"] == expected


def test_without_a_year_every_year_is_the_reports() -> None:
    text = "2023年收到政府信息公开申请40件。"
    assert [told(one) for one in claims(narrative_of(text), None)] == ["received 40"]
    assert claims(narrative_of(text), 2024) == ()


def test_offsets_count_through_paragraphs_and_sections() -> None:
    first = Section("overview", None, narrative_of("甲", "共收到政府信息公开申请3件。").sections[0].paragraphs)
    second = Section(
        "other",
        None,
        narrative_of("无。", "收取信息处理费5元。").sections[0].paragraphs,
        offset=len(first.text) + 1,
    )
    narrative = Narrative((first, second))
    found = claims(narrative, 2024)
    assert [(one.kind, narrative.text[one.words_offset :][: len(one.words)]) for one in found] == [
        ("received", "收到政府信息公开申请3件"),
        ("processing_fee", "收取信息处理费5元"),
    ]


def test_the_place_is_that_of_the_line_in_which_the_words_begin() -> None:
    text = "依申请公开有序开展。共收到政府信息公开申请3件。"
    parts = (Part(0, Place(page=1)), Part(9, Place(page=2)))
    narrative = Narrative((Section("overview", None, (Paragraph(text, parts),)),))
    assert [one.place.page for one in claims(narrative, 2024)] == [2]
