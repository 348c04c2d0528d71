"""Running text made for tests, and what was written into a document beside what was read."""

from etl.extract.prose import tidy
from etl.model import Narrative, Paragraph, Part, Place, Section
from etl.narrative.headings import SECTIONS
from tests.makers.layout import Document, Grid

WITHOUT_HEADINGS = frozenset({"one_table", "section_wording"})
"""Quirks of documents, by name, that take headings away."""


def narrative_of(*texts: str, key: str = "overview") -> Narrative:
    """A report of one section with these paragraphs, as they would be read."""
    offset = 0
    paragraphs = []
    for number, text in enumerate(texts, start=1):
        paragraphs.append(Paragraph(text, (Part(0, Place(path=f"p[{number}]")),), offset))
        offset += len(text) + 1
    return Narrative((Section(key, None, tuple(paragraphs)),))


def written(document: Document) -> dict[str, list[str]]:
    """What was written, by section: of each the paragraphs below its heading."""
    heads = [tidy(head) for head in document.report.form_of("disclosure").sections]
    found: dict[str, list[str]] = {}
    key = ""
    for block in document.blocks:
        if isinstance(block, Grid):
            continue
        text = tidy(block.text.replace("\n", ""))
        if block.kind == "heading":
            key = SECTIONS[heads.index(text)] if text in heads else SECTIONS[len(found)]
            found[key] = []
        elif key:
            found[key].append(text)
    return found


def told(narrative: Narrative) -> dict[str, list[str]]:
    """What was read; a signature below section six with it, as it was written."""
    found = {one.key: [paragraph.text for paragraph in one.paragraphs] for one in narrative.sections}
    found.pop("opening", None)
    closing = found.pop("closing", [])
    if "other" in found:
        found["other"] += closing
    return found
