"""A paragraph as its grammar sees it: one sign for each figure, year and title, without quotes and numbering.

``#`` is a quantity, ``¤`` a figure that counts nothing, ``書`` a title in 《》. A year is ``Ｙ`` where it is that
of the report, ``Ｐ`` the one before, ``Ｎ`` the one after, ``Ｚ`` another.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from etl.narrative.numerals import FIGURE, Quantity, chinese_number, quantity

_ONE_TO_ONE = str.maketrans(
    "０１２３４５６７８９．％,;:()!?﹐﹔∶·○",
    "0123456789.%，；：（）！？，；：、〇",
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOKEN = re.compile(
    r"(?P<title>《[^》]{0,80}》)"
    r"|(?P<document>[〔\[【（［](?:19|20)\d\d[〕\]】）］]\s?\d*号?)"
    r"|(?P<year>(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2})年度?)"
    r"|(?P<split>\d{1,3}(?:，\d{3})+(?!\d))"
    r"|(?P<dropped>[“”\"‘’'「」『』\s])"
    r"|(?P<numbering>(?:(?<=[，；：。（）])|^)(?:\d{1,2}[.、）](?!\d)|（?[一二三四五六七八九十]{1,3}[）、]|（\d{1,2}）|[①-⑳]))"
    rf"|(?P<number>{FIGURE.pattern})"
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """``text`` for the grammar; ``origins`` says of each of its characters where it begins in the paragraph (one
    more at the end); ``quantities`` which one a ``#`` stands for."""

    text: str
    origins: tuple[int, ...]
    quantities: dict[int, Quantity]


class Clause(NamedTuple):
    """A piece of a sentence between commas, colons and brackets: its text and where that begins in the shadow."""

    text: str
    start: int
    opened_by: str  # the sign before it


def shadow_of(paragraph: str, year: int | None) -> Shadow:
    """The shadow of a paragraph of a report of ``year`` (None: unknown, then every year is the report's)."""
    folded = _THOUSANDS.sub("\x00", paragraph).translate(_ONE_TO_ONE).replace("\x00", ",")
    text: list[str] = []
    origins: list[int] = []
    quantities: dict[int, Quantity] = {}

    def put(sign: str, at: int) -> None:
        text.append(sign)
        origins.append(at)

    at = 0
    for found in _TOKEN.finditer(folded):
        for index in range(at, found.start()):
            put(folded[index], index)
        at = found.end()
        kind = found.lastgroup
        if kind == "dropped" or kind == "numbering":
            continue
        if kind == "year":
            put(_year_sign(found["year"], year), found.start())
        elif kind in _SIGNS:
            put(_SIGNS[kind], found.start())
        else:
            counted = quantity(found)
            is_word = not re.search(r"\d", found["figure"])
            unit = found["unit"] or ""
            if is_word and (counted is None or not unit):
                for index in range(found.start(), found.end()):
                    put(folded[index], index)
                continue
            if counted is not None:
                quantities[len(text)] = counted
            put("¤" if counted is None else "#", found.start())
            for index in range(found.end() - len(unit), found.end()):
                put(folded[index], index)
    for index in range(at, len(folded)):
        put(folded[index], index)
    origins.append(len(folded))
    return Shadow("".join(text), tuple(origins), quantities)


_SIGNS = {"title": "書", "document": "¤", "split": "¤"}


def _year_sign(text: str, year: int | None) -> str:
    digits = text.rstrip("年度")
    value = int(digits) if digits.isdecimal() and digits.isascii() else chinese_number(digits)
    return {0: "Ｙ", -1: "Ｐ", 1: "Ｎ"}.get(int(value or 0) - year, "Ｚ") if year is not None else "Ｙ"


def sentences(text: str) -> list[tuple[int, int]]:
    """Beginnings and ends of the sentences of a shadow, full stops included."""
    return [found.span() for found in re.finditer(r"[^。！？]+[。！？]?", text)]


_CLAUSE = re.compile(r"(?:[^，；：（）。！？]|：(?=[共总合为有]?计?#))+")


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of a sentence."""
    return [
        Clause(found.group(), found.start(), text[found.start() - 1 : found.start()])
        for found in _CLAUSE.finditer(text, start, end)
    ]
