"""GitHub annotations, as workflow commands.

The runner keeps ten annotations of each level for a step and drops the rest without a word. So the worst come first,
one for each place, and what does not fit is counted in a notice. Everything else that the runner demands stands beside
the code that obeys it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.reporters.escape import command_data, command_property, cut, one_line
from linter.reporters.layout import plural, visible
from linter.reporters.places import shown_path

if TYPE_CHECKING:
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
        """Print the commands, and a notice for what GitHub would drop."""
        commands: dict[str, list[str]] = {level: [] for level in LEVELS.values()}
        for problem in summary.errors:
            place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
            properties = {"file": shown_path(problem.path), "title": "caveat"}
            if problem.line:
                properties |= {"line": str(problem.line), "col": str(max(problem.column, 1))}
            commands["error"].append(_command("error", properties, f"{one_line(place)}: {one_line(problem.message)}"))
        places: set[tuple[str, int, int]] = set()
        doubled = 0
        for severity, level in LEVELS.items():
            for finding in self.findings:
                if finding.severity != severity:
                    continue
                place_of = (finding.path, finding.line, finding.column)
                if place_of in places:  # a second annotation at one place hides the first
                    doubled += 1
                    continue
                places.add(place_of)
                commands[level].append(annotation(finding))
        notices = commands["notice"]
        left = {level: max(len(those) - PER_LEVEL, 0) for level, those in commands.items()}
        if any(left.values()) or doubled:
            left["notice"] = max(len(notices) - (PER_LEVEL - 1), 0)  # the notice about the rest is one itself
            del notices[PER_LEVEL - 1 :]
            notices.append(_command("notice", {"title": "caveat"}, _rest(left, doubled)))
        for those in commands.values():
            for command in those[:PER_LEVEL]:
                self.write(command + "\n")


def annotation(finding: Finding) -> str:
    """The workflow command of one finding."""
    path = shown_path(finding.path)
    properties = {"file": path, "line": str(finding.line), "endLine": str(max(finding.end_line, finding.line))}
    if finding.line == finding.end_line:  # the runner drops the columns of anything longer
        properties |= {"col": str(finding.column), "endColumn": str(max(finding.end_column, finding.column))}
    properties["title"] = finding.rule
    # The log hides the properties, so the message repeats them.
    head = f"{one_line(path)}:{finding.line}:{finding.column} {finding.rule}: {one_line(finding.message)}"
    parts = [head, one_line(finding.advice)]
    if finding.suggestion:
        parts.append(f'For example: "{one_line(finding.suggestion)}"')
    return _command(LEVELS[finding.severity], properties, "\n".join(part for part in parts if part))


def _command(level: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={command_property(visible(value))}" for key, value in properties.items())
    return f"::{level} {listed}::{command_data(_shortened(message))}"


def _shortened(message: str) -> str:
    # The runner is written in C#, whose lengths count UTF-16 units: at most two for a character.
    if len(message) + sum(character > "\uffff" for character in message) <= MESSAGE:
        return message
    return cut(message, MESSAGE // 2 if any(character > "\uffff" for character in message) else MESSAGE)


def _rest(left: dict[str, int], doubled: int) -> str:
    parts = [plural(count, level) for level, count in left.items() if count]
    text = ""
    if parts:
        text = f"{', '.join(parts)} more than GitHub shows as annotations. "
    if doubled:
        text += f"{plural(doubled, 'finding')} more at places that have an annotation already. "
    where = "The job summary lists all of them." if os.environ.get("CAVEAT_SUMMARY") else "caveat prints all of them."
    return text + where
