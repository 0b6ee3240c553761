"""What the GitHub Action does: install caveat, run it, and hand its findings to GitHub.

Standard library only, as it runs before anything is installed. The exit code is caveat's own. Nothing of the workspace
is imported or executed: it may be a stranger's pull request.
"""

from __future__ import annotations

import glob
import json
import os
import re
import shlex
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any, NamedTuple

TROUBLE = 2
SUMMARY_BYTES = 1024 * 1024 - 4096
"""GitHub refuses a summary of more than 1 MiB as a whole."""
NO_COMMIT = re.compile("0+")
COMMIT = re.compile("[0-9a-f]{40,64}")


class ActionError(Exception):
    """What the action was asked for cannot be done."""


class Inputs(NamedTuple):
    """The inputs of ``action.yml``."""

    paths: str = "."
    config: str = ""
    fail_level: str = ""
    format: str = "github"
    baseline: str = ""
    changed_only: bool = False
    sarif_file: str = ""
    version: str = ""
    summary: bool = True

    @classmethod
    def read(cls) -> Inputs:
        """The inputs that ``action.yml`` puts into the environment: a composite action gets none by itself."""

        def text(name: str, default: str = "") -> str:
            return os.environ.get(f"INPUT_{name}", "").strip() or default

        return cls(
            text("PATHS", "."), text("CONFIG"), text("FAIL_LEVEL"), text("FORMAT", "github"), text("BASELINE"),
            _truth("changed-only", text("CHANGED_ONLY", "false")), text("SARIF_FILE"), text("VERSION"),
            _truth("summary", text("SUMMARY", "true")),
        )  # fmt: skip


