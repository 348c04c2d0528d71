from pathlib import Path

from etl.dashboard.evidence.cache import DiskCache

A, B, C = ("a" * 64, "b" * 64, "c" * 64)


def test_what_was_kept_is_found_again_by_another(tmp_path: Path) -> None:
    DiskCache(tmp_path, 100).put(A, b"page")
    assert DiskCache(tmp_path, 100).get(A) == b"page"
    assert DiskCache(tmp_path, 100).get(B) is None
    assert not list(tmp_path.glob("**/*.new"))


def test_the_longest_unasked_go_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 25)
    cache.put(A, b"x" * 10)
    cache.put(B, b"x" * 10)
    assert cache.get(A)
    cache.put(C, b"x" * 10)
    assert [cache.get(key) is not None for key in (A, B, C)] == [True, False, True]


def test_what_is_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 5)
    cache.put(A, b"x" * 10)
    assert cache.get(A) is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = DiskCache(tmp_path / "file", 100)
    cache.put(A, b"page")
    assert cache.get(A) is None
