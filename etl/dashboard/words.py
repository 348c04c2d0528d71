"""The words of the dashboard in Chinese and English: ``data/words.yaml``, one catalogue for both."""

from functools import cache
from typing import Any, Literal, get_args

import yaml

from etl.errors import GoujiError
from etl.resources import DATA

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
WORDS = DATA / "words.yaml"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every entry by its dotted key, as ``{"zh": …, "en": …}``.

    Raises:
        GoujiError: an entry lacks one of the languages.
    """
    return dict(_entries("", yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)))


def _entries(prefix: str, node: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for key, inner in node.items():
        name = f"{prefix}{key}"
        if not isinstance(inner, dict):
            raise GoujiError(f"{WORDS}: {name}: an entry has zh and en")
        if set(inner) == set(LANGUAGES) and all(isinstance(text, str) for text in inner.values()):
            found.append((name, inner))
        elif set(inner) & set(LANGUAGES):
            raise GoujiError(f"{WORDS}: {name}: an entry has both zh and en, as text")
        else:
            found += _entries(f"{name}.", inner)
    return found


class Words:
    """The words of one language: ``w("coverage.title")``, with values put in where the entry has ``{name}``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        try:
            text = catalogue()[key][self.language]
        except KeyError:
            raise GoujiError(f"{WORDS}: there is no entry {key}") from None
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        return key in catalogue()

    def of(self, row: Any, name: str) -> str:
        """The own words of a row or an object in this language: its ``<name>_zh`` or ``<name>_en``."""
        key = f"{name}_{self.language}"
        return str((row[key] if isinstance(row, dict) else getattr(row, key)) or "")
