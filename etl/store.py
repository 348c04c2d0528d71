"""The observation store: what was read from each document, as Parquet, under one folder.

A *segment* is a folder of seven Parquet files written by one ingest and never changed afterwards::

    extracted/<extractor>/<segment>/{report,observation,opinion,problem,claim,indicator,narrative}.parquet

``<extractor>`` names code, forms and reference data that did the reading, so a change of any of them reads
everything again. A segment appears by a rename: it is there whole or not at all. A document may stand in
two segments when two ingests overlapped; readers take either, they are equal.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence, Set
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.model import Claim, Extraction, Indicator, Observation, Place, Problem, Section

_SCALE = Decimal("0.000001")  # of DECIMAL(18,6): sixth decimals of 万元 are fen

CUE = [pa.field("source", pa.string()), pa.field("scope", pa.string()), pa.field("text", pa.string())]
REPORT = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("format", pa.string()),
        pa.field("county_code", pa.string()),
        pa.field("publisher", pa.string()),
        pa.field("scope", pa.string()),
        pa.field("scope_evidence", pa.list_(pa.struct(CUE))),
        pa.field("year", pa.int16()),
        pa.field("title", pa.string()),
        pa.field("form", pa.string()),
        pa.field("disclosure_form", pa.string()),
        pa.field("requests_form", pa.string()),
        pa.field("disputes_form", pa.string()),
        pa.field("stat_form", pa.string()),
    ]
)
OBSERVATION = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("form_table", pa.string()),
        pa.field("form_row", pa.string()),
        pa.field("form_column", pa.string()),
        pa.field("value", pa.decimal128(18, 6)),
        pa.field("raw", pa.string()),
        pa.field("status", pa.string()),
        pa.field("page", pa.int16()),
        pa.field("x0", pa.float32()),
        pa.field("y0", pa.float32()),
        pa.field("x1", pa.float32()),
        pa.field("y1", pa.float32()),
        pa.field("path", pa.string()),
        pa.field("reader", pa.string()),
        pa.field("confidence", pa.float32()),
    ]
)
PROBLEM = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("ordinal", pa.int16()),
        pa.field("code", pa.string()),
        pa.field("message", pa.string()),
    ]
)
CLAIM = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("ordinal", pa.int16()),
        pa.field("kind", pa.string()),
        pa.field("value", pa.decimal128(18, 6)),
        pa.field("text", pa.string()),
        pa.field("offset", pa.int32()),
        pa.field("words", pa.string()),
        pa.field("words_offset", pa.int32()),
        pa.field("least", pa.decimal128(18, 6)),
        pa.field("most", pa.decimal128(18, 6)),
        pa.field("parts", pa.list_(pa.decimal128(18, 6))),
        pa.field("is_exhaustive", pa.bool_()),
        pa.field("is_narrower", pa.bool_()),
        pa.field("page", pa.int16()),
        pa.field("x0", pa.float32()),
        pa.field("y0", pa.float32()),
        pa.field("x1", pa.float32()),
        pa.field("y1", pa.float32()),
        pa.field("path", pa.string()),
    ]
)
INDICATOR = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("ordinal", pa.int32()),
        pa.field("labels", pa.list_(pa.string())),
        pa.field("raw", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("page", pa.int16()),
        pa.field("x0", pa.float32()),
        pa.field("y0", pa.float32()),
        pa.field("x1", pa.float32()),
        pa.field("y1", pa.float32()),
        pa.field("path", pa.string()),
        pa.field("reader", pa.string()),
    ]
)
NARRATIVE = pa.schema(
    [
        pa.field("document_sha256", pa.string()),
        pa.field("ordinal", pa.int16()),  # of the section, from 0
        pa.field("section", pa.string()),
        pa.field("paragraph", pa.int16()),  # 0 is the heading
        pa.field("offset", pa.int32()),
        pa.field("text", pa.string()),
        pa.field("page", pa.int16()),
        pa.field("x0", pa.float32()),
        pa.field("y0", pa.float32()),
        pa.field("x1", pa.float32()),
        pa.field("y1", pa.float32()),
        pa.field("path", pa.string()),
    ]
)
SCHEMAS = {
    "report": REPORT,
    "observation": OBSERVATION,
    "opinion": OBSERVATION,
    "problem": PROBLEM,
    "claim": CLAIM,
    "indicator": INDICATOR,
    "narrative": NARRATIVE,
}


def write_segment(root: Path, extractor: str, extractions: Sequence[Extraction]) -> Path:
    """Write readings as one new segment and return its folder.

    The name is that of its documents, so writing the same readings again changes nothing.
    """
    shas = sorted(extraction.sha256 for extraction in extractions)
    name = hashlib.sha256("".join(shas).encode()).hexdigest()[:16]
    target = root / extractor / name
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(dir=target.parent, prefix=".building-"))
    try:
        for part, rows in _rows(extractions).items():
            table = pa.Table.from_pylist(rows, schema=SCHEMAS[part])
            pq.write_table(table, building / f"{part}.parquet", compression="zstd")
        building.chmod(0o755)
        building.rename(target)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        if target.exists():  # another ingest of the same documents was faster
            return target
        raise
    return target


def segments(root: Path, extractor: str) -> list[Path]:
    """All segments of an extractor, in a fixed order."""
    return sorted(path.parent for path in (root / extractor).glob("[!.]*/report.parquet"))


def stored(root: Path, extractor: str) -> set[str]:
    """Content hashes of all documents that this extractor has read."""
    return {
        sha256
        for segment in segments(root, extractor)
        for sha256 in pq.read_table(segment / "report.parquet", columns=["document_sha256"])[0].to_pylist()
        if sha256 is not None
    }


def problems(root: Path, extractor: str, shas: Collection[str]) -> dict[str, list[Problem]]:
    """The problems met in each of the given documents; a document without any is absent."""
    found: dict[str, dict[int, Problem]] = {}
    wanted = pc.field("document_sha256").isin(pa.array(sorted(shas), pa.string()))
    for segment in segments(root, extractor):
        for row in pq.read_table(segment / "problem.parquet", filters=wanted).to_pylist():
            of_document = found.setdefault(row["document_sha256"], {})
            of_document[row["ordinal"]] = Problem(row["code"], row["message"])
    return {sha256: [rows[key] for key in sorted(rows)] for sha256, rows in found.items()}


def drop_unread(root: Path, extractor: str, reasons: Set[str]) -> None:
    """Drop the segments of documents that could not be read for one of ``reasons`` (problem codes), so that
    they are read again. Segments with other readings stay."""
    for segment in segments(root, extractor):
        codes = pq.read_table(segment / "problem.parquet", columns=["code"])["code"].to_pylist()
        if len(codes) == pq.read_metadata(segment / "report.parquet").num_rows and set(codes) <= reasons:
            dropped = segment.with_name(f".dropped-{segment.name}")
            segment.rename(dropped)  # at once: a segment is there whole or not at all
            shutil.rmtree(dropped)


def _rows(extractions: Sequence[Extraction]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {part: [] for part in SCHEMAS}
    for extraction in extractions:
        key = {"document_sha256": extraction.sha256}
        identity = extraction.identity
        rows["report"].append(
            key
            | {
                "format": extraction.format,
                "county_code": identity.county,
                "publisher": identity.publisher,
                "scope": identity.scope,
                "scope_evidence": [cue._asdict() for cue in identity.scope_evidence],
                "year": identity.year,
                "title": identity.title,
                "form": extraction.form,
                "disclosure_form": extraction.forms.get("disclosure"),
                "requests_form": extraction.forms.get("requests"),
                "disputes_form": extraction.forms.get("disputes"),
                "stat_form": extraction.forms.get("stat"),
            }
        )
        rows["observation"] += [key | _observation(one) for one in extraction.observations]
        rows["opinion"] += [key | _observation(one) for one in extraction.opinions]
        rows["problem"] += [
            key | {"ordinal": ordinal, "code": one.code, "message": one.message}
            for ordinal, one in enumerate(extraction.problems)
        ]
        rows["claim"] += [
            key | {"ordinal": ordinal} | _claim(one) for ordinal, one in enumerate(extraction.claims)
        ]
        rows["indicator"] += [
            key | {"ordinal": ordinal} | _indicator(one) for ordinal, one in enumerate(extraction.indicators)
        ]
        rows["narrative"] += [
            key | {"ordinal": ordinal} | row
            for ordinal, section in enumerate(extraction.narrative.sections)
            for row in _paragraphs(section)
        ]
    return rows


def _place(place: Place) -> dict[str, Any]:
    x0, y0, x1, y1 = place.box or (None, None, None, None)
    return {"page": place.page, "x0": x0, "y0": y0, "x1": x1, "y1": y1, "path": place.path}


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "labels": list(one.labels),
        "raw": one.raw,
        "unit": one.unit,
        **_place(one.place),
        "reader": one.reader,
    }


def _paragraphs(section: Section) -> Iterator[dict[str, Any]]:
    """The heading and the paragraphs of a section, each with the box around what of it is on its first page."""
    paragraphs = section.paragraphs if section.heading is None else (section.heading, *section.paragraphs)
    for number, one in enumerate(paragraphs, start=section.heading is None):
        first = one.parts[0].place
        boxes = [place.box for _, place in one.parts if place.page == first.page and place.box is not None]
        around = None
        if boxes:
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            around = min(lefts), min(tops), max(rights), max(bottoms)
        yield {
            "section": section.key,
            "paragraph": number,
            "offset": one.offset if number else None,
            "text": one.text,
        } | _place(first._replace(box=around))


def _claim(one: Claim) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "value": _scaled(one.value),
        "text": one.text,
        "offset": one.offset,
        "words": one.words,
        "words_offset": one.words_offset,
        "least": _scaled(one.least),
        "most": _scaled(one.most),
        "parts": [part.quantize(_SCALE) for part in one.parts],
        "is_exhaustive": one.is_exhaustive,
        "is_narrower": one.is_narrower,
        **_place(one.place),
    }


def _scaled(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_SCALE)


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "form_table": one.table,
        "form_row": one.row,
        "form_column": one.column,
        "value": _scaled(one.value),
        "raw": one.raw,
        "status": one.status.value,
        **_place(one.place),
        "reader": one.reader,
        "confidence": one.confidence,
    }
