"""An extraction as the JSON object that ``gouji extract --json`` prints, a line a file."""

import json
from decimal import Decimal
from typing import Any

from etl.check.claims import STATUS, Weighed
from etl.check.explain.report import explain_findings, weigh_claims
from etl.check.explain.text import Explanation
from etl.check.verdicts import Finding
from etl.model import Claim, Extraction, Observation, Paragraph, Part, Section
from etl.narrative import absent


def json_line(extraction: Extraction, findings: tuple[Finding, ...]) -> str:
    """One line of JSON; its shape is fixed (docs/reference/extract-json.md), others build on it."""
    identity = extraction.identity
    explanations = explain_findings(extraction, findings)
    return json.dumps(
        {
            "file": extraction.file,
            "sha256": extraction.sha256 or None,
            "format": extraction.format,
            "county": identity.county,
            "publisher": identity.publisher,
            "scope": identity.scope,
            "year": identity.year,
            "form": extraction.form,
            "observations": [_observation(one) for one in extraction.observations],
            "opinions": [_observation(one) for one in extraction.opinions],
            "claims": [_claim(one) for one in extraction.claims],
            "narrative": {
                "sections": [_section(one) for one in extraction.narrative.sections],
                "absent": list(absent(extraction.narrative)),
            },
            "findings": [
                *(_finding(one, explanations.get(one)) for one in findings),
                *(_of_claim(*one) for one in weigh_claims(extraction, findings)),
            ],
            "problems": [{"code": one.code, "message": one.message} for one in extraction.problems],
        },
        ensure_ascii=False,
    )


def number(value: Decimal | None) -> int | float | None:
    """A decimal as the JSON number it is, whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "table": one.table,
        "row": one.row,
        "column": one.column,
        "value": number(one.value),
        "raw": one.raw,
        "status": one.status.value,
        "page": one.place.page,
        "bbox": list(one.place.box) if one.place.box else None,
        "path": one.place.path,
        "reader": one.reader,
        "confidence": one.confidence,
    }


def _claim(one: Claim) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "value": number(one.value),
        "text": one.text,
        "offset": one.offset,
        "words": one.words,
        "words_offset": one.words_offset,
        "least": number(one.least),
        "most": number(one.most),
        "parts": [number(part) for part in one.parts],
        "exhaustive": one.is_exhaustive,
        "narrower": one.is_narrower,
        "page": one.place.page,
        "bbox": list(one.place.box) if one.place.box else None,
        "path": one.place.path,
    }


def _section(one: Section) -> dict[str, Any]:
    return {
        "section": one.key,
        "heading": None if one.heading is None else one.heading.text,
        "heading_places": [] if one.heading is None else _places(one.heading),
        "offset": one.offset,
        "text": one.text,
        "paragraphs": [
            {"offset": paragraph.offset, "length": len(paragraph.text), "places": _places(paragraph)}
            for paragraph in one.paragraphs
        ],
    }


def _places(paragraph: Paragraph) -> list[dict[str, Any]]:
    return [_place(part) for part in paragraph.parts]


def _place(part: Part) -> dict[str, Any]:
    return {
        "offset": part.offset,
        "page": part.place.page,
        "bbox": list(part.place.box) if part.place.box else None,
        "path": part.place.path,
    }


def _of_claim(one: Weighed, told: Explanation | None) -> dict[str, Any]:
    delta = None if one.stated is None or one.found is None else one.stated - one.found
    return {
        "rule_id": one.rule_id,
        "severity": one.severity,
        "status": STATUS[one.status],
        "left_value": number(one.stated),
        "right_value": number(one.found),
        "delta": number(delta),
        "cells": list(one.cells),
        "blame": told.blamed.blame if told else None,
        "explanation_en": told.text.en if told else None,
        "explanation_zh": told.text.zh if told else None,
    }


def _finding(one: Finding, told: Explanation | None) -> dict[str, Any]:
    return {
        "rule_id": one.rule_id,
        "severity": one.severity,
        "status": one.status,
        "left_value": number(one.left_value),
        "right_value": number(one.right_value),
        "delta": number(one.delta),
        "cells": list(one.cells),
        "blame": told.blamed.blame if told else None,
        "explanation_en": told.text.en if told else None,
        "explanation_zh": told.text.zh if told else None,
    }
