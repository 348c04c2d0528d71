import pytest

from etl.content.charset import decode

TEXT = "某县2023年政府信息公开工作年度报告，本年新收申请数量"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("claimed", ["utf-8", "gb2312", "iso-8859-1", None])
def test_the_bytes_decide_not_the_declaration(encoding: str, claimed: str | None) -> None:
    page = f'<meta charset="{claimed}">{TEXT}' if claimed else TEXT
    assert TEXT in decode(page.encode(encoding))


def test_damaged_bytes_do_not_hide_the_rest() -> None:
    content = TEXT.encode("gb18030") + b"\xff\xff" + TEXT.encode("gb18030")
    assert decode(content).count("政府信息公开") == 2


def test_a_page_encoded_twice_is_put_right() -> None:
    twice = TEXT.encode("utf-8").decode("gb18030", errors="replace").encode("utf-8")
    assert "政府信息" in decode(twice)


def test_nul_characters_are_dropped() -> None:
    assert decode(b"a\x00b") == "ab"
