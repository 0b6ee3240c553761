"""The GitHub Action's script, run as a runner would run it: payloads, workspaces and GITHUB_* files, but no GitHub."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.drafts import ROOT
from tests.reporters.parsers import Command, commands

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

CARELESS = "# Turmeric\n\nTurmeric cures arthritis.\n"
CAREFUL = "# Turmeric\n\nTurmeric has been studied in arthritis.\n"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("caveat_action", ROOT / "action" / "main.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Ran:
    """What a run of the action left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str
    commands: list[Command] = field(init=False)

    def __post_init__(self) -> None:
        self.commands = commands(self.log)


class Workspace:
    """A checkout on a runner."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = folder / "site"
        self.files = folder / "runner"
        self.capfd = capfd
        self.monkeypatch = monkeypatch
        for path in (self.root, self.files):
            path.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *identity, *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, **files: str) -> str:
        for name, text in files.items():
            (self.root / f"{name}.md").write_text(text, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")
        return self.git("rev-parse", "HEAD")

    def run(self, event: str, payload: dict[str, Any], **inputs: str) -> Ran:
        names = {key: self.files / key.lower() for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH")}
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            names[name].write_text("", "utf-8")
        names["GITHUB_EVENT_PATH"].write_text(json.dumps(payload), "utf-8")
        environment = {
            **{key: str(path) for key, path in names.items()},
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event, "GITHUB_WORKSPACE": str(self.root),
            "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "some/site",
            "GITHUB_SHA": self.git("rev-parse", "HEAD"), "RUNNER_TEMP": str(self.files),
            # as action.yml fills them in
            **{f"INPUT_{name.replace('-', '_').upper()}": str(spec.get("default", ""))
               for name, spec in ACTION["inputs"].items()},
            **{f"INPUT_{name.upper()}": value for name, value in inputs.items()},
        }  # fmt: skip
        for name, value in environment.items():
            self.monkeypatch.setenv(name, value)
        module = load()
        self.monkeypatch.setattr(module, "install", lambda _version: sys.executable)
        here = os.getcwd()  # noqa: PTH109
        self.capfd.readouterr()
        try:
            code = module.main()
        finally:
            os.chdir(here)
        out, err = self.capfd.readouterr()
        return Ran(code, out + err, outputs(names["GITHUB_OUTPUT"]), names["GITHUB_STEP_SUMMARY"].read_text("utf-8"))


def outputs(path: Path) -> dict[str, str]:
    pattern = re.compile(r"(\S+)<<(\S+)\n(.*?)\n\2\n", re.DOTALL)
    return {match[1]: match[3] for match in pattern.finditer(path.read_text("utf-8"))}


@pytest.fixture
def workspace(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Workspace:
    return Workspace(tmp_path, capfd, monkeypatch)


def pull_request(base: str, head: str, fork: bool = False) -> dict[str, Any]:
    """The parts of the payload that matter, in the shape that GitHub sends."""
    repository = {"full_name": "some/site", "default_branch": "main", "fork": False}
    theirs = {"full_name": "stranger/site", "default_branch": "main", "fork": True}
    return {
        "action": "synchronize",
        "number": 7,
        "pull_request": {
            "number": 7,
            "base": {"ref": "main", "sha": base, "repo": repository},
            "head": {"ref": "edit", "sha": head, "repo": theirs if fork else repository},
        },
        "repository": repository,
    }


PAYLOADS = {
    "push": {"ref": "refs/heads/main", "before": "0" * 40, "after": "1" * 40, "repository": {"default_branch": "main"}},
    "pull_request": pull_request("1" * 40, "2" * 40),
    "pull_request from a fork": pull_request("1" * 40, "2" * 40, fork=True),
    "merge_group": {"action": "checks_requested", "merge_group": {"base_sha": "1" * 40, "head_sha": "2" * 40}},
    "workflow_dispatch": {"inputs": None, "ref": "refs/heads/main", "repository": {"default_branch": "main"}},
}


@pytest.mark.parametrize("event", PAYLOADS)
def test_every_event(workspace: Workspace, event: str) -> None:
    workspace.commit(bad=CARELESS, good=CAREFUL)
    ran = workspace.run(event.partition(" ")[0], PAYLOADS[event])
    assert ran.code == 1
    assert [(c.name, c.properties["file"], c.properties["line"]) for c in ran.commands] == [("error", "bad.md", "3")]
    assert ran.outputs == {"findings": "1", "errors": "1"}
    assert "1 finding (1 error) in 1 of 2 drafts." in ran.summary
    commit = "2" * 40 if "pull_request" in event else workspace.git("rev-parse", "HEAD")
    assert f"https://github.com/some/site/blob/{commit}/bad.md?plain=1#L3" in ran.summary


def test_clean_workspace(workspace: Workspace) -> None:
    workspace.commit(good=CAREFUL)
    ran = workspace.run("push", PAYLOADS["push"])
    assert (ran.code, ran.log, ran.outputs) == (0, "", {"findings": "0", "errors": "0"})
    assert "No findings in 1 draft." in ran.summary


def test_thirty_findings_of_a_pull_request(workspace: Workspace) -> None:
    workspace.commit(ldn="# Herbs\n" + "".join(f"\nTurmeric cures arthritis, part {i}.\n" for i in range(30)))
    ran = workspace.run("pull_request", PAYLOADS["pull_request"])
    assert ran.code == 1
    assert [c.name for c in ran.commands] == ["error"] * 10 + ["notice"]
    assert ran.commands[0].data.startswith("ldn.md:3:10 efficacy/absolute-claim: ")
    assert ran.commands[-1].data.startswith("20 errors more than GitHub shows as annotations.")
    assert ran.summary.count("| error |") == 30
    assert ran.log.count("\nerror ldn.md:") == 20


def test_inputs_reach_the_command(workspace: Workspace) -> None:
    workspace.commit(bad=CARELESS, good=CAREFUL, odd=CARELESS)
    assert workspace.run("push", {}, paths="g*.md", summary="false").code == 0
    ran = workspace.run(
        "push", {}, paths="bad.md\nodd.md", fail_level="never", sarif_file="out/a.sarif", format="concise"
    )
    assert ran.code == 0
    assert ran.outputs == {"findings": "2", "errors": "2", "sarif-file": "out/a.sarif"}
    assert json.loads((workspace.root / "out" / "a.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert not ran.commands
    assert "bad.md:3:10: error" in ran.log


def test_what_cannot_be_done(workspace: Workspace) -> None:
    workspace.commit(good=CAREFUL)
    ran = workspace.run("push", {}, paths="good.md gone.md")
    assert ran.code == 2
    assert ran.commands[0].name == "error"
    assert "gone.md: no such file" in ran.commands[0].data
    for wrong in ({"changed_only": "maybe"}, {"fail_level": "loud"}):
        assert workspace.run("push", {}, **wrong).code == 2


@pytest.mark.parametrize("version", ["; touch x", "--index-url=http://evil", "../x", "caveat @ git+https://evil"])
def test_version_is_a_version(version: str) -> None:
    module = load()
    with pytest.raises(module.ActionError):
        module.install(version)


def test_workspace_cannot_bring_code(workspace: Workspace) -> None:
    workspace.commit(good=CAREFUL)
    for name in ("linter", "json", "yaml", "argparse"):
        (workspace.root / f"{name}.py").write_text("raise SystemExit('owned')\n", "utf-8")
    workspace.monkeypatch.setenv("PYTHONPATH", str(workspace.root))
    assert workspace.run("pull_request", PAYLOADS["pull_request from a fork"]).code == 0


def test_option_like_path_is_a_path(workspace: Workspace) -> None:
    workspace.commit(good=CAREFUL)
    ran = workspace.run("push", {}, paths="--exit-zero")
    assert ran.code == 2
    assert "--exit-zero: no such file" in ran.log


class TestChangedOnly:
    def diff(self, workspace: Workspace, payload: dict[str, Any]) -> list[str]:
        """The option that the script would pass on."""
        event = workspace.files / "event.json"
        event.write_text(json.dumps(payload), "utf-8")
        workspace.monkeypatch.setenv("GITHUB_EVENT_PATH", str(event))
        workspace.monkeypatch.setenv("GITHUB_WORKSPACE", str(workspace.root))
        workspace.monkeypatch.chdir(workspace.root)
        module = load()
        workspace.monkeypatch.setattr(module, "_supports", lambda *_: True)
        options: list[str] = module._changed(module._event(), ["caveat"])
        return options

    def test_pull_request_counts_from_what_it_is_merged_into(self, workspace: Workspace) -> None:
        old = workspace.commit(a=CAREFUL)
        workspace.git("checkout", "--quiet", "-b", "edit")
        head = workspace.commit(b=CARELESS)
        workspace.git("checkout", "--quiet", "main")
        base = workspace.commit(c=CARELESS)
        workspace.git("checkout", "--quiet", "--detach")
        workspace.git("merge", "--quiet", "--no-ff", "--message", "trial", head)
        assert self.diff(workspace, pull_request(old, head)) == ["--diff", base]
        assert self.diff(workspace, pull_request(old, "3" * 40)) == ["--diff", old]

    def test_push_and_merge_group(self, workspace: Workspace) -> None:
        before = workspace.commit(a=CAREFUL)
        workspace.commit(b=CARELESS)
        push = {"before": before, "ref": "refs/heads/main", "repository": {"default_branch": "main"}}
        assert self.diff(workspace, push) == ["--diff", before]
        assert self.diff(workspace, {"merge_group": {"base_sha": before}}) == ["--diff", before]

    def test_shallow_checkout_is_deepened_by_what_is_needed(self, workspace: Workspace, tmp_path: Path) -> None:
        before = workspace.commit(a=CAREFUL)
        workspace.commit(b=CARELESS)
        workspace.git("clone", "--quiet", "--depth=1", workspace.root.as_uri(), str(tmp_path / "clone"))
        workspace.git("config", "uploadpack.allowAnySHA1InWant", "true")
        workspace.root = tmp_path / "clone"
        assert self.diff(workspace, {"before": before, "ref": "refs/heads/main"}) == ["--diff", before]

    def test_nothing_to_compare_with(self, workspace: Workspace) -> None:
        workspace.commit(a=CAREFUL)
        assert self.diff(workspace, PAYLOADS["push"]) == []
        assert self.diff(workspace, PAYLOADS["workflow_dispatch"]) == []
        assert self.diff(workspace, {"before": "--upload-pack=touch x", "ref": "refs/heads/main"}) == []

    def test_new_branch_counts_from_the_default_one(self, workspace: Workspace, tmp_path: Path) -> None:
        base = workspace.commit(a=CAREFUL)
        workspace.git("clone", "--quiet", str(workspace.root), str(tmp_path / "clone"))
        workspace.root = tmp_path / "clone"
        workspace.git("checkout", "--quiet", "-b", "edit")
        workspace.commit(b=CARELESS)
        payload = {"before": "0" * 40, "ref": "refs/heads/edit", "repository": {"default_branch": "main"}}
        assert self.diff(workspace, payload) == ["--diff", base]

    def test_in_a_run(self, workspace: Workspace) -> None:
        before = workspace.commit(old=CARELESS)
        workspace.commit(new=CARELESS)
        ran = workspace.run("push", {"before": before, "ref": "refs/heads/main"}, changed_only="true")
        if any("has no --diff" in c.data for c in ran.commands):
            pytest.skip("--diff does not exist yet")
        assert [c.properties["file"] for c in ran.commands] == ["new.md"]


def test_summary_keeps_within_its_limit(workspace: Workspace) -> None:
    path = workspace.files / "summary"
    path.write_text("x" * 1000, "utf-8")
    workspace.monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    load()._summarize("head\n\n" + "| é row |\n" * 200_000)
    text = path.read_text("utf-8")
    assert len(text.encode()) <= 1024 * 1024
    assert re.search(r"\d+ more findings do not fit here", text)


class TestActionFile:
    def test_schema(self) -> None:
        pytest.importorskip("check_jsonschema")
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
        done = subprocess.run([*command, str(ROOT / "action.yml")], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout

    def test_no_expression_in_the_text_of_a_script(self) -> None:
        for step in ACTION["runs"]["steps"]:
            assert "${{" not in step.get("run", "")

    def test_every_input_reaches_the_script_and_is_described(self) -> None:
        step = ACTION["runs"]["steps"][-1]
        for name, spec in ACTION["inputs"].items():
            assert spec["description"]
            if name != "python-version":
                assert step["env"][f"INPUT_{name.replace('-', '_').upper()}"] == f"${{{{ inputs.{name} }}}}"

    def test_script_needs_the_standard_library_alone(self) -> None:
        text = (ROOT / "action" / "main.py").read_text("utf-8")
        modules = re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)
        assert set(modules) <= sys.stdlib_module_names
