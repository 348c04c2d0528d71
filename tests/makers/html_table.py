"""A grid written as an HTML table, in the manners of different editors."""

from dataclasses import dataclass
from html import escape
from typing import Literal

from tests.makers.layout import Cell, Grid

Wrap = Literal["plain", "paragraph", "mso", "span", "div", "font"]


@dataclass(frozen=True)
class Markup:
    """How an editor writes tables. ``wrap`` is what it puts around the words of a cell."""

    wrap: Wrap = "plain"
    upper: bool = False  # <TD>, as old editors write
    close: bool = True  # without </TD> and </TR> the parser has to close them
    thead: bool = False
    th: bool = False
    all_spans: bool = False  # rowspan="1" colspan="1" written out
    attributes: str = 'border="1" cellspacing="0" cellpadding="0"'
    indent: bool = True


def table_html(grid: Grid, markup: Markup) -> str:
    """The table's HTML; a line break inside a cell becomes ``<br>``, a no-break space ``&nbsp;``."""
    lines = [f"<table {markup.attributes}>"]
    if grid.caption:
        lines.append(f"<caption>{escape(grid.caption)}</caption>")
    head = grid.header_rows if markup.thead else 0
    if head:
        lines.append("<thead>")
    else:
        lines.append("<tbody>")
    for index, row in enumerate(grid.lines()):
        if head and index == head:
            lines.append("</thead><tbody>")
        cells = ("\n" if markup.indent else "").join(_cell(cell, markup) for cell in row)
        lines.append(f"<tr>{cells}" + ("</tr>" if markup.close else ""))
    lines.append("</tbody></table>")
    html = "\n".join(lines)
    return _upper(html) if markup.upper else html


def _cell(cell: Cell, markup: Markup) -> str:
    tag = "th" if markup.th and cell.kind in ("head", "corner", "caption") else "td"
    spans = ""
    if cell.row_span > 1 or markup.all_spans:
        spans += f' rowspan="{cell.row_span}"'
    if cell.column_span > 1 or markup.all_spans:
        spans += f' colspan="{cell.column_span}"'
    end = f"</{tag}>" if markup.close else ""
    return f"<{tag}{spans}>{_words(cell.text, markup.wrap)}{end}"


def words(text: str) -> str:
    """Text as HTML: escaped, no-break spaces and line breaks as markup."""
    return escape(text, quote=False).replace("\u00a0", "&nbsp;").replace("\n", "<br>")


def _words(text: str, wrap: Wrap) -> str:
    inner = words(text)
    match wrap:
        case "plain":
            return inner
        case "paragraph":
            return f'<p style="text-align:center">{inner or "&nbsp;"}</p>'
        case "div":
            return f'<div align="center">{inner}</div>'
        case "span":
            return f'<span style="font-size:14px">{inner}</span>'
        case "font":
            return f'<font face="宋体" size="2">{inner}</font>'
        case "mso":
            return _mso(text)


def _mso(text: str) -> str:
    """What Word pastes: every line a paragraph, every run of one script a span, empty o:p at the end."""
    paragraphs = []
    for line in text.split("\n"):
        runs = "".join(
            f"<span{' lang=EN-US' if run.isascii() else ''} style='font-family:宋体;mso-font-kerning:0pt'>"
            f"{words(run)}</span>"
            for run in _runs(line)
        )
        paragraphs.append(f"<p class=MsoNormal align=center>{runs}<span lang=EN-US><o:p></o:p></span></p>")
    return "".join(paragraphs)


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for character in text:
        if runs and runs[-1][-1].isascii() == character.isascii():
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def _upper(html: str) -> str:
    """Tag names in capitals; attributes and words stay."""
    parts = html.split("<")
    out = [parts[0]]
    for part in parts[1:]:
        name_end = next((i for i, c in enumerate(part) if c in " >"), len(part))
        out.append(part[:name_end].upper() + part[name_end:])
    return "<".join(out)
