"""What a cell says: a number, nothing, "none", or something that is no single number."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.forms.labels import compact
from etl.forms.model import Kind
from etl.model import Status

# Powers of ten from the printed unit to 万元, and plain counters that change nothing.
_MONEY = {"元": -4, "千元": -1, "万元": 0, "万": 0, "百万元": 2, "千万元": 3, "亿元": 4, "亿": 4}
_COUNTERS = frozenset("件 项 个 条 次 宗 份 起 人 人次 件次 家 部 例 篇 场 场次 期 名 处 册".split())
_UNIT = re.compile(
    r"(亿元|千万元|百万元|万元|千元|元|亿|万|人次|件次|场次|[件项个条次宗份起人家部例篇场期名处册])$"
)
_UNIT_NOTE = re.compile(
    r"[（(\[【〔〖「『《〈]?\s*(?:计量)?(?:单位|金额单位)?\s*[:：]?\s*(?:人民币)?"
    r"(亿元|千万元|百万元|万元|千元|元|件|项|个|条|人次|次|篇|人)\s*[)）\]】〕〗」』》〉]"
    r"|单位\s*[:：]\s*(?:人民币)?(亿元|千万元|百万元|万元|千元|元|件|项|个|条|人次|次|篇|人)"
)
_DASHES = frozenset("/\\-—–―─_~·.|")
_NONE_WORDS = frozenset(
    "无 无此项 暂无 没有 不涉及 无数据 未涉及 无内容 N/A NA n/a na null NULL None nil".split()
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_PLAIN = re.compile(r"0|[1-9][0-9]{0,11}")  # as nearly every figure is printed
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NOTE = re.compile(r"[(（][^()（）]*[)）]$")
_INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u00ad\u2060]")
_MINUS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "﹣": "-", "，": ",", "﹐": ",", "٬": ",", "’": ","})
_LIMIT = Decimal(10) ** 12  # what the warehouse's DECIMAL(18,6) can hold


class Value(NamedTuple):
    """A cell's meaning. ``confidence`` is below 1 where the print left room for doubt."""

    status: Status
    number: Decimal | None = None
    confidence: float = 1.0


BLANK = Value(Status.BLANK)
UNKNOWN_UNIT = "?"  # a unit is stated and cannot be read
UNREADABLE = Value(Status.UNREADABLE, None, 0.5)


@lru_cache(maxsize=16384)
def unit_note(label: str) -> str | None:
    """The unit a label states, as ``元`` in ``（单位：元）``; `UNKNOWN_UNIT` for an illegible one."""
    text = unicodedata.normalize("NFKC", label).replace("\n", "")
    found = _UNIT_NOTE.search(text)
    if found:
        return found.group(1) or found.group(2)
    return UNKNOWN_UNIT if "单位" in text else None


@lru_cache(maxsize=16384)
def without_unit_note(label: str) -> str:
    """``label`` without the note on its unit."""
    return _UNIT_NOTE.sub("", label.replace("\n", ""))


def is_value(text: str) -> bool:
    """Whether a cell's text could stand in a column of figures: a number, nothing, or a word for none."""
    if _is_readable(text, "count"):
        return True
    if _DIGIT.search(compact(text)) is None:
        return False  # without a digit the kinds do not differ
    return _is_readable(text, "signed") or _is_readable(text, "amount")


def _is_readable(text: str, kind: Kind) -> bool:
    return parse_value(text, kind, None).status is not Status.UNREADABLE


