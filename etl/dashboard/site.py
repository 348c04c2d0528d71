"""The dashboard as files: the same pages as the server's, written once, to be opened or published anywhere."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.dashboard.content import release
from etl.dashboard.reader import Reader, open_reader
from etl.dashboard.registry import Evidence, File, Found, Given, Page, Registry
from etl.dashboard.render import ASSETS, Show, data_path_of, path_of, render, tables
from etl.dashboard.site_map import REGISTRY
from etl.dashboard.tables import as_csv
from etl.dashboard.words import LANGUAGES
from etl.errors import GoujiError
from etl.settings import Home

SUFFIX = ".html"
_TOGETHER = 200  # pages whose values are asked for at once
_MARKER = "gouji-site.txt"
_NOTE = "Written by `gouji site`, which replaces this folder as a whole.\n"
_INDEX = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>勾稽 Gouji</title>
<meta http-equiv="refresh" content="0; url=zh/overview.html">
</head>
<body><main><h1>勾稽 Gouji</h1><ul><li><a href="zh/overview.html">中文</a></li>
<li><a href="en/overview.html" lang="en">English</a></li></ul></main></body>
</html>
"""

Item = tuple[Page | File, Given]
Progress = Callable[[int], None]


def write_site(
    home: Home,
    folder: Path,
    evidence: Evidence = "failed",
    started: Callable[[int], Progress] | None = None,
) -> int:
    """Write the dashboard of what is published into ``folder`` and return the number of files.

    The folder appears by a rename when everything is in it; a site that was there before is replaced then.

    Args:
        home: whose published warehouse is shown.
        folder: where to; it must be new, empty, or a site that this wrote before.
        evidence: of which cells to write evidence pages.
        started: told the number of pages and files; what it returns is told whenever one is done.

    Raises:
        GoujiError: the folder holds something else, or nothing is published.
    """
    _refuse_foreign(folder)
    reader = open_reader(home)
    everything: tuple[Page | File, ...] = (*REGISTRY.pages, *REGISTRY.files)
    items = [(what, given) for what in everything for given in what.listed(reader, evidence)]
    advance = started(len(items)) if started else lambda _: None
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        count = 0
        for path, body in _contents(reader, REGISTRY, items, advance):
            target = building / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)
            count += 1
        shutil.copytree(ASSETS, building / "assets")
        (building / "index.html").write_text(_INDEX, encoding="utf-8")
        (building / _MARKER).write_text(_NOTE, encoding="utf-8")
        building.chmod(0o755)
        _swap(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return count


def _contents(
    reader: Reader, registry: Registry, items: list[Item], advance: Progress
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its path; a page's values are asked for once, for both languages and CSV."""
    written = {(what.name, frozenset(given.items())) for what, given in items}
    show = Show(
        registry, SUFFIX, lambda name, given: (name, frozenset(given.items())) in written, is_static=True
    )
    said = release(reader)
    for what, given, values in _valued(reader, items):
        advance(1)
        if isinstance(what, File):
            if values is not None:
                yield what.path.format(**given), values
        elif values is not None:
            for language in LANGUAGES:
                page = render(show, Found(what, given, language), values, said)
                yield path_of(what, language, given) + SUFFIX, page.encode()
            for table in filter(len, tables(values)):
                yield data_path_of(what, given, table.name), as_csv(table)


def _valued(reader: Reader, items: list[Item]) -> Iterator[tuple[Page | File, Given, Any]]:
    """Every page with its values and every file with its content; together where a page can be asked so."""
    for what, group in groupby(items, key=lambda item: item[0]):
        if isinstance(what, Page) and what.several is not None:
            every = [given for _, given in group]
            for first in range(0, len(every), _TOGETHER):
                some = every[first : first + _TOGETHER]
                for given, values in zip(some, what.several(reader, some), strict=True):
                    yield what, given, values
        else:
            for _, given in group:
                yield what, given, (what.values if isinstance(what, Page) else what.content)(reader, **given)


def _refuse_foreign(folder: Path) -> None:
    """Nothing but an earlier site is ever replaced."""
    if folder.exists() and not (folder / _MARKER).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GoujiError(f"{folder}: holds something that gouji site has not written; name another folder")


def _swap(building: Path, folder: Path) -> None:
    if not folder.exists():
        building.rename(folder)
        return
    before = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-before-"))
    folder.rename(before / "site")
    building.rename(folder)
    shutil.rmtree(before)
