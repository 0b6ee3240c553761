"""`caveat check`: exit codes, which files are read, which findings are shown, and where everything is printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CAREFUL, CARELESS

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat

ABSOLUTE = "efficacy/absolute-claim"


def test_clean_run_says_nothing(caveat: Caveat) -> None:
    caveat.write(good_md=CAREFUL)
    assert caveat("good.md") == (0, "", "")


def test_findings_exit_with_1_and_show_their_place(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    code, out, err = caveat("check", "--format", "text", "bad.md")
    assert (code, err) == (1, "")
    assert out.startswith(f"bad.md:3:10 error {ABSOLUTE}\n  |\n3 | Turmeric cures arthritis.\n  |          ^^^^^")
    assert out.endswith("1 finding (1 error) in 1 of 1 draft\n")


def test_check_may_be_left_out(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("bad.md") == caveat("check", "bad.md")


def test_exit_zero(caveat: Caveat) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("--exit-zero", "bad.md").code == 0
    assert caveat("--exit-zero", "bad.md", "gone.md").code == 2


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("info", 1)])
def test_fail_level_of_an_error(caveat: Caveat, level: str, code: int) -> None:
    caveat.write(bad_md=CARELESS)
    assert caveat("--fail-level", level, "bad.md").code == code


def test_fail_level_above_the_finding(caveat: Caveat) -> None:
    caveat.put("old.md", b"Caf\xe9 au lait.\n")  # an info finding and nothing else
    assert caveat("old.md").code == 0
    assert caveat("--fail-level", "info", "old.md").code == 1


class TestWhatCannotBeDone:
    def test_missing_file_is_told_and_the_others_are_linted(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        code, out, err = caveat("--format", "concise", "gone.md", "bad.md")
        assert code == 2
        assert ABSOLUTE in out
        assert err == "caveat: gone.md: no such file or folder\n"

    def test_binary_file(self, caveat: Caveat) -> None:
        caveat.put("draft.docx", b"PK\x03\x04rest")
        code, out, err = caveat("draft.docx")
        assert (code, out) == (2, "")
        assert "draft.docx: looks like a binary file" in err

    def test_unreadable_file(self, caveat: Caveat) -> None:
        secret = caveat.put("secret.md", CARELESS)
        secret.chmod(0)
        if os.access(secret, os.R_OK):
            pytest.skip("this user reads everything")
        caveat.write(bad_md=CARELESS)
        code, out, err = caveat("--format", "concise", "secret.md", "bad.md")
        assert code == 2
        assert ABSOLUTE in out
        assert err == "caveat: secret.md: cannot be read: Permission denied\n"

    def test_unknown_option(self, caveat: Caveat) -> None:
        assert caveat("--nonsense").code == 2

    def test_unknown_rule(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        code, _, err = caveat("--select", "efficacy/absolut-claim", "bad.md")
        assert code == 2
        assert "did you mean 'efficacy/absolute-claim'?" in err

    def test_errors_stand_in_the_json_report(self, caveat: Caveat) -> None:
        outcome = caveat("--format", "json", "gone.md")
        assert outcome.code == 2
        assert outcome.json["errors"] == [
            {"path": "gone.md", "line": 0, "column": 0, "message": "no such file or folder"}
        ]

    def test_rule_file_with_a_mistake(self, caveat: Caveat) -> None:
        own = "rules:\n  - id: own/rule\n    sumary: x\n"
        caveat.write(bad_md=CARELESS, caveat_toml='rules = ["own.yaml"]', own_yaml=own)
        code, _, err = caveat("bad.md")
        assert code == 2
        assert "own.yaml:3:5: unknown key 'sumary'; did you mean 'summary'?" in err

    def test_rule_file_that_is_missing(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS, caveat_toml='rules = ["own.yaml"]')
        outcome = caveat("--format", "json", "bad.md")
        assert outcome.code == 2
        assert "there is no file 'own.yaml'" in outcome.json["errors"][0]["message"]

    def test_a_draft_that_trips_the_program(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        from linter import lint

        def trip(*arguments: object, **named: object) -> object:
            raise RecursionError("too deep")

        monkeypatch.setattr(lint, "lint_draft", trip)
        caveat.write(bad_md=CARELESS)
        code, _, err = caveat("bad.md")
        assert code == 2
        assert "please report it (RecursionError: too deep" in err


class TestWhichFiles:
    def test_folder_is_walked_in_order(self, caveat: Caveat) -> None:
        caveat.write(b__two_md=CARELESS, a_md=CARELESS, b__one_html=CARELESS, b__note_docx="x", c_txt=CAREFUL)
        caveat.put(".hidden/x.md", CARELESS)
        caveat.put("node_modules/x.md", CARELESS)
        data = caveat("--format", "json").json
        assert [f["path"] for f in data["findings"]] == ["a.md", "b/one.html", "b/two.md"]
        assert data["files"] == 4

    def test_gitignore_is_respected(self, caveat: Caveat) -> None:
        caveat.put(".gitignore", "build/\n*.draft.md\n!keep.draft.md\n")
        caveat.put("docs/.gitignore", "old.md\n/local.md\n")
        caveat.put("docs/deep/.gitignore", "!old.md\n")
        for name in ("a.md", "b.draft.md", "keep.draft.md", "build/x.md", "docs/old.md", "docs/local.md",
                     "docs/deep/old.md", "docs/deep/local.md"):  # fmt: skip
            caveat.put(name, CARELESS)
        found = [f["path"] for f in caveat("--format", "json", ".").json["findings"]]
        assert found == ["a.md", "docs/deep/local.md", "docs/deep/old.md", "keep.draft.md"]

    def test_gitignore_above_the_folder_holds_inside_a_repository(self, caveat: Caveat) -> None:
        caveat.put(".git/HEAD", "")
        caveat.put(".gitignore", "*.old.md\nbuild/\n")
        caveat.put("docs/a.md", CARELESS)
        caveat.put("docs/b.old.md", CARELESS)
        caveat.put("build/c.md", CARELESS)
        assert caveat("--format", "json", "docs").json["files"] == 1
        assert caveat("--format", "json", "build").json["files"] == 1  # it was named

    def test_named_file_is_linted_though_git_ignores_it(self, caveat: Caveat) -> None:
        caveat.put(".gitignore", "*.md\n")
        caveat.put("a.md", CARELESS)
        assert caveat("a.md").code == 1

    def test_each_file_once(self, caveat: Caveat) -> None:
        caveat.put("docs/a.md", CARELESS)
        data = caveat("--format", "json", "docs", "./docs/a.md", "docs/../docs/a.md").json
        assert data["files"] == 1
        assert [f["path"] for f in data["findings"]] == ["docs/a.md"]

    def test_empty_folder(self, caveat: Caveat) -> None:
        assert caveat(".") == (0, "", "caveat: no drafts found\n")
        assert caveat("--quiet", ".") == (0, "", "")

    def test_standard_input(self, caveat: Caveat) -> None:
        assert caveat("-", stdin=CARELESS).out.startswith("stdin.md:3:10: error")
        html = "<p>Turmeric cures arthritis.</p>"
        outcome = caveat("--format", "concise", "--stdin-filename", "posts/x.html", "-", stdin=html)
        assert outcome.out.startswith("posts/x.html:1:13: error")

    def test_binary_standard_input(self, caveat: Caveat) -> None:
        assert caveat("-", stdin=b"%PDF-1.7").code == 2


class TestWhichFindings:
    @pytest.mark.parametrize(
        ("options", "shown"),
        [
            (["--select", "efficacy"], True),
            (["--select", ABSOLUTE], True),
            (["--select", "*/absolute-*"], True),
            (["--select", "dose,citation"], False),
            (["--select", "dose", "--select", "efficacy/*"], True),
            (["--ignore", "efficacy"], False),
            (["--ignore", "citation"], True),
            (["--select", "efficacy", "--ignore", ABSOLUTE], False),
        ],
    )
    def test_select_and_ignore(self, caveat: Caveat, options: list[str], shown: bool) -> None:
        caveat.write(bad_md=CARELESS)
        outcome = caveat("--format", "json", *options, "bad.md")
        assert [f["rule"] for f in outcome.json["findings"]] == [ABSOLUTE] * shown
        assert outcome.code == int(shown)

    def test_encoding_is_told(self, caveat: Caveat) -> None:
        caveat.put("old.md", b"A cup.\n\nCaf\xe9 au lait.\n")
        finding = caveat("--format", "json", "old.md").json["findings"][0]
        assert finding["rule"] == "file/encoding"
        assert (finding["line"], finding["severity"], finding["excerpt"]) == (1, "info", "")
        assert "first at line 3" in finding["message"]
        assert caveat("--ignore", "file", "old.md").out == ""


class TestReport:
    def test_json_names_the_tool(self, caveat: Caveat) -> None:
        caveat.write(good_md=CAREFUL)
        data = caveat("--format", "json", "good.md").json
        assert data["version"] == 1
        assert data["tool"]["name"] == "caveat"
        assert (data["files"], data["findings"], data["errors"]) == (1, [], [])

    def test_statistics_stand_in_text_and_beside_other_formats(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        line = f"1  {ABSOLUTE}\n"
        assert line in caveat("--statistics", "--format", "text", "bad.md").out
        outcome = caveat("--statistics", "--format", "json", "bad.md")
        assert outcome.err == line
        assert outcome.json["findings"]

    def test_quiet(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        out = caveat("-q", "bad.md").out
        assert ABSOLUTE in out
        assert "1 finding" not in out

    def test_colour(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        caveat.write(bad_md=CARELESS)
        assert "\x1b[" not in caveat("--format", "text", "bad.md").out
        assert "\x1b[" in caveat("--format", "text", "--color", "always", "bad.md").out
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in caveat("--format", "text", "bad.md").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in caveat("--format", "text", "bad.md").out

    @pytest.mark.parametrize("name", ["text", "concise", "json"])
    def test_same_run_same_output(self, caveat: Caveat, name: str) -> None:
        caveat.write(bad_md=CARELESS, worse_md=CARELESS * 3)
        assert caveat("--format", name, ".") == caveat("--format", name, ".")


class TestProcess:
    """What only a process of its own can show."""

    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "linter", *arguments]
        return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]

    def test_output_is_utf8_whatever_the_locale(self, caveat: Caveat) -> None:
        caveat.write(bad_md="Kurkuma für Łukasz 日本: turmeric cures arthritis.\n")
        environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        text = self.run("--format", "text", "bad.md", env=environment)
        assert text.returncode == 1
        assert text.stdout.isascii()
        assert b"\\u65e5" in text.stdout
        report = self.run("--format", "json", "bad.md", env=environment)
        assert "cures" in json.loads(report.stdout.decode("utf-8"))["findings"][0]["excerpt"]
        del environment["PYTHONIOENCODING"]
        assert "日本" in self.run("--format", "text", "bad.md", env=environment).stdout.decode("utf-8")

    @pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
    def test_reader_that_goes_away(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS * 3000)
        command = [sys.executable, "-m", "linter", "bad.md"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) == 1

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
    def test_full_disk(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        with open("/dev/full", "wb") as full:  # noqa: PTH123
            command = [sys.executable, "-m", "linter", "bad.md"]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert b"cannot write the report" in done.stderr

    def test_no_standard_input(self, caveat: Caveat) -> None:
        caveat.write(bad_md=CARELESS)
        done = self.run("bad.md", stdin=subprocess.DEVNULL)
        assert (done.returncode, done.stderr) == (1, b"")
