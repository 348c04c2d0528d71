"""Scans and pictures: a page's image to ruled grids with recognised text.

The way of a page: image (`pictures`, `pdf_pages`) → one channel of even ground without stamps (`ink`) → upright
(`upright`) → rules (`rules`) → straightened by their angle (`skew`), or made flat where they run together
(`keystone`) → cells between the rules (`frame`) → lines of text cut out of each cell (`crops`) → text and
certainty (`recogniser`) → a grid (`page`). What stands outside the frames is running text: lines of text
(`detector`) → cut out straight (`running`) → text (`sentences`) → paragraphs (`etl.extract.flow`).
"""
