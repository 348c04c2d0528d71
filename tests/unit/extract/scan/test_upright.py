"""Pages on their side or head are turned upright, and their boxes lie on the page as it was scanned."""

from pathlib import Path

import numpy as np
import pytest

from etl.extract.scan import upright
from etl.extract.scan.page import straighten
from etl.extract.scan.picture import Picture
from etl.extract.scan.pictures import picture_of
from etl.extract.scan.upright import quarters, turned_by
from tests.unit.extract.scan.pages import DPI, ruled

SCANS = Path(__file__).parents[3] / "golden" / "scans"


@pytest.fixture(scope="module")
def scanned() -> Picture:
    return picture_of((SCANS / "tiff.tiff").read_bytes(), 2)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_read_upright_with_its_boxes_where_they_lie(scanned: Picture, turns: int) -> None:
    lying = Picture(turned_by(scanned.image, turns), 1, scanned.dpi, scanned.to_points)
    first, second = straighten(scanned), straighten(lying)
    assert len(first.frames) == len(second.frames) > 0
    height, width = scanned.image.shape[:2]
    points = 72 / scanned.dpi
    for one, other in zip(first.frames, second.frames, strict=True):
        assert len(one.patches) == len(other.patches)
        x, y = (first.to_points @ (*one.patches[0].box[:2], 1))[:2] / points
        there = {1: (y, width - x), 2: (width - x, height - y), 3: (height - y, x)}[turns]
        found = (second.to_points @ (*other.patches[0].box[:2], 1))[:2] / points
        assert found == pytest.approx(there, abs=3)


def test_an_upright_page_is_not_read_to_know_that_it_is(
    scanned: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upright, "recognise", None)
    assert quarters(np.asarray(scanned.image[:, :, 0]), scanned.dpi) == 0


def test_a_page_without_text_stays_as_it_is() -> None:
    assert quarters(ruled((200, 500, 800, 1040), (300, 360, 420)), DPI) == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_cut_out_on_its_side_is_as_wide_as_text_when_it_stands(turns: int) -> None:
    table = picture_of((SCANS / "tiff.tiff").read_bytes(), 2).image
    cut = Picture(turned_by(table, turns), 1, 100.0, np.eye(2, 3), is_cut_out=True)
    height, width = table.shape[:2]
    assert straighten(cut).dpi == pytest.approx(100.0 if turns % 2 == 0 else 100.0 * width / height)
