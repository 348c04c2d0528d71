"""YAML files read into validated models, with errors that name the file and the line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from etl.errors import GoujiError

Location = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


class DataModel(BaseModel):
    """What a data file holds: unchangeable, and without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DataError(GoujiError):
    """A data file is not what it should be; the message begins with ``file:line:``."""


def load_model(path: Path, model: type[Model], context: Any = None) -> Model:
    """Read one YAML document from ``path`` as a ``model``, whose validators are given ``context``.

    Raises:
        DataError: the file is missing, is not YAML, repeats a key, or does not fit the model. All faults
            found are in the message, a line each, as ``file:line: where: what``.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Composer)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path}:1: not YAML in UTF-8: {str(error).splitlines()[0]}") from error
    if root is None:
        raise DataError(f"{path}:1: the file is empty")
    lines: dict[Location, int] = {}
    _note_lines(root, (), lines, path)
    loader = _Loader("")
    try:
        value = loader.construct_document(root)
    finally:
        loader.dispose()
    try:
        return model.model_validate(value, context=context)
    except ValidationError as error:
        faults = [
            f"{path}:{_line_of(fault['loc'], lines)}: "
            f"{'.'.join(map(str, fault['loc'])) or 'document'}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise DataError("\n".join(faults)) from error


_Composer = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML has it, which is ten times quicker: a registry may have thousands of entries."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, to make values of composed nodes."""


def _note_lines(node: yaml.Node, at: Location, lines: dict[Location, int], path: Path) -> None:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[Any] = set()
        for key, value in node.value:
            if key.value in seen:
                raise DataError(f"{path}:{key.start_mark.line + 1}: the key {key.value!r} stands twice")
            seen.add(key.value)
            _note_lines(value, (*at, key.value), lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, (*at, index), lines, path)


def _line_of(at: Location, lines: dict[Location, int]) -> int:
    """The line of the deepest part of ``at`` that the file has."""
    while at not in lines:
        at = at[:-1]
    return lines[at]
