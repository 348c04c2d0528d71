"""``tests/golden/scans/``: a few scans with their truths.

Kept apart from the other golden documents: what a scan's bytes are depends on the machine that drew it. Written
again by ``python -m tests.makers scans``, and then looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.makers.corpus import Made, make
from tests.makers.pictured import PICTURED_STYLES, pictured
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.scan import SCAN_STYLES, scan

FOLDER = Path(__file__).parents[1] / "golden" / "scans"
SEED = 2024

# The damage, and the manner in which the page under it is drawn.
ENTRIES = (
    ("scan_worn", "word_rects"),
    ("scan_turned", "narrow"),
    ("scan_stamped", "broken_group"),
    ("scan_150_worse", "open_sides"),
    ("scan_tiff", "landscape"),
    ("scan_mixed", "two_breaks"),
    ("scan_sideways", "ruled"),
    ("scan_upside_down", "word_rects"),
    ("scan_keystone", "frames"),
)
# Documents whose tables are pictures, and which of the corpus they show.
PICTURED = {"docx_mixed": 20, "html_beside": 35, "ofd_pages": 36, "docx_sideways": 37}


def golden_scans() -> Iterator[Made]:
    """The scans, each of an invented place."""
    places = load_places(DEMO_PLACES)
    for name, index in PICTURED.items():
        pictures = PICTURED_STYLES[name]
        made = make(index, SEED, places, "ruled")
        yield replace(
            made,
            name=f"{name.replace('_', '-')}.{'zip' if pictures.host == 'html_zip' else pictures.host}",
            kind="html" if pictures.host == "html_zip" else pictures.host,
            style=name,
            content=pictured(made.document, pictures),
        )
    for index, (name, drawn) in enumerate(ENTRIES):
        style = SCAN_STYLES[name]
        made = make(index, SEED, places, drawn)
        extension = ".tiff" if style.file == "tiff" else ".pdf"
        yield replace(
            made,
            name=name.removeprefix("scan_").replace("_", "-") + extension,
            kind="image" if style.file == "tiff" else "scan",
            style=name,
            content=scan(made.content, style, index),
        )


def write_golden_scans(folder: Path = FOLDER) -> None:
    """All scans and their truths into ``folder``."""
    folder.mkdir(exist_ok=True, parents=True)
    for made in golden_scans():
        made.write(folder)
