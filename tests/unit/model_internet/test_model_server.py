"""Conditional requests, the request log, the control address, and the life of the server's process."""

import json
import os
import signal
import subprocess
import sys
import time
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest
import yaml

from etl.errors import GoujiError
from etl.model_internet import (
    Apart,
    Family,
    Fault,
    ModelInternet,
    demo_portals,
    synthetic_counties,
    synthetic_portals,
)
from etl.model_internet.demo import DOCUMENTS
from etl.places.counties import load_counties
from etl.places.portals import load_registry
from etl.resources import DATA
from tests.raw_client import Browser


def _listing(browser: Browser, family: Family) -> str:
    return next(str(one["listings"][0]) for one in browser.net.portals() if one["family"] == family)


def test_validators_are_answered_304(played: Browser) -> None:
    page = played.get(_listing(played, Family.TRS))
    etag, modified = page.headers["ETag"], page.headers["Last-Modified"]
    assert played.get(page.url, If_None_Match=etag).status == 304
    assert played.get(page.url, If_Modified_Since=modified).status == 304
    assert played.get(page.url, If_None_Match='"other"', If_Modified_Since=modified).status == 200
    assert played.get(page.url, If_Modified_Since="Thu, 01 Jan 2004 00:00:00 GMT").status == 200
    unchanged = played.get(page.url, If_None_Match=etag)
    assert unchanged.content == b""
    assert unchanged.headers["ETag"] == etag


def test_a_family_without_validators_may_still_know_dates(played: Browser) -> None:
    page = played.get(_listing(played, Family.SHAANXI))
    assert page.headers["ETag"] is page.headers["Last-Modified"] is None
    assert played.get(page.url, If_Modified_Since=page.headers["Date"]).status == 304


def test_a_family_without_validators_may_know_nothing(played: Browser) -> None:
    page = played.get(_listing(played, Family.ANHUI))
    assert page.headers["ETag"] is page.headers["Last-Modified"] is None
    assert played.get(page.url, If_Modified_Since=page.headers["Date"]).status == 200


@pytest.mark.slow
def test_the_same_portals_are_played_again(played: Browser) -> None:
    url = _listing(played, Family.VSB)
    with ModelInternet(synthetic_portals(2 * len(Family), 8, tuple(Family))) as again:
        other = url.replace(f":{played.net.port}", f":{again.port}")
        assert Browser(again).get(other).content == played.get(url).content


def test_the_log_tells_of_every_request(spoiled: Browser) -> None:
    portal = spoiled.fresh()
    spoiled.get(portal["home"], User_Agent="gouji-test", If_None_Match='"a"')
    spoiled.get(f"{portal['home']}missing?a=b", b"c=d")
    first, second = (one for one in spoiled.net.log() if one.portal == portal["host"])
    assert (first.method, first.path, first.status) == ("GET", "/", 200)
    assert (first.user_agent, first.if_none_match) == ("gouji-test", '"a"')
    assert (second.method, second.path, second.status) == ("POST", "/missing?a=b", 404)
    assert first.arrived <= first.ended <= second.arrived <= second.ended
    assert abs(first.wall - time.time()) < 3600
    assert first.bytes > 1000


def test_a_request_to_a_host_that_is_no_portal_is_logged(spoiled: Browser) -> None:
    assert spoiled.get(f"http://nobody.localhost:{spoiled.net.port}/").status == 404
    assert any(one.portal == "nobody.localhost" for one in spoiled.net.log())


