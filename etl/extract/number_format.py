"""Numbers of spreadsheets as their cells print them: a stored number under a number format.

ECMA-376 part 1, 18.8.30 and 18.8.31. Decimals, thousands, percent, literals and the sections for negative
numbers and zero are followed, which is what forms use; scientific and fraction formats print as General.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<general>General|G/通用格式)|(?P<exponent>E[+-]0+)|(?P<other>.)",
    re.IGNORECASE,
)
_LARGEST = 1e15


class _Section(NamedTuple):
    """One of a format's parts: what stands before and after the digits, and how these are written."""

    before: str
    after: str
    digits: str | None  # None: no number is printed; "": General


def printed_number(value: float, code: str) -> str:
    """``value`` as a cell of number format ``code`` prints it.

    Of a stored binary number fifteen digits count, as in spreadsheets.

    >>> printed_number(1234.5, '#,##0.00"万元"')
    '1,234.50万元'
    >>> printed_number(0.1 + 0.2, "General")
    '0.3'
    """
    if not abs(value) < _LARGEST:  # nor what is no number
        return str(value)
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    sections = _sections(code or "General")
    negative = number < 0
    if number == 0 and len(sections) > 2:
        section, sign = sections[2], ""
    elif negative and len(sections) > 1:
        section, sign = sections[1], ""
    else:
        section, sign = sections[0], "-" if negative else ""
    if section.digits is None:
        return f"{section.before}{section.after}".strip()
    if "%" in section.after or "%" in section.before:
        number *= 100
    return f"{sign}{section.before}{_digits(abs(number), section.digits)}{section.after}".strip()


def _digits(number: Decimal, form: str) -> str:
    if not form:
        return f"{number.normalize() if number else Decimal(0):f}"
    whole, _, decimals = form.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    optional = len(decimals) - len(decimals.rstrip("#"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    return text.rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections for positive, negative, zero; the one for text is left out."""
    sections: list[_Section] = []
    before, after, digits = "", "", None
    for token in (*_TOKEN.finditer(code), None):
        if token is None or token["other"] == ";":
            sections.append(_Section(before, after, digits))
            before, after, digits = "", "", None
            continue
        if token["general"]:
            digits = ""
        elif token["digits"]:
            digits = token["digits"] if digits is None else digits
        elif token["exponent"] or (token["other"] == "/" and digits is not None):
            digits = ""  # scientific and fractions: told in full
        else:
            literal = token["quoted"] or token["escaped"] or token["other"] or ""
            if literal == "@":
                digits = ""
            elif digits is None:
                before += literal
            else:
                after += literal
    return tuple(sections[:3])
