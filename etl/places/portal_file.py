"""Entries put into a registry file by Gouji, among those that people wrote: comments and order stay."""

import os
import tempfile
from pathlib import Path
from textwrap import indent

import yaml

from etl.places.counties import Counties
from etl.places.portals import Portal, load_registry
from etl.yaml_source import DataError

_HEAD = "# This home's own portals; they replace those of the same code that ship with Gouji.\nportals:\n"


def put(path: Path, portal: Portal, counties: Counties) -> None:
    """Write ``portal`` into the registry at ``path``: in the place of the entry of its code, else at the end.

    The new file is read and compared before it takes the old one's place, by a rename.

    Raises:
        DataError: the file there is faulty, cannot be written, or is written in a way that cannot be added to.
    """
    before = load_registry((path,), counties).portals if path.exists() else {}
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".portals-") as folder:
            fresh = Path(folder) / path.name
            fresh.write_text(with_entry(text, portal), encoding="utf-8")
            if not _holds(fresh, before | {portal.code: portal}, counties):
                raise DataError(
                    f"{path}: the entry cannot be put in; write portals as a list, an entry beginning with"
                    " '- code:' on a line of its own, or edit the file by hand"
                )
            os.replace(fresh, path)
    except OSError as error:
        raise DataError(f"{path}: cannot be written: {error.strerror}") from error


def _holds(path: Path, portals: dict[str, Portal], counties: Counties) -> bool:
    try:
        return load_registry((path,), counties).portals == portals
    except DataError:
        return False


def with_entry(text: str, portal: Portal) -> str:
    """``text``, a registry without faults, with one entry replaced or added."""
    entries = _entries(text)
    if entries is None or not entries.value:
        bare = text if entries is None else text[: entries.start_mark.index].rstrip() + "\n"
        rest = "" if entries is None else text[entries.end_mark.index :].rstrip("\n")
        return bare + _written(portal, 2).rstrip("\n") + rest + "\n"
    margin = entries.start_mark.column
    lines = text.splitlines(keepends=True)
    for node in entries.value:
        if _code(node) == portal.code:
            first, last = _first_line(node, lines), _last_line(node)
            return "".join((*lines[:first], _written(portal, margin), *lines[last + 1 :]))
    return text.rstrip("\n") + "\n" + _written(portal, margin)


def _entries(text: str) -> yaml.SequenceNode | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    node = next((value for key, value in root.value if key.value == "portals"), None) if root else None
    return node if isinstance(node, yaml.SequenceNode) else None


def _written(portal: Portal, margin: int) -> str:
    """The entry as lines of a list, what is not set left out."""
    fields = portal.model_dump(mode="json", exclude_defaults=True)
    lines = yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=10_000)
    return indent(lines, " " * margin)


def _code(entry: yaml.Node) -> str:
    return next((str(value.value) for key, value in entry.value if key.value == "code"), "")


def _first_line(entry: yaml.Node, lines: list[str]) -> int:
    """The line of the dash, which may stand above the first key."""
    line = int(entry.start_mark.line)
    while not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _last_line(node: yaml.Node) -> int:
    """The last line of what a node says; its own end mark is that of what follows the comments after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.line) - (node.end_mark.column == 0)
