"""What a warehouse has to be before it may be published: ``expectations/structure.yaml``."""

from functools import cache
from typing import Annotated

from pydantic import Field

from etl.check.rules import RuleId
from etl.resources import EXPECTATIONS
from etl.yaml_source import DataModel, load_model


class Query(DataModel):
    """A query whose rows break the structure; ``{batch}`` in it stands for ``table``."""

    id: RuleId
    table: str
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    sql: str = Field(pattern=r"(?s)^SELECT .*\{batch\}")


class Structure(DataModel):
    """The structural queries, and how far tables may shrink from one publication to the next."""

    at_most_lost: Annotated[float, Field(ge=0, lt=1)]
    tables_that_may_not_shrink: tuple[str, ...]
    queries: tuple[Query, ...]


@cache
def load_structure() -> Structure:
    """The structure that ships with Gouji; DataError if the file is faulty."""
    return load_model(EXPECTATIONS / "structure.yaml", Structure)
