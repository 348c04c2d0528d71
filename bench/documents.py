"""Documents of every format that Gouji reads, drawn by tests.makers, with their truths."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.makers.corpus import FORMATS, Made, make
from tests.makers.docx import DOCX_STYLES
from tests.makers.office import converted
from tests.makers.pdf import PDF_STYLES
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.scan import SCAN_STYLES, scan
from tests.makers.xls import XLS_STYLES

# LibreOffice would settle tracked changes while it converts, and it turns content controls into other things.
_PLAIN_DOCX = ("docx_word", "docx_lists", "docx_converted")
_UPRIGHT = tuple(name for name in PDF_STYLES if name != "turned")
_BATCH = 20


def _drawn(styles: tuple[str, ...]) -> Callable[[int, int], Iterator[Made]]:
    def draw(count: int, seed: int) -> Iterator[Made]:
        places = load_places(DEMO_PLACES)
        return (make(index, seed, places, styles[index % len(styles)]) for index in range(count))

    return draw


def _by_libreoffice(kind: str) -> Callable[[int, int], Iterator[Made]]:
    def draw(count: int, seed: int) -> Iterator[Made]:
        made = list(_drawn(_PLAIN_DOCX)(count, seed))
        for start in range(0, count, _BATCH):
            some = made[start : start + _BATCH]
            for one, content in zip(some, converted([one.content for one in some], kind), strict=True):
                yield replace(one, name=f"{Path(one.name).stem}.{kind}", kind=kind, content=content)

    return draw


def _scanned(kind: str, styles: tuple[str, ...]) -> Callable[[int, int], Iterator[Made]]:
    def draw(count: int, seed: int) -> Iterator[Made]:
        places = load_places(DEMO_PLACES)
        for index in range(count):
            name = styles[index % len(styles)]
            style = SCAN_STYLES[name]
            one = make(index, seed, places, _UPRIGHT[index % len(_UPRIGHT)])
            content = scan(one.content, style, index)
            extension = ".tiff" if style.file == "tiff" else ".pdf"
            named = f"{index:04d}-{name}-{one.style}{extension}"
            yield replace(one, name=named, kind=kind, style=name, content=content)

    return draw


KINDS: Mapping[str, Callable[[int, int], Iterator[Made]]] = {
    "html": _drawn(FORMATS["html"]),
    "text": _drawn(FORMATS["text"]),
    "pdf": _drawn(FORMATS["pdf"]),
    "docx": _drawn(tuple(DOCX_STYLES)),
    "xlsx": _drawn(tuple(name for name, style in XLS_STYLES.items() if not style.old)),
    "xls": _drawn(tuple(name for name, style in XLS_STYLES.items() if style.old)),
    "ofd": _drawn(FORMATS["ofd"]),
    "zip": _drawn(FORMATS["zip"]),
    "doc": _by_libreoffice("doc"),
    "rtf": _by_libreoffice("rtf"),
    "scan": _scanned("scan", tuple(name for name, style in SCAN_STYLES.items() if style.file == "pdf")),
    "scan-200": _scanned("scan", ("scan_worn",)),
    "picture": _scanned("image", ("scan_tiff",)),
}
"""By name: how ``count`` documents of ``seed`` are drawn, in random styles and with random quirks."""


def draw(folder: Path, kind: str, count: int, seed: int) -> None:
    """Documents of a kind, with truths and quirks, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in KINDS[kind](count, seed):
        one.write(folder)
        (folder / f"{one.name}.quirks").write_text(" ".join(one.document.quirks), encoding="utf-8")
