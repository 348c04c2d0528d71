"""Which statutory tables a document's own tables hold, told by the words of the forms."""

from collections.abc import Iterable
from functools import cache

from etl.forms import load_forms, normalise
from etl.model import Grid

_SHORTEST = 3  # characters of a word that says something
_WORDS_OF_A_TABLE = 3


def lacks_tables(grids: Iterable[Grid]) -> bool:
    """Whether the grids hold the words of some tables of every form, but of no form those of all."""
    text = normalise("".join(cell.text for grid in grids for cell in grid.cells))
    return not any(all(_stands_in(text, words) for words in tables) for tables in _words())


def _stands_in(text: str, words: frozenset[str]) -> bool:
    return sum(word in text for word in words) >= _WORDS_OF_A_TABLE


@cache
def _words() -> tuple[tuple[frozenset[str], ...], ...]:
    """For each form, for each of its tables, the labels that stand in no other of its tables."""
    forms = []
    for form in load_forms().values():
        labels = [
            {
                word
                for part in table.parts
                for label in (*(row.zh for row in part.rows), *(column.zh for column in part.columns))
                if len(word := normalise(label)) >= _SHORTEST
            }
            for table in form.tables
        ]
        forms.append(
            tuple(
                frozenset(words.difference(*(other for other in labels if other is not words)))
                for words in labels
            )
        )
    return tuple(forms)
