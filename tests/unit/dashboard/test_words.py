"""The catalogue of words holds what is used, in both languages, and nothing else."""

import re
from pathlib import Path

import pytest

from etl.crawl.outcome import VisitOutcome
from etl.dashboard import render
from etl.dashboard.pages.coverage import STATES
from etl.dashboard.words import LANGUAGES, Words, catalogue
from etl.errors import GoujiError

PACKAGE = Path(render.__file__).parent
SOURCES = [
    *PACKAGE.rglob("*.html"),
    *PACKAGE.rglob("*.py"),
]
_EXACT = re.compile(r"""\bw(?:ords)?\(\s*['"]([\w.]+)['"]\s*[,)]""")
_BEGINNING = re.compile(r"""['"]([a-z_]+(?:\.[a-z_]+)*\.(?:[a-z_]+_)?)['"]""")


def test_every_word_that_is_used_is_there() -> None:
    used = {key for source in SOURCES for key in _EXACT.findall(source.read_text(encoding="utf-8"))}
    assert len(used) > 100
    assert used - {"name.of.word"} <= set(catalogue())  # the example in the package's docstring


def test_no_word_is_left_over() -> None:
    text = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    quoted = set(re.findall(r"""['"]([\w.]+)['"]""", text))
    beginnings = tuple(_BEGINNING.findall(text))
    assert not [key for key in catalogue() if key not in quoted and not key.startswith(beginnings)]


def test_both_languages_fill_in_the_same_values() -> None:
    for key, entry in catalogue().items():
        zh, en = (set(re.findall(r"\{(\w+)\}", entry[language])) for language in LANGUAGES)
        assert zh == en, key


def test_states_and_outcomes_have_words() -> None:
    words = Words("zh")
    assert all(words.has(f"state.{state}.name") and words.has(f"state.{state}.meaning") for state in STATES)
    assert all(words.has(f"outcome.{outcome}") for outcome in VisitOutcome)


def test_an_unknown_word_is_named() -> None:
    with pytest.raises(GoujiError, match=r"no entry nothing\.here"):
        Words("en")("nothing.here")
