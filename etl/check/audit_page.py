"""The last audit as one page of HTML that opens offline (Great Expectations' Data Docs do not)."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from etl.check.context import BALANCE, STRUCTURE
from etl.check.suites import AuditResult, Outcome

_SHOWN = 20  # rows that break an expectation

_TITLES = {
    STRUCTURE: (
        "Structure / 结构",
        "What fails here blocks publication. 此处不符则不予发布。",
    ),
    BALANCE: (
        "Figures / 数字",
        "What fails here is a finding about the source and never blocks publication. "
        "此处不符为对原件的发现，不影响发布。",
    ),
}
_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 75rem;
  margin: 2rem auto; padding: 0 1rem; color: #1c2733; background: #fff; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top;
  padding: .35rem .6rem; border-bottom: 1px solid #d9e0e6; } td.n { text-align: right; }
.met { color: #17683a; } .broken { color: #a3410b; } .error { color: #a01020; font-weight: 600; }
code { font-size: .9em; } details table { font-size: .85em; margin: .3rem 0; width: auto; }
@media (prefers-color-scheme: dark) { body { color: #e4e9ee; background: #14191f; }
  th, td { border-color: #333d47; } .met { color: #69c78f; }
  .broken { color: #f0a36f; } .error { color: #ff8a8f; } }
"""


def audit_page(result: AuditResult) -> str:
    """All expectations with their rule, what was found, and the first rows that break each."""
    verdict = "sound, may be published / 结构完好，可发布" if result.structural_ok else "held back / 不予发布"
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Gouji: the last audit / 最近一次审核</title><style>{_STYLE}</style></head><body>",
        f"<h1>The last audit / 最近一次审核</h1><p>The candidate warehouse is {verdict}. "
        f"{len(result.outcomes)} expectations; {sum(not one.is_met for one in result.outcomes)} are not met. "
        "The suites stand in <code>gx/</code>, the rules behind them in the reference page on rules.</p>",
    ]
    for name, outcomes in groupby(result.outcomes, key=lambda one: one.checkpoint):
        title, what = _TITLES.get(name, (name, ""))
        parts.append(f"<h2>{title}</h2><p>{what}</p>{_table(list(outcomes))}")
    return "\n".join(parts) + "\n</body></html>\n"


def _table(outcomes: Sequence[Outcome]) -> str:
    head = (
        "<tr><th>rule / 规则</th><th>form / 格式</th><th>what is expected / 要求</th><th>found / 结果</th></tr>"
    )
    return f"<table><thead>{head}</thead><tbody>{''.join(map(_row, outcomes))}</tbody></table>"


def _row(one: Outcome) -> str:
    if one.exception is not None:
        found = f'<span class="error">could not be examined: {escape(one.exception)}</span>'
    elif one.at_least is not None:
        state = "met" if one.is_met else "broken"
        found = f'<span class="{state}">{one.count:,} rows, at least {one.at_least:,}</span>'
    elif one.is_met:
        found = '<span class="met">met / 相符</span>'
    else:
        found = (
            f'<span class="broken">{one.count:,} rows break it / {one.count:,} 行不符</span>{_examples(one)}'
        )
    return (
        f"<tr><td><code>{escape(one.rule_id)}</code><br>{escape(one.severity)}</td>"
        f"<td>{escape(one.form or '')}</td>"
        f"<td>{escape(one.en)}<br>{escape(one.zh)}</td><td>{found}</td></tr>"
    )


def _examples(one: Outcome) -> str:
    if not one.rows:
        return ""
    names = list(one.rows[0])
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(str(row.get(name)))}</td>' for name in names)}</tr>"
        for row in one.rows[:_SHOWN]
    )
    count = min(len(one.rows), _SHOWN)
    table = f"<table><tr>{head}</tr>{rows}</table>"
    return f"<details><summary>the first {count} / 前{count}行</summary>{table}</details>"
