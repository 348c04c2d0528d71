"""Paragraphs set into lines by the rules of Chinese typesetting, and put together again."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.characters import Character
from etl.extract.flow import Page, paragraphs_in, text_on
from etl.extract.prose import tidy
from etl.model import Cell, Grid, Place
from tests.makers.layout import lay_out
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.prose import long_prose
from tests.makers.report import make_report

_NEVER_FIRST = "，。、；：？！）》」』”’…％%)"
_NEVER_LAST = "（《「『“‘(〔"
_LEFT, _TOP, _HEIGHT = 80.0, 72.0, 842.0


class _Setter:
    """Sets paragraphs line by line onto pages; ``breaks_figures`` as reportlab does and Word does not."""

    def __init__(self, em: float, columns: float, leading: float, indent: int, breaks_figures: bool) -> None:
        self.em, self.width, self.leading, self.indent = em, em * columns, em * leading, indent
        self.breaks_figures = breaks_figures
        self.pages: list[list[Character]] = [[]]
        self.y = _TOP

    def paragraph(self, text: str, gap: float = 0.0) -> None:
        x = self.indent * self.em
        self.y += gap * self.em
        for token in self._tokens(text):
            width = sum(map(self._wide, token))
            if x + width > self.width + 0.01:
                self._next()
                x = 0.0
            for one in token:
                wide = self._wide(one)
                self._ink(one, _LEFT + x, wide)
                x += wide
        self._next()

    def _tokens(self, text: str) -> list[str]:
        tokens: list[str] = []
        for one in text:
            is_latin = one.isascii() and not self.breaks_figures
            if tokens and (
                one in _NEVER_FIRST
                or tokens[-1][-1] in _NEVER_LAST
                or (is_latin and one not in " " and tokens[-1][-1].isascii() and tokens[-1][-1] != " ")
            ):
                tokens[-1] += one
            else:
                tokens.append(one)
        return tokens

    def _wide(self, one: str) -> float:
        return self.em * (0.5 if one.isascii() else 1.0)

    def _ink(self, one: str, x: float, wide: float) -> None:
        """Boxes are of the ink: punctuation has little, in a corner."""
        if one == " ":
            return
        base = _HEIGHT - self.y
        if one in "，。、；：":
            box = (x + 0.1 * wide, base, x + 0.35 * wide, base + 0.25 * self.em)
        elif one in "（《“〔":
            box = (x + 0.6 * wide, base, x + 0.95 * wide, base + 0.9 * self.em)
        elif one in "一-—":
            box = (x + 0.05 * wide, base + 0.4 * self.em, x + 0.95 * wide, base + 0.5 * self.em)
        else:
            box = (x + 0.05 * wide, base, x + 0.95 * wide, base + 0.9 * self.em)
        self.pages[-1].append(Character(one, *box))

    def _next(self) -> None:
        self.y += self.leading
        if self.y > _HEIGHT - 80:
            self.pages.append([])
            self.y = _TOP

    def edges(self, head: str, foot: str) -> None:
        """A running head and a foot, with the page's number, on every page."""
        for number, page in enumerate(self.pages, 1):
            for text, base in ((head, _HEIGHT - 40), (foot.format(number), 40.0)):
                for at, one in enumerate(text):
                    page.append(Character(one, 200 + at * 9.0, base, 208 + at * 9.0, base + 8))


_REPORT = make_report(load_places(DEMO_PLACES)[0], 2023, 5)


def _texts(seed: int) -> list[str]:
    sections = long_prose(_REPORT, seed).sections
    return [one.text.replace("Open API", "OPENAPI") for index in (0, 4, 5) for one in sections[index]]


