"""A sentence as its grammar sees it: one sign for each figure, year and title, without quotes and numbering.

``#`` is a quantity, ``¤`` a figure that counts nothing, ``書`` a title in 《》, ``末`` the end of
December. A year is ``Ｙ`` where it is the report's, ``Ｐ`` the one before, ``Ｎ`` the one after, ``Ｚ``
another.
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
    r"|(?P<end>(?:12|十二)月(?:份?[底末]|31日|三十一日))"
    r"|(?P<split>\d{1,3}(?:，\d{3})+(?!\d))"
    r"|(?P<dropped>[“”\"‘’'「」『』\s])"
    r"|(?P<numbering>(?:(?<=[，；：。（）])|^)(?:\d{1,2}[.、）](?!\d)|（?[一二三四五六七八九十]{1,3}[）、]|（\d{1,2}）|[①-⑳]))"
    rf"|(?P<number>{FIGURE.pattern})"
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """``text`` for the grammar; ``origins`` says of each of its characters where it begins in the sentence (one
    more at the end); ``quantities`` which one a ``#`` stands for."""

    text: str
    origins: tuple[int, ...]
    quantities: dict[int, Quantity]


class Clause(NamedTuple):
    """A piece of a sentence between commas, colons and brackets, and where it begins in the shadow."""

    text: str
    start: int
    opened_by: str  # the sign before it


def shadow_of(text: str, year: int | None) -> Shadow:
    """The shadow of a text in a report of ``year`` (None: unknown, then every year is the report's)."""
    folded = _THOUSANDS.sub("\x00", text).translate(_ONE_TO_ONE).replace("\x00", ",")
    pieces: list[str] = []
    origins: list[int] = []
    quantities: dict[int, Quantity] = {}
    at = 0
    for found in _TOKEN.finditer(folded):
        start, end = found.span()
        kind = found.lastgroup
        sign = _SIGNS.get(kind or "", "")
        kept = end  # from where on the token stays as it is: its unit
        if kind == "year":
            sign = _year_sign(found["year"], year)
        elif kind == "number":
            counted = quantity(found)
            unit = found["unit"] or ""
            if not _DIGIT.search(found["figure"]) and (counted is None or not unit):
                continue  # 一 in a word
            sign = "¤" if counted is None else "#"
            kept = end - len(unit)
        pieces.append(folded[at:start])
        origins.extend(range(at, start))
        if kind == "number" and sign == "#" and counted is not None:
            quantities[len(origins)] = counted
        if sign:
            pieces.append(sign)
            origins.append(start)
        at = kept
    pieces.append(folded[at:])
    origins.extend(range(at, len(folded) + 1))
    return Shadow("".join(pieces), tuple(origins), quantities)


_DIGIT = re.compile(r"\d")
_SIGNS = {"title": "書", "document": "¤", "split": "¤", "end": "末"}


def _year_sign(text: str, year: int | None) -> str:
    digits = text.rstrip("年度")
    value = int(digits) if digits.isdecimal() and digits.isascii() else chinese_number(digits)
    return {0: "Ｙ", -1: "Ｐ", 1: "Ｎ"}.get(int(value or 0) - year, "Ｚ") if year is not None else "Ｙ"


_CLAUSE = re.compile(r"(?:[^，；：（）。！？]+|：(?=[共总合为有]?计?#))+")


def clauses(text: str) -> list[Clause]:
    """The clauses of a sentence's shadow."""
    return [
        Clause(found.group(), found.start(), text[max(found.start() - 1, 0) : found.start()])
        for found in _CLAUSE.finditer(text)
    ]
