"""DOC, WPS and RTF: turned into DOCX by LibreOffice, without a window, and read as that."""

import math
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.model import ReadError, Reading

READER = "libreoffice-docx"
BATCH = 10
"""Files that one start of LibreOffice converts at best: starting takes as long as four files."""

_SUFFIXES = (".doc", ".dot", ".wps", ".wpt", ".rtf")
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS_TO_START = 20.0
_SECONDS_A_FILE = 20.0
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument\0".encode("utf-16-le")
_MARKS = (0xA5EC, 0xA5DC)  # of a Word document stream: Word 97 and later, Word 6 and 95
_ENCRYPTED_FLAG = 0x0100  # in the FIB, [MS-DOC] 2.5.2: fEncrypted

# Macros are never run, links never followed, and nothing outside the document is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501


def read_office(
    content: bytes, kind: str, made: bytes | ReadError | None = None, *, scan_text: bool = True
) -> Reading:
    """Read a document that only LibreOffice opens. Places are element paths in the DOCX it makes.

    Args:
        content: the file's bytes.
        kind: the format to state: ``doc``, ``wps`` or ``rtf``.
        made: what ``to_docx`` made of it, where it was converted together with others.
        scan_text: see `etl.extract.read.read`.

    Raises:
        ReadError: ``libreoffice_missing``, ``encrypted``, ``corrupt``, ``too_slow``, or what the DOCX reader
            raises.
    """
    if made is None:
        (made,) = to_docx([content])
    if isinstance(made, ReadError):
        raise made
    from etl.extract.docx import READER as OF_DOCX
    from etl.extract.docx import read_docx

    reading = read_docx(made, scan_text=scan_text)
    grids = (replace(grid, reader=READER) if grid.reader == OF_DOCX else grid for grid in reading.grids)
    return replace(reading, format=kind, grids=tuple(grids))


def is_office_name(name: str) -> bool:
    """Whether a file of this name is likely to be converted, and so better read together with others."""
    return Path(name).suffix.lower() in _SUFFIXES


def to_docx(contents: Sequence[bytes]) -> list[bytes | ReadError]:
    """Convert documents, all in one start of LibreOffice; those that this fails to are tried once more alone.

    Returns:
        for each document the DOCX, or the error that kept it from being made: ``libreoffice_missing``,
        ``encrypted``, ``corrupt`` (LibreOffice cannot open it, or crashed) or ``too_slow``.
    """
    found: dict[int, bytes | ReadError] = {
        index: error for index, content in enumerate(contents) if (error := _refused(content)) is not None
    }
    waiting = {index: content for index, content in enumerate(contents) if index not in found}
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        missing = ReadError(
            "libreoffice_missing",
            "DOC, WPS and RTF are read through LibreOffice, which is not installed here; install its Writer"
            " (Debian and Ubuntu: apt-get install libreoffice-writer-nogui) and read the file again",
        )
        return [found.get(index, missing) for index in range(len(contents))]
    made, in_time = _convert(program, waiting)
    found |= made
    for index in waiting.keys() - made.keys():
        alone = made
        if len(waiting) > 1:
            alone, in_time = _convert(program, {index: waiting[index]})
        error = (
            ReadError("corrupt", "LibreOffice cannot open the document")
            if in_time
            else ReadError("too_slow", f"LibreOffice took longer than {_limit(1):g} s and was stopped")
        )
        found[index] = alone.get(index, error)
    return [found[index] for index in range(len(contents))]


def _convert(program: str, contents: dict[int, bytes]) -> tuple[dict[int, bytes], bool]:
    """What one start of LibreOffice makes of ``contents``, and whether it ended within its time.

    It runs with a profile of its own, so that two never wait for each other and no document leaves anything
    behind for the next.
    """
    if not contents:
        return {}, True
    with TemporaryDirectory(prefix="gouji-office-") as name:
        folder = Path(name)
        profile, given, made = folder / "profile", folder / "in", folder / "out"
        for one in (profile / "user", given, made):
            one.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        for index, content in contents.items():
            (given / f"{index}.doc").write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made)),
            *(str(given / f"{index}.doc") for index in contents),
        ]
        in_time = _run(command, folder, _limit(len(contents)))
        outputs = {index: made / f"{index}.docx" for index in contents}
        return {index: path.read_bytes() for index, path in outputs.items() if path.exists()}, in_time


def _limit(count: int) -> float:
    return _SECONDS_TO_START + _SECONDS_A_FILE * count


def _run(command: Sequence[str], folder: Path, seconds: float) -> bool:
    """Run LibreOffice to its end; False if it had to be killed, and the processes it started with it."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if sys.platform == "linux":  # should this process be killed while it waits, nobody else stops a busy one
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    else:
        return True
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _refused(content: bytes) -> ReadError | None:
    """What is wrong with a Word file before it is opened: LibreOffice takes a damaged one for plain text."""
    if not content.startswith(_OLE):
        return None
    at = content.find(_WORD_STREAM)  # its entry in the directory: name, ..., first sector at 116, size at 120
    entry = content[at : at + 124] if at >= 0 else b""
    if len(entry) < 124:
        return ReadError("corrupt", "the Office file holds no text document: cut off, or of another program")
    first, size = int.from_bytes(entry[116:120], "little"), int.from_bytes(entry[120:124], "little")
    sector = 1 << min(int.from_bytes(content[30:32], "little"), 16)
    head = content[(first + 1) * sector :][:12]
    if int.from_bytes(head[:2], "little") not in _MARKS or len(content) < size:
        return ReadError("corrupt", "the Office file's text is cut off or damaged")
    if int.from_bytes(head[10:12], "little") & _ENCRYPTED_FLAG:
        return ReadError("encrypted", "the document asks for a password")
    return None
