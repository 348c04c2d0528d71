"""Whose report a document is, and of which year: title first, then stated period, then the text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from etl.forms.labels import compact
from etl.model import Identity, Problem
from etl.places.counties import DIRECT, Counties, County
from etl.places.scope import scope_of, titled_scope

_SUBJECT = "信息公开"  # in whatever calls itself such a report
_REPORT = re.compile(
    r"信息公开.{0,12}?(?:年度报告|年报|工作报告|情况报告)|信息公开工作年度|年度报告.{0,6}信息公开"
    r"|信息公开.{0,8}?统计(?:表|报表)"  # the list of 2014 to 2018, and those before, as files of their own
)
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?!\d)(?![-./]\d|年\d{1,2}月)")  # not the year of a date
_BYLINE = re.compile(
    r"(?:发布|更新|成文|发文)?(?:时间|日期)[:：].*$|(?:来源|作者|浏览|点击|字号|信息来源)[^信]*[:：].*$"
)
_CHINESE_YEAR = re.compile(r"[二2][〇○零０O0Оo][〇○零一二三0-3][〇○零一二三四五六七八九]")
_CHINESE_DIGITS = str.maketrans("〇○零OОo一二三四五六七八九", "000000123456789")
_ANY_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_PERIOD = re.compile(
    r"(20\d\d)年0?1月0?1日(?:零时)?(?:起|开始)?[，,]?(?:至|到|—+|-+|~|–|－|～|止)+(?:(20\d\d)年)?(?:当年|本年)?12月3[01]日"
)
_SECTION_ONE = re.compile(r"^[一1][、.．]?(?:总体|基本)情况")
_SECTION_SIX = re.compile(r"^[六6][、.．]其他需要报告")
_ORDINARY_WORDS = frozenset({"城区", "郊区", "矿区"})  # county names that are words of every city's reports
_TITLE_NOISE = re.compile(
    r"^附[件表]\d{0,2}|\d{4}年?度?|[（(].*?[）)]|关于|公布|发布|印发|的通知|[《》\-—_|·:：,，]"
)

_COMMITTEE = re.compile(r"^(?:党工委)?(?:管理委员会|管委会)")  # the government of a development zone
_PLACE = re.compile(r".*[县区市旗](?=(?:人民政府|政府|$))|^[县区市旗]")


class _Title(NamedTuple):
    text: str  # compact
    year: int | None
    body: str  # what is left of it: the name of the publisher


def identify(
    titles: Sequence[str],
    publishers: Sequence[str],
    lines: Sequence[str],
    counties: Counties,
    decisions: int = 0,
    members: Sequence[str] = (),
) -> tuple[Identity, tuple[Problem, ...]]:
    """Tell county, publisher, scope and report year.

    Args:
        titles: what the document calls its title, best first (may be empty).
        publishers: what it names as its source.
        lines: its text in reading order.
        counties: the divisions to tell names by.
        decisions: licences, penalties and coercion that its tables print, in all; an office has none.
        members: the names under which an archive holds the document, with their folders: asked for the year
            where the document itself does not say it.

    Returns:
        what was decided, undecided parts None, and a problem for each that could not be decided.
    """
    problems: list[Problem] = []
    report = _report_lines(lines)
    own, listed = _title(titles), _title(_before_section_one(lines), broken=True)
    if not titles:
        own, listed = listed, None  # what names no title of its own has it among its first lines
    # Line by line: whole texts would fill the memory of what was compacted before.
    text = "".join(map(compact, report))
    year, doubt = _year(own, listed, text, members)
    problems += doubt
    title = own if own is not None and (own.body or listed is None or listed.year != year) else listed
    body = title.body if title else ""
    sources = [body, *(compact(name) for name in publishers), _opening(report), *_closing(report)]
    county = counties.body_named(body)
    if county is not None:
        named = _COMMITTEE.sub("", body.removeprefix(county.name))
    else:
        county, doubt = _county(sources, text, year, counties)
        problems += doubt
        named = _named_body(body, county, year, counties)
    publisher = compact(publishers[0]) if publishers and _is_body(publishers[0], counties) else (body or None)
    if publisher is None and county is not None:
        publisher = county.name
    scope, evidence = scope_of(named, text, decisions) if county or named else (None, ())
    return (
        Identity(
            county=county.code if county else None,
            publisher=publisher,
            scope=scope,
            year=year,
            title=title.text if title else None,
            scope_evidence=evidence,
        ),
        tuple(problems),
    )


class TitleParts(NamedTuple):
    """What a title says by itself."""

    year: int | None
    county: County | None
    rivals: tuple[County, ...]  # the counties the name may stand for, while ``county`` is None
    publisher: str  # the whole name of the publisher
    named: str  # the publisher after the county's name: 自然资源局; empty where it is the county's government
    scope: str | None  # county, office, department or township; None where no body is named


def title_parts(text: str, counties: Counties, context: str) -> TitleParts | None:
    """Read one title, such as a list prints; None when it is none of such a report.

    Args:
        text: the title.
        counties: the divisions to tell names by.
        context: names of province and prefecture that tell counties of one name apart.
    """
    title = _title([text])
    if title is None:
        return None
    county, rivals = None, list[County]()
    for position, name in _county_names(title.body, title.year, counties):
        rivals = _narrowed(_candidates(name, title.year, counties), title.body, position, context)
        county = rivals[0] if len(rivals) == 1 else None
        break
    named = _named_body(title.body, county, title.year, counties)
    scope = titled_scope(named) if title.body else None
    return TitleParts(title.year, county, () if county else tuple(rivals), title.body, named, scope)


def _report_lines(lines: Sequence[str]) -> Sequence[str]:
    """The lines of the report itself: a page has menus before and links after it."""
    tight = [compact(line) for line in lines]
    first = next((i for i, line in enumerate(tight) if _PERIOD.search(line) or _SECTION_ONE.match(line)), None)
    if first is None:
        return lines
    start = max(first - 12, 0)
    last = next((i for i in range(len(tight) - 1, first, -1) if _SECTION_SIX.match(tight[i])), len(tight))
    return lines[start : last + 12]


def _before_section_one(lines: Sequence[str]) -> Sequence[str]:
    """Where a title stands; after it come links to other years' reports."""
    first = next((i for i, line in enumerate(lines) if _SECTION_ONE.match(compact(line))), len(lines))
    return lines[: min(first, 400)]


