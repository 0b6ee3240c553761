"""A folder to run in, and the command with what it printed."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from linter.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CARELESS = "# Turmeric\n\nTurmeric cures arthritis.\n"
CAREFUL = "# Turmeric\n\nTurmeric has been studied in arthritis.\n"


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Caveat:
    """Runs the command in a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        self.monkeypatch = monkeypatch

    def write(self, **files: str | bytes) -> None:
        """Write files; ``__`` in a name stands for a slash and a last ``_`` for the dot of its ending."""
        for name, content in files.items():
            stem, _, suffix = name.replace("__", "/").rpartition("_")
            self.put(f"{stem}.{suffix}", content)

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def __call__(self, *arguments: str, stdin: str | bytes = "") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        self.capsys.readouterr()
        code = main(arguments)
        out, err = self.capsys.readouterr()
        return Outcome(code, out, err)


@pytest.fixture
def caveat(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Caveat:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("CAVEAT_") and name != "CAVEAT_CACHE_DIR"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CAVEAT_CACHE", "0")  # a test that wants findings from the cache says so
    monkeypatch.setenv("COLUMNS", "80")
    return Caveat(tmp_path, capsys, monkeypatch)
