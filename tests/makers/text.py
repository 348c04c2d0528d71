"""Text exports: one line a table row, cells between tabs, page breaks as blank lines.

Merged cells come out as such exports have them: a caption or label once, header cells over several columns
followed by empty cells, cells that go on from the row above as empty ones, each row padded at its right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.makers.layout import Document, Grid


@dataclass(frozen=True)
class TextStyle:
    """How an export writes. ``pad`` fills each row up to the table's width; without ``keep_lead`` the empty
    cells before a label are lost; ``spaced`` puts blanks around the tabs; ``pages`` puts a page's number and
    a form feed where a table is cut."""

    pad: bool = True
    keep_lead: bool = True
    spaced: bool = False
    pages: bool = False
    codec: str = "utf-8"
    newline: str = "\n"


TEXT_STYLES: Mapping[str, TextStyle] = {
    "padded": TextStyle(),
    "unpadded": TextStyle(pad=False),
    "lead_lost": TextStyle(keep_lead=False),
    "paged": TextStyle(pages=True, spaced=True),
    "dos": TextStyle(codec="gb18030", newline="\r\n"),
    "notepad": TextStyle(codec="utf-8-sig", newline="\r\n", pad=False),
}
"""The exports' manners, by name."""


def text(document: Document, style: TextStyle = TextStyle()) -> bytes:
    """The document as a text file."""
    lines: list[str] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            if style.pages and index and isinstance(document.blocks[index - 1], Grid):
                lines += [f"- {len(lines) // 30} -", "\f"]
            lines += _table(block, style)
            lines.append("")
        else:
            lines += [block.text, ""]
    return "\n".join(lines).replace("\n", style.newline).encode(style.codec)


def _table(grid: Grid, style: TextStyle) -> list[str]:
    lines = []
    for row, cells in enumerate(grid.lines()):
        going_on = [cell for cell in grid.cells if cell.row < row < cell.row + cell.row_span]
        found: list[tuple[int, list[str]]] = [
            (cell.column, [""]) for cell in going_on if style.keep_lead or cell.kind == "head"
        ]
        for cell in cells:
            words = cell.text.replace("\n", "").replace("\u00a0", " ")
            spread = cell.column_span if cell.kind == "head" else 1
            found.append((cell.column, [words, *[""] * (spread - 1)]))
        found.sort(key=lambda item: item[0])
        line = [word for _, words_ in found for word in words_]
        if style.pad:
            line += [""] * (grid.columns - len(line))
        lines.append((" \t " if style.spaced else "\t").join(line))
    return lines
