"""Makes the pages that come from the code: a page for each rule, and the tables of options.

``python docs/build.py`` brings the tables in ``docs/`` up to date; ``python docs/build.py FOLDER`` also lays out the
whole site's sources in a folder, for mkdocs.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from linter.cli import COMMANDS
from linter.engine.rulebook import load_book
from linter.lint import built_in
from linter.reporters.escape import markdown
from linter.reporters.help import rule_help_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.engine.rules import Rule

DOCS = Path(__file__).parent
ROOT = DOCS.parent


def rules() -> list[Rule]:
    """All rules that have a page, in the order of the index."""
    return [*load_book().rules, *built_in()]


def rule_page(rule: Rule) -> str:
    """The page of one rule."""
    return f"# {rule.id}\n\n{rule_help_markdown(rule)}"


def rules_index() -> str:
    """The table of all rules, and what its words mean."""
    rows = (f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {rule.confidence} | {markdown(rule.summary)} |"
            for rule in rules())  # fmt: skip
    return "\n".join(("# Rules", "", "| rule | severity | confidence | flags |", "|---|---|---|---|", *rows, ""))


def option_tables() -> str:
    """The page of all commands and their options."""
    lines = ["# Commands and options", "", "Made by `docs/build.py` from the program; change it there.", ""]
    for name, what in COMMANDS.items():
        module = import_module(f"linter.cli.{name}")
        parser = argparse.ArgumentParser(f"caveat {name}", add_help=False)
        module.add_arguments(parser)
        lines += [f"## caveat {name}", "", _cell(what[:1].upper() + what[1:]) + ".", ""]
        lines += _table(parser)
    return "\n".join(lines).rstrip() + "\n"


def _table(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The arguments of a command, or of each of its own commands."""
    rows: list[str] = []
    inner: list[tuple[str, argparse.ArgumentParser]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            inner += action.choices.items()
            continue
        if isinstance(action, argparse._HelpAction):
            continue
        text = (action.help or "").replace("%%", "%")
        rows.append(f"| {_spelled(action)} | {_cell(text)} |")
    if rows:
        yield from ("| argument | does |", "|---|---|", *rows, "")
    for name, command in inner:
        yield from (f"### {command.prog.split()[-1] or name}", "")
        yield from _table(command)


def _cell(text: str) -> str:
    """Our own words, which hold no markup, in a cell of a table."""
    return re.sub(r"([|<*\\])", r"\\\1", text)


def _spelled(action: argparse.Action) -> str:
    value = ""
    if action.nargs != 0:
        choices = "\\|".join(map(str, action.choices)) if action.choices else ""
        name = action.metavar if isinstance(action.metavar, str) else choices or action.dest.upper()
        value = name.replace("|", "\\|") if name != choices else choices
    if not action.option_strings:
        return f"`{value}`"
    flags = ", ".join(f"`{flag}`" for flag in action.option_strings)
    return f"{flags} `{value}`" if value else flags


def action_tables(page: str) -> str:
    """The action's page with its tables filled in."""
    data = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    inputs = ["| input | default | is |", "|---|---|---|"]
    for name, spec in data["inputs"].items():
        default = f"`{spec['default']}`" if spec.get("default") else ""
        inputs.append(f"| `{name}` | {default} | {_cell(spec['description'])} |")
    outputs = ["| output | is |", "|---|---|"]
    outputs += [f"| `{name}` | {_cell(spec['description'])} |" for name, spec in data["outputs"].items()]
    for name, table in (("inputs", inputs), ("outputs", outputs)):
        before, start, rest = re.split(rf"(<!-- {name}:[^\n]*-->\n)", page, maxsplit=1)
        after = rest[rest.index("<!-- end -->") :]
        page = f"{before}{start}\n{chr(10).join(table)}\n\n{after}"
    return page


def generated() -> dict[Path, str]:
    """The pages in ``docs/`` that the code has a say in, as they should be."""
    action = DOCS / "action.md"
    return {DOCS / "options.md": option_tables(), action: action_tables(action.read_text("utf-8"))}


def lay_out(folder: Path) -> None:
    """The whole site's sources in a folder."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for page in sorted(DOCS.glob("*.md")):
        # On the site, what stands outside of docs/ in the repository stands beside the pages.
        _write(folder / page.name, page.read_text("utf-8").replace("](../rules/", "](rules/"))
    for schema in sorted((ROOT / "rules").glob("*.schema.json")):
        _write(folder / "rules" / schema.name, schema.read_text("utf-8"))
    _write(folder / "rules" / "index.md", rules_index())
    for rule in rules():
        _write(folder / "rules" / f"{rule.id}.md", rule_page(rule))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def main(arguments: Iterable[str]) -> None:
    """Write what is generated."""
    for path, text in generated().items():
        _write(path, text)
    for folder in arguments:
        lay_out(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
