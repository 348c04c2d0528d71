"""Command line of the document makers; see the package's docstring."""

import argparse
from pathlib import Path

from tests.makers.corpus import FORMATS, RENAMED, SLOW_FORMATS, write_corpus
from tests.makers.demo import write_demo
from tests.makers.figures import BREAKERS, PRINTINGS
from tests.makers.golden import write_golden
from tests.makers.golden_scans import write_golden_scans
from tests.makers.html import ENCODINGS
from tests.makers.places import DEMO_PLACES, load_places
from tests.makers.quirks import QUIRKS
from tests.makers.report import HYBRIDS
from tests.makers.titles import TITLES

_ALL = {**FORMATS, **SLOW_FORMATS}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.makers", description="Make disclosure reports.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("quirks", help="list the quirks, styles and encodings")
    commands.add_parser("demo", help="write data/demo/ again")
    commands.add_parser("golden", help="write tests/golden/ again")
    commands.add_parser("scans", help="write tests/golden/scans/ again")
    corpus = commands.add_parser("corpus", help="write documents and their truths")
    corpus.add_argument("folder", type=Path)
    corpus.add_argument("--seed", type=int, default=1)
    corpus.add_argument("--count", type=int, default=20)
    corpus.add_argument("--places", type=Path, default=DEMO_PLACES, help="a CSV shaped like data/counties.csv")
    corpus.add_argument(
        "--format",
        choices=tuple(_ALL),
        action="append",
        help=f"all but {' and '.join(SLOW_FORMATS)} unless given",
    )
    corpus.add_argument("--style", action="append", help="only these styles (see quirks)")
    corpus.add_argument("--quirk", action="append", default=[], help="these quirks in every document")
    corpus.add_argument("--encoding", choices=tuple(ENCODINGS), help="of HTML; any unless given")
    corpus.add_argument("--lists", action="store_true", help="reports of 2014 to 2018 instead, without quirks")
    corpus.add_argument("--font", type=Path, help="a TrueType file to embed in PDFs")
    given = parser.parse_args()
    if given.command == "quirks":
        _list()
    elif given.command == "demo":
        write_demo()
    elif given.command == "golden":
        write_golden()
    elif given.command == "scans":
        write_golden_scans()
    else:
        formats = given.format or list(FORMATS)
        styles = given.style or [style for name in formats for style in _ALL[name]]
        unknown = set(given.quirk) - _names()
        unknown |= set(styles) - {style for names in _ALL.values() for style in names}
        if unknown:
            names = ", ".join(sorted(unknown))
            parser.error(f"no such quirk or style: {names}; python -m tests.makers quirks lists them")
        write_corpus(
            given.folder,
            seed=given.seed,
            count=given.count,
            places=load_places(given.places),
            styles=tuple(styles),
            names=tuple(given.quirk),
            encoding=given.encoding,
            font=given.font,
            lists=given.lists,
        )


def _names() -> set[str]:
    return {*QUIRKS, *PRINTINGS, *BREAKERS, *TITLES, *RENAMED, *filter(None, HYBRIDS)}


def _list() -> None:
    for heading, found in (
        ("titles", TITLES),
        ("what is printed", PRINTINGS),
        ("broken rules", BREAKERS),
        ("how it is printed", QUIRKS),
    ):
        print(f"{heading}:")
        for name, maker in found.items():
            print(f"  {name:24} {(maker.__doc__ or '').splitlines()[0]}")
    print("names of another year:\n  " + "\n  ".join(RENAMED))
    print("mixed forms:\n  " + "\n  ".join(filter(None, HYBRIDS)))
    for name, styles in _ALL.items():
        print(f"{name} styles: {' '.join(styles)}")
    print(f"html encodings: {' '.join(ENCODINGS)}")


if __name__ == "__main__":
    main()
