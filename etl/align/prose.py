"""Section two told in sentences instead of a table: 本年制发规章 0 件，废止 1 件; 行政许可 23619 件.

Only sentences between the headings of sections two and three are read, and of these only numbers that stand
beside a row's name (and, where the row has several columns, a column's verb) with a fitting unit. Parts of a
sum (其中), comparisons with another year, shares and dates are left alone. All names come from the forms.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.forms import forms_with, load_forms
from etl.forms.labels import compact, normalise
from etl.forms.model import Kind
from etl.forms.values import Value, parse_value
from etl.model import Observation, Place, Problem, Reading, Status

TABLE = "disclosure"
READER = "prose"
CONFIDENCE = 0.8
_DISPUTED = 0.5
_HEADING_SCORE = 75.0
_LONGEST_HEADING = 40
_LONGEST_DENIAL = 20

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_COUNT_UNIT = re.compile(r"(?:余|多)?([件项个宗份部])(?![月年])")
_MONEY_UNIT = re.compile(r"(?:余|多)?((?:亿|百万|万|千)?元)")
_PAGE_NUMBER = re.compile(r"[-—–]?(?:第?\d{1,3}页?)[-—–]?")
_ASIDE = re.compile("其中|同比|环比|比上年|比去年|较上年|较去年|与上年|与去年|历年|去年|上一年度")
_NONE = re.compile("未|没有|无|暂无|不涉及")
_FRAME = re.compile(r"^(?:本年度?|上一?年度?)|(?:件数|数量|金额|数)?(?:[（(].*[)）])?$")


class _Word(NamedTuple):
    """A row's name or a column's verb in a text, and where it ends."""

    key: str
    end: int


class _Vocabulary(NamedTuple):
    rows: tuple[tuple[str, str], ...]  # (what is printed, row key), the longest first
    columns: dict[str, tuple[tuple[str, str], ...]]  # by row: (what is printed, column key), the longest first
    kinds: dict[tuple[str, str], Kind]


def read_prose(reading: Reading, prefer: str | None) -> tuple[str | None, list[Observation], list[Problem]]:
    """What the sentences of section two state.

    Args:
        reading: a document in which the table of section two was not found.
        prefer: the form of its other tables, for when two forms are stated equally well.

    Returns:
        the form, an observation for each figure stated (below confidence 1), and what is to be said of them.
    """
    lines, offset = _section(reading.lines)
    best: tuple[tuple[int, bool], str, list[Observation], list[Problem]] | None = None
    for form in (form.id for form in forms_with(TABLE)) if lines else ():
        found, problems = _observed(list(_statements(form, lines, offset, reading)))
        fit = (len(found), form == prefer)
        if found and (best is None or fit > best[0]):
            best = fit, form, found, problems
    if best is None:
        return None, [], []
    _, form, found, problems = best
    count = len(load_forms()[form].table(TABLE).rows)
    told = f"section two has no table; {len(found)} figures of its {count} rows were read from its sentences"
    return form, found, [Problem("from_prose", told), *problems]


def _section(lines: Sequence[str]) -> tuple[list[str], int]:
    """The lines between the headings of sections two and three, and the number of the first."""
    start: int | None = None
    for index, line in enumerate(lines):
        if _is_heading(line, 1):
            start = index + 1
        elif start is not None and _is_heading(line, 2):
            return list(lines[start:index]), start
    return [], 0


def _is_heading(line: str, section: int) -> bool:
    text = normalise(line)
    if not text or len(text) > _LONGEST_HEADING or line.rstrip().endswith(("。", "；", "，")):
        return False
    headings = {normalise(form.sections[section]) for form in forms_with(TABLE)}
    return any(fuzz.ratio(text, heading) >= _HEADING_SCORE for heading in headings)


@cache
def _vocabulary(form: str) -> _Vocabulary:
    rows: list[tuple[str, str]] = []
    columns: dict[str, tuple[tuple[str, str], ...]] = {}
    kinds: dict[tuple[str, str], Kind] = {}
    for part in load_forms()[form].table(TABLE).parts:
        verbs = [
            (_FRAME.sub("", _FRAME.sub("", compact(name))), column.key)
            for column in part.columns
            for name in (column.zh, *column.aliases)
        ]
        ordered = tuple(sorted((verb for verb in verbs if len(verb[0]) > 1), key=lambda verb: -len(verb[0])))
        for row in part.rows:
            rows += [(normalise(name), row.key) for name in (row.zh, *row.aliases)]
            columns[row.key] = ordered
            kinds |= {(row.key, column.key): column.kind for column in part.columns}
    return _Vocabulary(tuple(sorted(set(rows), key=lambda row: -len(row[0]))), columns, kinds)


def _statements(form: str, lines: Sequence[str], offset: int, reading: Reading) -> Iterator[Observation]:
    words = _vocabulary(form)
    text, starts = "", []
    for line in lines:  # a paragraph may go over several lines
        starts.append(len(text))
        text += "" if _PAGE_NUMBER.fullmatch(compact(line)) else compact(line)
    for sentence in _SENTENCE.finditer(text):
        row: str | None = None
        is_aside = False
        at = sentence.start()
        for number in _NUMBER.finditer(text, sentence.start(), sentence.end()):
            before = text[at : number.start()]
            at = number.end()
            is_aside = is_aside or "其中" in before
            named = _named(before, words.rows)
            if named is not None:
                row = named.key
            if row is None or is_aside or _ASIDE.search(before):
                continue
            said = _said(words, row, before, text[number.start() : sentence.end()], number.group())
            if said is not None:
                column, raw, value = said
                place = _place(reading, offset + _line_at(starts, number.start()))
                yield _observation(row, column, value.number, raw, Status.PRINTED, place, value.confidence)
        yield from _denied(words, sentence, starts, offset, reading)


def _said(words: _Vocabulary, row: str, before: str, rest: str, number: str) -> tuple[str, str, Value] | None:
    """The column a number belongs to, the number with its unit, and its value; None if it is something else."""
    column = _column(words, row, before)
    if column is None:
        return None
    kind = words.kinds[row, column]
    unit = (_MONEY_UNIT if kind == "amount" else _COUNT_UNIT).match(rest, len(number))
    if unit is None:
        return None
    raw = rest[: unit.end()]
    value = parse_value(raw, kind, None)
    if value.status is not Status.PRINTED:
        return None
    if kind == "signed" and re.search("减少|下降", before) and value.number is not None and value.number > 0:
        value = value._replace(number=-value.number)
    return column, raw, value


def _column(words: _Vocabulary, row: str, before: str) -> str | None:
    """The column that the words before a number name; the only one there is needs no naming."""
    columns = words.columns[row]
    keys = {key for _, key in columns} or {column for its, column in words.kinds if its == row}
    found = _named(before, columns)
    if found is not None:
        return found.key
    return next(iter(keys)) if len({column for its, column in words.kinds if its == row}) == 1 else None


def _named(text: str, words: Sequence[tuple[str, str]]) -> _Word | None:
    """The last of the words in a text; of words that hold one another the longest."""
    last: _Word | None = None
    taken: list[tuple[int, int]] = []
    for name, key in words:
        for found in re.finditer(re.escape(name), text):
            inside = any(start <= found.start() and found.end() <= end for start, end in taken)
            if inside or text[found.end() :].startswith("制度"):  # 规章制度 are no 规章
                continue
            taken.append(found.span())
            if last is None or found.end() > last.end:
                last = _Word(key, found.end())
    return last


def _denied(
    words: _Vocabulary, sentence: "re.Match[str]", starts: Sequence[int], offset: int, reading: Reading
) -> Iterator[Observation]:
    """Sentences that say there was none: 未制发规章, 行政强制无."""
    at = sentence.start()
    for clause in sentence.group().replace(",", "，").split("，"):
        named = _named(clause, words.rows)
        is_denial = len(clause) <= _LONGEST_DENIAL and _NONE.search(clause) and not _NUMBER.search(clause)
        if named is not None and is_denial and not _ASIDE.search(clause):
            column = _column(words, named.key, clause)
            if column is not None:
                line = _line_at(starts, at)
                yield _observation(named.key, column, None, clause, Status.DASH, _place(reading, offset + line))
        at += len(clause) + 1


def _observation(
    row: str, column: str, value: Decimal | None, raw: str, status: Status, place: Place, sureness: float = 1.0
) -> Observation:
    return Observation(TABLE, row, column, value, raw, status, place, READER, min(CONFIDENCE, sureness))


def _line_at(starts: Sequence[int], at: int) -> int:
    return max(index for index, start in enumerate(starts) if start <= at)


def _place(reading: Reading, line: int) -> Place:
    """Where a line of the document's text stands: on its page, or by its number in the text."""
    if line < len(reading.line_places):
        return reading.line_places[line]
    return Place(path=f"text/line[{line + 1}]")


def _observed(stated: Sequence[Observation]) -> tuple[list[Observation], list[Problem]]:
    """One observation an address; of two that differ the first, in doubt."""
    kept: dict[tuple[str, str], Observation] = {}
    problems = []
    for one in stated:
        first = kept.setdefault((one.row, one.column), one)
        if (first.value, first.status) != (one.value, one.status):
            kept[one.row, one.column] = first._replace(confidence=_DISPUTED)
            told = f"{TABLE}.{one.row}.{one.column} is stated as {first.raw!r}, {one.raw!r}"
            problems.append(Problem("conflicting_cells", told))
    return list(kept.values()), problems
