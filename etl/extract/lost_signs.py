"""Minus signs that neither parser of PDFs has a character for.

A Chinese font that is not embedded is known by Adobe's lists of its characters, and the lists for UCS-2 lack
U+2212. Viewers draw a minus all the same; where it is set by itself, before figures of another font, both
parsers leave it out, and −8 would be read as 8.
"""

import re

import playa

from etl.extract.characters import Character

_MINUS = "\u2212"
# The sign in a string, as such or in octal, or in hexadecimal.
_STORED = re.compile(rb'(?:"|\\042)(?:\x12|\\022)|<[\s0-9A-Fa-f]*2212')
_UNICODE = ("UCS2", "UTF16")


def lost_signs(page: playa.Page) -> list[Character]:
    """The signs on a page, each from its base line to its font's height, in points from the bottom left."""
    if not any(_STORED.search(stream.buffer) for stream in page.streams):
        return []
    found = []
    for text in page.texts:
        encoding = str(getattr(text.font, "spec", {}).get("Encoding"))
        stored = b"".join(part for part in text.args if isinstance(part, bytes))
        if any(kind in encoding for kind in _UNICODE) and stored.decode("utf-16-be", "replace") == _MINUS:
            (x, y), size = text.origin, text.bbox[3] - text.bbox[1]
            found.append(Character(_MINUS, x, y, x + size / 2, y + size))
    return found
