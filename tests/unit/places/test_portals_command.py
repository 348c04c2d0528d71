"""``gouji portals`` as a user runs it."""

import json
from pathlib import Path

import pytest

from tests.command import gouji

PLACES = """\
code,name,kind,prefecture,province,valid_from,valid_to,successor_codes
990101,清河县,县,白鹭市,示例省,2008,,
990102,林岚县,县,白鹭市,示例省,2008,,
990201,柳溪县,县,烟桥市,示例省,2008,,
990202,砚桥县,县,烟桥市,示例省,2008,,
"""
PORTALS = """\
portals:
  - {code: 990100, home: http://bailu.gov.cn/, family: vsb}
  - {code: 990201, home: http://liuxi.gov.cn/, family: trs, listings: [http://liuxi.gov.cn/nb/]}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of invented places, with a registry of its own instead of the shipped one."""
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "registry.yaml").write_text(PORTALS, encoding="utf-8")
    (tmp_path / "gouji.toml").write_text(
        'extra_counties = "places.csv"\nregistry = "registry.yaml"\n', encoding="utf-8"
    )
    return tmp_path


def row_of(printed: str, first: str) -> list[str]:
    """The cells of the row of a printed table that begins with ``first``."""
    rows = ([cell.strip() for cell in line.strip("│").split("│")] for line in printed.splitlines())
    return next(row for row in rows if row[0] == first)


def test_check_counts_provinces_and_families(home: Path) -> None:
    run = gouji("--home", home, "portals", "check")
    assert (run.returncode, run.stderr) == (0, "")
    assert row_of(run.stdout, "示例省") == ["示例省", "2", "4", "1", "2", "1"]
    assert row_of(run.stdout, "trs") == ["trs", "1"]
    assert "2 portals, no fault" in run.stdout


def test_check_of_the_shipped_registry(tmp_path: Path) -> None:
    run = gouji("--home", tmp_path, "portals", "check")
    assert run.returncode == 0, run.stderr
    assert row_of(run.stdout, "not known")
    assert not list(tmp_path.iterdir())


def test_check_tells_faults_by_file_and_line(home: Path) -> None:
    own = home / "portals.yaml"
    own.write_text("portals:\n  - code: 990999\n    home: http://x.gov.cn/\n", encoding="utf-8")
    run = gouji("--home", home, "portals", "check")
    assert (run.returncode, run.stdout) == (1, "")
    assert f"{own}:2: " in run.stderr


def test_check_names_what_has_ended(home: Path) -> None:
    with (home / "places.csv").open("a", encoding="utf-8") as places:
        places.write("990203,芦湾县,县,烟桥市,示例省,2008,2016,990202\n")
    own = home / "portals.yaml"
    own.write_text("portals:\n  - code: 990203\n    home: http://luwan.gov.cn/\n", encoding="utf-8")
    run = gouji("--home", home, "portals", "check")
    assert run.returncode == 0
    assert "990203 芦湾县 has ended" in run.stderr
    assert "990202 砚桥县" in run.stderr


def test_list_by_province_and_family(home: Path) -> None:
    run = gouji("--home", home, "portals", "list", "--province", "示例", "--family", "trs", "--json")
    entries = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(one["code"], one["name"], one["province"], one["listings"]) for one in entries] == [
        ("990201", "柳溪县", "示例省", ["http://liuxi.gov.cn/nb/"])
    ]
    run = gouji("--home", home, "portals", "list")
    assert row_of(run.stdout, "990100") == [
        "990100", "白鹭市", "示例省", "vsb", "0", "0", "http://bailu.gov.cn/"
    ]  # fmt: skip
    assert gouji("--home", home, "portals", "list", "--family", "joomla").returncode == 2


def test_add_then_list(home: Path) -> None:
    run = gouji(
        "--home", home, "portals", "add", "990202", "http://192.0.2.1:8080/",
        "--listing", "http://files.example.org/nb/{year}/", "--host", "files.example.org",
        "--family", "generic", "--min-reports", "3", "--note", "moved in 2023",
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    listed = gouji("--home", home, "portals", "list", "--family", "generic", "--json")
    assert json.loads(listed.stdout) == {
        "code": "990202",
        "name": "砚桥县",
        "province": "示例省",
        "home": "http://192.0.2.1:8080/",
        "listings": ["http://files.example.org/nb/{year}/"],
        "family": "generic",
        "hosts": ["files.example.org"],
        "reports": [],
        "min_reports": 3,
        "note": "moved in 2023",
    }


def test_adding_over_a_portal_wants_replace(home: Path) -> None:
    run = gouji("--home", home, "portals", "add", "990201", "http://new.gov.cn/")
    assert run.returncode == 2
    assert "--replace" in run.stderr
    assert not (home / "portals.yaml").exists()
    for address in ("http://new.gov.cn/", "http://newer.gov.cn/"):
        assert gouji("--home", home, "portals", "add", "990201", address, "--replace").returncode == 0
    listed = gouji("--home", home, "portals", "list", "--province", "示例省", "--json")
    homes = [json.loads(line)["home"] for line in listed.stdout.splitlines()]
    assert homes == ["http://bailu.gov.cn/", "http://newer.gov.cn/"]
    assert (home / "registry.yaml").read_text(encoding="utf-8") == PORTALS


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["990777", "http://x.gov.cn/"], "no county has had the code 990777"),
        (["990202", "x.gov.cn"], "not an http or https address"),
        (["990202", "http://x.gov.cn/", "--listing", "http://example.org/"], "name it in hosts"),
        (["990202", "http://x.gov.cn/", "--min-reports", "-1"], "min_reports"),
    ],
)
def test_a_faulty_entry_is_not_written(arguments: list[str], told: str, home: Path) -> None:
    run = gouji("--home", home, "portals", "add", *arguments)
    assert run.returncode == 1
    assert told in run.stderr
    assert not (home / "portals.yaml").exists()
