"""Review: findings confirmed, dismissed or corrected in the browser, behind a password. Off unless set on.

Nothing here writes the warehouse: verdicts go to ``reviews.yaml``, corrections to ``corrections/``; the next
build reads both.
"""
