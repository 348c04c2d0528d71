"""An extraction as the JSON object that ``gouji extract --json`` prints, a line a file."""

import json
from decimal import Decimal
from typing import Any

from etl.check.verdicts import Finding
from etl.model import Extraction, Observation


def json_line(extraction: Extraction, findings: tuple[Finding, ...]) -> str:
    """One line of JSON; its shape is fixed (docs/reference/extract-json.md), others build on it."""
    identity = extraction.identity
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
            "claims": [],
            "findings": [_finding(one) for one in findings],
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


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "rule_id": one.rule_id,
        "severity": one.severity,
        "status": one.status,
        "left_value": number(one.left_value),
        "right_value": number(one.right_value),
        "delta": number(one.delta),
        "cells": list(one.cells),
    }
