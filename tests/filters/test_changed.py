"""Changed lines only, against real repositories."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from linter.filters.changed import Change, _parsed
from tests.cli.conftest import Caveat, caveat

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["caveat"]

DRAFT = "# Turmeric\n\nTurmeric cures arthritis.\n\nGarlic is a plant.\nIt grows in gardens.\n\nZinc cures colds.\n"


@pytest.fixture
def git(caveat: Caveat) -> Callable[..., None]:
    def run(*arguments: str) -> None:
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *arguments], cwd=caveat.folder, check=True, capture_output=True)

    run("init", "--quiet")
    caveat.put("a.md", DRAFT)
    run("add", ".")
    run("commit", "--quiet", "--message", "first")
    return run


def lines(caveat: Caveat, *arguments: str) -> list[tuple[str, int]]:
    return [(f["path"], f["line"]) for f in caveat("--format", "json", *arguments).json["findings"]]


def test_nothing_changed(caveat: Caveat, git: Callable[..., None]) -> None:
    assert lines(caveat, "--diff", "HEAD") == []
    assert caveat("--diff", "HEAD") == (0, "", "")


def test_only_touched_blocks(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("a.md", DRAFT.replace("colds", "all colds"))
    assert lines(caveat, "--diff", "HEAD") == [("a.md", 8)]


def test_any_line_of_the_block(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("a.md", DRAFT.replace("arthritis.\n", "arthritis.\nAsk around.\n"))
    assert lines(caveat, "--diff", "HEAD") == [("a.md", 3)]


def test_line_taken_out_of_a_block(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("a.md", "Turmeric cures\nas we all know\narthritis.\n\nZinc cures colds.\n")
    git("commit", "--quiet", "--all", "--message", "second")
    caveat.put("a.md", "Turmeric cures\narthritis.\n\nZinc cures colds.\n")
    assert lines(caveat, "--diff", "HEAD") == [("a.md", 1)]


def test_new_file_and_rename(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("new.md", "Garlic cures asthma.\n")
    git("mv", "a.md", "b ü.md")
    assert lines(caveat, "--diff", "HEAD") == [("new.md", 1)]
    caveat.put("b ü.md", DRAFT.replace("colds", "all colds"))
    assert lines(caveat, "--diff", "HEAD") == [("b ü.md", 8), ("new.md", 1)]


def test_staged_is_linted_as_it_is_staged(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("a.md", DRAFT.replace("colds", "all colds"))
    git("add", ".")
    caveat.put("a.md", "A line above.\n\n" + DRAFT.replace("arthritis", "asthma"))
    assert lines(caveat, "--staged") == [("a.md", 8)]


def test_staged_before_the_first_commit(caveat: Caveat, git: Callable[..., None]) -> None:
    git("update-ref", "-d", "HEAD")
    assert lines(caveat, "--staged") == [("a.md", 3), ("a.md", 8)]


def test_finding_that_a_change_elsewhere_brought_about(caveat: Caveat, git: Callable[..., None]) -> None:
    """The waiver went: the sentence below it was not touched, and is flagged all the same."""
    waiver = "<!-- caveat: ignore-file efficacy -- checked -->\n"
    caveat.put("a.md", DRAFT + "\n" + waiver)
    git("commit", "--quiet", "--all", "--message", "waived")
    caveat.put("a.md", DRAFT)
    assert lines(caveat, "--diff", "HEAD") == [("a.md", 3), ("a.md", 8)]


def test_in_a_folder_of_the_repository(caveat: Caveat, git: Callable[..., None]) -> None:
    caveat.put("docs/c.md", "Garlic cures asthma.\n")
    caveat.monkeypatch.chdir(caveat.folder / "docs")
    assert lines(caveat, "--diff", "HEAD") == [("c.md", 1)]


@pytest.mark.parametrize("revision", ["nonsense", "--output=x"])
def test_what_is_no_revision(caveat: Caveat, git: Callable[..., None], revision: str) -> None:
    code, _, err = caveat(f"--diff={revision}")
    assert code == 2
    assert revision in err
    assert not (caveat.folder / "x").exists()


def test_no_repository(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(caveat.folder.parent))
    assert caveat("--diff", "HEAD").code == 2


def test_content_that_looks_like_a_diff() -> None:
    diff = b"""\
diff --git a/a.md b/a.md
index 1..2 100644
--- a/a.md
+++ b/a.md
@@ -3,0 +4,3 @@
+++ b/evil.md
+@@ -1 +1 @@
+--- a/x
@@ -9,2 +12,0 @@
--- a/b.md
-+++ b/b.md
diff --git "a/\\303\\274.md" "b/\\303\\274.md"
--- "a/\\303\\274.md"
+++ "b/\\303\\274.md"
@@ -1 +1 @@
-x
+y
"""
    assert _parsed(diff) == {"a.md": Change("a.md", [(4, 6)], [12]), "ü.md": Change("ü.md", [(1, 1)])}
