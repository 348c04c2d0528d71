"""Old Word and RTF files: written by LibreOffice from a DOCX, for no library writes them."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}


def converted(documents: Sequence[bytes], kind: str) -> list[bytes]:
    """DOCX files as ``doc`` or ``rtf``, in one start of LibreOffice.

    Raises:
        FileNotFoundError: LibreOffice is not installed, or does not write one of them.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise FileNotFoundError("soffice: LibreOffice is not installed")
    with TemporaryDirectory() as name:
        folder = Path(name)
        given = [folder / f"{index}.docx" for index in range(len(documents))]
        for path, content in zip(given, documents, strict=True):
            path.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            FILTERS[kind],
            "--outdir",
            str(folder / "out"),
        ]
        subprocess.run([*command, *map(str, given)], check=True, capture_output=True)
        return [(folder / "out" / f"{path.stem}.{kind}").read_bytes() for path in given]
