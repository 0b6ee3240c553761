"""The compiled rule book on disk: it may be missing, damaged, stale or contested, and never does harm."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linter.engine import bookcache

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: dict[str, dict[str, Any]] = {"book": {"rules": ["ä", 1, None]}, "details": {"x": "y"}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CAVEAT_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path / "cache"


def entry(folder: Path, part: str = "book") -> Path:
    (path,) = folder.glob(f"book-*.{part}.json")
    return path


def forge(folder: Path, body: bytes) -> None:
    """An entry whose checksum is right, whatever it holds."""
    entry(folder).write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


class TestStoreAndLoad:
    def test_gives_back_each_part(self, folder: Path) -> None:
        bookcache.store("k", DATA)
        assert bookcache.load("k", "book") == DATA["book"]
        assert bookcache.load("k", "details") == DATA["details"]
        assert not list(folder.glob("*.tmp"))

    def test_has_nothing_for_another_key(self, folder: Path) -> None:
        bookcache.store("k", DATA)
        assert bookcache.load("other", "book") is None
        assert bookcache.load("k", "other") is None

    def test_has_nothing_where_there_is_no_folder(self, folder: Path) -> None:
        assert bookcache.load("k", "book") is None
        assert not folder.exists()

    def test_a_later_one_takes_the_place_of_an_earlier(self, folder: Path) -> None:
        bookcache.store("k", DATA)
        bookcache.store("k", {"book": {"new": 1}})
        assert bookcache.load("k", "book") == {"new": 1}

    def test_keeps_few(self, folder: Path) -> None:
        for i in range(bookcache.KEEP + 3):
            bookcache.store(f"k{i}", DATA)
            os.utime(entry_of(folder, f"k{i}"), (i, i))
        bookcache.store("last", DATA)
        assert len(list(folder.glob("book-*.book.json"))) == bookcache.KEEP
        assert len(list(folder.glob("book-*.details.json"))) == bookcache.KEEP
        assert bookcache.load("k0", "book") is None
        assert bookcache.load("last", "book") == DATA["book"]

    def test_takes_names_that_are_no_utf_8(self, folder: Path) -> None:
        data = {"book": {"path": "house-\udcff.yaml"}}
        bookcache.store("k", data)
        assert bookcache.load("k", "book") == data["book"]


def entry_of(folder: Path, name: str) -> Path:
    return folder / f"book-{name}.book.json"


class TestDamage:
    @pytest.mark.parametrize("content", [b"", b"\n", b"x", b"{}", b"0" * 64 + b"\n{}", b"\xff\xfe\n", b"\0" * 4096])
    def test_another_content_is_as_good_as_none(self, folder: Path, content: bytes) -> None:
        bookcache.store("k", DATA)
        entry(folder).write_bytes(content)
        assert bookcache.load("k", "book") is None

    def test_a_changed_byte_or_a_cut_is_noticed(self, folder: Path) -> None:
        bookcache.store("k", {"book": {"rules": ["ä"]}})
        path = entry(folder)
        whole = path.read_bytes()
        for i in range(len(whole)):
            for damaged in (whole[:i], whole[:i] + bytes([whole[i] ^ 1]) + whole[i + 1 :], whole[: i + 1] + whole[i:]):
                path.write_bytes(damaged)
                assert bookcache.load("k", "book") is None, damaged
        path.write_bytes(whole)
        assert bookcache.load("k", "book") == {"rules": ["ä"]}

    @pytest.mark.parametrize("body", [b"", b"[]", b"5", b"null", b"{", b"\xff", b"[" * 100_000])
    def test_what_is_no_mapping_is_none_even_with_a_right_checksum(self, folder: Path, body: bytes) -> None:
        bookcache.store("k", DATA)
        forge(folder, body)
        assert bookcache.load("k", "book") is None

    def test_executes_nothing(self, folder: Path, tmp_path: Path) -> None:
        trap = tmp_path / "sprung"

        class Trap:
            def __reduce__(self) -> Any:
                return Path.touch, (trap,)

        bookcache.store("k", DATA)
        forge(folder, pickle.dumps(Trap()))
        assert bookcache.load("k", "book") is None
        forge(folder, b'{"__reduce__": "x", "py/object": "os.system"}')
        assert isinstance(bookcache.load("k", "book"), dict)
        assert not trap.exists()


class TestPlaces:
    def test_a_folder_that_is_a_file(self, folder: Path) -> None:
        folder.write_text("in the way")
        bookcache.store("k", DATA)
        assert bookcache.load("k", "book") is None

    def test_an_entry_that_is_a_folder(self, folder: Path) -> None:
        entry_of(folder, "k").mkdir(parents=True)
        bookcache.store("k", DATA)
        assert bookcache.load("k", "book") is None
        assert not list(folder.glob("*.tmp"))

    @pytest.mark.skipif(sys.platform == "win32" or getattr(os, "geteuid", int)() == 0, reason="nothing is unwritable")
    def test_a_folder_that_cannot_be_written_to(self, folder: Path) -> None:
        folder.mkdir(mode=0o500)
        bookcache.store("k", DATA)
        assert bookcache.load("k", "book") is None

    def test_a_full_disk(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        bookcache.store("k", DATA)
        assert list(folder.iterdir()) == []

    def test_the_folder_that_the_environment_names(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("CAVEAT_CACHE_DIR")
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        assert bookcache.cache_directory() == tmp_path / "caveat"
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert bookcache.cache_directory() == tmp_path / "home" / ".cache" / "caveat"

    def test_a_user_without_a_home_has_no_cache_and_no_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def homeless() -> Path:
            raise RuntimeError("Could not determine home directory.")

        for name in ("CAVEAT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(Path, "home", homeless)
        bookcache.store("k", DATA)
        assert bookcache.load("k", "book") is None


class TestKey:
    def test_changes_with_any_data_file(self, tmp_path: Path) -> None:
        file = tmp_path / "a.yaml"
        file.write_text("one")
        keys = [bookcache.key([file])]
        file.write_text("longer")
        keys.append(bookcache.key([file]))
        os.utime(file, (5, 5))
        keys.append(bookcache.key([file]))
        keys.append(bookcache.key([]))
        assert len(set(keys)) == 4

    def test_changes_with_the_files_of_a_folder(self, tmp_path: Path) -> None:
        before = bookcache.key([tmp_path])
        (tmp_path / "a.tsv").write_text("one")
        assert bookcache.key([tmp_path]) != before

    def test_stays_when_python_writes_its_own_files(self, tmp_path: Path) -> None:
        before = bookcache.key([tmp_path])
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "__pycache__" / "a.pyc").write_text("one")
        assert bookcache.key([tmp_path]) == before

    def test_tells_equal_relative_paths_apart(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        keys = set()
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            file = tmp_path / name / "house.yaml"
            file.write_text(name)
            os.utime(file, (5, 5))
            monkeypatch.chdir(tmp_path / name)
            keys.add(bookcache.key([Path("house.yaml")]))
        assert len(keys) == 2

    def test_names_modules_that_exist(self) -> None:
        package = Path(bookcache.__file__).parent.parent
        assert all((package / maker).exists() for maker in bookcache.MAKERS)


def test_writers_at_the_same_time_leave_one_whole_entry(folder: Path) -> None:
    books = [{"book": {"rules": [str(i)] * 2000}, "details": {"i": str(i)}} for i in range(16)]

    def write_and_read(data: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
        bookcache.store("k", data)
        return bookcache.load("k", "book")

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(write_and_read, books))
    whole = [data["book"] for data in books]
    assert all(found in whole for found in seen)
    assert bookcache.load("k", "book") in whole
    assert not list(folder.glob("*.tmp"))
