"""What running text claims: our own sentences, in the many ways counties phrase these things."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from etl.model import Claim, Narrative, Paragraph, Part, Place, Section
from etl.narrative import claims

_FILE = Path(__file__).parent / "phrasings.yaml"
_GROUPS: dict[str, list[tuple[str, str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
PHRASINGS = [(group, text, expected) for group, items in _GROUPS.items() for text, expected in items]


def narrative_of(*texts: str, key: str = "overview") -> Narrative:
    """A report of one section with these paragraphs, as they would be read."""
    offset = 0
    paragraphs = []
    for number, text in enumerate(texts, start=1):
        paragraphs.append(Paragraph(text, (Part(0, Place(path=f"p[{number}]")),), offset))
        offset += len(text) + 1
    return Narrative((Section(key, None, tuple(paragraphs)),))


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
