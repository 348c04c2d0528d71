"""The archive of original files, by content: nothing that was once taken in is ever changed or deleted."""

import hashlib
import os
import tempfile
from pathlib import Path


def archived(root: Path, sha256: str) -> Path:
    """Where a document of this content lies."""
    return root / sha256[:2] / sha256


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(root: Path, source: Path) -> tuple[str, Path]:
    """Copy ``source`` into the archive unless its content is there.

    Returns:
        the SHA-256 of the content and the archived file.

    Raises:
        OSError: the source cannot be read or the archive not written.
    """
    content = source.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    target = archived(root, sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o444)
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    return sha256, target
