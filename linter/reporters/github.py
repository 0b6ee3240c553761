"""GitHub annotations, as workflow commands.

The runner keeps ten annotations of each level for a step and drops the rest without a word. So the worst come first,
one for each place, and what does not fit is counted in a notice. Everything else that the runner demands stands beside
the code that obeys it.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from linter.findings import SEVERITIES
from linter.reporters.escape import command_data, command_property, cut, one_line
from linter.reporters.layout import inert, plural, visible
from linter.reporters.places import shown_path

if TYPE_CHECKING:
    from linter.errors import Problem
    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
PER_LEVEL = 10
"""How many annotations of a level the runner keeps for one step."""
MESSAGE = 4096
"""Where the runner cuts a message, in UTF-16 units or less."""


class Reporter:
    """Collects all findings; the order is by severity, over all drafts."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.findings: list[Finding] = []

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        self.findings += checked.findings

    def finish(self, summary: Summary) -> None:
        """Print the commands, then plain lines for what GitHub would drop and a notice that counts it."""
        commands: dict[str, list[str]] = {level: [] for level in LEVELS.values()}
        commands["error"] = [_trouble(problem) for problem in summary.errors]
        left: Counter[str] = Counter()
        rest: list[str] = []
        places: set[tuple[str, int, int]] = set()
        doubled = 0
        ordered = sorted(self.findings, key=lambda finding: -SEVERITIES.index(finding.severity))
        # The notice about the rest is one itself, so the others must leave room for it.
        room = {level: PER_LEVEL - (level == "notice" and len(ordered) >= PER_LEVEL) for level in commands}
        for finding in ordered:
            level = LEVELS[finding.severity]
            place = (finding.path, finding.line, finding.column)
            if place in places:  # a second annotation at one place hides the first
                doubled += 1
            elif len(commands[level]) >= room[level]:
                left[level] += 1
            else:
                places.add(place)
                commands[level].append(annotation(finding))
                continue
            rest.append(inert(f"{finding.severity} {_head(finding)}"))
        left["error"] += max(len(summary.errors) - PER_LEVEL, 0)
        if rest or left["error"]:
            commands["notice"].append(_command("notice", {"title": "caveat"}, _count(left, doubled)))
        for those in commands.values():
            self.write("".join(command + "\n" for command in those[:PER_LEVEL]))
        self.write("".join(line + "\n" for line in rest))


def _trouble(problem: Problem) -> str:
    """The workflow command of a file that could not be linted."""
    path = shown_path(problem.path)
    place = f"{path}:{problem.line}:{problem.column}" if problem.line else path
    properties = {"file": path}
    if problem.line:
        properties |= {"line": str(problem.line), "col": str(max(problem.column, 1))}
    return _command("error", {**properties, "title": "caveat"}, f"{one_line(place)}: {one_line(problem.message)}")


def annotation(finding: Finding) -> str:
    """The workflow command of one finding."""
    path = shown_path(finding.path)
    properties = {"file": path, "line": str(finding.line), "endLine": str(max(finding.end_line, finding.line))}
    if finding.line == finding.end_line:  # the runner drops the columns of anything longer
        properties |= {"col": str(finding.column), "endColumn": str(max(finding.end_column, finding.column))}
    properties["title"] = finding.rule
    # The log hides the properties, so the message repeats them.
    parts = [_head(finding), one_line(finding.advice)]
    if finding.suggestion:
        parts.append(f'For example: "{one_line(finding.suggestion)}"')
    return _command(LEVELS[finding.severity], properties, "\n".join(part for part in parts if part))


def _head(finding: Finding) -> str:
    place = f"{one_line(shown_path(finding.path))}:{finding.line}:{finding.column}"
    return f"{place} {one_line(finding.rule)}: {one_line(finding.message)}"


def _command(level: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={command_property(visible(value))}" for key, value in properties.items())
    return f"::{level} {listed}::{command_data(_shortened(message))}"


def _shortened(message: str) -> str:
    # The runner is written in C#, whose lengths count UTF-16 units: at most two for a character.
    if len(message) + sum(character > "\uffff" for character in message) <= MESSAGE:
        return message
    return cut(message, MESSAGE // 2 if any(character > "\uffff" for character in message) else MESSAGE)


def _count(left: Counter[str], doubled: int) -> str:
    parts = [plural(left[level], level) for level in LEVELS.values() if left[level]]
    text = f"{', '.join(parts)} more than GitHub shows as annotations. " if parts else ""
    if doubled:
        text += f"{plural(doubled, 'finding')} more at places that have an annotation already. "
    where = "the log and the job summary list" if os.environ.get("CAVEAT_SUMMARY") else "the log lists"
    return f"{text}{where.capitalize()} the rest."
