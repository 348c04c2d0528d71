"""``gouji rules`` as it is typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl.check.rules import RULES
from etl.cli.main import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["rules", *arguments])


@pytest.mark.parametrize(
    "rule_id", ["T3_BALANCE", "NONNEG_INT", "X_CARRY", "E_ROLLUP_PREF", "N_RECEIVED", "x_region_change"]
)
def test_a_rule_of_every_kind_is_explained(rule_id: str) -> None:
    told = run("show", rule_id)
    assert told.exit_code == 0, told.output
    assert rule_id.upper() in told.output
    assert "来源" in told.output or "Source" in told.output


def test_rules_are_listed_by_scope() -> None:
    told = run("list", "--scope", "cross_entity").output
    assert "E_ROLLUP_COUNTY" in told
    assert "T3_BALANCE" not in told


def test_a_rule_is_tried_alone() -> None:
    told = run("test", "X_CARRY")
    assert told.exit_code == 0, told.output
    assert told.output.count("as it should") == 2


def test_faults_of_a_rule_file_are_named_with_their_line(tmp_path: Path) -> None:
    good = RULES / "requests.yaml"
    assert run("lint", str(good)).exit_code == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        good.read_text(encoding="utf-8").replace("received.new", "received.old", 1), encoding="utf-8"
    )
    told = run("lint", str(bad))
    assert told.exit_code == 1
    assert "bad.yaml:" in told.output.replace("\n", "")


def test_an_unknown_rule_is_said() -> None:
    assert run("show", "T9_NOTHING").exit_code == 2