@pytest.mark.slow
def test_the_log_can_be_cleared_and_fetched(tmp_path: Path) -> None:
    with ModelInternet(synthetic_portals(1, 1, (Family.TRS,)), log=tmp_path / "log.jsonl") as net:
        browser = Browser(net)
        (portal,) = net.portals()
        browser.get(portal["home"])
        net.clear_log()
        assert net.log() == []
        browser.get(portal["home"])
        fetched = browser.get(f"http://control.localhost:{net.port}/log").text.splitlines()
        assert [json.loads(line)["path"] for line in fetched] == ["/"]
    assert len((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_the_control_address_explains_mistakes(spoiled: Browser) -> None:
    with pytest.raises(GoujiError, match="no portal 'nowhere'"):
        spoiled.net.switch("nowhere", Fault.RESET)
    with pytest.raises(GoujiError, match=r"no fault 'quake'; there are slow_drip"):
        spoiled.net.switch(spoiled.fresh()["host"], "quake")
    assert "POST /faults" in spoiled.get(f"http://control.localhost:{spoiled.net.port}/quake").text


@pytest.mark.slow
@pytest.mark.parametrize("apart", list(Apart))
def test_portals_are_told_apart(apart: Apart) -> None:
    with ModelInternet(synthetic_portals(3, 1, (Family.TRS,), apart=apart)) as net:
        homes = [str(one["home"]) for one in net.portals()]
        assert len(set(homes)) == 3
        for home, portal in zip(homes, net.portals(), strict=True):
            assert f"{portal['name']}人民政府" in Browser(net).get(home).text


@pytest.mark.slow
def test_a_second_server_takes_the_same_port_and_a_taken_one_is_an_error() -> None:
    portals = synthetic_portals(1, 1, (Family.TRS,))
    with ModelInternet(portals) as net:
        port = net.port
        with pytest.raises(
            GoujiError, match=rf"127.0.0.1:{port} cannot be listened on: Address already in use"
        ):
            ModelInternet(portals, port=port).start()
    with ModelInternet(portals, port=port) as net:
        assert net.port == port


@pytest.mark.slow
def test_stopping_leaves_nothing_behind() -> None:
    net = ModelInternet(synthetic_portals(1, 1, (Family.TRS,)))
    net.start()
    assert net.process is not None
    process, folder = net.process, net.log_file.parent
    net.stop()
    net.stop()
    assert process.returncode == 0
    assert not folder.exists()


@pytest.mark.slow
def test_the_server_dies_with_its_parent() -> None:
    code = (
        "import time; from etl.model_internet import *\n"
        "net = ModelInternet(synthetic_portals(1, 1, (Family.TRS,))); net.start()\n"
        "print(net.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert _ends(child)


def _ends(process: int) -> bool:
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if (status := Path(f"/proc/{process}/stat")).exists() and status.read_text().split()[2] == "Z":
            return True  # it waits for whoever adopted it
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_by_hand_the_port_is_the_first_line() -> None:
    command = [sys.executable, "-m", "etl.model_internet", "--synthetic", "2", "--family", "vsb"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        assert process.stdout.readline().startswith(f"http://p0000.localhost:{port}/")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_the_demo_plays_every_document_of_the_manifest_but_the_real_county() -> None:
    portals = demo_portals()
    played = sorted(report.file_name for portal in portals for report in portal.reports)
    manifest = (DOCUMENTS / "manifest.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert played == sorted(name for line in manifest if (name := line.split(",")[0]) != "suizhong-2024.pdf")
    assert len({portal.family for portal in portals} - {Family.UNKNOWN}) >= 6
    assert not any(one.code == "211421" for portal in portals for one in portal.reports)


@pytest.mark.slow
def test_the_registry_and_the_county_list_fit(tmp_path: Path) -> None:
    with ModelInternet() as net:
        (tmp_path / "portals.yaml").write_text(net.registry_yaml(), encoding="utf-8")
        (tmp_path / "places.csv").write_text(net.counties_csv(), encoding="utf-8")
        counties = load_counties((tmp_path / "places.csv",))
        registry = load_registry([tmp_path / "portals.yaml"], counties)
        assert len(registry.portals) == len(net.portals())
        (unknown,) = (one for one in net.portals() if one["home_only"])
        assert yaml.safe_load(net.registry_yaml())["portals"][3] == {
            "code": unknown["code"],
            "home": unknown["home"],
        }


def test_synthetic_places_are_invented_and_named_once(tmp_path: Path) -> None:
    portals = synthetic_portals(3000, 1)
    assert len({portal.name for portal in portals}) == len({portal.code for portal in portals}) == 3000
    real = load_counties((DATA / "counties.csv",))
    assert not [portal.name for portal in portals if real.named(portal.name)]
    assert all(portal.code.startswith("99") and not portal.code.endswith("00") for portal in portals)
    (tmp_path / "places.csv").write_text(synthetic_counties(portals), encoding="utf-8")
    assert len(load_counties((tmp_path / "places.csv",)).all) == 3000


def test_dates_of_pages_are_http_dates(played: Browser) -> None:
    said = played.get(_listing(played, Family.TRS)).headers["Last-Modified"]
    assert format_datetime(parsedate_to_datetime(said), usegmt=True) == said
