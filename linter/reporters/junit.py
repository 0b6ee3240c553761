"""JUnit's XML: a suite for each draft, a case for each finding; a clean draft is one case that passes.

Errors and warnings are failures. A note (``info``) is a case that passes and says something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.escape import xml
from linter.reporters.layout import inert
from linter.reporters.places import shown_path

if TYPE_CHECKING:
    from linter.findings import Finding
    from linter.reporters import Checked, Options, Summary


class Reporter:
    """Collects the suites: the counts stand before them."""

    def __init__(self, options: Options) -> None:
        self.write = options.write
        self.suites: list[str] = []
        self.tests = self.failures = 0

    def file(self, checked: Checked) -> None:
        """Keep one draft."""
        path = shown_path(checked.source.path)
        cases = [_case(path, finding) for finding in checked.findings]
        cases = cases or [f'    <testcase name="no findings" classname="{xml(path)}" file="{xml(path)}"/>']
        failures = sum(finding.severity != "info" for finding in checked.findings)
        self._suite(path, cases, failures, 0)

    def _suite(self, path: str, cases: list[str], failures: int, errors: int) -> None:
        self.tests += len(cases)
        self.failures += failures
        head = f'name="{xml(path)}" tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="0"'
        self.suites.append("\n".join((f"  <testsuite {head}>", *cases, "  </testsuite>")))

    def finish(self, summary: Summary) -> None:
        """Print all suites."""
        for error in summary.errors:
            path = shown_path(error.path)
            case = (f'    <testcase name="could not be linted" classname="{xml(path)}" file="{xml(path)}">\n'
                    f'      <error message="{xml(error.message)}" type="error"/>\n    </testcase>')  # fmt: skip
            self._suite(path, [case], 0, 1)
        counts = f'tests="{self.tests}" failures="{self.failures}" errors="{len(summary.errors)}"'
        self.write(f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="caveat" {counts}>\n')
        self.write("".join(inert(suite) + "\n" for suite in self.suites))
        self.write("</testsuites>\n")


def _case(path: str, f: Finding) -> str:
    start = (f'    <testcase name="{xml(f"{f.line}:{f.column} {f.rule}")}" classname="{xml(path)}" '
             f'file="{xml(path)}" line="{f.line}">')  # fmt: skip
    notes = [f.advice, f'For example: "{f.suggestion}"' if f.suggestion else "", f.url]
    # The mark before each line keeps a build server from taking one for a command.
    text = "\n".join((xml(f"{path}:{f.line}:{f.column}"), *(f"= {xml(note)}" for note in notes if note)))
    if f.severity == "info":
        body = f"<system-out>{xml(f.message)} - {text}</system-out>"
    else:
        body = f'<failure message="{xml(f.message)}" type="{f.severity}">{text}</failure>'
    return f"{start}\n      {body}\n    </testcase>"
