"""``gouji rules``: list the rules, explain one, lint a rule file, try rules alone."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from etl.cli.common import err, fail, new_table, out

if TYPE_CHECKING:
    from etl.check.rules import AnyRule

app = typer.Typer(no_args_is_help=True, help="The rules that figures are held against.")


@app.command(name="list")
def list_rules(
    scope: Annotated[
        str | None,
        typer.Option(metavar="SCOPE", help="intra, cross_year, cross_entity or narrative.", show_default=False),
    ] = None,
) -> None:
    """List all rules."""
    from etl.check.rules import load_all_rules

    table = new_table("rule", "severity", "scope", "kind", "forms", "what it says")
    table.columns[0].no_wrap = True
    for rule in load_all_rules():
        if scope is None or rule.scope == scope:
            table.add_row(rule.id, rule.severity, rule.scope, rule.kind, " ".join(rule.forms), escape(rule.zh))
    out.print(table)


@app.command()
def show(rule_id: Annotated[str, typer.Argument(metavar="ID", show_default=False)]) -> None:
    """Explain one rule: what it says, how it is checked, where it comes from.

    Example: [bold]gouji rules show X_CARRY[/bold]
    """
    from etl.check.reference import explain

    out.print(escape(explain(_rule(rule_id))), soft_wrap=True)


@app.command()
def lint(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Rule files.", show_default=False)],
) -> None:
    """Say whether rule files can be used: their shape, the cells they name, and that ids are used once.

    Faults are listed as file:line; exit status 1.
    """
    from etl.check.rules import RuleFile
    from etl.yaml_source import DataError, load_model

    seen: dict[str, Path] = {}
    is_faulty = False
    for path in files:
        try:
            rules = load_model(path, RuleFile).rules
        except DataError as error:
            err.print(escape(str(error)))
            is_faulty = True
            continue
        for rule in rules:
            if rule.id in seen:
                err.print(escape(f"{path}:1: the rule {rule.id} stands in {seen[rule.id]} too"))
                is_faulty = True
            seen[rule.id] = path
        out.print(f"{escape(str(path))}: {len(rules)} rules")
    if is_faulty:
        raise typer.Exit(1)


@app.command(name="test")
def try_examples(
    rule_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID…]", help="All rules unless named.", show_default=False)
    ] = None,
) -> None:
    """Try rules on the examples that stand beside them: one report that keeps the rule, one that breaks it.

    Exit status 1 when a rule does not do what its examples say.
    """
    from etl.check.rules import load_all_rules
    from etl.check.trial import try_rule

    wrong = False
    for rule in [_rule(each) for each in rule_ids] if rule_ids else load_all_rules():
        tried = try_rule(rule)
        if not tried:
            out.print(f"{rule.id}: no examples")
        for one in tried:
            told = "breaks" if one.should_break else "keeps"
            verdict = "[green]as it should[/]" if one.is_right else "[red]not as it should[/]"
            out.print(
                f"{rule.id}: the report that {told} it: {', '.join(sorted(set(one.statuses)))}: {verdict}"
            )
            wrong = wrong or not one.is_right
    if wrong:
        raise typer.Exit(1)


def _rule(rule_id: str) -> "AnyRule":
    from etl.check.rules import load_all_rules

    rules = {rule.id: rule for rule in load_all_rules()}
    if rule_id.upper() not in rules:
        fail(f"there is no rule {rule_id}; gouji rules list names them all", 2)
    return rules[rule_id.upper()]
