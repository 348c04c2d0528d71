"""Conversions by programs that stand for LibreOffice; itself: tests/integration/test_libreoffice.py."""

import os
import shutil
import time
from pathlib import Path

import pytest

from etl.extract import office
from etl.extract.office import read_office, to_docx
from etl.model import ReadError

WORD = b"{\\rtf1 text}"


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in LibreOffice's place; $out is the folder and $* the files."""
    take = (
        'while [ $# -gt 0 ]; do case "$1" in --outdir) out="$2"; shift 2;; --convert-to) shift 2;;'
        ' -*) shift;; *) files="$files $1"; shift;; esac; done; set -- $files\n'
    )
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\nfiles=\n{take}{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def refusal(content: bytes) -> str:
    (made,) = to_docx([content])
    assert isinstance(made, ReadError)
    return made.code


def word_file(flags: int = 0, mark: int = 0xA5EC) -> bytes:
    """The skeleton of a Word file: header, directory entry, and the head of its text stream."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + (9).to_bytes(2, "little")
    header = header.ljust(512, b"\0")
    entry = "WordDocument".encode("utf-16-le").ljust(116, b"\0") + (1).to_bytes(4, "little")
    directory = (entry + (512).to_bytes(4, "little")).ljust(512, b"\0")
    stream = (mark.to_bytes(2, "little") + b"\0" * 8 + flags.to_bytes(2, "little")).ljust(512, b"\0")
    return header + directory + stream


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ReadError, match="libreoffice-writer") as caught:
        read_office(WORD, "doc")
    assert caught.value.code == "libreoffice_missing"


def test_a_password_or_a_missing_end_is_seen_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, 'for f in "$@"; do cp "$f" "$out/$(basename "$f" .doc).docx"; done')
    assert to_docx([word_file()]) == [word_file()]
    assert refusal(word_file(flags=0x0100)) == "encrypted"
    assert refusal(word_file(mark=0)) == "corrupt"
    assert refusal(word_file()[:600]) == "corrupt"
    assert refusal(word_file()[:1024]) == "corrupt"


def test_a_file_that_brings_the_program_down_does_not_take_the_batch_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(
        tmp_path,
        monkeypatch,
        'for f in "$@"; do grep -q bad "$f" && exit 1; cp "$f" "$out/$(basename "$f" .doc).docx"; done',
    )
    first, bad, last = to_docx([b"{\\rtf first", b"{\\rtf bad", b"{\\rtf last"])
    assert (first, last) == (b"{\\rtf first", b"{\\rtf last")
    assert isinstance(bad, ReadError)
    assert bad.code == "corrupt"


def test_a_program_that_hangs_is_stopped_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, f"sleep 300 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(office, "_limit", lambda count: 1.0)
    assert refusal(WORD) == "too_slow"
    status = Path(f"/proc/{(tmp_path / 'child').read_text().strip()}/status")
    for _ in range(100):
        if not status.exists() or "State:\tZ" in status.read_text():
            break
        time.sleep(0.05)
    else:
        pytest.fail("the program's child is still running")
