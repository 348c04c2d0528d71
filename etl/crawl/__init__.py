"""Crawling: county portals to the archive and the catalogue. Tables are never parsed here."""