@lru_cache(maxsize=16384)
def parse_value(text: str, kind: Kind, unit: str | None) -> Value:
    """Read one cell.

    Args:
        text: the cell as printed, lines separated by newlines.
        kind: what the slot holds; money (``amount``) comes out in 万元.
        unit: the unit the column or row states, used where the cell states none; None is taken for 万元,
            at half confidence.
    """
    if kind != "amount" and _PLAIN.fullmatch(text):
        return Value(Status.PRINTED, Decimal(text))
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).translate(_MINUS))
    lines = [line for part in folded.split("\n") if (line := part.strip())]
    joined = "".join(lines)
    squeezed = re.sub(r"\s", "", joined)
    if not squeezed:
        return BLANK
    if squeezed in _NONE_WORDS or all(character in _DASHES for character in squeezed):
        return Value(Status.DASH)
    confidence = _confidence_in_joining(lines, joined)
    if confidence == 0:
        return UNREADABLE
    number, sureness = _number(squeezed, kind, unit)
    if number is None or abs(number) >= _LIMIT:
        return UNREADABLE
    if (kind != "amount" and number != number.to_integral_value()) or (kind == "count" and number < 0):
        sureness = min(sureness, 0.5)  # half a request: a thousands comma that was read as a point, more likely
    return Value(Status.PRINTED, number, min(confidence, sureness))


def _confidence_in_joining(lines: list[str], joined: str) -> float:
    """How surely figures over several lines or with spaces between them are one number; 0: they are not.

    A number too wide for its cell fills the lines before the last one evenly. Spaces within a line separate
    numbers, unless they group thousands or letter-space the whole cell.
    """
    confidence = 1.0
    figures = [line for line in lines if re.search(r"\d", line)]
    if len(figures) > 1:
        if re.fullmatch(r"0+", figures[0]):
            return 0
        widths = [len(line) for line in lines]
        even = all(width == widths[0] for width in widths[1:-1]) and widths[-1] <= widths[0]
        word_below = lines[-1] not in figures
        confidence = 0.9 if even or word_below else 0.5
    tokens = joined.split()
    figures = [token for token in tokens if re.search(r"\d", token)]
    if len(figures) > 1:
        grouped = 1 <= len(tokens[0]) <= 3 and all(re.fullmatch(r"\d{3}(\.\d+)?", t) for t in tokens[1:])
        spaced = all(len(token) == 1 for token in tokens)
        if tokens[0].startswith("0") or not (grouped or spaced):
            return 0
        confidence = min(confidence, 0.6)
    return confidence


def _number(text: str, kind: Kind, unit: str | None) -> tuple[Decimal | None, float]:
    sureness = 1.0
    if len(text) == 1 and text in "零〇":
        return Decimal(0), 0.9
    if len(text) == 1 and text in "oO":
        return Decimal(0), 0.6
    if (stripped := text.rstrip("。.;；,、")) != text:
        text, sureness = stripped, 0.9
    if note := _NOTE.search(text):
        inside = note.group()[1:-1]
        text = text[: note.start()] + (inside if _UNIT.fullmatch(inside) else "")
        sureness = min(sureness, 1.0 if _UNIT.fullmatch(inside) else 0.8)
    if text.startswith(("约", "近", "超", "共", "¥", "￥")):
        text, sureness = text[1:], 0.5
    if text.startswith(("增加", "减少", "增", "减")) and kind == "signed":
        text = ("-" if text[0] == "减" else "") + re.sub(r"^[增减][加少]?", "", text)
        sureness = min(sureness, 0.9)
    exponent = 0
    stated = None
    if found := _UNIT.search(text):
        stated = found.group(1)
        text = text[: found.start()]
    if text.endswith(("余", "多")):
        text, sureness = text[:-1], 0.5
    if kind == "amount":
        unit = stated or unit
        if unit is None or unit == UNKNOWN_UNIT:
            sureness = min(sureness, 0.5)
        elif unit in _MONEY:
            exponent = _MONEY[unit]
        else:
            return None, 0
    elif stated in ("万", "亿"):
        exponent, sureness = (4 if stated == "万" else 8), min(sureness, 0.9)
    elif stated is not None and stated not in _COUNTERS:
        return None, 0
    if "," in text:
        if not _GROUPED.fullmatch(text):
            sureness = min(sureness, 0.5)
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text) or len(text) > 24:
        return None, 0
    if re.match(r"[+-]?0\d", text):  # figures of two cells run together, or a code
        return None, 0
    return Decimal(text).scaleb(exponent), sureness
