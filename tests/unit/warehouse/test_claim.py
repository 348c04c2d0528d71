"""Claims of the running text reach the warehouse with sentence, words and place."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from etl.narrative import claims
from tests.built_warehouse import build, candidate, consistent, make_home, rows
from tests.narratives import narrative_of


def test_a_claim_stands_with_its_sentence_and_place(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    report = consistent("a.html")
    text = narrative_of("依法办理。发布信息90条，其中甲类60条、乙类20余条。")
    build(home, replace(report, narrative=text, claims=claims(text, report.identity.year)))
    columns = (
        'kind, value, least, most, parts, words, text, "offset", is_exhaustive, is_narrower, page, bbox, path'
    )
    with candidate(home) as connection:
        assert rows(connection, f"SELECT {columns} FROM claim") == [
            {
                "kind": "list",
                "value": Decimal(90),
                "least": Decimal(81),
                "most": Decimal(90),
                "parts": [Decimal(60), Decimal(20)],
                "words": "发布信息90条，其中甲类60条、乙类20余条",
                "text": "发布信息90条，其中甲类60条、乙类20余条。",
                "offset": 5,
                "is_exhaustive": False,
                "is_narrower": False,
                "page": None,
                "bbox": None,
                "path": "p[1]",
            }
        ]
