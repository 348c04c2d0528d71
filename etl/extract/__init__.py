"""Readers: bytes of one format to grids of cells with evidence, and the document's text."""
