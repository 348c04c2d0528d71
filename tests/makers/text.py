"""Text exports: one line a table row, cells between tabs, page breaks as blank lines.

Merged cells come out as such exports have them: a caption or label once, header cells over several columns
followed by empty cells, cells that go on from the row above as empty ones, each row padded at its right.
"""

from tests.makers.layout import Document, Grid


def text(document: Document, *, pad: bool = True, keep_lead: bool = True) -> bytes:
    """The document as UTF-8 text.

    ``pad`` fills each row up to the table's width; ``keep_lead=False`` loses the empty cells before a label,
    as exports do whose columns were not aligned.
    """
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            lines += _table(block, pad=pad, keep_lead=keep_lead)
            lines.append("")
        else:
            lines += [block.text, ""]
    return "\n".join(lines).encode()


def _table(grid: Grid, *, pad: bool, keep_lead: bool) -> list[str]:
    lines = []
    for row, cells in enumerate(grid.lines()):
        going_on = [cell for cell in grid.cells if cell.row < row < cell.row + cell.row_span]
        found: list[tuple[int, list[str]]] = [
            (cell.column, [""]) for cell in going_on if keep_lead or cell.kind == "head"
        ]
        for cell in cells:
            words = cell.text.replace("\n", "").replace("\u00a0", " ")
            spread = cell.column_span if cell.kind == "head" else 1
            found.append((cell.column, [words, *[""] * (spread - 1)]))
        found.sort(key=lambda item: item[0])
        line = [word for _, words_ in found for word in words_]
        if pad:
            line += [""] * (grid.columns - len(line))
        lines.append("\t".join(line))
    return lines
