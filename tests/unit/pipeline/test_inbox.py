from pathlib import Path

from etl.catalogue import Catalogue
from etl.hashes import sha256_of
from etl.pipeline.inbox import new_files
from etl.settings import Home


def test_a_home_without_an_inbox_has_no_new_files(tmp_path: Path) -> None:
    assert new_files(Home(home=tmp_path)) == []


def test_new_is_what_the_catalogue_does_not_hold_whatever_its_name(tmp_path: Path) -> None:
    home = Home(home=tmp_path)
    (home.inbox / "a county").mkdir(parents=True)
    known, new = home.inbox / "known.html", home.inbox / "a county" / "new.html"
    known.write_text("known")
    new.write_text("new")
    Catalogue(home.catalogue_address).add(sha256_of(known), "other name.html", "file:///x", None, None)
    assert new_files(home) == [new]


def test_hidden_files_are_still_being_written(tmp_path: Path) -> None:
    home = Home(home=tmp_path / ".hidden-home")
    (home.inbox / ".partial").mkdir(parents=True)
    (home.inbox / ".partial" / "report.pdf").write_text("half")
    (home.inbox / ".report.pdf.part").write_text("half")
    (home.inbox / "report.pdf").write_text("whole")
    assert new_files(home) == [home.inbox / "report.pdf"]
