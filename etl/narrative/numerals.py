"""Figures in running text: what is counted, in which unit, and how exactly it is said.

132件, 1,234条, １３２件, 三件, 一百二十件, 1.2万条, 1600余条, 约50件 are quantities. Dates, ordinals, shares,
numbers of documents, ranges and codes are figures that count nothing.
"""

import re
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}

UNITS = (
    "件次|人次|条次|篇次|千元|万元|亿元|元|件|条|份|个|次|起|宗|例|项|篇|部|封|期|人|家|场|户|批|幅|则|张|处|名|位|本"
    "|册|种|类|组|台|块|所"
)
_CHINESE = r"[〇○零一二两三四五六七八九十][〇○零一二两三四五六七八九十百千万亿]*"
FIGURE = re.compile(
    r"(?P<about>大约|将近|接近|不少于|至少|超过|突破|约|近|超|逾)?"
    rf"(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|{_CHINESE})"
    r"(?P<more>余|多)?(?P<scale>百万|千万|万|亿|百|千)?(?P<over>余|多)?"
    rf"(?P<unit>{UNITS})?"
)
_NO_UNIT = re.compile(
    r"[年月日号时％%‰倍届度周天级版〕\]】/]|分(?!别)|秒|个?百分|小时|点|平方|公里|米|亩|吨|热线|:\d|\.\d|[-—–~～至到]\d"
)
_NO_COUNT = re.compile(r"工作日|百分点|月(?!内)|季度|年|小时")
_ORDINAL = "第每同统唯逐之某另这那任哪〔[【/\\-—–~～"


class Quantity(NamedTuple):
    """So many of something: the value said, and the least and the most it may stand for."""

    value: Decimal
    least: Decimal
    most: Decimal
    unit: str


def quantity(found: "re.Match[str]") -> Quantity | None:
    """What a match of `FIGURE` counts; None where it counts nothing."""
    text, figure, unit = found.string, found["figure"], found["unit"] or ""
    before = text[found.start() - 1] if found.start() else ""
    if (before in _ORDINAL and before) or (before.isascii() and before.isalnum()):
        return None
    after = text[found.end() :]
    if unit and _NO_COUNT.match(after) and unit in ("个", "次"):
        return None
    if not unit and (_NO_UNIT.match(after) or (after[:1].isascii() and after[:1].isalpha())):
        return None
    if before in ("至", "到") and text[found.start() - 2 : found.start() - 1].isdigit():
        return None  # the end of a range
    number = _number(figure)
    if number is None:
        return None
    scale, about = found["scale"] or "", found["about"]
    if not (scale or about or found["more"] or found["over"]):
        return Quantity(number, number, number, unit)
    value = number.scaleb(_SCALES.get(scale, 0))
    step = _step(number, figure).scaleb(_SCALES.get(scale, 0))
    least = most = value
    if scale:
        least, most = value - step / 2, value + step / 2
    if found["more"] or found["over"]:
        whole = Decimal(1).scaleb(_SCALES[scale]) if scale and found["over"] else step
        least, most = value, value + max(whole, Decimal(10)) - 1
    if about in ("约", "大约"):
        least, most = value - step, value + step
    elif about in ("近", "将近", "接近"):
        least, most = value - step, value
    elif about:
        least, most = value, value + max(step, Decimal(10))
    return Quantity(value, least, most, unit)


def _step(number: Decimal, figure: str) -> Decimal:
    """The place of the last figure that is not a closing zero: 100 of 1600, 0.1 of 1.2."""
    if "." in figure:
        return Decimal(1).scaleb(-len(figure.split(".")[1]))
    digits = str(int(number))
    return Decimal(1).scaleb(len(digits) - len(digits.rstrip("0"))) if number else Decimal(1)


def _number(figure: str) -> Decimal | None:
    if figure[0].isdigit():
        plain = figure.replace(",", "")
        return None if re.match(r"0\d", plain) or len(plain) > 12 else Decimal(plain)
    return chinese_number(figure)


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral; None for what is none (一百二 may be 120 or 102).

    >>> [int(chinese_number(one) or 0) for one in ("十二", "两百零三", "一万二千", "二〇二四")]
    [12, 203, 12000, 2024]
    """
    if all(sign in _DIGITS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text)) if len(text) != 2 else None
    total = section = 0
    digit: int | None = None
    last_unit = 10**9
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS:
            unit = _TENS[sign]
            if digit is None and not (unit == 10 and section % 100 == 0):
                return None
            if unit >= last_unit:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        else:  # 万, 亿
            section += digit or 0
            if not section:
                return None
            total = (total + section) * 10 ** _SCALES[sign] if sign == "亿" else total + section * 10_000
            section, digit, last_unit = 0, None, 10**9
    if digit and last_unit > 10 and "零" not in text and "〇" not in text and (section or total):
        return None
    return Decimal(total + section + (digit or 0))
