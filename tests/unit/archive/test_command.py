"""``gouji archive``."""

from pathlib import Path

from tests.command import gouji
from tests.unit.archive.exchanges import sha, warc_files, written


def test_verify_says_what_is_wrong_and_repairs_it(tmp_path: Path) -> None:
    warc = written(tmp_path, b"first", b"second")
    run = gouji("archive", "verify", "--home", tmp_path)
    assert (run.returncode, run.stdout) == (0, "1 files, no fault\n")
    content = bytearray(warc.read_bytes())
    content[-30] ^= 4
    warc.chmod(0o644)
    warc.write_bytes(content)
    run = gouji("archive", "verify", "--home", tmp_path)
    assert run.returncode == 1
    assert "damaged" in run.stdout
    assert "--repair" in run.stderr
    run = gouji("archive", "verify", "--repair", "--home", tmp_path)
    assert run.returncode == 0
    assert "yes" in run.stdout
    assert gouji("archive", "verify", "--home", tmp_path).returncode == 0


def test_get_gives_a_content_back(tmp_path: Path) -> None:
    written(tmp_path, b"first", b"second")
    assert gouji("archive", "get", sha(b"first"), "--home", tmp_path).stdout == "first"
    run = gouji("archive", "get", sha(b"second"), "-o", tmp_path / "copy", "--home", tmp_path)
    assert run.returncode == 0
    assert (tmp_path / "copy").read_bytes() == b"second"
    run = gouji("archive", "get", sha(b"third"), "--home", tmp_path)
    assert run.returncode == 1
    assert "holds no content" in run.stderr
    assert warc_files(tmp_path)