@given(
    seed=st.integers(0, 10**6),
    em=st.sampled_from([10.5, 12.0, 14.0, 16.0]),
    columns=st.sampled_from([24.0, 28.0, 30.5, 35.0]),
    leading=st.sampled_from([1.3, 1.6, 1.75, 2.0]),
    breaks_figures=st.booleans(),
    foot=st.sampled_from(["- {} -", "{}", "第{}页 共9页", "—{}—"]),
)
@settings(max_examples=60, deadline=None)
def test_indented_paragraphs_come_back_exactly(
    seed: int, em: float, columns: float, leading: float, breaks_figures: bool, foot: str
) -> None:
    setter = _Setter(em, columns, leading, 2, breaks_figures)
    texts = _texts(seed)
    for text in texts:
        setter.paragraph(text)
    setter.edges("示例县政府信息公开年报", foot)
    found = paragraphs_in(text_on(Page(n, _HEIGHT, page, ())) for n, page in enumerate(setter.pages, 1))
    edges = 0 if len(setter.pages) > 2 else len(setter.pages)  # a head that stands twice only may be text
    assert [one.text for one in found if "政府信息公开年报" not in one.text] == list(map(tidy, texts)) or edges
    assert "".join(one.text for one in found).replace("示例县政府信息公开年报", "") == tidy("".join(texts))


@given(seed=st.integers(0, 10**6), em=st.sampled_from([10.5, 14.0]), breaks_figures=st.booleans())
@settings(max_examples=30, deadline=None)
def test_blocks_parted_by_space_come_back_exactly(seed: int, em: float, breaks_figures: bool) -> None:
    setter = _Setter(em, 30, 1.5, 0, breaks_figures)
    texts = [text for text in _texts(seed) if len(text) > 12][:9]
    for text in texts:
        setter.paragraph(text, gap=0.8)
    if len(setter.pages) > 1:
        return  # at a page's head no space is to be seen
    found = paragraphs_in([text_on(Page(1, _HEIGHT, setter.pages[0], ()))])
    assert [one.text for one in found] == list(map(tidy, texts))


def test_a_part_has_the_box_of_its_line() -> None:
    setter = _Setter(14, 20, 1.5, 2, True)
    setter.paragraph("全年在门户网站发布信息七千四百九十八条，其中政策文件八百三十三条。")
    setter.paragraph("无。")
    first, second = paragraphs_in([text_on(Page(1, _HEIGHT, setter.pages[0], ()))])
    assert [part.offset for part in first.parts] == [0, 18]
    tops = [part.place.box[1] for one in (first, second) for part in one.parts if part.place.box]
    assert tops == sorted(tops)
    assert first.place_at(20).box == first.parts[1].place.box


@pytest.mark.parametrize("is_text", [False, True])
def test_cells_of_tables_are_left_out_and_cells_of_text_are_not(is_text: bool) -> None:
    setter = _Setter(14, 30, 1.5, 2, True)
    setter.paragraph("表前。")
    top = setter.y - 14
    inside = "全年工作有序开展，成效明显，群众满意度较高，投诉较上年有所减少。" if is_text else "行政许可 12"
    setter.paragraph(inside)
    bottom = setter.y - 14
    setter.paragraph("表后。")
    cells = tuple(
        Cell(text, 0, n, 1, 1, Place(1, (60 + n, top, 560, bottom))) for n, text in enumerate((inside, "3"))
    )
    found = paragraphs_in([text_on(Page(1, _HEIGHT, setter.pages[0], [Grid(cells, "test")]))])
    assert [one.text for one in found] == ["表前。", *([inside] if is_text else []), "表后。"]


def test_pages_without_text() -> None:
    assert paragraphs_in([]) == []
    assert paragraphs_in([text_on(Page(1, _HEIGHT, (), ()))]) == []


def test_any_scatter_of_characters_is_read() -> None:
    rng = Random(1)
    for _ in range(50):
        scattered = [
            Character(
                rng.choice("一二。，A1-"),
                x := rng.uniform(0, 500),
                y := rng.uniform(0, 800),
                x + rng.uniform(0, 30),
                y + 9,
            )
            for _ in range(rng.randint(1, 60))
        ]
        found = paragraphs_in([text_on(Page(1, _HEIGHT, scattered, ()))])
        assert len("".join(one.text for one in found)) <= len(scattered) + len(found) * 60


def test_the_laid_out_text_may_be_given() -> None:
    assert long_prose(_REPORT, 3).sections[4][0] in lay_out(_REPORT, long_prose(_REPORT, 3)).blocks
