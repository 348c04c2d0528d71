"""Labels made comparable: what is left of a printed label when its typography is taken away."""

import re
import unicodedata
from functools import lru_cache

# 一、 / （一） / (1) / 1. / 1、 / ① at the head of a label. A bare figure is no numbering: it may be a value.
_NUMBERING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）.．、])")
_CIRCLED = re.compile(r"^[①-⑳]")
_DROPPED = re.compile(r"[\s\u200b-\u200f\ufeff\u00ad]+")
_PUNCTUATION = re.compile(r"[^\w]|_")


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """``text`` without any white space or invisible character, its width folded (NFKC)."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def normalise(label: str) -> str:
    """The key a label is compared by: width folded, no spaces, no numbering, no punctuation.

    >>> normalise("（三） 不 予 公开") == normalise("(三)不予公开") == "不予公开"
    True
    """
    text = _CIRCLED.sub("", _DROPPED.sub("", label))
    text = compact(text)
    text = _NUMBERING.sub("", text, count=1)
    return _PUNCTUATION.sub("", text)


@lru_cache(maxsize=65536)
def numbering(label: str) -> str | None:
    """The numbering at the head of a label in one spelling (``一、``, ``（一）``, ``1.``), or None.

    Levels differ in shape, so the shape is kept: ``（六）`` opens a group, ``六、`` a section, ``6.`` a leaf.
    """
    text = compact(label)
    found = _NUMBERING.match(text)
    if not found:
        return None
    mark = found.group()
    core = mark.strip("()（）、.．")
    if core.isdigit():
        return f"{core}."
    return f"（{core}）" if mark[0] in "(（" or mark[-1] in ")）" else f"{core}、"
