"""A mixed corpus: documents drawn at random from places, forms, sizes, quirks and styles, with their truths."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.makers import figures, quirks, stat
from tests.makers.bundle import BUNDLE_STYLES, bundle
from tests.makers.docx import DOCX_STYLES, docx
from tests.makers.html import ENCODINGS, STYLES, html
from tests.makers.layout import Document, lay_out
from tests.makers.ofd import OFD_STYLES, ofd
from tests.makers.office import FILTERS, converted
from tests.makers.pdf import PDF_STYLES, pdf
from tests.makers.places import Place, renamings
from tests.makers.report import HYBRIDS, Report, make_report
from tests.makers.scan import SCAN_STYLES, scan
from tests.makers.text import TEXT_STYLES, text
from tests.makers.titles import TITLES
from tests.makers.truth import truth_json
from tests.makers.xls import XLS_STYLES, xls

YEARS = range(2019, 2026)

RENAMED = ("former_name", "later_name")
"""A report under a name of its county that is not the name of the report year."""

FORMATS = {
    "html": tuple(STYLES),
    "pdf": tuple(PDF_STYLES),
    "text": tuple(TEXT_STYLES),
    "docx": tuple(DOCX_STYLES),
    "ofd": tuple(OFD_STYLES),
    "xls": tuple(XLS_STYLES),
    "zip": tuple(BUNDLE_STYLES),
}

SLOW_FORMATS = {"scan": tuple(SCAN_STYLES), "office": tuple(FILTERS)}
"""Drawn only where they are asked for: scans, and what LibreOffice converts from DOCX."""


@dataclass(frozen=True)
class Made:
    """A document as bytes, how it was made, and the report whose figures it prints."""

    name: str
    kind: str
    style: str
    content: bytes
    report: Report
    document: Document

    def write(self, folder: Path) -> None:
        """The file and its truth into ``folder``."""
        (folder / self.name).write_bytes(self.content)
        (folder / f"{self.name}.truth.json").write_text(
            truth_json(self.report, self.name, self.kind), encoding="utf-8"
        )


def random_report(places: list[Place], rng: Random, names: tuple[str, ...] = ()) -> Report:
    """A report of a place that existed in its year, with title, form, size, blanks and errors at random.

    ``names`` may hold keys of TITLES, HYBRIDS, figures.PRINTINGS and figures.BREAKERS to be used for certain.
    """
    renamed = [name for name in RENAMED if name in names or rng.random() < 0.03]
    year = rng.choice(YEARS)
    place = rng.choice([place for place in places if place.exists_in(year)])
    printed_name = ""
    if renamed:
        place, year, printed_name = _renamed(places, renamed[0], rng)
    given_hybrid = next((name for name in names if name in HYBRIDS), None)
    hybrid = rng.choice(tuple(HYBRIDS)) if year >= 2021 and rng.random() < 0.2 else ""
    if given_hybrid is not None:
        year, hybrid = max(year, 2021), given_hybrid
        place = place if place.exists_in(year) else rng.choice([p for p in places if p.exists_in(year)])
    report = make_report(place, year, rng.randrange(10**6), rng.choice(tuple(figures.SIZES)), hybrid)
    report = replace(report, printed_name=printed_name)
    title = next((name for name in names if name in TITLES), rng.choice(tuple(TITLES)))
    used = [title, *renamed[:1], *filter(None, (hybrid,))]
    report = TITLES[title](report, rng)
    for name in figures.PRINTINGS:
        if name in names or rng.random() < 0.06:
            figures.PRINTINGS[name](report.figures, rng)
            used.append(name)
    for name in figures.BREAKERS:
        if name in names or rng.random() < 0.03:
            figures.BREAKERS[name](report.figures, rng)
            used.append(name)
    return replace(report, quirks=tuple(used))


def _renamed(places: list[Place], how: str, rng: Random) -> tuple[Place, int, str]:
    """A place under a name it did not bear in the report year: the one before (a habit) or the one after
    (a report retitled on the portal of the renamed county). Its code is that of the report year."""
    pairs = [(old, new) for old, new in renamings(places) if new.valid_from in YEARS[1:-1]]
    if not pairs:
        raise ValueError(f"{how}: no place of the list was renamed in {YEARS[1]}-{YEARS[-1]}")
    old, new = rng.choice(pairs)
    if how == "former_name":
        return new, new.valid_from, old.name
    return old, new.valid_from - 1, new.name


def render(
    document: Document,
    style: str,
    *,
    encoding: str = "utf8",
    with_hidden_table: bool = False,
    font: Path | None = None,
) -> tuple[str, str, bytes]:
    """(kind, file extension, bytes) of a document in a style of FORMATS or SLOW_FORMATS."""
    if style in STYLES:
        return "html", ".html", html(document, style, encoding, with_hidden_table=with_hidden_table)
    if style in PDF_STYLES:
        return "pdf", ".pdf", pdf(document, PDF_STYLES[style], font)
    if style in DOCX_STYLES:
        return "docx", ".docx", docx(document, DOCX_STYLES[style])
    if style in OFD_STYLES:
        return "ofd", ".ofd", ofd(document, OFD_STYLES[style])
    if style in XLS_STYLES:
        return "xls", ".xls" if XLS_STYLES[style].old else ".xlsx", xls(document, XLS_STYLES[style])
    if style in BUNDLE_STYLES:
        return "zip", f".{BUNDLE_STYLES[style].archive}", bundle(document, BUNDLE_STYLES[style])
    if style in SCAN_STYLES:
        is_picture = SCAN_STYLES[style].file == "tiff"
        drawn = pdf(document, PDF_STYLES["ruled"], font)
        content = scan(drawn, SCAN_STYLES[style], document.report.seed)
        return ("image", ".tiff", content) if is_picture else ("scan", ".pdf", content)
    if style in FILTERS:
        return style, f".{style}", converted([docx(document, DOCX_STYLES["docx_word"])], style)[0]
    return "text", ".txt", text(document, TEXT_STYLES[style])


def make(
    index: int,
    seed: int,
    places: list[Place],
    style: str,
    names: tuple[str, ...] = (),
    encoding: str | None = None,
    font: Path | None = None,
) -> Made:
    """Document ``index`` of the corpus of ``seed``: up to four quirks, or the named ones."""
    rng = Random(f"corpus {seed} {index} {style}")
    report = random_report(places, rng, names)
    chosen = tuple(name for name in names if name in quirks.QUIRKS) or quirks.pick(rng, rng.randint(0, 4))
    if style in TEXT_STYLES:
        # Only counted, not ruled, columns: an empty cell too many beside empty figures could not be told apart.
        chosen = tuple(name for name in chosen if name != "spare_columns")
    if style in PDF_STYLES and PDF_STYLES[style].rules in ("none", "across", "three"):
        # Headings that do not stand over their figures, nor any line between: nobody could say which is whose.
        chosen = tuple(name for name in chosen if name != "shifted_heads")
    document = quirks.apply(lay_out(report), chosen, rng)
    kind, extension, content = render(
        document,
        style,
        encoding=encoding or rng.choice(tuple(ENCODINGS)),
        with_hidden_table=rng.random() < 0.05,
        font=font,
    )
    return Made(f"{index:04d}-{style}{extension}", kind, style, content, report, document)


def make_list(index: int, seed: int, places: list[Place], style: str, font: Path | None = None) -> Made:
    """Document ``index`` of the corpus of ``seed``: a report of 2014 to 2018 with its list in any shape."""
    rng = Random(f"corpus of lists {seed} {index} {style}")
    year = rng.choice(stat.YEARS)
    place = rng.choice([place for place in places if place.exists_in(year)])
    report = stat.make_stat_report(place, year, rng.randrange(10**6), rng.choice(tuple(figures.SIZES)))
    document = stat.stat_document(report, rng.choice(tuple(stat.SHAPES)), rng)
    kind, extension, content = render(document, style, encoding=rng.choice(tuple(ENCODINGS)), font=font)
    return Made(f"{index:04d}-{style}{extension}", kind, style, content, report, document)


def write_corpus(
    folder: Path,
    *,
    seed: int,
    count: int,
    places: list[Place],
    styles: tuple[str, ...],
    names: tuple[str, ...] = (),
    encoding: str | None = None,
    font: Path | None = None,
    lists: bool = False,
) -> None:
    """``count`` documents with truths into ``folder``, and index.csv that says what each of them holds."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as lines:
        index = csv.writer(lines)
        index.writerow(("file", "county", "name", "year", "scope", "forms", "style", "quirks", "title"))
        for number in range(count):
            style = styles[number % len(styles)]
            made = (
                make_list(number, seed, places, style, font)
                if lists
                else make(number, seed, places, style, names, encoding, font)
            )
            made.write(folder)
            report = made.report
            index.writerow(
                (
                    made.name,
                    report.place.code,
                    report.place.name,
                    report.year,
                    report.scope,
                    " ".join(report.forms.values()),
                    made.style,
                    " ".join(made.document.quirks),
                    report.title,
                )
            )
