"""The running text of the folder's scans is what was written into them, section by section."""

import unicodedata

import pytest
from rapidfuzz.distance import Levenshtein

from etl.extract.read import read
from etl.narrative import narrate
from tests.golden.scans.test_scans import FOLDER
from tests.makers.corpus import Made
from tests.makers.golden_scans import PICTURED, golden_scans
from tests.narratives import WITHOUT_HEADINGS, told, written

_WRONG = 0.01  # of the characters at most; in print one cannot see how wide a Latin one was meant to be
_OF_TEXT = [name.replace("_", "-") for name in PICTURED if not name.endswith("pages")]

SCANS = [made for made in golden_scans() if made.name.partition(".")[0] not in _OF_TEXT]


@pytest.mark.parametrize("made", SCANS, ids=lambda made: made.name)
def test_running_text_comes_back(made: Made) -> None:
    if WITHOUT_HEADINGS & set(made.document.quirks):
        pytest.skip("the document lacks headings")
    content = (FOLDER / made.name).read_bytes()
    narrative = narrate(read(content, made.name, max_bytes=2**26, max_pages=50).prose)
    texts, wanted = told(narrative), written(made.document)
    assert list(texts) == list(wanted)
    for key, paragraphs in wanted.items():
        assert len(texts[key]) == len(paragraphs)
    found, printed = (_plain("".join(one for of in said.values() for one in of)) for said in (texts, wanted))
    assert Levenshtein.distance(found, printed) <= _WRONG * len(printed)
    parts = [part for section in narrative.sections for one in section.paragraphs for part in one.parts]
    assert all(part.place.page and part.place.box for part in parts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
