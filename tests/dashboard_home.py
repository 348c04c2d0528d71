"""A home with a published warehouse: consistent reports, a failing one, one whose title is a script."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from etl.settings import Home
from etl.warehouse.publish import publish
from tests.built_warehouse import COUNTY, FORM_2019, NEW, OLD, build, consistent, make_home

ATTACK = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"


def publish_home(root: Path) -> Home:
    home = make_home(root)
    failing = consistent("failing.pdf", COUNTY, 2023)
    first, *others = failing.observations
    broken = [
        one._replace(value=Decimal(77), raw="77") if (one.row, one.column) == ("received.new", "total") else one
        for one in (first, *others)
    ]
    titled = consistent("titled.html", NEW, 2024)
    titled = replace(titled, identity=replace(titled.identity, title=ATTACK, publisher=ATTACK))
    build(
        home,
        consistent("good.pdf", COUNTY, 2024),
        replace(failing, observations=tuple(broken)),
        consistent("form2019.html", COUNTY, 2020, forms=FORM_2019),
        consistent("before.html", OLD, 2015, forms=FORM_2019),
        titled,
        crawled={"titled.html": {"url": "javascript:alert(1)", "file_name": ATTACK}},
    )
    publish(home)
    return home
