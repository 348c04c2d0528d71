"""Rules as data, their verdicts on a report, and the Great Expectations suites made from them."""
