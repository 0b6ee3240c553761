"""The compiled rule book on disk, so that a run need not read and compile the data files.

An entry is JSON with its own checksum: reading it executes nothing, and a damaged one is as good as none. It is keyed
on the path, size and modification time of every data file and of the modules that compile them, written to a temporary
file and renamed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import linter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 9
BOOK = "book"
"""The part that every run needs."""
MAKERS = (
    "lexicon",
    "knowledge",
    "engine",
    "annotate/words.py",
    "checks/__init__.py",
    "document.py",
    "schema.py",
    "yamlfile.py",
)
"""The modules of the package that a compiled form depends on."""
KEEP = 8
"""How many compiled books stay on disk; the oldest go first."""


def cache_directory() -> Path:
    """Where cached files stand: ``CAVEAT_CACHE_DIR``, else the platform's folder for caches."""
    if explicit := os.environ.get("CAVEAT_CACHE_DIR"):
        return Path(explicit)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(_home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(_home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # noqa: PTH117 - it is text as yet; the standard says to ignore a relative one
            base = str(_home() / ".cache")
    return Path(base) / "caveat"


def _home() -> Path:
    """The user's folder; where there is none, as for a user without an entry, a place that can hold nothing."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def key(paths: Iterable[Path]) -> str:
    """A name for the compiled form of data files; it changes whenever one of them does."""
    digest = hashlib.sha256(f"{FORMAT} {linter.__version__} {Path(linter.__file__).parent}".encode())
    package = Path(linter.__file__).parent
    for path in (*paths, *(package / maker for maker in MAKERS)):
        files = sorted(file for file in path.iterdir() if not file.is_dir()) if path.is_dir() else [path]
        for file in files:
            status = file.stat()
            described = f"\0{file.absolute()}\0{status.st_size}\0{status.st_mtime_ns}"
            digest.update(described.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]


def load(name: str, part: str) -> dict[str, Any] | None:
    """One part of the compiled form stored under a key, or nothing when there is none that can be read whole."""
    try:
        checksum, _, body = _path(name, part).read_bytes().partition(b"\n")
    except OSError:
        return None
    if _checksum(body) != checksum:
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def store(name: str, parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Store the parts of a compiled form, the part ``book`` last: where it stands, the others do.

    A folder that cannot be written to is no error: the next run compiles again.
    """
    folder = cache_directory()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for part in sorted(parts, key=lambda part: part == BOOK):
            body = json.dumps(parts[part], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            _write(_path(name, part), _checksum(body) + b"\n" + body)
        books = sorted(folder.glob(f"book-*.{BOOK}.json"), key=lambda path: path.stat().st_mtime)
        for old in books[:-KEEP]:
            for path in folder.glob(f"{old.name.partition('.')[0]}.*.json"):
                path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Put a file in place as a whole, or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="book-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _path(name: str, part: str) -> Path:
    return cache_directory() / f"book-{name}.{part}.json"


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
