"""The cache of findings: the same with and without it, whatever lies in it."""

from __future__ import annotations

import os
import time
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter import cache as cache_module
from linter.cache import FindingsCache, cache_root, clear, draft_key, findings_directory, program_stamp, size, sweep
from linter.config import Settings
from linter.findings import Edit, Finding
from linter.runner import Runner
from tests.cli.conftest import CAREFUL, CARELESS, Caveat, caveat

__all__ = ["caveat"]

DAY = date(2026, 11, 25)
FINDING = Finding(
    "a.md", 1, 2, 3, 4, "a/b", "error", "message", "advice", "excerpt “ü”", "high", {"drug": "x"}, "https://x.example",
    "f-1", "suggestion", Edit(1, 2, 1, 2, "text"),
)  # fmt: skip
PARTS = st.sampled_from(
    [
        "Turmeric cures arthritis.",
        "Rest is good.",
        "Take 5 mg of melatonin.",
        "<!-- caveat: ignore efficacy -- ok; until: 2026-12-01 -->",
        "<!-- caveat: ignroe -->",
        "| a | b |\n|---|---|\n| Zinc cures colds | 5 mg |",
    ]
)


def entries(folder: str) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file() and len(path.parent.name) == 2]


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    cache = FindingsCache(str(tmp_path))
    assert all(getattr(FINDING, field.name) for field in fields(Finding))
    cache.put("0" * 32, [FINDING], [], DAY)
    assert cache.get("0" * 32, "a.md", DAY) == [FINDING]
    moved = cache.get("0" * 32, "b.md", DAY)
    assert moved
    assert moved[0].path == "b.md"
    assert cache.get("1" * 32, "a.md", DAY) is None


def test_waiver_that_lapses(tmp_path: Path) -> None:
    cache = FindingsCache(str(tmp_path))
    cache.put("0" * 32, [], [date(2026, 12, 1)], DAY)
    assert cache.get("0" * 32, "a.md", date(2026, 12, 1)) == []
    assert cache.get("0" * 32, "a.md", date(2026, 12, 2)) is None
    cache.put("1" * 32, [], [date(2026, 12, 1)], date(2026, 12, 2))
    assert cache.get("1" * 32, "a.md", DAY) is None  # the clock was set back


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.booleans())
def test_damaged_entries_are_passed_over(tmp_path: Path, where: int, byte: int, cut: bool) -> None:
    told: list[str] = []
    cache = FindingsCache(str(tmp_path), told.append)
    cache.put("0" * 32, [FINDING], [], DAY)
    path = tmp_path / "00" / ("0" * 32)
    data = path.read_bytes()
    where %= len(data)
    path.write_bytes(data[:where] if cut else data[:where] + bytes([byte]) + data[where + 1 :])
    changed = path.read_bytes() != data
    assert cache.get("0" * 32, "a.md", DAY) == (None if changed else [FINDING])
    assert len(told) == changed
    assert path.exists() == (not changed)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"null",
        b'{"day": "x"}',
        b'{"day":"2026-11-25","dates":[],"findings":[[1]]}',
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
def test_entries_with_the_wrong_shape(tmp_path: Path, body: bytes) -> None:
    cache = FindingsCache(str(tmp_path))
    cache.put("0" * 32, [], [], DAY)
    (tmp_path / "00" / ("0" * 32)).write_bytes(cache_module._checksum(body) + b"\n" + body)
    assert cache.get("0" * 32, "a.md", DAY) is None


def test_what_a_key_depends_on(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("rules: []", "utf-8")
    stamps = {
        program_stamp((), (), ()),
        program_stamp((str(own),), (), ()),
        program_stamp((), (), (("a/b", '{"x": 1}'),)),
    }
    own.write_text("rules: [ ]", "utf-8")
    stamps.add(program_stamp((str(own),), (), ()))
    assert len(stamps) == 4
    assert program_stamp((), (), ()) == program_stamp((), (), ())
    keys = {
        draft_key(b"stamp", "markdown", False, b"text"),
        draft_key(b"other", "markdown", False, b"text"),
        draft_key(b"stamp", "mdx", False, b"text"),
        draft_key(b"stamp", "markdown", True, b"text"),
        draft_key(b"stamp", "markdown", False, b"text "),
    }
    assert len(keys) == 5


def test_sweep_takes_the_old_and_then_the_oldest(tmp_path: Path) -> None:
    cache = FindingsCache(str(tmp_path))
    now = time.time()
    for number in range(10):
        cache.put(f"{number:032}", [], [], DAY)
        path = tmp_path / f"{number:032}"[-2:] / f"{number:032}"
        os.utime(path, (now, now - number * 86_400 * 5 + 60))
    assert sweep(str(tmp_path)) == 3  # older than 30 days
    assert size(str(tmp_path)) == (7, 7 * 4096)
    assert sweep(str(tmp_path), limit=4 * 4096) == 3
    assert sorted(int(path.name) for path in entries(str(tmp_path))) == [0, 1, 2, 3]


def test_entry_that_is_asked_for_is_young_again(tmp_path: Path) -> None:
    cache = FindingsCache(str(tmp_path))
    cache.put("0" * 32, [], [], DAY)
    path = tmp_path / "00" / ("0" * 32)
    os.utime(path, (1, 1))
    cache.get("0" * 32, "a.md", DAY)
    assert path.stat().st_mtime > 1_000_000


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    cache = FindingsCache(str(tmp_path / "file" / "cache"))
    cache.put("0" * 32, [], [], DAY)
    assert not cache.writable
    cache.close()


def test_folder_is_marked_and_cleared(tmp_path: Path) -> None:
    root = str(tmp_path / "cache")
    cache = FindingsCache(findings_directory(root))
    cache.put("0" * 32, [], [], DAY)
    cache.close()
    assert (tmp_path / "cache" / "findings" / ".gitignore").read_text("ascii") == "*\n"
    assert clear(root) == 1
    assert not (tmp_path / "cache" / "findings").exists()


def test_which_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAVEAT_CACHE_DIR", raising=False)
    assert cache_root("x") == str(Path("x").absolute())
    assert cache_root("", "/configured") == "/configured"
    monkeypatch.setenv("CAVEAT_CACHE_DIR", "/variable")
    assert cache_root("", "/configured") == "/variable"
    assert cache_root("/explicit", "/configured") == "/explicit"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PARTS, max_size=4), min_size=1, max_size=4), st.booleans(), st.sampled_from(["1", "2"]))