def _truth(name: str, value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ActionError(f"{name} must be true or false, not {value!r}")
    return value.lower() == "true"


def main() -> int:
    """Run the action; its exit code."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        inputs = Inputs.read()
        python = install(inputs.version)
        return lint(inputs, python)
    except ActionError as error:
        _command("error", str(error))
        return TROUBLE


def install(version: str) -> str:
    """Install caveat into an environment of its own; its Python."""
    if version and not re.fullmatch(r"[0-9][0-9A-Za-z.+!-]*", version):
        raise ActionError(f"version must be that of a release, such as 0.1.0, not {version!r}")
    what = f"caveat=={version}" if version else str(Path(__file__).resolve().parent.parent)
    folder = Path(os.environ.get("RUNNER_TEMP") or os.environ.get("TMPDIR") or "/tmp") / f"caveat-{uuid.uuid4().hex}"  # noqa: S108
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    steps = (
        [sys.executable, "-I", "-m", "venv", str(folder)],
        [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--quiet", "install", what],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
        if done.returncode:
            raise ActionError(f"caveat could not be installed: {(done.stderr or done.stdout).strip()[-1500:]}")
    return str(python)


def lint(inputs: Inputs, python: str) -> int:
    """Lint the workspace, write outputs and summary; caveat's exit code."""
    os.chdir(os.environ.get("GITHUB_WORKSPACE") or ".")
    event = _event()
    temporary = Path(os.environ.get("RUNNER_TEMP") or "/tmp")  # noqa: S108
    report, table = (temporary / f"caveat-{uuid.uuid4().hex}.{end}" for end in ("json", "md"))
    # -I: a folder of the workspace that is called like one of our packages must not be imported
    caveat = [python, "-I", "-m", "linter", "check"]
    command = [*caveat, "--output", inputs.format, "--output", f"json:{report}", "--output", f"markdown:{table}"]
    if inputs.sarif_file:
        command += ["--output", f"sarif:{inputs.sarif_file}"]
    if inputs.config:
        command += ["--config", inputs.config]
    if inputs.fail_level == "never":
        command.append("--exit-zero")
    elif inputs.fail_level:
        command += ["--fail-level", inputs.fail_level]
    if inputs.baseline:
        command += ["--baseline", inputs.baseline]
    if inputs.changed_only:
        command += _changed(event, caveat)
    command += ["--", *_paths(inputs.paths)]
    environment = {**os.environ, "CAVEAT_COMMIT": _commit(event), "CAVEAT_SUMMARY": "true" if inputs.summary else ""}
    sys.stdout.flush()
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if report.exists():  # it is missing when caveat did not even start
        data = json.loads(report.read_text("utf-8"))
        _output("findings", str(len(data["findings"])))
        _output("errors", str(sum(finding["severity"] == "error" for finding in data["findings"])))
        report.unlink()
    if inputs.sarif_file and Path(inputs.sarif_file).exists():
        _output("sarif-file", inputs.sarif_file)
    if table.exists():
        if inputs.summary:
            _summarize(table.read_text("utf-8"))
        table.unlink()
    return code


def _event() -> dict[str, Any]:
    """The payload of the event that started the workflow."""
    path = os.environ.get("GITHUB_EVENT_PATH", "")
    if not path or not Path(path).is_file():
        return {}
    payload = json.loads(Path(path).read_text("utf-8"))
    return payload if isinstance(payload, dict) else {}


def _paths(text: str) -> list[str]:
    """The paths that an input names, its patterns filled in. A pattern that fits nothing stays, to be complained of."""
    names = [line.strip() for line in text.splitlines() if line.strip()] if "\n" in text else shlex.split(text)
    paths: list[str] = []
    for name in names:
        found = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207
        paths += found or [name]
    return paths


def _commit(event: dict[str, Any]) -> str:
    """The commit that links should lead to. That of a pull request outlives the trial merge that is checked out."""
    head = event.get("pull_request", {}).get("head", {}).get("sha", "")
    return head if COMMIT.fullmatch(head) else os.environ.get("GITHUB_SHA", "")


def _changed(event: dict[str, Any], caveat: list[str]) -> list[str]:
    """The option that limits findings to what changed; none, with a notice, where there is nothing to compare with."""
    base = _base(event)
    if not base:
        _command("notice", "there is nothing to compare with, so all findings are reported")
        return []
    if not _supports(caveat, "--diff"):
        _command("warning", "this version of caveat has no --diff, so all findings are reported")
        return []
    return ["--diff", base]


def _base(event: dict[str, Any]) -> str:
    """The commit that the event's changes are counted from, fetched if need be; empty where there is none."""
    head = event.get("pull_request", {}).get("head", {}).get("sha", "")
    if head:
        # What is checked out is a trial merge of the pull request, and its first parent is what it was merged into.
        # The payload's base may be older.
        raw = _git("cat-file", "-p", "HEAD").split("\n\n")[0]
        parents = re.findall(r"^parent (\w+)$", raw, re.MULTILINE)
        base = parents[0] if len(parents) > 1 and parents[1] == head else event["pull_request"]["base"]["sha"]
    else:
        base = event.get("merge_group", {}).get("base_sha", "") or event.get("before", "")
    if not COMMIT.fullmatch(base) or NO_COMMIT.fullmatch(base):  # a branch that is new has nothing before it
        branch = event.get("repository", {}).get("default_branch", "")
        if "before" not in event or not branch or event.get("ref") == f"refs/heads/{branch}":
            return ""
        _git("fetch", "--no-tags", "--depth=1", "origin", f"refs/heads/{branch}")
        return _git("rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}").strip()
    if not _has(base):
        _git("fetch", "--no-tags", "--depth=1", "origin", base)
    return base if _has(base) else ""


def _has(commit: str) -> bool:
    return bool(_git("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").strip())


def _git(*arguments: str) -> str:
    """What git prints; nothing when it fails."""
    workspace = os.environ.get("GITHUB_WORKSPACE") or str(Path.cwd())
    # The checkout may belong to another user when the job runs in a container.
    command = ["git", "-c", f"safe.directory={workspace}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else ""


def _supports(caveat: list[str], option: str) -> bool:
    done = subprocess.run([*caveat, "--help"], capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    return option in done.stdout


def _command(level: str, message: str) -> None:
    """Print a workflow command; the message is escaped as the runner asks for."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    sys.stdout.write(f"::{level} title=caveat::{escaped}\n")
    sys.stdout.flush()


def _append(variable: str, text: str) -> None:
    path = os.environ.get(variable)
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _output(name: str, value: str) -> None:
    """Set an output. The delimiter is one that no value can guess."""
    mark = f"caveat_{uuid.uuid4().hex}"
    _append("GITHUB_OUTPUT", f"{name}<<{mark}\n{value}\n{mark}\n")


def _summarize(text: str) -> None:
    """Append a report to the job summary, as many of its rows as fit."""
    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    used = Path(path).stat().st_size if path and Path(path).exists() else 0
    room = SUMMARY_BYTES - used
    if len(text.encode()) > room:
        lines = text.splitlines(keepends=True)
        kept: list[str] = []
        for line in lines:
            room -= len(line.encode())
            if room < 0:
                break
            kept.append(line)
        text = "".join(kept) + f"\n{len(lines) - len(kept)} more findings do not fit here; the log has all of them.\n"
    _append("GITHUB_STEP_SUMMARY", text + "\n")


if __name__ == "__main__":
    sys.exit(main())
