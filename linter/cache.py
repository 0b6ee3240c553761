"""Findings of drafts on disk, so that an unchanged draft is not linted again.

An entry is one file, named after a digest of everything that its findings depend on: the draft's bytes and format, the
rules and the knowledge, the options, and the program itself. Reading an entry executes nothing: it is JSON behind a
checksum, and a damaged one is as good as none. Each is written to a file of its own and renamed, so that any number of
processes may share the folder.
"""

# ruff: noqa: PTH100, PTH103, PTH105, PTH106, PTH108, PTH112, PTH116, PTH118, PTH120, PTH123, PTH208
# ten thousand entries are looked up here; paths as text cost a tenth of what Path objects do.
from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import fields
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from linter.findings import Edit, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

FORMAT = 1
DAYS = 30
"""How long an entry stays that no run asks for."""
LIMIT = 256 * 1024 * 1024
"""How many bytes on disk the entries may take; those go first that were not asked for the longest."""
_BLOCK = 4096
_DAY = 86_400
_NAMES = tuple(field.name for field in fields(Finding) if field.name != "path")
_NUMBERS = ("line", "column", "end_line", "end_column")
_TEXTS = tuple(name for name in _NAMES if name not in (*_NUMBERS, "captures", "edit"))


def cache_root(explicit: str = "", configured: str = "") -> str:
    """The folder for caches: an explicit one, else ``CAVEAT_CACHE_DIR``, a configured one, the system's."""
    if explicit:
        return os.path.abspath(explicit)
    if configured and not os.environ.get("CAVEAT_CACHE_DIR"):
        return configured
    from linter.engine.bookcache import cache_directory

    return os.path.abspath(cache_directory())


def findings_directory(root: str) -> str:
    """The folder that findings are kept in, within the folder for caches."""
    return os.path.join(root, "findings")


