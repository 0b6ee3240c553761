"""Suggestions as edits: where they go, where there are none, and the command that shows or makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.cli.fix import diff, edited
from linter.source import Source

if TYPE_CHECKING:
    from tests.cli.conftest import Caveat

DOSE = "Ask your doctor or pharmacist which dose is right for you before you start, change or stop it."
HEAD = "# Low-dose naltrexone\n\n"


def edits(draft: str, name: str = "draft.md", rule: str = "") -> list[str]:
    """The draft after each edit that a finding offers, alone."""
    source = Source.from_text(draft, name)
    findings = [f for f in lint_text(draft, name) if rule in f.rule]
    assert findings
    return [edited(source, f.edit).text for f in findings if f.edit]


@pytest.mark.parametrize(("before", "after"), [
    ("Take 4.5 mg at night.\n", f"Take 4.5 mg at night. {DOSE}\n"),
    ("Take 4.5 mg at night. Sleep well.\n", f"Take 4.5 mg at night. {DOSE} Sleep well.\n"),
    ("- Take 4.5 mg at night.\n- Sleep.\n", f"- Take 4.5 mg at night. {DOSE}\n- Sleep.\n"),
])  # fmt: skip
def test_sentence_goes_after_the_one_that_it_mends(before: str, after: str) -> None:
    assert edits(HEAD + before, rule="dose/") == [HEAD + after]


@pytest.mark.parametrize("draft", [
    "**Take 4.5 mg at night.**\n", "[Take 4.5 mg at night.](https://example.org)\n", "Take 4.5 mg at night\n",
    "| dose | when |\n|---|---|\n| Take 4.5 mg. | night |\n", "### Take 4.5 mg at night.\n",
])  # fmt: skip
def test_no_edit_where_markup_or_layout_would_suffer(draft: str) -> None:
    source = HEAD + draft
    assert all(f.edit is None for f in lint_text(source, "draft.md") if f.rule.startswith("dose/"))


def test_html_is_escaped_and_stays_in_its_element() -> None:
    draft = "<h1>Low-dose naltrexone</h1><p>Take 4.5 mg at night.</p>"
    assert edits(draft, "a.html", "dose/") == [draft.replace("night.", f"night. {DOSE}")]
    assert edits(draft.replace("4.5 mg", "<b>4.5</b> mg"), "a.html", "dose/")
    assert edits(draft.replace("<p>", "<p><b>").replace("</p>", "</b></p>"), "a.html", "dose/") == []


def test_flat_verb_gets_a_hedge() -> None:
    assert edits("Magnesium relieves migraine.\n") == ["Magnesium may relieve migraine.\n"]


class TestCommand:
    def test_shows_a_diff_and_writes_nothing(self, caveat: Caveat) -> None:
        caveat.write(a_md="Magnesium relieves migraine.\n")
        code, out, err = caveat("fix", "--suggest", "a.md")
        assert (code, err) == (1, "")
        assert "-Magnesium relieves migraine.\n+Magnesium may relieve migraine.\n" in out
        assert (caveat.folder / "a.md").read_text("utf-8") == "Magnesium relieves migraine.\n"

    def test_write_keeps_line_ends_and_the_mark(self, caveat: Caveat) -> None:
        path = caveat.put("a.md", b"\xef\xbb\xbfMagnesium relieves migraine.\r\n\r\nEnd.\r\n")
        path.chmod(0o640)
        code, out, _ = caveat("fix", "--write")
        assert (code, out) == (0, "changed a.md\n")
        assert path.read_bytes() == b"\xef\xbb\xbfMagnesium may relieve migraine.\r\n\r\nEnd.\r\n"
        assert path.stat().st_mode & 0o777 == 0o640
        assert caveat("fix", "--write") == (0, "", "")

    def test_one_sentence_for_many_doses(self, caveat: Caveat) -> None:
        caveat.write(a_md=HEAD + "Take 1.5 mg at night.\n\nThen take 3 mg at night.\n\nThen take 4.5 mg at night.\n")
        assert caveat("fix", "--select", "dose", "a.md").out.count(DOSE) == 1

    def test_nothing_to_do(self, caveat: Caveat) -> None:
        caveat.write(a_md="All is well.\n")
        assert caveat("fix") == (0, "", "")

    def test_what_cannot_be_done(self, caveat: Caveat) -> None:
        caveat.put("old.md", "Magnesium relieves the pain of migraine. It relieves migraine.é\n".encode("cp1252"))
        assert caveat("fix", "--write", "old.md").code in (0, 2)
        assert (caveat.folder / "old.md").read_bytes().endswith(b"\xe9\n")
        assert caveat("fix", "gone.md").code == 2
        assert caveat("fix", "-").code == 2

    def test_diff_cannot_act_on_the_terminal(self) -> None:
        old = Source.from_text("a\x1b[31m ::error::x\n::error::y\n", "\x1b[0m.md")
        text = "".join(diff(old, Source.from_text(old.text + "b\n", old.path)))
        assert "\x1b" not in text
        assert not any(line.startswith("::") for line in text.splitlines())
