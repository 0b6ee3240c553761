"""Each format, read back by the parser or held against the schema of those who consume it."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped,unused-ignore]
import pytest
from markdown_it import MarkdownIt

from linter.errors import Problem
from linter.findings import Edit
from linter.reporters.places import byte_column
from tests.reporters.parsers import Command, commands
from tests.reporters.samples import FINDINGS, SOURCE, finding, report

if TYPE_CHECKING:
    from linter.findings import Finding

SCHEMAS = Path(__file__).parent.parent / "schemas"
GONE = [Problem("drafts/gone.md", 0, 0, "no such file or folder"), Problem("caveat.toml", 3, 1, "unknown key 'x'")]


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_SHA", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)


def many(count: int, severity: str = "warning", first: int = 3) -> list[Finding]:
    one = finding(3, 1, 4, severity=severity)
    return [replace(one, line=line, end_line=line) for line in range(first, first + count)]


class TestGitHub:
    def read(self, **how: Any) -> list[Command]:
        return commands(report("github", **how))

    def test_the_worst_come_first(self) -> None:
        assert [c.name for c in self.read()] == ["error", "warning", "warning", "notice"]

    def test_a_command_names_its_place_and_repeats_it(self) -> None:
        error = self.read()[0]
        assert error.properties == {
            "file": "drafts/ldn.md", "line": "5", "endLine": "5", "col": "3", "endColumn": "8",
            "title": "dose/missing-prescriber-caveat",
        }  # fmt: skip
        assert error.data.startswith("drafts/ldn.md:5:3 dose/missing-prescriber-caveat: a dose, and nobody to ask")
        assert 'For example: "Ask your prescriber first."' in error.data

    def test_a_span_of_several_lines_has_no_columns(self) -> None:
        notice = self.read()[-1]
        assert notice.properties["line"] == "9"
        assert notice.properties["endLine"] == "10"
        assert not {"col", "endColumn"} & notice.properties.keys()

    def test_ten_of_a_level_and_the_rest_counted(self) -> None:
        found = self.read(findings=[*many(13), *many(12, "error", 20), *many(2, "info", 40)])
        assert [c.name for c in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 3
        assert found[-1].data.startswith("2 errors, 3 warnings more than GitHub shows as annotations. The log lists")
        assert [c.properties["line"] for c in found[:10]] == [str(line) for line in range(20, 30)]

    def test_the_rest_stands_in_the_log(self) -> None:
        lines = report("github", findings=many(13)).splitlines()
        assert lines[-1].startswith("warning drafts/ldn.md:15:1 efficacy/unqualified-claim: stated as fact")
        assert len(lines) == 10 + 1 + 3

    def test_one_annotation_for_a_place_the_worst_one(self) -> None:
        found = self.read(findings=[finding(3, 1, 4), finding(3, 1, 9, rule="a/b", severity="error")])
        assert [c.name for c in found] == ["error", "notice"]
        assert "1 finding more at places that have an annotation already" in found[1].data

    def test_notices_leave_room_for_the_one_about_the_rest(self) -> None:
        found = self.read(findings=many(12, "info"))
        assert len(found) == 10
        assert found[-1].data.startswith("3 notices more")

    def test_what_could_not_be_done_is_an_error(self) -> None:
        found = self.read(findings=[], errors=GONE)
        assert [c.name for c in found] == ["error", "error"]
        assert found[0].properties["file"] == "drafts/gone.md"
        assert found[1].properties["line"] == "3"

    def test_paths_are_those_of_the_workspace(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "site").mkdir()
        monkeypatch.chdir(tmp_path / "site")
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        places = [self.read(findings=[finding(3, 1, 4, path=path)])[0].properties["file"]
                  for path in ("./a.md", "a.md", str(tmp_path / "site" / "a.md"), "../b.md")]  # fmt: skip
        assert places == ["site/a.md", "site/a.md", "site/a.md", "b.md"]

    @pytest.mark.parametrize("letter", ["x", "%", "\U0001f600", "\n"])
    def test_a_message_is_cut_where_the_runner_would(self, letter: str) -> None:
        data = self.read(findings=[finding(3, 1, 4, message="m " + letter * 9000)])[0].data
        assert len(data.encode("utf-16-le")) // 2 <= 4096
        assert data.endswith("…") or letter == "\n"

    def test_a_clean_run_says_nothing(self) -> None:
        assert report("github", findings=[]) == ""


class TestSarif:
    def read(self, **how: Any) -> dict[str, Any]:
        log: dict[str, Any] = json.loads(report("sarif", **how))
        schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(log)
        check_for_github(log)
        run: dict[str, Any] = log["runs"][0]
        return run

    def test_valid_for_the_schema_and_for_github(self) -> None:
        run = self.read(errors=GONE)
        assert len(run["results"]) == 4
        assert run["invocations"][0]["executionSuccessful"] is False
        assert len(run["invocations"][0]["toolExecutionNotifications"]) == 2

    def test_valid_without_findings(self) -> None:
        run = self.read(findings=[])
        assert run["results"] == []
        assert run["tool"]["driver"]["rules"]

    def test_region_counts_characters(self) -> None:
        assert self.read()["results"][3]["locations"][0]["physicalLocation"]["region"] == {
            "startLine": 9, "startColumn": 10, "endLine": 10, "endColumn": 4,
        }  # fmt: skip

    def test_empty_span_gets_a_width(self) -> None:
        run = self.read(findings=[finding(3, 1, 0)])
        assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["endColumn"] == 2

    def test_rule_that_no_book_describes(self) -> None:
        run = self.read(findings=[finding(3, 1, 4, rule="own/rule", advice="")])
        assert run["results"][0]["ruleIndex"] == len(run["tool"]["driver"]["rules"]) - 1

    def test_edit_becomes_a_fix(self) -> None:
        run = self.read(findings=[finding(3, 1, 4, edit=Edit(3, 43, 3, 43, " Ask first."))])
        change = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
        assert change["insertedContent"] == {"text": " Ask first."}
        assert change["deletedRegion"] == {"startLine": 3, "startColumn": 43, "endLine": 3, "endColumn": 43}

    def test_paths_are_addresses(self) -> None:
        run = self.read(findings=[finding(3, 1, 4, path="a b/ü:%41#?.md")])
        where = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert where == "a%20b/%C3%BC%3A%2541%23%3F.md"

    def test_of_too_many_the_worst_are_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("linter.reporters.sarif.RESULTS", 3)
        run = self.read(findings=[*many(3), *many(2, "error")])
        assert [r["level"] for r in run["results"]] == ["warning", "error", "error"]
        assert "2 more findings" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def check_for_github(log: dict[str, Any]) -> None:
    """What code scanning asks for beyond the schema."""
    assert log["$schema"]
    assert log["version"] == "2.1.0"
    assert 1 <= len(log["runs"]) <= 20
    for run in log["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        rules = driver["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules) <= 25_000
        for rule in rules:
            assert rule["id"]
            assert len(rule.get("name", "")) <= 255
            assert 0 < len(rule["shortDescription"]["text"]) <= 1024
            assert 0 < len(rule["fullDescription"]["text"]) <= 1024
            assert rule["help"]["text"]
            assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")
            properties = rule["properties"]
            assert len(properties["tags"]) <= 20
            assert properties.get("precision", "high") in ("very-high", "high", "medium", "low")
            assert properties.get("problem.severity", "error") in ("error", "warning", "recommendation")
        assert len(run["results"]) <= 25_000
        for result in run["results"]:
            assert result["message"]["text"]
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert "primaryLocationLineHash" not in result["partialFingerprints"]
            assert result["partialFingerprints"]
            place = result["locations"][0]["physicalLocation"]
            assert re.fullmatch(r"(?!/|\./)[\w./%~-]+", place["artifactLocation"]["uri"])
            region = place["region"]
            assert region["startLine"] >= 1
            assert region["startColumn"] >= 1
            assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])


class TestReviewdog:
    def test_columns_count_bytes(self) -> None:
        data = json.loads(report("rdjson"))
        span = data["diagnostics"][3]["location"]["range"]
        assert span["start"] == {"line": 9, "column": len("Prüfung: ".encode()) + 1}
        assert span["end"] == {"line": 10, "column": 4}

    def test_byte_column_after_a_wide_character(self) -> None:
        line = SOURCE.line_text(9)
        for column in range(1, len(line) + 2):
            assert byte_column(SOURCE, 9, column) == len(line[: column - 1].encode()) + 1

    def test_lines_hold_the_same(self) -> None:
        whole = json.loads(report("rdjson", errors=GONE))
        lines = [json.loads(line) for line in report("rdjsonl", errors=GONE).splitlines()]
        assert [{"source": whole["source"], **d} for d in whole["diagnostics"]] == lines

    def test_shape(self) -> None:
        data = json.loads(report("rdjson", errors=GONE, findings=[finding(9, 10, 2, edit=Edit(9, 12, 9, 12, "!"))]))
        jsonschema.validate(data, json.loads((SCHEMAS / "rdjson.json").read_text("utf-8")))
        assert data["diagnostics"][0]["suggestions"] == [
            {"range": {"start": {"line": 9, "column": 17}, "end": {"line": 9, "column": 17}}, "text": "!"}
        ]


class TestGitLab:
    def test_shape(self) -> None:
        issues = json.loads(report("gitlab", errors=GONE))
        assert [i["severity"] for i in issues] == ["major", "critical", "major", "info", "blocker", "blocker"]
        for issue in issues:
            assert issue["description"]
            assert issue["location"]["path"]
            assert issue["location"]["lines"]["begin"] >= 1
        assert issues[1]["description"].startswith("dose/missing-prescriber-caveat: ")

    def test_fingerprints_are_unique_and_stay_when_lines_move(self) -> None:
        issues = json.loads(report("gitlab", findings=many(50)))
        names = [issue["fingerprint"] for issue in issues]
        assert len(set(names)) == 50
        moved = json.loads(report("gitlab", findings=[replace(finding(3, 1, 4), line=90, end_line=90)]))
        assert moved[0]["fingerprint"] == names[0]


class TestXml:
    def test_checkstyle(self) -> None:
        root = ET.fromstring(report("checkstyle", errors=GONE))  # noqa: S314
        names = [file.get("name") for file in root]
        assert names == ["drafts/clean.md", "drafts/ldn.md", "drafts/gone.md", "caveat.toml"]
        errors = root.findall("file/error")
        assert [e.get("severity") for e in errors] == ["warning", "error", "warning", "info", "error", "error"]
        assert errors[1].get("source") == "dose/missing-prescriber-caveat"

    def test_junit(self) -> None:
        root = ET.fromstring(report("junit", errors=GONE))  # noqa: S314
        assert root.attrib == {"name": "caveat", "tests": "7", "failures": "3", "errors": "2"}
        assert len(root.findall("testsuite/testcase/failure")) == 3
        assert len(root.findall("testsuite/testcase/error")) == 2
        assert root.find("testsuite[@name='drafts/clean.md']/testcase[@name='no findings']") is not None

    def test_junit_for_its_consumer(self, tmp_path: Path) -> None:
        junitparser = pytest.importorskip("junitparser")
        (tmp_path / "out.xml").write_text(report("junit", errors=GONE), "utf-8")
        suites = junitparser.JUnitXml.fromfile(str(tmp_path / "out.xml"))
        assert (suites.tests, suites.failures, suites.errors) == (7, 3, 2)
        results = [result for suite in suites for case in suite for result in case.result]
        assert results[0].message == FINDINGS[0].message


class TestCsv:
    def test_rows(self) -> None:
        rows = list(csv.DictReader(io.StringIO(report("csv", errors=GONE))))
        assert [row["line"] for row in rows] == ["3", "5", "7", "9", "0", "3"]
        assert rows[4]["rule"] == "file/unreadable"
        assert rows[1]["suggestion"] == "Ask your prescriber first."

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", '"=1', "|x", "＝1"])
    def test_formulas_are_text(self, text: str) -> None:
        rows = list(csv.DictReader(io.StringIO(report("csv", findings=[finding(3, 1, 4, message=text)]))))
        assert rows[0]["message"].startswith("'")

    def test_head_alone_without_findings(self) -> None:
        assert report("csv", findings=[]).startswith("path,line,")


class TestJsonLines:
    def test_lines(self) -> None:
        lines = [json.loads(line) for line in report("jsonl", errors=GONE).splitlines()]
        assert [line["type"] for line in lines] == ["finding"] * 4 + ["error"] * 2
        assert lines[0]["rule"] == FINDINGS[0].rule


class TestMarkdown:
    def rows(self, text: str) -> list[list[str]]:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        rows: list[list[str]] = []
        for i, token in enumerate(tokens):
            if token.type == "tr_open":
                rows.append([])
            if token.type in ("td_open", "th_open"):
                children = tokens[i + 1].children or []
                rows[-1].append("".join(child.content for child in children if child.type in ("text", "code_inline")))
        return rows

    def test_table_the_worst_first(self) -> None:
        rows = self.rows(report("markdown"))
        assert [row[1] for row in rows] == ["severity", "error", "warning", "warning", "info"]
        assert rows[1][0] == "drafts/ldn.md:5:3"
        assert rows[1][3] == "a dose, and nobody to ask about it"

    def test_places_are_links_to_the_lines_at_the_commit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
        monkeypatch.setenv("GITHUB_REPOSITORY", "some/site")
        monkeypatch.setenv("GITHUB_SHA", "0" * 40)
        address = f"https://github.com/some/site/blob/{'0' * 40}/drafts/ldn.md?plain=1#L"
        text = report("markdown")
        assert f"]({address}5)" in text
        assert f"]({address}9-L10)" in text

    def test_errors_are_told(self) -> None:
        text = MarkdownIt().render(report("markdown", findings=[], errors=GONE))
        assert "No findings in 2 drafts." in text
        assert "caveat.toml:3:1: unknown key 'x'" in text
