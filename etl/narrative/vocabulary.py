"""The vocabulary of claims, ``data/claims.yaml``, as compiled expressions."""

import re
from functools import cache
from typing import NamedTuple

from pydantic import Field

from etl.resources import DATA
from etl.yaml_source import DataModel, load_model

FILE = DATA / "claims.yaml"


class PatternText(DataModel):
    """Expressions of one kind of claim."""

    kind: str
    signs: str
    topic: str | None = None
    find: tuple[str, ...] = Field(min_length=1)
    unless: str | None = None


class DenialText(DataModel):
    """What says that there was none."""

    subject: str
    words: str
    after: str


class FeesText(DataModel):
    """Fees for handling requests."""

    named: str
    unless: str
    none: str


class ListsText(DataModel):
    """How parts of a number are listed."""

    open: str
    exhaustive: str
    end: str
    activities: str


class PeriodText(DataModel):
    """What a period is called."""

    named: str
    perhaps: str


class VocabularyFile(DataModel):
    """``data/claims.yaml``."""

    words: dict[str, str]
    patterns: tuple[PatternText, ...]
    fees: FeesText
    topics: dict[str, str]
    foreign: dict[str, str]
    spoiled: dict[str, str]
    denial: DenialText
    absences: dict[str, str]
    narrower: str
    whole: str
    compared: str
    other_time: str
    lists: ListsText
    channels: str
    period: PeriodText


class Expression(NamedTuple):
    """Expressions of one kind of claim."""

    kind: str
    signs: re.Pattern[str]
    topic: str | None
    find: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None


class Absence(NamedTuple):
    """Words that say that there was none of something: a claim of 0."""

    kind: str
    find: re.Pattern[str]


class Vocabulary(NamedTuple):
    """The file, compiled."""

    expressions: tuple[Expression, ...]
    signs: re.Pattern[str]  # of any of them
    topics: dict[str, re.Pattern[str]]
    foreign: dict[str, re.Pattern[str]]
    spoiled: dict[str, re.Pattern[str]]
    absences: tuple[Absence, ...]
    several_channels: re.Pattern[str]
    none: re.Pattern[str]
    denial: re.Pattern[str]
    denial_after: re.Pattern[str]
    fee: re.Pattern[str]
    fee_unless: re.Pattern[str]
    no_fee: re.Pattern[str]
    narrower: re.Pattern[str]
    whole: re.Pattern[str]
    compared: re.Pattern[str]
    other_time: re.Pattern[str]
    list_open: re.Pattern[str]
    list_exhaustive: re.Pattern[str]
    list_end: re.Pattern[str]
    activity: re.Pattern[str]
    channel: re.Pattern[str]
    period: re.Pattern[str]
    perhaps_period: re.Pattern[str]
    no_requests: re.Pattern[str]
    received: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with Gouji."""
    file = load_model(FILE, VocabularyFile)

    def compiled(text: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{([a-z_]+)\}", lambda found: file.words[found[1]], text))

    words = file.words
    tail = r"(?:件|事项|情况|的情况|的|数量|工作)*(?:$|[、和及或].{0,30}$)"
    return Vocabulary(
        expressions=tuple(
            Expression(
                one.kind,
                compiled(one.signs),
                one.topic,
                tuple(map(compiled, one.find)),
                compiled(one.unless) if one.unless else None,
            )
            for one in file.patterns
        ),
        signs=compiled("|".join(one.signs for one in file.patterns)),
        topics={key: compiled(text) for key, text in file.topics.items()},
        foreign={key: compiled(text) for key, text in file.foreign.items()},
        spoiled={key: compiled(text) for key, text in file.spoiled.items()},
        absences=tuple(Absence(kind, compiled(text)) for kind, text in file.absences.items()),
        several_channels=compiled(
            f"(?:(?:{file.channels})[、和及或与]?){{2,}}等?(?:各类|多种|各种|的)?(?:方式|渠道|途径|形式)"
        ),
        none=compiled("{none}"),
        denial=compiled(f"(?P<none>{{none}})(?:#[起例件宗]|{file.denial.words})*"),
        denial_after=compiled(f"(?:{file.denial.words})*?{file.denial.after}$"),
        fee=compiled(file.fees.named),
        fee_unless=compiled(file.fees.unless),
        no_fee=compiled(file.fees.none),
        narrower=compiled(file.narrower),
        whole=compiled(file.whole),
        compared=compiled(file.compared),
        other_time=compiled(file.other_time),
        list_open=compiled(file.lists.open),
        list_exhaustive=compiled(file.lists.exhaustive),
        list_end=compiled(file.lists.end),
        activity=compiled(file.lists.activities),
        channel=compiled(file.channels),
        period=compiled(file.period.named),
        perhaps_period=compiled(file.period.perhaps),
        received=compiled(
            rf"{words['receive']}{words['aim']}(?:{words['request']}|{words['plain_request']})?{words['counted']}#"
        ),
        no_requests=compiled(
            rf"{words['none']}(?:{words['receive']})?{words['aim']}(?:{words['request']}|{words['plain_request']}){tail}"
        ),
    )
