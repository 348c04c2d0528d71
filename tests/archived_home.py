"""A home whose published warehouse was read from real documents, which its archive holds."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from etl.demo import DOCUMENTS
from etl.pipeline.build import load
from etl.pipeline.ingest import ingest, writer
from etl.settings import Home
from etl.warehouse.publish import publish

ATTACK = "<script>document.title='owned'</script>"


def archive_home(root: Path, names: Sequence[str], *further: Path) -> Home:
    """Documents of the demo by name, and others, taken in and published."""
    root.mkdir(parents=True, exist_ok=True)
    copyfile(DOCUMENTS / "places.csv", root / "places.csv")
    (root / "gouji.toml").write_text('extra_counties = "places.csv"\n', encoding="utf-8")
    home = Home(home=root, workers=1)
    ingest(home, [*(DOCUMENTS / name for name in names), *further])
    with writer(home):
        load(home, lambda _: None)
        publish(home)
    return home


def attacking(root: Path) -> Path:
    """A page with markup as text in a table of the form."""
    page = (DOCUMENTS / "yanqiao-2024.html").read_text(encoding="utf-8").replace("砚桥市", "青禾县")
    text = ATTACK.replace("<", "&lt;").replace(">", "&gt;")
    root.mkdir(parents=True, exist_ok=True)
    made = root / "attack.html"
    made.write_text(page.replace("申请人情况", f"申请人情况{text}"), encoding="utf-8")
    return made
