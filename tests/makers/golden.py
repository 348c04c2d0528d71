"""``tests/golden/``: one small document for each quirk, style and encoding, with its truth."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.makers import figures, quirks
from tests.makers.corpus import Made, render
from tests.makers.html import STYLES
from tests.makers.layout import lay_out
from tests.makers.places import DEMO_PLACES, Place, load_places, renamings
from tests.makers.report import make_report
from tests.makers.stat import make_stat_report, stat_document
from tests.makers.titles import TITLES

FOLDER = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True)
class Entry:
    """A golden document: what it is there for, in which style, and what is odd about it."""

    name: str
    style: str
    year: int = 2023
    encoding: str = "utf8"
    size: str = "medium"
    oddities: tuple[str, ...] = ()  # quirks, titles, printings, broken rules, a mixture of forms


# Quirks stand together where they touch different things, so that every one is shown once.
ENTRIES = (
    Entry(
        "digits-full-width", "trs", 2019, "gbk", oddities=("full_width_digits", "explicit_plus", "year_first")
    ),
    Entry("digits-mixed-width", "ucap", 2024, "utf8_bom", oddities=("some_full_width_digits", "known_slips")),
    Entry("digits-thousands", "hanweb", 2022, "gbk_claims_gb2312", "huge", ("thousands", "wan_in_cell")),
    Entry("digits-thousands-wide", "vsb", 2021, "utf8_unclaimed", "huge", ("wide_thousands", "letter_spaced")),
    Entry("digits-thousands-space", "gkmlpt", 2025, "utf8", "huge", ("spaced_thousands", "section_wording")),
    Entry("digits-wrapped", "old_tables", 2020, "gbk_unclaimed", "big", ("wrapped_digits", "yuan_in_cell")),
    Entry("digits-spaced", "word", 2023, "gb18030", oddities=("spaced_figures", "spare_rows")),
    Entry("counts-with-unit", "trs", 2022, "utf8_claims_gbk", oddities=("unit_in_counts", "by_office")),
    Entry("change-in-words", "ucap", 2020, "gbk_claims_utf8", oddities=("signed_words", "wan_in_head")),
    Entry("amount-yuan-head", "hanweb", 2021, oddities=("yuan_in_head", "spare_columns")),
    Entry("amount-yi-head", "gkmlpt", 2023, size="huge", oddities=("yi_in_head", "half_width_marks")),
    Entry("amount-yi-cell", "vsb", 2019, "gb18030_claims_gb2312", "huge", ("yi_in_cell", "other_quotes")),
    Entry("amount-six-decimals", "padded", 2022, oddities=("six_decimals", "chinese_year")),
    Entry("labels-broken", "word", 2024, oddities=("broken_labels", "title_without_year")),
    Entry("labels-numbering", "padded", 2024, oddities=("spaced_numbering", "full_width_year")),
    Entry(
        "labels-no-numbering", "trs", 2023, oddities=("lost_numbering", "missing_first_caption", "short_title")
    ),
    Entry("labels-new-slip", "vsb", 2022, oddities=("new_slip", "missing_part_heads", "by_township")),
    Entry("shape-table-a-part", "hanweb", 2020, oddities=("table_a_part", "merged_lead", "by_department")),
    Entry("shape-shifted-heads", "ucap", 2023, oddities=("shifted_heads", "swapped_rows", "spaced_name")),
    Entry(
        "shape-repeated-groups", "gkmlpt", 2024, oddities=("repeated_groups", "broken_title", "hidden_table")
    ),
    Entry("split-html", "word", 2021, oddities=("split_requests",)),
    Entry("split-html-head", "trs", 2024, oddities=("split_with_head",)),
    Entry("split-html-row", "old_tables", 2022, "gbk", oddities=("split_repeated_row",)),
    Entry("split-text", "lead_lost", 2023, oddities=("split_group_words",)),
    Entry("blank-zeros", "ucap", 2019, size="small", oddities=("blank_zeros", "nbsp_blanks")),
    Entry("blank-totals", "unpadded", 2021, oddities=("blank_totals",)),
    Entry("dashes", "broken_caption", 2023, size="small", oddities=("dash_zeros",)),
    Entry("dash-regulations", "repeated_head", 2022, oddities=("dash_regulations", "blank_some")),
    Entry("hybrid-single-other", "broken_group", 2023, oddities=("single_other", "T4_SUM")),
    Entry("hybrid-late-disclosure", "padded", 2021, oddities=("late_disclosure",)),
    Entry("hybrid-late-user", "two_breaks", 2022, size="zero", oddities=("late_user",)),
    Entry("broken-balance", "word_rects", 2024, oddities=("T3_BALANCE", "by_government")),
    Entry("broken-result-sum", "frames", 2020, oddities=("T3_RESULT_SUM",)),
    Entry("broken-row-total", "ruled", 2021, oddities=("T3_ROW_TOTAL",)),
    Entry("narrow-columns", "narrow", 2023, size="huge"),
    Entry("small-print", "small", 2019, size="big"),
    Entry("page-turned", "turned", 2022),
    Entry("page-landscape", "landscape", 2024),
    Entry("page-watermark", "watermark", 2020),
    Entry("rules-strokes", "strokes", 2021),
    Entry("rules-open-sides", "open_sides", 2023),
    Entry("decimals", "trs", 2024, "ascii_entities", oddities=("whole_decimals", "wan_without_yuan")),
    Entry("zeros-spelt", "vsb", 2022, size="small", oddities=("spelt_zeros", "unit_in_label")),
    Entry("shape-one-table", "word", 2020, oddities=("one_table",)),
    Entry("shape-lost-groups", "hanweb", 2021, oddities=("lost_groups",)),
    Entry("shape-columns-exchanged", "ucap", 2024, oddities=("columns_exchanged",)),
    Entry("text-paged", "paged", 2022, oddities=("split_requests",)),
    Entry("text-dos", "dos", 2019),
    Entry("text-notepad", "notepad", 2023),
    Entry("renamed-former-name", "hanweb", 2022, oddities=("former_name",)),
    Entry("renamed-later-name", "padded", 2021, oddities=("later_name",)),
    Entry("docx-plain", "docx_word", 2020, size="big", oddities=("thousands",)),
    Entry("docx-lists", "docx_lists", 2024, oddities=("known_slips",)),
    Entry("docx-lists-2019", "docx_lists", 2019, oddities=("blank_zeros",)),
    Entry("docx-controls", "docx_wps", 2022, oddities=("by_government", "letter_spaced")),
    Entry("docx-tracked", "docx_tracked", 2023, oddities=("T3_BALANCE",)),
    Entry("docx-nested", "docx_nested", 2021, oddities=("split_with_head", "wrapped_digits")),
    Entry("docx-strict", "docx_strict", 2019, oddities=("yuan_in_head", "dash_zeros")),
    Entry("docx-converted", "docx_converted", 2025, oddities=("lost_numbering",)),
    Entry("xlsx-sheets", "xlsx_sheets", 2024),
    Entry("xlsx-sheets-2019", "xlsx_sheets", 2020, oddities=("wan_in_head",)),
    Entry("xlsx-one-sheet", "xlsx_one_sheet", 2022, oddities=("thousands",)),
    Entry("xlsx-formats", "xlsx_formats", 2021, size="huge"),
    Entry("xls-sheets", "xls_sheets", 2019, oddities=("blank_some",)),
    Entry("xls-one-sheet", "xls_one_sheet", 2023),
    Entry("zip-pdf", "zip_pdf", 2024, size="small"),
    Entry("zip-gbk-names", "zip_gbk", 2020),
    Entry("zip-nested", "zip_nested", 2022),
    Entry("zip-parts", "zip_parts", 2023),
    Entry("zip-parts-2019", "zip_parts", 2019),
    Entry("ofd-lines", "ofd_lines", 2024),
    Entry("ofd-lines-2019", "ofd_lines", 2019, oddities=("dash_zeros",)),
    Entry("ofd-rects", "ofd_rects", 2023, oddities=("T3_RESULT_SUM",)),
    Entry("ofd-scaled", "ofd_frames", 2020, oddities=("thousands",)),
    Entry("ofd-template", "ofd_repeated_head", 2022, oddities=("broken_labels",)),
    Entry("ofd-narrow", "ofd_narrow", 2021, size="huge"),
    Entry("ofd-open-sides", "ofd_open_sides", 2025, oddities=("wan_in_cell",)),
    Entry("ofd-turned", "ofd_turned", 2022, oddities=("blank_some",)),
    Entry("ofd-watermark", "ofd_watermark", 2023, oddities=("lost_numbering",)),
    Entry("rar-docx", "rar_docx", 2023),
    Entry("rar-parts", "rar_parts", 2020),
    Entry("tar-gbk-names", "tar_html", 2021),
    Entry("tar-gz", "tar_gz_pdf", 2024),
    Entry("page-turned-180", "turned_180", 2023),
    Entry("page-turned-270", "turned_270", 2021),
    Entry("page-sideways", "sideways", 2024),
    Entry("page-sideways-clockwise", "sideways_clockwise", 2019),
    Entry("page-upside-down", "upside_down", 2022),
    Entry("unruled", "no_rules", 2023, size="big"),
    Entry("unruled-2019", "no_rules", 2019, oddities=("wan_in_cell",)),
    Entry("unruled-top", "no_rules_top", 2022, oddities=("blank_some",)),
    Entry("unruled-across", "rules_across", 2024),
    Entry("unruled-three-rules", "three_rules", 2021, oddities=("dash_zeros",)),
    Entry("rules-white", "white_rules", 2023),
    Entry("split-row-again", "row_again", 2024),
    Entry("split-row-again-head", "row_again_head", 2020),
    Entry("split-cut-label", "cut_label", 2022),
    Entry("split-cut-figures", "cut_figures", 2023),
    Entry("prose-html", "word", 2024, oddities=("told_in_prose",)),
    Entry("prose-pdf-2019", "ruled", 2020, oddities=("told_in_prose",)),
    Entry("xls-blank-line", "xls_one_sheet", 2024, size="zero", oddities=("blank_zeros",)),
    Entry("xlsx-blank-line", "xlsx_one_sheet", 2020, size="zero", oddities=("blank_zeros",)),
    Entry("zip-year-in-name", "zip_parts", 2022, oddities=("title_without_year",)),
    Entry("ofd-open-sides-one-table", "ofd_open_sides", 2024, oddities=("whole_decimals", "one_table")),
    Entry("unruled-blank", "no_rules", 2022, size="small", oddities=("blank_zeros", "blank_totals")),
    Entry("unruled-all-blank", "three_rules", 2020, size="zero", oddities=("blank_zeros",)),
    Entry("unruled-spaced", "rules_across", 2023, oddities=("spaced_figures", "lost_numbering")),
    Entry("unruled-units", "three_rules", 2022, size="huge", oddities=("unit_in_counts", "full_width_digits")),
    Entry("unruled-letters", "no_rules", 2024, oddities=("letter_spaced", "wrapped_digits")),
    Entry("unruled-broken-labels", "three_rules", 2021, oddities=("broken_labels", "merged_lead")),
    Entry("unruled-a-row-a-page", "no_rules_top", 2019, oddities=("repeated_groups",)),
    Entry("split-head-spare", "turned_270", 2021, oddities=("spare_columns", "blank_totals", "split_requests")),
    Entry("watermark-across", "watermark", 2023, oddities=("one_table", "spaced_figures")),
)

# The list of 2014 to 2018, once in each shape: name, shape, style, year, size.
LISTS = (
    ("list-plain", "plain", "trs", 2016, "medium"),
    ("list-two-columns", "two_columns", "word", 2015, "small"),
    ("list-unit-in-label", "unit_in_label", "ucap", 2017, "big"),
    ("list-numbered", "numbered", "word_rects", 2018, "medium"),
    ("list-indented", "indented", "padded", 2014, "medium"),
    ("list-side-by-side", "side_by_side", "xlsx_sheets", 2016, "small"),
    ("list-superset", "superset", "docx_word", 2017, "medium"),
    ("list-by-level", "by_level", "xls_sheets", 2015, "medium"),
    ("list-cut", "cut", "hanweb", 2018, "big"),
    ("list-loose-wording", "loose_wording", "ruled", 2016, "huge"),
    ("list-yuan", "yuan", "old_tables", 2017, "medium"),
    ("list-blanks", "blanks", "docx_lists", 2018, "tiny"),
    ("list-no-heads", "no_heads", "ofd_lines", 2015, "medium"),
)


def golden_documents() -> Iterator[Made]:
    """The documents, each of an invented place."""
    places = load_places(DEMO_PLACES)
    for index, entry in enumerate(ENTRIES):
        yield _make(index, entry, places)
    for index, (name, shape, style, year, size) in enumerate(LISTS):
        rng = Random(f"golden {name}")
        here = [place for place in places if place.exists_in(year)]
        report = make_stat_report(here[index % len(here)], year, index, size)
        document = stat_document(report, shape, rng)
        kind, extension, content = render(document, style)
        yield Made(name + extension, kind, style, content, report, document)


def write_golden(folder: Path = FOLDER) -> None:
    """All documents and their truths into ``folder``."""
    folder.mkdir(exist_ok=True)
    for made in golden_documents():
        made.write(folder)


def _make(index: int, entry: Entry, places: list[Place]) -> Made:
    rng = Random(f"golden {entry.name}")
    here = [place for place in places if place.exists_in(entry.year)]
    place, printed_name = here[index % len(here)], ""
    old, new = renamings(places)[0]
    if "former_name" in entry.oddities:
        place, printed_name = new, old.name
    elif "later_name" in entry.oddities:
        place, printed_name = old, new.name
    mixture = next(
        (name for name in entry.oddities if name in ("single_other", "late_disclosure", "late_user")), ""
    )
    report = replace(make_report(place, entry.year, index, entry.size, mixture), printed_name=printed_name)
    title = next((name for name in entry.oddities if name in TITLES), "by_government")
    report = TITLES[title](report, rng)
    for name in entry.oddities:
        if change := figures.PRINTINGS.get(name) or figures.BREAKERS.get(name):
            change(report.figures, rng)
    chosen = tuple(name for name in entry.oddities if name in quirks.QUIRKS)
    document = quirks.apply(lay_out(report), chosen, rng)
    kind, extension, content = render(
        document, entry.style, encoding=entry.encoding, with_hidden_table="hidden_table" in entry.oddities
    )
    return Made(entry.name + extension, kind, entry.style, content, report, document)


def shown() -> set[str]:
    """Everything odd that some golden document shows, styles and encodings with it."""
    return {name for entry in ENTRIES for name in (*entry.oddities, entry.style, *_html_encoding(entry))}


def _html_encoding(entry: Entry) -> tuple[str, ...]:
    return (entry.encoding,) if entry.style in STYLES else ()
