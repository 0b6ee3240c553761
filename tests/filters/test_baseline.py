"""The baseline: what it keeps quiet through edits, and what it does not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.api import lint_text
from linter.filters.baseline import NAME, Baseline
from tests.cli.conftest import CARELESS, Caveat, caveat

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["caveat"]

CLAIMS = [
    "Turmeric cures arthritis in everybody who takes it for long enough.",
    "Garlic cures asthma, and it is completely safe for children and adults.",
    "Studies show that zinc shortens every cold by several days or more.",
    "Naltrexone cures fibromyalgia when it is taken at bedtime by the patient.",
]
PLAIN = ["Rest is good for most people who are tired.", "The clinic opens at nine.", "Ask a friend to drive."]


def test_known_findings_are_quiet_and_new_ones_are_not(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    code, out, err = caveat("--write-baseline", NAME)
    assert (code, out) == (0, "")
    assert err == f"caveat: 1 findings in 1 drafts written to {NAME}\n"
    assert caveat().code == 0
    caveat.put("a.md", CARELESS + "\nGarlic cures asthma.\n")
    assert [f["line"] for f in caveat("--format", "json").json["findings"]] == [5]
    assert caveat("--no-baseline", "--format", "json").json["findings"][0]["line"] == 3


def test_equal_sentences_are_counted(caveat: Caveat) -> None:
    caveat.put("a.md", "Turmeric cures arthritis.\n")
    caveat("--write-baseline", NAME)
    caveat.put("a.md", "Turmeric cures arthritis.\n\nTurmeric cures arthritis.\n")
    assert [f["line"] for f in caveat("--format", "json").json["findings"]] == [3]


def test_changed_sentence_is_new_and_the_old_one_stale(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    caveat("--write-baseline", NAME)
    caveat.put("a.md", CARELESS.replace("arthritis", "asthma"))
    code, _, err = caveat()
    assert code == 1
    assert err.startswith("caveat: 1 entry of the baseline no longer matches (--prune-baseline")
    assert caveat("--prune-baseline").err == "caveat: 1 entry taken out of the baseline\n"
    assert caveat().err == ""


def test_moved_draft_keeps_its_entries(caveat: Caveat) -> None:
    path = caveat.put("a.md", CARELESS)
    caveat("--write-baseline", NAME)
    (caveat.folder / "deep").mkdir()
    path.rename(caveat.folder / "deep" / "b.md")
    assert caveat() == (0, "", "")
    caveat("--prune-baseline")
    assert list(json.loads((caveat.folder / NAME).read_text("utf-8"))["files"]) == ["deep/b.md"]


def test_copied_draft_is_new(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    caveat("--write-baseline", NAME)
    caveat.put("b.md", CARELESS)
    assert [f["path"] for f in caveat("--format", "json").json["findings"]] == ["b.md"]


def test_deleted_draft_is_stale_only_where_folders_are_walked(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    caveat.put("b.md", CARELESS)
    caveat("--write-baseline", NAME)
    (caveat.folder / "a.md").unlink()
    assert "1 entry" in caveat().err
    assert caveat("b.md").err == ""  # as a hook calls it: other processes have the other files


def test_it_stands_beside_the_configuration(caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
    caveat.put("caveat.toml", "")
    caveat.put("docs/a.md", CARELESS)
    caveat("--write-baseline", NAME)
    monkeypatch.chdir(caveat.folder / "docs")
    assert caveat("a.md").code == 0


def test_waived_findings_are_not_written(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS.replace("arthritis.", "arthritis. <!-- caveat: ignore efficacy -- checked -->"))
    caveat("--write-baseline", NAME)
    assert json.loads((caveat.folder / NAME).read_text("utf-8"))["files"] == {}


def test_part_of_the_drafts_leaves_the_others_alone(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    caveat.put("b.md", CARELESS)
    caveat("--write-baseline", NAME)
    before = (caveat.folder / NAME).read_text("utf-8")
    caveat("--write-baseline", NAME, "a.md")
    assert (caveat.folder / NAME).read_text("utf-8") == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", f"{NAME}:1:2: is no baseline: "),
        ("[]", f"{NAME}: is no baseline that caveat wrote"),
        ('{"version": 1, "files": {"a.md": [{}]}}', f"{NAME}: is no baseline that caveat wrote"),
        ('{"version": 9}', f"{NAME}: is a baseline of version 9; this caveat reads 1"),
    ],
)
def test_what_is_no_baseline(caveat: Caveat, text: str, message: str) -> None:
    caveat.put("a.md", CARELESS)
    caveat.put(NAME, text)
    code, _, err = caveat()
    assert code == 2
    assert err.startswith(f"caveat: {message}")


def test_baseline_that_is_missing(caveat: Caveat) -> None:
    caveat.put("a.md", CARELESS)
    assert caveat("--baseline", "gone.json").err == "caveat: gone.json: cannot be read: No such file or directory\n"


# Random edits

BLOCKS = st.lists(st.sampled_from([*CLAIMS, *PLAIN]), min_size=1, max_size=6, unique=True)


def wrapped(text: str, width: int) -> str:
    """Text with its lines broken at another width."""
    return re.sub(rf"(.{{1,{width}}})(?: |$)", r"\1\n", text).rstrip("\n")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=BLOCKS, data=st.data())
def test_random_edits(tmp_path: Path, blocks: list[str], data: st.DataObject) -> None:
    """Insert, delete, wrap anew and move blocks: nothing that was there before is reported, all that is new is."""
    baseline = Baseline(str(tmp_path / "baseline.json"))
    draft = str(tmp_path / "a.md")
    baseline.learn(draft, list(lint_text("\n\n".join(blocks), draft)))
    baseline.save()
    edited = [block for block in blocks if data.draw(st.booleans(), "keep")]
    others = st.sampled_from(["Ginseng cures gout in a week or so.", *PLAIN])
    inserted = data.draw(st.lists(others, max_size=2, unique=True))
    edited = data.draw(st.permutations([*edited, *(text for text in inserted if text not in edited)]))
    text = "\n\n".join(wrapped(block, data.draw(st.integers(24, 80))) for block in edited)
    known = Baseline.load(baseline.path)
    found = list(lint_text(text, draft))
    new = known.new(draft, found)
    fresh = {f.key for f in lint_text("Ginseng cures gout in a week or so.", draft)}
    assert {f.key for f in new} == ({f.key for f in found} & fresh)
    gone = [f for f in lint_text("\n\n".join(blocks), draft) if f.key not in {g.key for g in found}]
    assert known.stale([]) == len(gone)
