"""Running the ``gouji`` command as a user does, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def gouji(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``gouji``; settings of the developer's own environment are left out."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GOUJI_")}
    return subprocess.run(
        [sys.executable, "-m", "etl.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean | {"COLUMNS": "200"} | environment,
        timeout=300,
        check=False,
    )


def extracted(*arguments: str | Path, status: int) -> dict[str, dict[str, Any]]:
    """What ``gouji extract --json`` prints, by file name, with the exit status it must have."""
    run = gouji("extract", "--json", *arguments)
    assert run.returncode == status, run.stderr
    objects = [json.loads(line) for line in run.stdout.splitlines()]
    return {Path(one["file"]).name: one for one in objects}
