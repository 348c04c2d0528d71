"""The documentation is held to the code: links resolve, and what is listed is what there is."""

import ast
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from etl.align import columns, labels
from etl.check.verdicts import check
from etl.cli import app
from etl.extract import html, text
from etl.forms import load_forms
from etl.pipeline.extraction import Source, extract_file
from etl.pipeline.json_lines import json_line
from etl.resources import DATA
from etl.settings import Home

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
    ]
)
CODE = sorted(ROOT.glob("etl/**/*.py"))
REFERENCE = ROOT / "docs" / "reference"

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_resolve(page: Path) -> None:
    broken = []
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        if not other.exists() or (fragment and fragment not in _anchors(other)):
            broken.append(target)
    assert not broken


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_named_files_and_folders_exist(page: Path) -> None:
    words = re.findall(
        r"`((?:etl|data|sql|expectations|tests|bench|dags|docs)/[\w./-]*)`", page.read_text(encoding="utf-8")
    )
    assert not [word for word in words if not (ROOT / word).exists()]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = page.read_text(encoding="utf-8")
    asked = re.findall(r"(?:`|\$ )make ((?:[A-Z]+=\S+ )?[a-z-]+)", told)
    assert {words.split()[-1] for words in asked} <= targets


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_exist(page: Path) -> None:
    options = _options()
    for words in _gouji_commands(page):
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] == "--home" else words[1:]
        if not words or not words[0].islower():
            continue
        name = next((name for name in (" ".join(words[:2]), words[0]) if name in options), None)
        assert name is not None, words
        assert {word for word in words[1:] if re.match(r"-", word)} <= options[name]


def _gouji_commands(page: Path) -> Iterator[list[str]]:
    """The words after ``gouji`` of every command that the console blocks of a page show."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for command in re.split(r"^ *\$ ", block, flags=re.MULTILINE)[1:]:
            for part in _words(command):
                if part and part[0].endswith("gouji"):
                    yield part[1:]


def _words(command: str) -> Iterator[list[str]]:
    """The words of each part of a shell command; its output, which follows the first whole line, is left."""
    lines = command.splitlines()
    for end in range(1, len(lines) + 1):
        try:
            words = shlex.split("\n".join(lines[:end]), comments=True)
        except ValueError:  # a quotation goes on in the next line
            continue
        part: list[str] = []
        for word in words:
            if word in ("&&", "|", ";"):
                yield part
                part = []
            else:
                part.append(word)
        yield part
        return


def _options() -> dict[str, set[str]]:
    """The options of each command, by its name: ``build``, ``archive verify``."""
    return {
        " ".join(names): {option for parameter in command.params for option in parameter.opts}
        | {"-h", "--help"}
        for names, command in _commands(typer.main.get_command(app), ())
    }


def _commands(command: Any, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not hasattr(command, "commands"):
        yield names, command
        return
    for name, inner in command.commands.items():
        yield from _commands(inner, (*names, name))


def test_every_command_and_option_is_documented() -> None:
    told = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    sections = dict(
        re.findall(r"^## gouji ([a-z]+(?: [a-z]+)?)(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL)
    )
    options = _options()
    assert set(sections) == set(options)
    for name, its in options.items():
        for option in its - {"-h", "--help", "--home"}:
            if option.startswith("-"):
                assert f"{option}" in sections[name]


def test_settings_are_those_of_the_code() -> None:
    told = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([^|]+) \| [^|]+ \|$", told, re.MULTILINE)
    assert [name for name, _, _ in rows] == list(Home.model_fields)
    for name, environment, default in rows:
        assert environment == f"GOUJI_{name.upper()}"
        value = Home.model_fields[name].default
        if value is None or value == "":  # nothing, or what the code makes of nothing, in words
            continue
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        assert default.startswith(f"`{shown.lower() if isinstance(value, bool) else shown}`")


def test_problem_codes_are_those_of_the_code() -> None:
    told = (REFERENCE / "problems.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)) == sorted(_problem_codes())


def _problem_codes() -> set[str]:
    """The codes that the code gives: literal first arguments, or those of helpers that take one further on."""
    position = {"Problem": 0, "ReadError": 0, "_lost": 1, "_unread": 2}
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in position:
                code = node.args[position[node.func.id]]
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
                else:
                    passed_on = isinstance(code, ast.Name | ast.Attribute | ast.Subscript)
                    assert passed_on, f"{path}: a problem's code is to be a literal"
    return found


def test_the_example_of_extract_has_the_shape_of_the_code() -> None:
    told = (REFERENCE / "extract-json.md").read_text(encoding="utf-8")
    whole, unread = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", told, re.DOTALL))
    extraction = extract_file(Source(DATA / "demo" / "qinghe-2024.txt", "qinghe-2024.txt"), Home())
    printed = json.loads(json_line(extraction, check(extraction)))
    assert list(whole) == list(unread) == list(printed)
    for part in ("observations", "findings"):
        assert list(whole[part][0]) == list(printed[part][0])


def test_readers_and_confidences_are_told() -> None:
    told = (REFERENCE / "extract-json.md").read_text(encoding="utf-8")
    for reader in ("camelot-lattice-vector", "camelot-lattice-raster", html.READER, text.READER):
        assert f"| `{reader}` |" in told
    for name, part in (("row", labels), ("column", columns)):
        _, table = told.split(f"\n| {name} |", 1)
        rows = re.match(r"[^\n]*(\n\| \|[^\n]*)*", table)
        assert rows is not None
        values = {float(value) for value in re.findall(r"(?:^|\n\| \|) (\d(?:\.\d+)?) \|", rows.group())}
        names = ("EXACT", "ALIKE", "BY_NUMBER", "BY_ELIMINATION", "SURE", "BY_ORDER", "BY_CUSTOM", "AMBIGUOUS")
        own = ast.parse(Path(str(part.__file__)).read_text(encoding="utf-8")).body
        defined = {
            t.id
            for node in own
            if isinstance(node, ast.Assign)
            for t in node.targets
            if isinstance(t, ast.Name)
        }
        assert values == {getattr(part, constant) for constant in names if constant in defined}


def test_forms_are_those_of_the_data() -> None:
    told = (REFERENCE / "forms.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\d+)` \| (\S+) \| [^|]+ \| (\d+) \|$", told, re.MULTILINE)
    forms = load_forms()
    assert rows == [(form.id, form.notice, str(sum(1 for _ in form.slots()))) for form in forms.values()]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    told = (ROOT / "docs" / "decisions" / "0007-libraries.md").read_text(encoding="utf-8")
    names = {
        name.strip() for row in re.findall(r"^\| ([^|]+) \|", told, re.MULTILINE) for name in row.split(",")
    }
    assert {re.split(r"[<>=\[]", one)[0] for one in asked} <= names


def test_layers_are_those_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    assert "\n".join(layers) in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    for part in (r"^#+ ", r"^```\w*$", r"^\| \d"):
        assert len(re.findall(part, english, re.MULTILINE)) == len(re.findall(part, chinese, re.MULTILINE))
    links = (set(_LINK.findall(english)) - {"README.zh-CN.md"}, set(_LINK.findall(chinese)) - {"README.md"})
    assert links[0] == links[1]


def test_the_licence_is_the_one_that_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
