"""Bytes of a Chinese page to text. The bytes decide: declared charsets are wrong too often to be asked."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Strict decoding decides. UTF-8 first: Chinese text in GBK is practically never valid UTF-8, while the
# reverse happens. GB18030 holds GBK and GB2312; Big5 is last, for pages mirrored from elsewhere.
_CANDIDATES = ("utf-8", "gb18030", "big5")
# Characters every report is full of: they tell a right decoding from one that merely raises nothing.
_COMMON = "的公开政府信息年度报告情况数量"


def decode(content: bytes) -> str:
    """``content`` as text, without NULs, whatever it was encoded in.

    A page with a few damaged bytes is decoded with U+FFFD in their place; a page that was encoded twice
    (UTF-8 bytes taken for GBK and written as UTF-8 again) is put right.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content.decode(name, errors="replace").replace("\x00", "")
    for name in _CANDIDATES:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _is_chinese(text) or text.isascii():
            return _undo_double_encoding(text).replace("\x00", "")
    damaged = (content.decode(name, errors="replace") for name in _CANDIDATES)
    return max(damaged, key=_commonness).replace("\x00", "")


def _commonness(text: str) -> int:
    """How many characters are of the common kind, less those that could not be decoded."""
    return sum(text.count(character) for character in _COMMON) - text.count("\ufffd")


def _is_chinese(text: str) -> bool:
    """Whether more characters are of the common kind than could not be decoded."""
    left = text.count("\ufffd")
    for character in _COMMON:
        left -= text.count(character)
        if left < 0:
            return True
    return False


def _undo_double_encoding(text: str) -> str:
    if text.isascii() or _is_chinese(text):
        return text
    repaired = text.encode("gb18030", errors="replace").decode("utf-8", errors="replace")
    return repaired if _is_chinese(repaired) else text
