"""Document makers: draw county disclosure reports from figures, so that what they print is known.

Tests, the demo and the benchmarks use them, and a bug report can: when Gouji misreads the way a portal
builds its pages, describe that way as a style or a quirk here and make a document that shows it::

    python -m tests.makers quirks                                  # list the quirks and styles
    python -m tests.makers corpus reports --seed 7 --count 40   # mixed documents with their truths
    python -m tests.makers corpus one --count 1 --style hanweb --quirk wrapped_digits
    python -m tests.makers corpus three --count 3 --format scan  # or --format office: DOC and RTF
    python -m bench.accuracy --folder one                          # read them, and say what differs
    python -m tests.makers demo                                    # write data/demo/ again
    python -m tests.makers golden                                  # write tests/golden/ again

Beside every document stands ``<file>.truth.json``. The way of a document through this package::

    figures ─→ Report (report.py) ─→ Document: words and table cells (layout.py) ─→ html.py, pdf.py, …
                  ↑ report quirks              ↑ document quirks (quirks.py)        ↑ options of the renderer

Everything is drawn from a seed: the same seed gives the same bytes.
"""
