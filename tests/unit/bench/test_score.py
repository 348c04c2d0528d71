"""The scores of the benches: what counts as right, as wrong, and as passed unseen."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bench.documents import KINDS
from bench.reader import PEERS
from bench.score import cells, differing, peer_right, told_wrong, truth_beside
from etl.model import Status
from etl.pipeline.extraction import Source, extract_file
from etl.resources import DATA
from etl.settings import Home
from tests.makers.corpus import make
from tests.makers.layout import Grid
from tests.makers.places import DEMO_PLACES, load_places

MADE = make(3, 1, load_places(DEMO_PLACES), "hanweb", ("by_government", "wan_in_head"))


@pytest.fixture
def truth(tmp_path: Path) -> dict[str, object]:
    MADE.write(tmp_path)
    return truth_beside(tmp_path / MADE.name)


def test_a_right_reading_differs_nowhere_and_a_spoilt_one_where_it_is_spoilt(
    tmp_path: Path, truth: dict[str, object]
) -> None:
    home = Home(home=tmp_path, extra_counties=DATA / "demo" / "places.csv")
    read = extract_file(Source(tmp_path / MADE.name, MADE.name), home)
    assert differing(truth, read) == []
    assert told_wrong(truth, read) == []
    first, second, third, *rest = read.observations
    spoilt = (
        first._replace(value=Decimal(98765), status=Status.PRINTED, confidence=1.0),
        second._replace(value=Decimal(98765), status=Status.PRINTED, confidence=0.9),
        third._replace(row="invented"),
        *rest,
    )
    wrong = differing(truth, replace(read, observations=spoilt))
    assert [one.passed for one in wrong] == [True, False, False, True]
    assert [one.seen is None for one in wrong] == [False, False, True, False]
    assert told_wrong(truth, replace(read, forms={})) == ["form"]


def _tables() -> list[list[list[str]]]:
    """The tables as a plain library would find them."""
    return [
        [[cell.text for cell in row] for row in block.lines()]
        for block in MADE.document.blocks
        if isinstance(block, Grid)
    ]


def test_a_plain_library_gets_what_it_holds(truth: dict[str, object]) -> None:
    count = len(list(cells(truth)))
    assert peer_right(truth, _tables()) == count
    assert peer_right(truth, []) == 0
    doubled = [[[text for text in row for _ in range(2)] for row in table] for table in _tables()]
    assert peer_right(truth, doubled) == count  # merged cells repeated cost nothing


def test_a_plain_library_loses_rows_without_their_label_and_figures_out_of_order(
    truth: dict[str, object],
) -> None:
    count = len(list(cells(truth)))
    disclosure, requests, disputes = _tables()
    unlabelled = [[text for text in row if text.isdigit()] for row in requests]
    assert peer_right(truth, [disclosure, unlabelled, disputes]) < count - 100
    assert peer_right(truth, [disclosure, requests]) < count
    assert peer_right(truth, [requests, disputes]) == count - sum(
        one[0][0] == "disclosure" for one in cells(truth)
    )


def test_figures_out_of_order_do_not_count() -> None:
    truth = json.loads('{"form": "2021", "disputes": {"review": {"upheld": 1, "corrected": 2, "total": 3}}}')
    assert peer_right(truth, [[["1", "x", "2", "3"]]]) == 3
    assert peer_right(truth, [[["3", "2", "1"]]]) == 1


def test_every_kind_can_be_drawn() -> None:
    for kind, drawn in KINDS.items():
        if kind not in ("doc", "rtf"):  # LibreOffice may not be there
            (one,) = drawn(1, 1)
            assert one.content, kind


def test_the_readers_of_the_bench_are_the_peers() -> None:
    from bench.formats import READERS

    assert {name for names in READERS.values() for name in names} == set(PEERS)
