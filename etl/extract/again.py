"""A second, independent reading of a document of which the first left doubts.

Formats that hold text and tables as such (HTML, Word, workbooks, OFD, text) have no second reader: it would see
what the first saw.
"""

from collections.abc import Collection

from etl.model import Place, Reading


def read_again(
    content: bytes, first: Reading, doubtful: Collection[Place], *, is_whole: bool = True
) -> Reading | None:
    """Read a document with other means than the first time; None where there are none for its format.

    Digital PDFs: rules from the page's picture instead of its graphics (or the other way round), characters by
    another parser; the pages of ``doubtful``, with the first reading's tables of the others, or all where the
    first reading is not whole: what it lacks may stand anywhere. Scans: the cells at ``doubtful`` recognised
    from other pictures of them.
    """
    if first.format in ("pdf", "scan"):
        from etl.extract.pdf_again import read_pdf_again

        return read_pdf_again(content, first, doubtful, is_whole=is_whole)
    if first.format == "image":
        from etl.extract.scan.again import read_pages_again
        from etl.extract.scan.pictures import pages_of

        return Reading(first.format, tuple(read_pages_again(pages_of(content), first.grids, doubtful)), ())
    return None
