"""What Word documents print, cell by cell; what is built to harm is refused by name."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.docx import read_docx
from etl.model import Cell, ReadError
from tests.makers.docx import DOCX_STYLES, docx
from tests.makers.layout import lay_out
from tests.makers.packages import office, packed
from tests.makers.places import invented
from tests.makers.report import make_report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
GOOD = docx(lay_out(make_report(invented("990199", "样例县"), 2023, 5, "small")))


def document(body: str, **parts: str) -> bytes:
    text = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    more = {f"word/{name}.xml": f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>' for name, inner in parts.items()}
    return office(
        {"word/document.xml": text, **more},
        "word/document.xml",
        {"word/document.xml": "wordprocessingml.document.main"},
    )


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cells(body: str, **parts: str) -> list[Cell]:
    grids = read_docx(document(body, **parts)).grids
    return list(grids[0].cells)


def shape(found: list[Cell]) -> list[tuple[str, int, int, int, int]]:
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in found]


def test_merged_cells_are_one_cell_with_spans() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = cells(
        "<w:tbl>"
        + tr(tc("甲", down), tc("乙", '<w:gridSpan w:val="2"/>'))
        + tr(tc("", on), tc("1"), tc("2"))
        + tr(tc("", on), tc("3"), tc("4"))
        + "</w:tbl>"
    )
    assert shape(found) == [
        ("甲", 0, 0, 3, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("3", 2, 1, 1, 1),
        ("4", 2, 2, 1, 1),
    ]
    assert found[3].place.path == "/w:document/w:body/w:tbl/w:tr[2]/w:tc[3]"


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    assert shape(cells(f"<w:tbl>{tr(tc('甲', '<w:vMerge/>'), tc('1'))}</w:tbl>"))[0] == ("甲", 0, 0, 1, 1)


def test_columns_left_out_at_the_left_shift_the_row() -> None:
    left_out = '<w:gridBefore w:val="2"/>'
    found = cells(f"<w:tbl>{tr(tc('甲'), tc('乙'), tc('丙'))}{tr(tc('1'), properties=left_out)}</w:tbl>")
    assert (found[-1].text, found[-1].column) == ("1", 2)


def test_deleted_text_rows_and_hidden_words_are_out_and_insertions_in() -> None:
    text = (
        "<w:p><w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>7</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>3</w:t></w:r>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    found = cells(f"<w:tbl>{tr(tc('5'), properties='<w:del/>')}{tr(tc(text))}</w:tbl>")
    assert shape(found) == [("123", 0, 0, 1, 1)]
    assert found[0].place.path == "/w:document/w:body/w:tbl/w:tr[2]/w:tc[1]"


def test_tables_in_tables_and_in_text_boxes_are_grids_of_their_own() -> None:
    inner = f"<w:tbl>{tr(tc('1'))}</w:tbl>"
    box = f"<w:txbxContent>{p('题')}<w:tbl>{tr(tc('2'))}</w:tbl></w:txbxContent>"
    alternate = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = (
        f"<w:tbl>{tr(tc(p('外') + inner))}</w:tbl><w:p><w:r>{alternate}</mc:AlternateContent></w:r>"
        "<w:r><w:t>后</w:t></w:r></w:p>"
    )
    reading = read_docx(document(body))
    assert [[one.text for one in grid.cells] for grid in reading.grids] == [["外"], ["1"], ["2"]]
    assert sorted(reading.lines) == sorted(["外", "1", "后", "题", "2"])


def test_automatic_numbers_are_printed_before_labels() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "chineseCounting", "（%1）"), (1, "decimal", "%2．"))
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    )
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )

    def listed(number: int, level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    body = (
        p("甲", listed(1, 0))
        + p("一", listed(1, 1))
        + p("二", listed(1, 1))
        + p("乙", '<w:pStyle w:val="b"/>')
        + p("三", listed(1, 1))
        + p("丙", listed(2, 0))
        + p("无", listed(0, 0))
    )
    lines = read_docx(document(body, numbering=numbering, styles=styles)).lines
    assert lines == ("（一）甲", "1．一", "2．二", "（二）乙", "1．三", "（十一）丙", "无")


@pytest.mark.parametrize("style", DOCX_STYLES)
def test_every_style_gives_the_same_figures(style: str) -> None:
    made = lay_out(make_report(invented("990199", "样例县"), 2023, 5, "small"))

    def figures(name: str) -> list[str]:
        grids = read_docx(docx(made, DOCX_STYLES[name])).grids
        return [one.text for grid in grids for one in grid.cells if one.text.isdigit()]

    assert figures(style) == figures("docx_word")


def code(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_docx(content)
    return caught.value.code


def test_what_is_no_document_is_named() -> None:
    assert code(document("<w:p/>")) == "empty"
    assert code(b"PK\x03\x04" + b"\x00" * 40) == "corrupt"
    assert code(packed({"word/other.xml": "<a/>"})) == "corrupt"
    assert code(packed({"word/document.xml": "<w:document"})) == "corrupt"


def test_xml_that_attacks_is_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
    foreign = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    for text in (bomb, foreign, foreign.encode("utf-16")):
        assert code(packed({"word/document.xml": text})) == "unsafe"
    deep = "<w:sdt>" * 100_000
    assert code(document(deep + "</w:sdt>" * 100_000)) == "corrupt"


def test_a_package_made_to_swell_is_refused_unopened() -> None:
    assert code(packed({"word/document.xml": " " * 2**25})) == "unsafe"
    assert code(packed({"word/document.xml": "<a/>", **{f"x{n}": "" for n in range(2001)}})) == "unsafe"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1))
def test_a_document_cut_off_anywhere_is_corrupt(length: int) -> None:
    assert code(GOOD[:length]) == "corrupt"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_byte_is_read_or_named(at: int, byte: int) -> None:
    with suppress(ReadError):  # anything else fails
        read_docx(GOOD[:at] + bytes([byte]) + GOOD[at + 1 :])
