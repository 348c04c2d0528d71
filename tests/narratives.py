"""Running text made for tests."""

from etl.model import Narrative, Paragraph, Part, Place, Section


def narrative_of(*texts: str, key: str = "overview") -> Narrative:
    """A report of one section with these paragraphs, as they would be read."""
    offset = 0
    paragraphs = []
    for number, text in enumerate(texts, start=1):
        paragraphs.append(Paragraph(text, (Part(0, Place(path=f"p[{number}]")),), offset))
        offset += len(text) + 1
    return Narrative((Section(key, None, tuple(paragraphs)),))
