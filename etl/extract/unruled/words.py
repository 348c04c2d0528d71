"""What the words around figures are: captions, the headings of sections, labels of the forms' rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from etl.extract.unruled.runs import LEADING, Run, text_of_runs
from etl.forms import load_forms
from etl.forms.labels import normalise, numbering

PITCH = 1.9  # lines of one label are no further apart, in heights of a character
_BESIDE = 1.1  # a group's label stands this level with a label of the group, at its left
_ARTICLE = re.compile("第.{1,4}条")  # a caption names an article of law


def whole_captions(words: Sequence[Run]) -> list[Run]:
    """The words with captions made whole that break before they say which article they name."""
    found = list(words)
    for first, second in ((one, other) for one in words for other in words if is_second_line(one, other)):
        whole = first.text + second.text
        if _ARTICLE.match(whole) and not _ARTICLE.match(first.text):
            x0, x1 = min(first.x0, second.x0), max(first.x1, second.x1)
            found[found.index(first)] = Run(whole, x0, x1, second.y, first.size)
            found.remove(second)
    return found


def is_second_line(caption: Run, run: Run) -> bool:
    """Whether ``run`` is the second line of a caption."""
    is_below = 0 < caption.y - run.y < LEADING * run.size
    return is_below and abs(caption.x0 + caption.x1 - run.x0 - run.x1) < run.size


def is_caption(run: Run) -> bool:
    """Whether a run is the caption of a table's part, or the heading of a section."""
    if _ARTICLE.match(run.text.strip()):
        return True
    text = normalise(run.text)
    return _is_of_section(run.text) and not any(label.startswith(text) for label in _section_like_labels())


def _is_of_section(text: str) -> bool:
    return (numbering(text) or "").endswith("、")


def is_numbered(run: Run) -> bool:
    """Whether a run can only begin a label: it is numbered."""
    return numbering(run.text) is not None


def is_one_label(first: Run, second: Run) -> bool:
    """Whether two runs are lines of one row's label in some form."""
    text, whole = normalise(first.text), normalise(first.text + second.text)
    return any(label.startswith(whole) and label != text for label in _labels())


def is_label(runs: Iterable[Run]) -> bool:
    """Whether runs are the whole label of a row of some form."""
    return normalise(text_of_runs(runs)) in _labels()


def without_groups(words: Sequence[Run]) -> list[Run]:
    """The words without the labels of groups, which stand at the left of other labels."""
    groups = [
        run
        for run in words
        if any(run.x1 < other.x0 and abs(run.y - other.y) < _BESIDE * run.size for other in words)
    ]
    waiting = list(groups)
    while waiting:  # the other lines of the same words
        one = waiting.pop()
        for run in words:
            middle = (run.x0 + run.x1) / 2
            is_within = one.x0 - 1 <= middle <= one.x1 + 1 and run.x1 <= one.x1 + run.size / 2
            if run not in groups and is_within and abs(run.y - one.y) <= PITCH * run.size:
                groups.append(run)
                waiting.append(run)
    return [run for run in words if run not in groups]


@cache
def _labels() -> frozenset[str]:
    """The labels of rows in every form, without their numbers."""
    return frozenset(map(normalise, _printed_labels()))


@cache
def _section_like_labels() -> frozenset[str]:
    """Those of rows that are numbered as sections are."""
    return frozenset(normalise(label) for label in _printed_labels() if _is_of_section(label))


def _printed_labels() -> Iterator[str]:
    return (row.zh for form in load_forms().values() for table in form.tables for row in table.rows)