def test_same_findings_with_and_without(tmp_path: Path, drafts: list[list[str]], require: bool, jobs: str) -> None:
    paths = []
    for number, parts in enumerate(drafts):
        path = tmp_path / f"{number}.md"
        path.write_text("\n\n".join(parts), "utf-8")
        paths.append(str(path))

    def run(cached: bool) -> list[tuple[str, list[Finding], str]]:
        runner = Runner(lambda _: Settings(require_reason=require), jobs=jobs)
        if cached:
            runner.use_cache(FindingsCache(str(tmp_path / "cache")))
        return [(draft.name, list(result.findings), result.error) for draft, result in runner.run(paths)]

    assert run(cached=False) == run(cached=True) == run(cached=True)


def test_processes_report_the_same_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from linter import runner as runner_module

    monkeypatch.setattr(runner_module, "WORTH", 1)
    names = []
    for number in range(30):
        path = tmp_path / f"{number:02}.md"
        path.write_bytes(b"\0" * 99 if number == 7 else (CARELESS if number % 3 else CAREFUL).encode())
        names.append(str(path))
    names.insert(3, str(tmp_path / "gone.md"))

    def run(jobs: str) -> list[tuple[str, list[Finding], str]]:
        found = Runner(lambda _: Settings(), jobs=jobs).run(names)
        return [(draft.name, list(result.findings), result.error) for draft, result in found]

    assert run("1") == run("3")
    cached = Runner(lambda _: Settings(), jobs="3")
    cached.use_cache(FindingsCache(str(tmp_path / "cache")))
    first = [(draft.name, list(result.findings), result.error) for draft, result in cached.run(names)]
    assert first == run("1")
    assert len(entries(str(tmp_path / "cache"))) == 2


def test_a_run_that_is_abandoned_ends_its_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    from linter import runner as runner_module

    monkeypatch.setattr(runner_module, "WORTH", 1)
    for number in range(20):
        (tmp_path / f"{number}.md").write_text(CARELESS, "utf-8")
    found = Runner(lambda _: Settings(), jobs="2").run([str(path) for path in tmp_path.iterdir()])
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


class TestCommand:
    def test_cached_run_says_the_same(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAVEAT_CACHE")
        caveat.put("a.md", CARELESS)
        caveat.put("b.md", CAREFUL)
        options = ("--cache-dir", "cache", "--format", "json")
        first = caveat(*options)
        assert len(entries(str(caveat.folder / "cache"))) == 3  # two drafts, and the names of the rules
        assert caveat(*options) == first == caveat("--no-cache", "--format", "json")

    def test_warm_run_loads_no_rules(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAVEAT_CACHE")
        caveat.put("a.md", CARELESS)
        first = caveat("--cache-dir", "cache")
        from linter import lint

        def refuse(*arguments: object) -> object:
            raise AssertionError("the rules were loaded")

        monkeypatch.setattr(lint, "book_for", refuse)
        assert caveat("--cache-dir", "cache") == first

    def test_damage_is_told(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAVEAT_CACHE")
        caveat.put("a.md", CARELESS)
        first = caveat("--cache-dir", "cache")
        for path in entries(str(caveat.folder / "cache")):
            path.write_bytes(b"x")
        again = caveat("--cache-dir", "cache")
        assert again[:2] == first[:2]
        assert "are damaged; they are not used" in again.err

    def test_selection_needs_no_new_entry(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAVEAT_CACHE")
        caveat.put("a.md", CARELESS)
        caveat("--cache-dir", "cache")
        assert caveat("--cache-dir", "cache", "--ignore", "efficacy").code == 0
        assert caveat("--cache-dir", "cache", "--ignore", "nonsense").code == 2
        assert len(entries(str(caveat.folder / "cache"))) == 2

    def test_off_in_the_configuration(self, caveat: Caveat, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("CAVEAT_CACHE")
        caveat.put("a.md", CARELESS)
        caveat.put("caveat.toml", "cache = false")
        caveat("--cache-dir", "cache")
        assert not (caveat.folder / "cache").exists()