def program_stamp(rules: Sequence[str], knowledge: Sequence[str], options: Sequence[tuple[str, str]]) -> bytes:
    """A digest of the program, the shipped data and a user's own rules, knowledge and options.

    Files are told by their size and time: a changed line of code or data makes all entries old ones.
    """
    import linter
    from linter.resources import data_directory

    digest = blake2b(f"{FORMAT} {linter.__version__} {sorted(options)}".encode(), digest_size=16)
    for top in (os.path.dirname(os.path.abspath(linter.__file__)), str(data_directory()), *rules, *knowledge):
        for path, status in _files(top):
            digest.update(f"\0{path}\0{status.st_size}\0{status.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _files(top: str) -> Iterator[tuple[str, os.stat_result]]:
    if not os.path.isdir(top):
        with contextlib.suppress(OSError):
            yield top, os.stat(top)
        return
    with os.scandir(top) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith((".", "__pycache__")):
            continue
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry.path, entry.stat()


def draft_key(stamp: bytes, format: str, require_reason: bool, data: bytes) -> str:  # noqa: A002 - as elsewhere
    """The name of a draft's entry. Its path is no part of it: a draft that was moved is found again."""
    digest = blake2b(stamp, digest_size=16)
    digest.update(f"\0{format}\0{require_reason}\0".encode())
    digest.update(data)
    return digest.hexdigest()


class FindingsCache:
    """The entries of one folder."""

    def __init__(self, folder: str, warn: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self.warn = warn
        self.stored = 0
        self.writable = True
        self.now = time.time()

    def get(self, key: str, path: str, day: date) -> list[Finding] | None:
        """The findings of an entry, as findings of a draft at ``path``; nothing when there is no entry that holds."""
        name = self._path(key)
        try:
            with open(name, "rb") as file:
                data = file.read()
                seen = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        checksum, _, body = data.partition(b"\n")
        try:
            if checksum != _checksum(body):
                raise ValueError
            entry = json.loads(body)
            known = date.fromisoformat(entry["day"])
            for last in map(date.fromisoformat, entry["dates"]):
                if (day > last) != (known > last):  # a waiver has lapsed since
                    return None
            findings = [_finding(item, path) for item in entry["findings"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            self.warn(f"the cached findings in {name} are damaged; they are not used")
            with contextlib.suppress(OSError):
                os.unlink(name)
            return None
        if self.now - seen > _DAY:
            with contextlib.suppress(OSError):
                os.utime(name)
        return findings

    def put(self, key: str, findings: Sequence[Finding], dates: Iterable[date], day: date) -> None:
        """Keep findings. A folder that cannot be written to is no error: the next run lints again."""
        if not self.writable:
            return
        entry = {
            "day": day.isoformat(),
            "dates": [last.isoformat() for last in dates],
            "findings": [[_plain(getattr(finding, name)) for name in _NAMES] for finding in findings],
        }
        body = json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode()
        self.stored += 1
        self._write(self._path(key), _checksum(body) + b"\n" + body)

    def get_rules(self, stamp: bytes) -> Mapping[str, str] | None:
        """The ids of all rules and their severities, kept so that the rules need not be loaded to know them."""
        try:
            with open(self._path(f"rules-{stamp.hex()}"), "rb") as file:
                checksum, _, body = file.read().partition(b"\n")
        except OSError:
            return None
        if checksum != _checksum(body):
            return None
        rules: dict[str, str] = json.loads(body)
        return rules

    def put_rules(self, stamp: bytes, rules: Mapping[str, str]) -> None:
        """Keep the ids and severities of all rules."""
        body = json.dumps(dict(rules)).encode()
        self._write(self._path(f"rules-{stamp.hex()}"), _checksum(body) + b"\n" + body)

    def close(self) -> None:
        """Clear out what is old or too much, now and then."""
        if not self.stored or not self.writable:
            return
        stamp = os.path.join(self.folder, "swept")
        try:
            due = self.now - os.stat(stamp).st_mtime > _DAY
        except OSError:
            due = True
        if due or self.stored >= 1000:
            sweep(self.folder)
            with contextlib.suppress(OSError), open(stamp, "wb"):
                pass

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, key[-2:], key)

    def _write(self, name: str, data: bytes) -> None:
        temporary = f"{name}.{os.getpid()}.tmp"
        try:
            try:
                file = open(temporary, "wb")  # noqa: SIM115 - closed below; the folder may have to be made first
            except FileNotFoundError:
                _make(self.folder)
                os.makedirs(os.path.dirname(name), exist_ok=True)
                file = open(temporary, "wb")  # noqa: SIM115
            with file:
                file.write(data)
            os.replace(temporary, name)
        except OSError:
            self.writable = False
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _make(folder: str) -> None:
    """Make the folder, marked for backup programs and for git as one that need not be kept."""
    if os.path.isdir(folder):
        return
    os.makedirs(folder, mode=0o700, exist_ok=True)
    with open(os.path.join(folder, "CACHEDIR.TAG"), "w", encoding="ascii") as file:
        file.write("Signature: 8a477f597d28d172789f06886806bc55\n# Findings that caveat keeps; they can be deleted.\n")
    with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as file:
        file.write("*\n")


def sweep(folder: str, limit: int = LIMIT, days: float = DAYS) -> int:
    """Delete what was not asked for in a while, then the oldest until the rest fits; how many entries went."""
    old = time.time() - days * _DAY
    entries = sorted(_entries(folder))
    total = sum(size for _, size, _ in entries)
    gone = 0
    for seen, size, path in entries:
        if seen >= old and total <= limit:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)
            gone += 1
        total -= size
    return gone


def clear(root: str) -> int:
    """Delete all entries of a folder for caches; how many."""
    folder = findings_directory(root)
    gone = sweep(folder, limit=-1, days=-1)
    for name in ("swept", "CACHEDIR.TAG", ".gitignore"):
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(folder, name))
    with contextlib.suppress(OSError):
        for entry in os.listdir(folder):
            os.rmdir(os.path.join(folder, entry))
        os.rmdir(folder)
    return gone


def size(folder: str) -> tuple[int, int]:
    """How many entries there are, and the bytes that they take on disk."""
    entries = list(_entries(folder))
    return len(entries), sum(taken for _, taken, _ in entries)


def _entries(folder: str) -> Iterator[tuple[float, int, str]]:
    """When each entry was last asked for, what it takes on disk, and its path."""
    try:
        with os.scandir(folder) as scan:
            shelves = [entry.path for entry in scan if len(entry.name) == 2 and entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for shelf in shelves:
        with contextlib.suppress(OSError), os.scandir(shelf) as scan:
            for entry in scan:
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    yield status.st_mtime, -(-status.st_size // _BLOCK) * _BLOCK, entry.path


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=8).hexdigest().encode()


def _plain(value: Any) -> Any:  # noqa: ANN401 - a field of a finding
    if value is None or isinstance(value, (str, int)):
        return value
    return value.to_json() if isinstance(value, Edit) else dict(value)


def _finding(item: Sequence[Any], path: str) -> Finding:
    values = dict(zip(_NAMES, item, strict=True))
    if not all(isinstance(values[name], str) for name in _TEXTS) or not isinstance(values["captures"], dict):
        raise TypeError
    if not all(isinstance(values[name], int) for name in _NUMBERS):
        raise TypeError
    if values["edit"] is not None:
        values["edit"] = Edit(**values["edit"])
    return Finding(path, **values)
