"""The observation store: what was read from each document, as Parquet, under one folder.

A *segment* is a folder of four Parquet files written by one ingest and never changed afterwards::

    extracted/<extractor>/<segment>/{report,observation,problem,claim}.parquet

``<extractor>`` names code, forms and reference data that did the reading, so a change of any of them reads
everything again. A segment appears by a rename: it is there whole or not at all. A document may stand in
two segments when two ingests overlapped; readers take either, they are equal.
"""

import pyarrow as pa

REPORT = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("format", pa.string()),
        ("county_code", pa.string()),
        ("publisher", pa.string()),
        ("scope", pa.string()),
        ("year", pa.int16()),
        ("title", pa.string()),
        ("form", pa.string()),
        ("disclosure_form", pa.string()),
        ("requests_form", pa.string()),
        ("disputes_form", pa.string()),
    ]
)
OBSERVATION = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("form_table", pa.string()),
        ("form_row", pa.string()),
        ("form_column", pa.string()),
        ("value", pa.decimal128(18, 6)),
        ("raw", pa.string()),
        ("status", pa.string()),
        ("page", pa.int16()),
        ("x0", pa.float32()),
        ("y0", pa.float32()),
        ("x1", pa.float32()),
        ("y1", pa.float32()),
        ("path", pa.string()),
        ("reader", pa.string()),
        ("confidence", pa.float32()),
    ]
)
PROBLEM = pa.schema(
    [("document_sha256", pa.string()), ("ordinal", pa.int16()), ("code", pa.string()), ("message", pa.string())]
)
CLAIM = pa.schema(
    [
        ("document_sha256", pa.string()),
        ("ordinal", pa.int16()),
        ("kind", pa.string()),
        ("value", pa.decimal128(18, 6)),
        ("text", pa.string()),
        ("offset", pa.int32()),
    ]
)
SCHEMAS = {"report": REPORT, "observation": OBSERVATION, "problem": PROBLEM, "claim": CLAIM}
