from pathlib import Path

import pytest

from etl.hashes import sha256_of
from etl.pipeline.build import release
from etl.settings import Home
from etl.warehouse.publish import PublishError


def _silent(_: str) -> None:
    pass


def test_the_audited_candidate_is_published_and_doing_so_again_changes_nothing(tmp_path: Path) -> None:
    home = Home(home=tmp_path)
    home.warehouse.write_bytes(b"old")
    home.candidate.write_bytes(b"new")
    audited = sha256_of(home.candidate)
    release(home, _silent, audited)
    release(home, _silent, audited)
    assert home.warehouse.read_bytes() == b"new"
    assert home.previous_warehouse.read_bytes() == b"old"
    assert not home.candidate.exists()


def test_a_candidate_that_changed_after_its_audit_is_not_published(tmp_path: Path) -> None:
    home = Home(home=tmp_path)
    home.warehouse.write_bytes(b"old")
    home.candidate.write_bytes(b"audited")
    audited = sha256_of(home.candidate)
    home.candidate.write_bytes(b"another build")
    with pytest.raises(PublishError, match="since it was audited"):
        release(home, _silent, audited)
    assert home.warehouse.read_bytes() == b"old"


def test_without_a_candidate_nothing_is_published(tmp_path: Path) -> None:
    home = Home(home=tmp_path)
    home.warehouse.write_bytes(b"old")
    with pytest.raises(PublishError, match="no candidate"):
        release(home, _silent, "of a candidate that is gone")
    assert home.warehouse.read_bytes() == b"old"
