"""The warehouse: built whole from the observation store, audited as a candidate, published by a rename.

Nothing is imported here: reading what is published should not load what builds it.
"""
