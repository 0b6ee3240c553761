"""The published hooks, run by pre-commit itself on a scratch repository.

pre-commit installs the hook from a commit, so the working tree is committed to a clone first. This takes a minute and
an index to install from: it runs where CAVEAT_SLOW_TESTS is set, as in continuous integration.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from linter.readers import SUFFIXES
from tests.drafts import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
CARELESS = "# Turmeric\n\nTurmeric cures arthritis.\n"
CAREFUL = "# Turmeric\n\nTurmeric has been studied in arthritis.\n"


def taken(path: str) -> bool:
    hook = HOOKS["caveat"]
    return bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)


def test_every_format_is_taken() -> None:
    assert all(taken(f"drafts/a{suffix}") for suffix in SUFFIXES)


@pytest.mark.parametrize("path", [
    "LICENSE", "LICENSE.txt", "LICENCE.md", "NOTICE", "requirements-dev.txt", "docs/robots.txt", "a.py",
    "CMakeLists.txt", "md",
])  # fmt: skip
def test_what_is_no_draft_is_not_taken(path: str) -> None:
    assert not taken(path)


@pytest.mark.parametrize("path", ["README.md", "drafts/license-to-heal.md", "my-requirements.md", "a/robots.html"])
def test_drafts_with_such_words_in_their_names_are(path: str) -> None:
    assert taken(path)


def test_fixed_options_stand_in_the_entry() -> None:
    for hook in HOOKS.values():
        assert "--force-exclude" in hook["entry"]
        assert "args" not in hook
        assert hook["require_serial"]
        assert hook["types"] == ["file"]
        assert hook["language"] == "python"


class Scratch:
    """A repository of drafts, and ours to take the hooks from."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self.ours = folder / "caveat"
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_"))},
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "CAVEAT_CACHE_DIR": str(folder / "caveat-cache"),
        }
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
        for name in listed.stdout.decode().split("\0"):
            if name and (ROOT / name).is_file():
                (self.ours / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.ours / name)
        self.site.mkdir()
        for repository in (self.ours, self.site):
            self.git(repository, "init", "--quiet")
        self.git(self.ours, "add", "--all")
        self.git(self.ours, "commit", "--quiet", "--message", "x")

    def git(self, where: Path, *arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *arguments], cwd=where, check=True, env=self.environment)

    def stage(self, **files: str) -> None:
        for name, text in files.items():
            path = self.site / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.git(self.site, "add", "--all")

    def run(self, hook: str = "caveat", *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(self.ours), hook, *options]
        return subprocess.run(command, cwd=self.site, capture_output=True, text=True, check=False, env=self.environment)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    if not os.environ.get("CAVEAT_SLOW_TESTS"):
        pytest.skip("set CAVEAT_SLOW_TESTS=1 to install and run the hooks")
    pytest.importorskip("pre_commit")
    return Scratch(tmp_path_factory.mktemp("hooks"))


@pytest.fixture
def scratch(made: Scratch) -> Scratch:
    """The same repository, emptied: what pre-commit has installed is kept."""
    for path in made.site.iterdir():
        if path.name == ".git":
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    made.git(made.site, "add", "--all")
    made.git(made.site, "commit", "--quiet", "--allow-empty", "--message", "x")
    return made


def test_passing_commit(scratch: Scratch) -> None:
    scratch.stage(good=CAREFUL)
    done = scratch.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_failing_commit(scratch: Scratch) -> None:
    scratch.stage(bad=CARELESS, good=CAREFUL)
    done = scratch.run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "\nbad.md:3:10: error efficacy/absolute-claim: " in done.stdout
    assert "good.md" not in done.stdout.partition("hook id")[2]


def test_two_thousand_files_that_pre_commit_splits(scratch: Scratch) -> None:
    folder = "a-folder-with-a-long-name-as-sites-have-them__" * 2
    scratch.stage(**{f"{folder}draft-{i:04}": CARELESS if i % 500 == 0 else CAREFUL for i in range(2000)})
    done = scratch.run("caveat", "--all-files")
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr
    assert done.stdout.count("error efficacy/absolute-claim") == 4
    assert "draft-1500.md:3:10" in done.stdout


def test_excluded_file_that_is_named(scratch: Scratch) -> None:
    (scratch.site / "caveat.toml").write_text('exclude = ["archive/"]\n', "utf-8")
    scratch.stage(archive__bad=CARELESS)
    done = scratch.run()
    assert done.returncode == 0, done.stdout + done.stderr


def test_changed_lines_only(scratch: Scratch) -> None:
    scratch.stage(old=CARELESS)
    scratch.git(scratch.site, "commit", "--quiet", "--message", "x")
    scratch.stage(old=CARELESS + "\nIt is a spice.\n")
    assert scratch.run("caveat-changed").returncode == 0
    scratch.stage(old=CARELESS + "\nIt cures diabetes too: turmeric cures diabetes.\n")
    done = scratch.run("caveat-changed")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "old.md:5:" in done.stdout
    assert "old.md:3:" not in done.stdout
