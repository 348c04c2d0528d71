"""Aligning: from grids of cells to observations at the addresses of the statutory forms."""

from etl.align.report import Aligned, align, in_reading_order, with_prose

__all__ = ["Aligned", "align", "in_reading_order", "with_prose"]
