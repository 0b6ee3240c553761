"""How those who read our reports read them: parsers for what has none in Python."""

from __future__ import annotations

import re
from typing import NamedTuple

COMMANDS = frozenset((
    "add-mask", "add-matcher", "remove-matcher", "debug", "echo", "endgroup", "error", "group", "notice", "save-state",
    "set-env", "set-output", "add-path", "stop-commands", "warning",
))  # fmt: skip


class Command(NamedTuple):
    """A workflow command."""

    name: str
    properties: dict[str, str]
    data: str


def _unescaped(text: str, *tokens: tuple[str, str]) -> str:
    for escape, token in tokens:
        text = text.replace(escape, token)
    return text


DATA = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
PROPERTY = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def command(line: str) -> Command | None:
    """The command that GitHub's runner takes a line of a log for, or nothing; the same steps in the same order."""
    text = line.lstrip()
    if text.startswith("::"):
        end = text.find("::", 2)
        if end >= 0:
            name, _, rest = text[2:end].partition(" ")
            if name.lower() in COMMANDS:
                pairs = [pair.split("=", 1) for pair in rest.strip().split(",") if pair]
                properties = {p[0]: _unescaped(p[1], *PROPERTY) for p in pairs if len(p) == 2 and p[1]}
                return Command(name, properties, _unescaped(text[end + 2 :], *DATA))
    start = text.find("##[")
    end = text.find("]", start)
    if start >= 0 and end >= 0:
        name = text[start + 3 : end].partition(" ")[0]
        if name.lower() in COMMANDS:
            return Command("##" + name, {}, text[end + 1 :])
    return None


def commands(log: str) -> list[Command]:
    """The commands in a whole log."""
    lines = re.split(r"\r\n|\r|\n", log)
    return [found for line in lines if (found := command(line))]


def azure_commands(log: str) -> list[str]:
    """What an agent of Azure Pipelines or TeamCity would obey, wherever in a line it stands."""
    return re.findall(r"##(?:vso|teamcity)\[[^\]\n]*\]", log)