def _title(texts: Sequence[str], broken: bool = False) -> _Title | None:
    """The first text that calls itself such a report; one that says its year is better.

    Args:
        texts: what may be a title.
        broken: whether a title may be broken over up to three of them; tried where no single one will do.
    """
    tight = [compact(text) for text in texts]
    joined = ("".join(tight[i : i + n]) for i in range(len(tight)) for n in (2, 3) if broken)
    best: _Title | None = None
    for text in chain(tight, joined):
        if _SUBJECT not in text:
            continue
        text = _BYLINE.sub("", text)
        if len(text) > 80 or text.endswith(("。", "；")) or "当前位置" in text or not _REPORT.search(text):
            continue
        year = _year_in(text)
        if best is None or year is not None:
            best = _Title(text, year, _body_of(text))
        if year is not None:
            break
    return best


def _year_in(text: str) -> int | None:
    found = _YEAR.search(text)
    if found:
        return int(found.group(1))
    if chinese := _CHINESE_YEAR.search(text):
        digits = chinese.group().translate(_CHINESE_DIGITS)
        return int(digits) if digits.isdigit() else None
    return None


def _body_of(title: str) -> str:
    """The publisher's name in a title: what is left without year and the words every title has.

    A page's title may repeat the name of its column before, or that of the site behind: the last title in
    it counts, from the last separator on.
    """
    text = _CHINESE_YEAR.sub("", title)
    if match := list(_REPORT.finditer(text)):
        text = text[: match[-1].end()]
    text = re.sub(r"^.*[>＞›»:：|]|^-?\d{1,3}-(?=\D)", "", text)
    before, stated, _ = text.rpartition("信息公开")
    if not stated:
        before = text.partition("年度报告")[0]
    before = before.rpartition("信息公开")[2]
    if not before.endswith("人民政府"):  # 县人民政府信息公开 names the body, 县政府信息公开 the subject
        before = before.removesuffix("政府")
    return re.sub(r"^年度?|年度?$", "", _TITLE_NOISE.sub("", before)).strip()


def _year(
    own: _Title | None, listed: _Title | None, text: str, members: Sequence[str]
) -> tuple[int | None, list[Problem]]:
    """The report year: own title and stated period, which should agree; else a title among the page's lines,
    which may be a link to another year's report; else what calls itself the report among the names it bears in
    an archive; else what the text speaks of most; else what those names say at all."""
    periods = {int(found.group(2) or found.group(1)) for found in _PERIOD.finditer(text)}
    stated = periods.pop() if len(periods) == 1 else None
    titled = own.year if own else None
    mentions = Counter(int(year) for year in _YEAR.findall(text))
    if titled is not None and stated not in (None, titled):
        chosen = stated if mentions[stated] > 2 * mentions[titled] else titled
        message = f"the title says {titled}, the stated period {stated}; taken for {chosen}"
        return chosen, [Problem("year_conflict", message)]
    known = titled or stated or (listed.year if listed else None)
    if known is not None:
        return known, []
    named = _year_of_members(members)
    if named is not None and any(_REPORT.search(compact(name)) for name in members):
        return named, [_inferred(f"its name in the archive says {named}")]
    ranked = mentions.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) and ranked[0][1] >= 2:
        return ranked[0][0], [_inferred(f"the text speaks of {ranked[0][0]} most often")]
    if named is not None:
        return named, [_inferred(f"its name in the archive says {named}")]
    return None, [Problem("year_undecided", "no year is stated; give it with --year")]


def _inferred(how: str) -> Problem:
    return Problem("year_inferred", f"neither title nor period says the year; {how}")


