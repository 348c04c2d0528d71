from io import BytesIO

import pytest
from PIL import Image

from etl.extract.scan.pictures import read_picture
from etl.model import ReadError


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


def refusal(content: bytes, max_pages: int = 9) -> str:
    with pytest.raises(ReadError) as told:
        read_picture(content, max_pages=max_pages)
    return told.value.code


def test_a_damaged_picture_is_refused() -> None:
    assert refusal(png(600, 800)[:60]) == "corrupt"
    assert refusal(b"\xff\xd8\xff\xe0 no picture") == "corrupt"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    assert refusal(png(12_000, 12_000)) == "too_large"


def test_a_picture_of_too_many_pages_is_refused() -> None:
    out = BytesIO()
    pages = [Image.new("L", (50, 70), shade) for shade in (10, 20, 30)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    assert refusal(out.getvalue(), max_pages=2) == "too_many_pages"


@pytest.mark.parametrize("size", [(1240, 1754), (1, 1), (1, 60_000), (60_000, 2)])
def test_an_empty_page_holds_no_text(size: tuple[int, int]) -> None:
    assert refusal(png(*size)) == "no_text"
