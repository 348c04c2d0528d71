import subprocess
import sys
from pathlib import Path

import pytest

from etl.demo import DOCUMENTS

_PROGRAM = """
import sys
from pathlib import Path
from etl.pipeline.extraction import Source
from etl.pipeline.pool import extract_files
from etl.settings import Home

print("main program", flush=True)
file, home = map(Path, sys.argv[1:])
for extraction in extract_files([Source(file, file.name)], Home(home=home, workers=1)):
    print(len(extraction.observations))
"""


@pytest.mark.slow
def test_workers_do_not_run_the_main_program_again(tmp_path: Path) -> None:
    """Airflow's main program cannot even be imported in a task; a script may have no guard."""
    program = tmp_path / "unguarded.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, DOCUMENTS / "qinghe-2024.txt", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["main program", "200"], done.stderr
