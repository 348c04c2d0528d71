"""Automatic numbering of Word paragraphs: what is printed before a label and stands nowhere in its text.

ECMA-376 part 1, 17.9: a paragraph, or its style, names a list and a level; the list's levels say how their
counters are printed.
"""

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES, _LISTED, _STYLE, _VALUE = (f"{W}{name}" for name in ("pPr", "numPr", "pStyle", "val"))
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand"
    " koreanCounting chineseLegalSimplified ideographLegalTraditional japaneseLegal".split()
)


@dataclass(frozen=True)
class _Level:
    start: int
    format: str
    text: str  # %1 stands for the counter of the first level


@dataclass
class _List:
    """Lists over one abstract definition go on counting together."""

    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)
    restarted: set[str] = field(default_factory=set)


class Numbering:
    """The lists of one document. Ask for paragraphs in reading order: asking counts on."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}  # by list: levels at which it starts anew
        self._styles = {} if styles is None else _styles(styles)
        if numbering is None:
            return
        abstract = {
            one.get(f"{W}abstractNumId", ""): _List(_levels(one)) for one in numbering.iter(f"{W}abstractNum")
        }
        for num in numbering.iter(f"{W}num"):
            key = num.get(f"{W}numId", "")
            found = abstract.get(_value(num.find(f"{W}abstractNumId")))
            if found is None:
                continue
            self._starts[key] = {
                _number(override.get(f"{W}ilvl"), 0): _number(_value(start), 1)
                for override in num.iter(f"{W}lvlOverride")
                if (start := override.find(f"{W}startOverride")) is not None
            }
            own = {
                _number(level.get(f"{W}ilvl"), 0): _level(level)
                for override in num.iter(f"{W}lvlOverride")
                for level in override.iter(f"{W}lvl")
            }
            self._lists[key] = _List(found.levels | own) if own else found

    def __bool__(self) -> bool:
        return bool(self._lists)

    def label(self, paragraph: etree._Element) -> str:
        """What is printed before a paragraph (``w:p``); empty where nothing is."""
        properties = next(paragraph.iterchildren(_PROPERTIES), None)
        if properties is None:
            return ""
        key, level = self._listed(properties)
        found = self._lists.get(key)
        if found is None or level not in found.levels:
            return ""
        counters = found.counters
        if key not in found.restarted:
            found.restarted.add(key)
            for at, start in self._starts.get(key, {}).items():
                counters[at] = start - 1
        counters[level] = counters.get(level, found.levels[level].start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]
        if found.levels[level].format == "bullet":
            return ""
        text = found.levels[level].text
        for at in range(level + 1):
            if f"%{at + 1}" in text and (one := found.levels.get(at)) is not None:
                text = text.replace(f"%{at + 1}", _printed(counters.get(at, one.start), one.format))
        return text

    def _listed(self, properties: etree._Element) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style."""
        own, style = None, ("", 0)
        for child in properties.iterchildren(_LISTED, _STYLE):
            if child.tag == _LISTED:
                own = child
            else:
                style = self._styles.get(_value(child), style)
        if own is None:
            return style
        number = own.find(f"{W}numId")
        return (style[0] if number is None else _value(number)), _number(_value(own.find(f"{W}ilvl")), style[1])


def _styles(root: etree._Element) -> dict[str, tuple[str, int]]:
    """For each paragraph style the list and level it brings, inherited ones included."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        based[key] = _value(style.find(f"{W}basedOn"))
        listed = style.find(f"{W}pPr/{W}numPr")
        if listed is not None:
            own[key] = (
                _value(listed.find(f"{W}numId")),
                _number(_value(listed.find(f"{W}ilvl")), 0),
            )
    found = {}
    for key in based:
        seen: set[str] = set()
        at = key
        while at and at not in own and at not in seen:
            seen.add(at)
            at = based.get(at, "")
        if at in own:
            found[key] = own[at]
    return found


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {_number(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.iter(f"{W}lvl")}


def _level(level: etree._Element) -> _Level:
    return _Level(
        start=_number(_value(level.find(f"{W}start")), 1),
        format=_value(level.find(f"{W}numFmt")) or "decimal",
        text=_value(level.find(f"{W}lvlText")),
    )


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(_VALUE, "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else otherwise


def _printed(number: int, form: str) -> str:
    """A counter as its format prints it; formats not known here print digits."""
    match form:
        case "none":
            return ""
        case _ if form in _CHINESE:
            return _chinese(number)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= len(_CIRCLED):
            return _CIRCLED[number - 1]
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
        case "ideographTraditional" if number >= 1:
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac" if number >= 1:
            return _BRANCHES[(number - 1) % 12]
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter" | "upperLetter" if number >= 1:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "lowerRoman" | "upperRoman" if 0 < number < 100:
            roman = _roman(number)
            return roman if form == "upperRoman" else roman.lower()
        case _:
            return str(number)


def _chinese(number: int) -> str:
    """1 to 99 as they are counted: 一, 十, 十一, 二十一."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", *"X XX XXX XL L LX LXX LXXX XC".split())[tens] + (
        "",
        *"I II III IV V VI VII VIII IX".split(),
    )[ones]
