"""Finding a county by code, name of any time, short name, or pinyin in full or by its initials."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from pebble import ProcessPool

from etl.dashboard.pages.county import known
from etl.dashboard.reader import Reader, Table
from etl.workers import Workers

_MOST = 50
_working = Lock()
_MOST_READINGS = 8


@dataclass(frozen=True)
class Entry:
    """A county as it is found: its code, name, parents and years, and the keys it is found by."""

    code: str
    name: str
    place: str
    years: str
    keys: tuple[str, ...]
    place_spelled: str


@dataclass(frozen=True)
class Search:
    """What was asked, what it may mean, and the provinces to look through instead."""

    asked: str
    found: tuple[Entry, ...]
    provinces: Table


def values(reader: Reader, asked: str = "") -> Search:
    """The counties that ``asked`` may mean, the likeliest first; none where nothing is asked."""
    found = search(entries(reader), asked) if asked.strip() else ()
    return Search(asked, found, reader.table("provinces"))


def search(counties: Iterable[Entry], asked: str) -> tuple[Entry, ...]:
    """Counties one of whose keys is, begins with, or holds what is asked, in this order, then by code.

    Several words must all be found: 辽宁 suizhong. The script of the pages does the same.
    """
    words = folded(asked).split()
    if not words:
        return ()
    ranked = []
    for one in counties:
        ranks = [_rank(one, word) for word in words]
        if None not in ranks:
            ranked.append((sum(rank for rank in ranks if rank is not None), one.code, one))
    return tuple(one for *_, one in sorted(ranked, key=lambda found: found[:2])[:_MOST])


def codes_of(reader: Reader, text: str, most: int = 8) -> tuple[str, ...]:
    """The codes of the counties named in ``text``, by code, name or pinyin, with blanks or commas between."""
    known = entries(reader)
    found = (search(known, word) for word in re.split(r"[\s,，、+]+", text[:200].strip()) if word)
    return tuple(dict.fromkeys(one[0].code for one in found if one))[:most]


def _rank(county: Entry, word: str) -> int | None:
    if word in county.keys or word in county.place or word in county.place_spelled:
        return 0
    if any(key.startswith(word) for key in county.keys):
        return 1
    if any(word in key for key in county.keys):
        return 2
    return None


def folded(text: str) -> str:
    """Text as keys are written: lower case, without apostrophes and tone marks."""
    plain = unicodedata.normalize("NFD", text.lower().replace("ü", "v"))
    return re.sub(r"[’'`-]|[\u0300-\u036f]", "", plain)


def pinyin_of(name: str) -> tuple[str, ...]:
    """How a name is spelled, in full and by initials: as it is usually read, then with another reading of one
    of its characters (蔚 is wei and yu), at most eight together."""
    from pypinyin import Style, lazy_pinyin, pinyin

    usual = lazy_pinyin(name, v_to_u=False)
    readings = [usual]
    each = pinyin(name, style=Style.NORMAL, heteronym=True, v_to_u=False)
    if len(each) == len(usual):
        readings += [
            [*usual[:at], other, *usual[at + 1 :]]
            for at, others in enumerate(each)
            for other in dict.fromkeys(others)
            if other != usual[at]
        ]
    readings = readings[:_MOST_READINGS]
    return tuple(
        dict.fromkeys(["".join(one) for one in readings] + ["".join(s[:1] for s in one) for one in readings])
    )


def entries(reader: Reader) -> tuple[Entry, ...]:
    """All counties that there have been, each with its keys: worked out once for a publication."""
    with _working:
        return _entries(reader)


@lru_cache(maxsize=1)
def _entries(reader: Reader) -> tuple[Entry, ...]:
    rows = reader.rows("county_names")
    pinyin = _pinyin_of_all({name for row in rows for name in (row["name"], row["place"], *row["aliases"])})
    found = []
    for row in rows:
        names = [row["name"], *row["aliases"]]
        spelled = dict.fromkeys(key for name in names for key in pinyin[name])
        keys = (row["code"], *dict.fromkeys(name.lower() for name in names), *spelled)
        found.append(Entry(row["code"], row["name"], row["place"], row["years"], keys, pinyin[row["place"]][0]))
    return tuple(found)


def _pinyin_of_all(names: set[str]) -> dict[str, tuple[str, ...]]:
    """How names are spelled, worked out in a process of its own: its half second of work would hold up whoever
    asks for a page meanwhile, and its dictionaries would stay in memory."""
    with ProcessPool(1, context=Workers()) as pool:
        spelled: dict[str, tuple[str, ...]] = pool.schedule(_spelled, args=[names]).result()
    return spelled


def _spelled(names: set[str]) -> dict[str, tuple[str, ...]]:
    return {name: pinyin_of(name) for name in names}


def index(reader: Reader) -> bytes:
    """The counties for the script of the pages: code, name, parents, years, keys, spelled parents, and whether
    anything is known of it: the static site has pages of those alone."""
    with_page = known(reader)
    rows = [
        [
            one.code,
            one.name,
            one.place,
            one.years,
            " ".join(one.keys[1:]),
            one.place_spelled,
            one.code in with_page,
        ]
        for one in entries(reader)
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.goujiCounties={text};\n".encode()