def _year_of_members(members: Sequence[str]) -> int | None:
    """The year that the names of files in an archive agree on: of each the file's own name is asked first, then
    those of the folders and archives it lies in. Of several years, as of a folder of all, it says none.
    """
    years = set()
    for name in members:
        parts = [
            part for part in map(compact, reversed(name.split("/"))) if len({*_ANY_YEAR.findall(part)}) < 2
        ]
        years.add(next(filter(None, map(_year_in, parts)), None))
    years.discard(None)
    return years.pop() if len(years) == 1 else None


def _opening(report: Sequence[str]) -> str:
    """What stands before section one, where the publisher usually names itself."""
    opening = []
    for line in report[:25]:
        tight = compact(line)
        if _SECTION_ONE.match(tight):
            break
        opening.append(tight)
    return "".join(opening)


def _closing(report: Sequence[str]) -> list[str]:
    return [compact(line) for line in report[-12:] if len(line) < 40]


def _county(
    sources: Iterable[str], text: str, year: int | None, counties: Counties
) -> tuple[County | None, list[Problem]]:
    """The county the first source that names one names; else the one the text names most."""
    sources = list(sources)
    context = "".join(sources) + text
    undecided: list[County] = []
    for source in sources:
        position, name = next(_county_names(source, year, counties), (0, ""))
        undecided = _narrowed(_candidates(name, year, counties), source, position, context) if name else []
        if len(undecided) == 1:
            return undecided[0], []
        if undecided:
            break
    if not undecided:
        counted = Counter(name for _, name in _county_names(text, year, counties)).most_common(2)
        if counted and counted[0][1] >= 2 and (len(counted) == 1 or counted[0][1] > counted[1][1]):
            candidates = _narrowed(_candidates(counted[0][0], year, counties), "", 0, context)
            if len(candidates) == 1:
                return candidates[0], []
            undecided = candidates
    if undecided:
        names = ", ".join(f"{county.full_name} {county.code}" for county in undecided)
        return None, [Problem("county_undecided", f"the name fits several counties: {names}; give --county")]
    return None, [Problem("county_undecided", "no county is named; give --county")]


def _county_names(text: str, year: int | None, counties: Counties) -> Iterator[tuple[int, str]]:
    """The names in ``text`` that stand for counties, with their positions."""
    for position, name in counties.names_in(text):
        if not _is_ordinary(text, position, name, counties) and not counties.is_prefecture(name, year):
            yield position, name


def _candidates(name: str, year: int | None, counties: Counties) -> list[County]:
    """The counties a name may stand for in a report of ``year``, one row a code."""
    rows = counties.named(name)
    if year is None:
        found = (
            [max(rows, key=lambda row: row.valid_from)] if len({row.code for row in rows}) == 1 else list(rows)
        )
    else:
        found = [row for row in rows if row.in_force(year)]
        if not found:
            known = [(row, counties.stood_for(row, year)) for row in rows]
            found = [then for row, one in known for then in ([one] if one else counties.at(row, year))]
    return list({county.code: county for county in found}.values())


def _narrowed(candidates: list[County], source: str, position: int, context: str) -> list[County]:
    """The candidates that what stands before the name, or else the whole context, speaks for."""
    if len(candidates) < 2:
        return candidates
    before = source[max(position - 20, 0) : position]
    for place in (before, context):
        for parent in ("prefecture", "province"):
            scores = {
                county.code: sum(place.count(name) for name in _names_of_parent(getattr(county, parent)))
                for county in candidates
            }
            best = max(scores.values())
            winners = [county for county in candidates if scores[county.code] == best]
            if best > 0 and len(winners) == 1:
                return winners
            if best > 0:
                candidates = winners
    return candidates


def _names_of_parent(name: str) -> tuple[str, ...]:
    if name == DIRECT:
        return ()
    short = re.sub(r"(?:省|市|地区|盟|[一-龥]{1,6}族自治州|自治区|[壮回维]+.*自治区)$", "", name)
    return (name,) if len(short) < 2 else (name, short) if short != name else (name,)


def _is_ordinary(text: str, position: int, name: str, counties: Counties) -> bool:
    """Whether a name is more likely ordinary words: 城区 of any city, 和县 in 省和县."""
    if len(name) > 2:
        return False
    before = text[:position]
    parents = {row.prefecture for row in counties.named(name)} | {row.province for row in counties.named(name)}
    if any(before.endswith(parent) for parent in parents):
        return False
    return name in _ORDINARY_WORDS or position > 0


def _named_body(body: str, county: County | None, year: int | None, counties: Counties) -> str:
    """The publisher's name after the county's: ``自然资源局`` of ``绥中县自然资源局``."""
    if county is not None:
        for position, name in reversed(counties.names_in(body)):
            if county.code in {one.code for one in _candidates(name, year, counties)}:
                return body[position + len(name) :]
    if names := counties.names_in(body):
        return body[names[-1][0] + len(names[-1][1]) :]
    # A place that the county list does not have, or 县人民政府 alone.
    place = _PLACE.match(body)
    return body[place.end() :] if place and not counties.is_prefecture(place.group(), None) else body


def _is_body(publisher: str, counties: Counties) -> bool:
    """Whether a source named in metadata is a body with a place, not a site's slogan."""
    return bool(counties.names_in(compact(publisher)))
