from pathlib import Path

import pytest

from etl.places import Counties, load_counties
from etl.places.portal_file import put, with_entry
from etl.places.portals import Portal, Registry, host_of, load_registry, names_of, portal_of
from etl.resources import DATA
from etl.yaml_source import DataError

PLACES = """\
code,name,kind,prefecture,province,valid_from,valid_to,successor_codes
990101,清河县,县,白鹭市,示例省,2008,,
990102,林岚县,县,白鹭市,示例省,2008,2016,990103
990103,林岚区,区,白鹭市,示例省,2016,,
990201,柳溪县,县,烟桥市,示例省,2008,,
"""


@pytest.fixture
def counties(tmp_path: Path) -> Counties:
    path = tmp_path / "places.csv"
    path.write_text(PLACES, encoding="utf-8")
    return load_counties((path,))


def written(folder: Path, text: str, name: str = "portals.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(folder: Path, text: str, counties: Counties) -> list[str]:
    path = written(folder, text)
    with pytest.raises(DataError) as error:
        load_registry((path,), counties)
    return [line.removeprefix(f"{path}:") for line in str(error.value).splitlines()]


def test_an_entry_needs_only_code_and_home(tmp_path: Path, counties: Counties) -> None:
    path = written(tmp_path, 'portals:\n  - code: "990101"\n    home: http://qinghe.gov.cn/\n')
    portal = load_registry((path,), counties).portals["990101"]
    assert portal == Portal(code="990101", home="http://qinghe.gov.cn/")
    assert portal.family is None
    assert (portal.listings, portal.min_reports) == ((), 0)


def test_a_code_may_be_written_without_quotation_marks(tmp_path: Path, counties: Counties) -> None:
    path = written(tmp_path, "portals:\n  - {code: 990101, home: http://qinghe.gov.cn/}\n")
    assert list(load_registry((path,), counties).portals) == ["990101"]


def test_a_later_file_replaces_entries_of_the_same_code_whole(tmp_path: Path, counties: Counties) -> None:
    first = written(
        tmp_path,
        "portals:\n  - {code: 990101, home: http://old.gov.cn/, note: old}\n"
        "  - {code: 990201, home: http://liuxi.gov.cn/}\n",
    )
    own = written(tmp_path, "portals:\n  - {code: 990101, home: http://new.gov.cn/}\n", "own.yaml")
    portals = load_registry((first, own), counties).portals
    assert [(one.home, one.note) for one in portals.values()] == [
        ("http://new.gov.cn/", ""),
        ("http://liuxi.gov.cn/", ""),
    ]


def test_a_registry_may_be_empty(tmp_path: Path, counties: Counties) -> None:
    assert load_registry((written(tmp_path, "portals: []\n"),), counties).portals == {}


def test_every_fault_is_told_with_its_line(tmp_path: Path, counties: Counties) -> None:
    faults = faults_of(
        tmp_path,
        """\
portals:
  - code: "990101"
    home: ftp://qinghe.gov.cn/
  - code: "999999"
    home: http://qinghe.gov.cn/
  - code: "990101"
    home: http://qinghe.gov.cn/
  - code: "990300"
    home: http://qinghe.gov.cn/
  - code: "990201"
    home: http://liuxi.gov.cn/
    famly: trs
    min_reports: -1
  - code: "990103"
    name: 清河县
    home: http://linlan.gov.cn/
    family: joomla
  - code: "9902"
    home: http://linlan.gov.cn/
""",
        counties,
    )
    assert [(line.partition(":")[0], words) for line in faults for words in [line.partition(", ")[2]]] == [
        ("3", "ftp://qinghe.gov.cn/ is not an http or https address"),
        ("4", "no county has had the code 999999 since 2008"),
        ("6", "990101 has an entry in this file already"),
        ("8", "no prefecture has had the code 990300 since 2008"),
        ("13", ""),
        ("12", ""),
        ("15", "990103 is 林岚区, not 清河县"),
        ("17", faults[7].partition(", ")[2]),
        ("18", ""),
    ]
    assert "hanweb_annual" in faults[7]


def test_faults_of_all_files_are_told(tmp_path: Path, counties: Counties) -> None:
    files = tuple(
        written(tmp_path, f"portals:\n  - {{code: {code}, home: http://x.gov.cn/}}\n", f"{code}.yaml")
        for code in ("991111", "992222")
    )
    with pytest.raises(DataError, match=r"991111\.yaml:2: [\s\S]*992222\.yaml:2: "):
        load_registry(files, counties)


@pytest.mark.parametrize("where", ["listings", "reports"])
def test_addresses_stay_on_hosts_that_may_be_asked(where: str, counties: Counties) -> None:
    fields = {"code": "990101", "home": "http://192.0.2.1:8080/", where: ["http://example.org/nb/"]}
    with pytest.raises(DataError, match=r"example\.org/nb/ is neither"):
        portal_of(fields, counties)
    portal_of(fields | {"hosts": ["example.org"]}, counties)
    portal_of(fields | {where: ["http://192.0.2.1:8080/nb/"]}, counties)
    portal_of(fields | {where: ["http://other.gov.cn/nb/"]}, counties)
    with pytest.raises(DataError, match=r"192\.0\.2\.1:9090/nb/ is neither"):
        portal_of(fields | {where: ["http://192.0.2.1:9090/nb/"]}, counties)
    with pytest.raises(DataError, match=r"look-alike-gov\.cn/ is neither"):
        portal_of(fields | {where: ["http://look-alike-gov.cn/"]}, counties)


@pytest.mark.parametrize("host", ["http://example.org", "example.org/", "*.example.org", ""])
def test_a_host_is_no_address_and_no_pattern(host: str, counties: Counties) -> None:
    with pytest.raises(DataError, match="hosts"):
        portal_of({"code": "990101", "home": "http://x.gov.cn/", "hosts": [host]}, counties)


@pytest.mark.parametrize("home", ["x.gov.cn", "http:///nb", "http://x.gov.cn:99999/", "javascript:alert(1)"])
def test_a_home_is_a_web_address(home: str, counties: Counties) -> None:
    with pytest.raises(DataError, match="home"):
        portal_of({"code": "990101", "home": home}, counties)


def test_registered_hosts_have_their_port() -> None:
    portals = [
        Portal(code="990101", home="https://QINGHE.gov.cn/x", hosts=("files.example.org:81",)),
        Portal(code="990201", home="http://192.0.2.1:8080/"),
    ]
    registry = Registry({one.code: one for one in portals})
    assert registry.hosts == {"qinghe.gov.cn", "files.example.org:81", "192.0.2.1:8080"}
    assert host_of("http://192.0.2.1/") == "192.0.2.1"


def test_a_county_is_served_by_its_own_portal_or_its_prefecture(counties: Counties) -> None:
    own = Registry({"990101": Portal(code="990101", home="http://x.gov.cn/")})
    assert [one.code for one in own.unserved(counties, 2020)] == ["990103", "990201"]
    assert [one.code for one in own.unserved(counties, 2010)] == ["990102", "990201"]
    prefecture = Registry({"990100": Portal(code="990100", home="http://x.gov.cn/")})
    assert [one.code for one in prefecture.unserved(counties, 2020)] == ["990201"]
    assert [one.code for one in prefecture.portals_of("990103")] == ["990100"]


def test_what_has_ended_is_told_with_what_stands_for_it(counties: Counties) -> None:
    portals = [Portal(code=code, home="http://x.gov.cn/") for code in ("990100", "990102", "990103", "990201")]
    registry = Registry({one.code: one for one in portals})
    names = {
        year: {code: [one.name for one in now] for code, now in registry.ended(counties, year).items()}
        for year in (2015, 2016)
    }
    assert names == {2015: {"990103": ["林岚县"]}, 2016: {"990102": ["林岚区"]}}


def test_where_there_is_no_prefecture_the_province_stands() -> None:
    counties = load_counties((DATA / "counties.csv",))
    assert names_of("110100", counties) == ["北京市"]
    assert names_of("469000", counties) == ["海南省"]
    portal_of({"code": "110100", "name": "北京市", "home": "http://x.gov.cn/"}, counties)


@pytest.mark.parametrize("url", ["http://x.gov.cn/{yaer}/", "http://x.gov.cn/{year", "http://x.gov.cn/n b/"])
def test_a_slip_in_a_placeholder_is_a_fault(url: str, counties: Counties) -> None:
    with pytest.raises(DataError, match="no spaces in an address"):
        portal_of({"code": "990101", "home": "http://x.gov.cn/", "listings": [url]}, counties)


@pytest.mark.parametrize("where", ["home", "reports"])
def test_only_lists_have_an_address_for_each_year(where: str, counties: Counties) -> None:
    url = "http://x.gov.cn/{year}/"
    portal_of({"code": "990101", "home": "http://x.gov.cn/", "listings": [url]}, counties)
    fields = {"code": "990101", "home": "http://x.gov.cn/", where: url if where == "home" else [url]}
    with pytest.raises(DataError, match=where):
        portal_of(fields, counties)


def test_names_of_places(counties: Counties) -> None:
    assert names_of("990103", counties) == ["林岚区"]
    assert names_of("990100", counties) == ["白鹭市"]
    assert names_of("990300", counties) == []


def test_the_shipped_registry_is_in_order() -> None:
    counties = load_counties((DATA / "counties.csv",))
    registry = load_registry((DATA / "portals.yaml",), counties)
    assert len(registry.portals) > 100
    assert all(portal.name for portal in registry.portals.values())
    assert {"1.25.240.11:8082", "122.137.242.24:8080"} <= registry.hosts
    codes = [portal.code for portal in registry.portals.values()]
    assert codes == sorted(codes)


OWN = """\
# Ours.
portals:
  # the first
  - code: "990101"  # 清河
    home: http://qinghe.gov.cn/   # moved in 2023
    listings:
      - http://qinghe.gov.cn/nb/

  # the second
  -
    code: 990201
    home: http://liuxi.gov.cn/
  # the end
"""


def test_adding_leaves_the_rest_as_it_is(tmp_path: Path, counties: Counties) -> None:
    path = written(tmp_path, OWN)
    put(path, Portal(code="990103", home="http://linlan.gov.cn/", note="a: b # c"), counties)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(OWN)
    assert text[len(OWN) :].splitlines() == [
        "  - code: '990103'",
        "    home: http://linlan.gov.cn/",
        "    note: 'a: b # c'",
    ]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["places.csv", "portals.yaml"]


def test_replacing_takes_the_place_of_one_entry(tmp_path: Path, counties: Counties) -> None:
    path = written(tmp_path, OWN)
    put(path, Portal(code="990101", home="http://new.gov.cn/"), counties)
    put(path, Portal(code="990201", home="http://newer.gov.cn/"), counties)
    assert (
        path.read_text(encoding="utf-8")
        == """\
# Ours.
portals:
  # the first
  - code: '990101'
    home: http://new.gov.cn/

  # the second
  - code: '990201'
    home: http://newer.gov.cn/
  # the end
"""
    )


@pytest.mark.parametrize(
    "before",
    [
        "portals: []\n",
        "portals: []  # none yet",
        "# none yet\nportals:\n  []\n",
        "portals:\n- code: 990201\n  home: http://liuxi.gov.cn/",
        "portals:\n  - {code: 990201, home: http://liuxi.gov.cn/}\n",
        "portals:\n  - {code: 990101, home: http://old.gov.cn/}\n  - {code: 990201, home: http://l.gov.cn/}\n",
        "portals:\n  - code: 990101\n    home: http://old.gov.cn/\n    note: |\n      two\n      lines\n",
        "portals:\n  - note: |\n      two\n      lines\n    code: 990101\n    home: http://old.gov.cn/\n",
    ],
)
def test_adding_to_files_of_many_shapes(before: str, tmp_path: Path, counties: Counties) -> None:
    path = written(tmp_path, before)
    expected = load_registry((path,), counties).portals
    added = Portal(code="990101", home="http://qinghe.gov.cn/")
    put(path, added, counties)
    assert load_registry((path,), counties).portals == expected | {"990101": added}


def test_a_home_without_a_registry_gets_one(tmp_path: Path, counties: Counties) -> None:
    path = tmp_path / "home" / "portals.yaml"
    added = Portal(code="990101", home="http://qinghe.gov.cn/")
    put(path, added, counties)
    assert load_registry((path,), counties).portals == {"990101": added}
    assert path.read_text(encoding="utf-8").startswith("#")


def test_a_file_that_cannot_be_added_to_stays_as_it_is(tmp_path: Path, counties: Counties) -> None:
    text = "portals: [{code: 990201, home: http://liuxi.gov.cn/}]\n"
    path = written(tmp_path, text)
    with pytest.raises(DataError, match="cannot be put in"):
        put(path, Portal(code="990101", home="http://qinghe.gov.cn/"), counties)
    assert path.read_text(encoding="utf-8") == text


def test_adding_twice_changes_nothing() -> None:
    portal = Portal(code="990101", home="http://qinghe.gov.cn/", listings=("http://qinghe.gov.cn/nb/",))
    once = with_entry(OWN, portal)
    assert with_entry(once, portal) == once


@pytest.mark.parametrize("content", [b"\x00", b"portals: \xff\xfe", "portals: 清河".encode("gb18030")])
def test_what_is_no_text_is_said_so(tmp_path: Path, counties: Counties, content: bytes) -> None:
    path = tmp_path / "portals.yaml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"portals\.yaml:1: not YAML in UTF-8"):
        load_registry((path,), counties)
