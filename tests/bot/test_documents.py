"""What the documents say of the program is so."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from bot.commands.parser import build_parser
from bot.settings import SETTINGS

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str, first: str) -> dict[str, str]:
    """The rows of a table whose first cell begins with `first`, by what stands in that cell."""
    found = re.findall(rf"^\| `({first}[^`]*)`(.*)\|$", text_of(name), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_told_with_its_default(name: str) -> None:
    told = rows(name, "PLANBOT_")
    assert list(told) == [setting.name for setting in SETTINGS]
    for setting in SETTINGS:
        if setting.default is not None:
            assert f"`{setting.default}`" in told[setting.name]


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_told_with_its_options(name: str) -> None:
    told = rows(name, "planbot ")
    usage: dict[str, set[str]] = {}
    for line in told:
        command = line.split()[1]
        usage.setdefault(command, set()).update(re.findall(r"(?<![\w-])--?[a-z]+", line))
    parser = build_parser()
    (commands,) = [action.choices for action in parser._actions if action.choices]
    assert list(usage) == list(commands)
    for command, options in usage.items():
        subparser = dict(commands)[command]
        known = {text for action in subparser._actions for text in action.option_strings}
        assert options <= known
        shortest = {min(a.option_strings, key=len) for a in subparser._actions if a.option_strings}
        assert shortest - {"-h"} <= options


@pytest.mark.parametrize("name", READMES)
def test_every_package_that_is_used_is_told_with_its_reason(name: str) -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["meaning"]]
    declared = {Requirement(line).name for line in lines}
    told = rows(name, "[a-z][a-z0-9-]*")
    told = {package: why for package, why in told.items() if " " not in package}
    assert set(told) <= declared
    with_theirs = {
        canonicalize_name(Requirement(line).name)
        for package in told
        for line in requires(package) or ()
    }
    assert imported_packages() <= {*told, *with_theirs}


def imported_packages() -> set[NormalizedName]:
    """The distributions whose modules the product imports."""
    modules: set[str] = set()
    for folder in ("bot", "knowledge", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules.update(alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    modules.add(node.module.split(".")[0])
    installed = packages_distributions()
    found = {canonicalize_name(name) for module in modules for name in installed.get(module, ())}
    return found - {canonicalize_name("planbot")}


def test_the_promise_about_reminders_is_made_in_its_own_words() -> None:
    promise = (
        "every due reminder is attempted and none is lost by a crash or restart; it comes twice "
        "only if the process dies, or the reply is lost, between Telegram's acceptance and our "
        "commit, then at most one extra copy per crash, marked 可能重复"
    )
    assert promise in " ".join(text_of("README.md").split())


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_link_and_path_leads_somewhere(name: str) -> None:
    text = text_of(name)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    paths = re.findall(r"`((?:bot|knowledge|handlers|tests|docs)/[\w./-]+)`", text)
    for link in links:
        assert ((ROOT / name).parent / link).exists(), link
    for path in paths:
        assert (ROOT / path).exists(), path


def test_every_function_the_architecture_names_is_where_it_says() -> None:
    named = re.findall(r"`((?:bot|knowledge|handlers)/[\w/]+\.py)`[^`\n]{0,3}`(\w+(?:\.\w+)?)",
                       text_of("docs/architecture.md"))  # fmt: skip
    assert named
    for path, name in named:
        source = text_of(path)
        for part in name.split("."):
            assert re.search(rf"(?:def|class) {part}\b", source), f"{path}: {name}"
