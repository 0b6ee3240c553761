"""A Markdown report, for a job summary or a comment: a sentence and a table, the worst first.

Places are links to the lines at the linted commit where the surroundings say which one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.findings import SEVERITIES
from linter.reporters.escape import markdown
from linter.reporters.layout import inert, plural
from linter.reporters.places import line_link, shown_path

if TYPE_CHECKING:
    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary

HEAD = "| where | severity | rule | what | how to mend it |\n|---|---|---|---|---|\n"


class Reporter:
    """Collects all findings; the order is by severity, then by place."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.findings: list[Finding] = []

    def file(self, checked: Checked) -> None:
        """Keep the findings of one draft."""
        self.findings += checked.findings

    def finish(self, summary: Summary) -> None:
        """Print the report."""
        from linter.reporters.text import summary_line

        head = summary_line(summary) if self.findings else f"No findings in {plural(summary.files, 'draft')}"
        self.write(f"### caveat\n\n{head}.\n")
        if summary.errors:
            self.write("\nWhat could not be done:\n\n")
            for error in summary.errors:
                place = f":{error.line}:{error.column}" if error.line else ""
                self.write(inert(f"- {markdown(error.path + place)}: {markdown(error.message)}") + "\n")
        if self.findings:
            self.write("\n" + HEAD)
        for finding in sorted(self.findings, key=lambda finding: -SEVERITIES.index(finding.severity)):
            self.write(inert(_row(finding)) + "\n")


def _row(finding: Finding) -> str:
    place = markdown(f"{shown_path(finding.path)}:{finding.line}:{finding.column}")
    link = line_link(finding)
    where = f"[{place}]({link})" if link else place
    rule = markdown(finding.rule)
    if finding.url.startswith("https://"):
        rule = f"[{rule}](<{finding.url}>)"
    advice = markdown(finding.advice)
    if finding.suggestion:
        advice += f" For example: “{markdown(finding.suggestion)}”"
    return f"| {where} | {finding.severity} | {rule} | {markdown(finding.message)} | {advice} |"
